"""Words that say nothing about a matter, for full text and for telling whether a follow-up brings something new."""

from pathlib import Path

STOP_WORDS = frozenset(
    (Path(__file__).parent / "vocabulary" / "stop-words.txt").read_text(encoding="utf-8").split()
)
