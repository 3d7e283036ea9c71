"""Names of places that teams are called after, so that "the dallas team" is found without its capital."""

from pathlib import Path

_FILE = Path(__file__).parent / "vocabulary" / "places.txt"


def _read() -> frozenset[str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(
        word.replace("-", " ") for line in lines if not line.startswith("#") for word in line.split()
    )


PLACES = _read()
"""Cities, regions and countries, in lower case."""
