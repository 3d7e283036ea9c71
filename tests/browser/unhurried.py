"""Serves the pages with a coach that waits before it answers until a file is there: `unhurried.py FILE ARGUMENTS`.

The answers of the embedded coach are there before anybody could press stop.
"""

import sys
import time
from pathlib import Path
from typing import Any

from assistant.advice.coach import Coach
from assistant.cli import main

gate = Path(sys.argv[1])
at_once = Coach.advise


def advise(self: Coach, *args: Any, **named: Any) -> Any:
    """The same answer, once the file is there."""
    while not gate.exists():
        time.sleep(0.05)
    return at_once(self, *args, **named)


Coach.advise = advise  # type: ignore[method-assign]  # the point of this program
main(sys.argv[2:])
