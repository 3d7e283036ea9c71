"""The names that a workspace knows: its people, and a file that somebody keeps beside the data."""

from collections.abc import Iterable
from pathlib import Path

from assistant.errors import StoreError
from assistant.stories.redact import NameList

_ROLES = frozenset({"learning executive", "sales vp", "coach"})
_COMPANY = "company:"


def names_of(people: Iterable[str], path: Path) -> NameList:
    """The name list: `people`, and one name a line in `path`; a line may begin with “company:”, # begins a remark.

    Raises `StoreError` where the file is there and cannot be read.
    """
    listed = [name for name in people if name.lower() not in _ROLES]
    companies: list[str] = []
    for line in _lines(path):
        name = line.split("#", 1)[0].strip()
        if name.lower().startswith(_COMPANY):
            companies.append(name[len(_COMPANY) :].strip())
        elif name:
            listed.append(name.removeprefix("person:").strip())
    return NameList(tuple(listed), tuple(filter(None, companies)))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"The list of names {path} cannot be read ({error})",
            kept="Nothing was kept, since names could have stayed in it",
            next_step="Save it as UTF-8 text, one name a line",
        ) from error
