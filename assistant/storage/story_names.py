"""The names that a workspace knows: its people, and a file that somebody keeps beside the data."""

from collections.abc import Iterable
from pathlib import Path

from assistant.errors import StoreError
from assistant.stories.redact import NameList, read_names

_ROLES = frozenset({"learning executive", "sales vp", "coach"})


def names_of(people: Iterable[str], path: Path) -> NameList:
    """The name list: `people`, and one name a line in `path`, as `read_names` reads them.

    Raises `StoreError` where the file is there and cannot be read.
    """
    listed = read_names(_text(path))
    ours = [name for name in people if name.lower() not in _ROLES]
    return NameList((*ours, *listed.people), listed.companies)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"The list of names {path} cannot be read ({error})",
            kept="Nothing was kept, since names could have stayed in it",
            next_step="Save it as UTF-8 text, one name a line",
        ) from error
