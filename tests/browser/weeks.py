"""Serves the pages on the day that a file names: `weeks.py FILE ARGUMENTS`. Three weeks pass within a test."""

import sys
from datetime import date
from pathlib import Path

from assistant.cli import main
from ui.components.pilots import acts

day = Path(sys.argv[1])
acts.today = lambda: date.fromisoformat(day.read_text(encoding="utf-8").strip())
main(sys.argv[2:])
