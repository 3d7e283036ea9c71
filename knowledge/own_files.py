"""A folder of card files that people keep: read with what is wrong in each, written whole or not at all.

Nothing that somebody wrote is thrown away: what a file held before it was replaced or removed is kept aside.
"""

import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from knowledge.card_check import LONGEST_ID, MOST_CHARACTERS, Checked, check_card
from knowledge.cards import Card
from knowledge.errors import CardError, InputRefusedError, StoreError

ASIDE = ".before"
_T = TypeVar("_T")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
State = tuple[tuple[str, int, int], ...]
"""Name, time of change and size of every file: what tells that a card was changed, without reading it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder holds: cards by id in their order, an error for each file that cannot be used."""

    cards: tuple[Card, ...]
    errors: tuple[CardError, ...]


class CardFiles:
    """`<id>.md` in one folder, which need not exist; sub-folders are left alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, card_id: str) -> Path:
        """Where the card of this id is, or would be. Raises `InputRefusedError` for what can be no id."""
        if len(card_id) > LONGEST_ID or not _ID.fullmatch(card_id):  # a path out of the folder among them
            raise InputRefusedError(
                f"“{card_id[:60]}” is no id of a card", next_step="Ids are small letters, digits and hyphens"
            )
        return self.folder / f"{card_id}.md"

    def state(self) -> State:
        """As the folder is now; some microseconds."""
        try:
            with os.scandir(self.folder) as found:
                entries = [(e.name, e.stat()) for e in found if e.name.endswith(".md")]
        except OSError:  # no folder is a folder without cards; a file that vanished is seen the next time
            return ()
        return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in entries))

    def read(self) -> Reading:
        """Every card that can be used; raises nothing."""
        cards, errors = [], []
        for name, _, _ in self.state():
            try:
                cards.append(self.check(self.folder / name).card)
            except CardError as error:
                errors.append(error)
        return Reading(tuple(cards), tuple(errors))

    def check(self, path: Path) -> Checked:
        """The card in a file, here or elsewhere. Raises `CardError` naming file, line and reason."""
        return check_card(text_of(path), name=path.name)

    def source(self, card_id: str) -> str | None:
        """What the file of this card holds now, broken or not; None where there is none.

        Raises `CardError` where it is no text.
        """
        path = self.path(card_id)
        return text_of(path) if path.exists() else None

    def write(self, card_id: str, source: str) -> None:
        """Put a card in its place. Raises `StoreError`; the file is then as it was before."""
        path = self.path(card_id)
        if path.exists():
            self._set_aside(path)
        write_whole(path, source)

    def remove(self, card_id: str) -> Path:
        """Take a card out; returns where it is kept aside. Raises `StoreError`."""
        path = self.path(card_id)
        aside = self._set_aside(path)
        _doing(path.unlink, "removed", path)
        return aside

    def _set_aside(self, path: Path) -> Path:
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        aside = self.folder / ASIDE / f"{path.stem}-{moment}.md"
        data = _doing(path.read_bytes, "read", path)
        _make(aside.parent)
        _doing(lambda: aside.write_bytes(data), "written", aside)
        return aside


def text_of(path: Path) -> str:
    """What a file says. Raises `CardError` for one that is no text, too long, or no ordinary file."""
    try:
        if path.exists() and not path.is_file():
            raise CardError(f"{path.name} is no file of text")  # a pipe would keep us waiting for ever
        with path.open("rb") as opened:
            data = opened.read(4 * MOST_CHARACTERS + 4)
        if len(data) > 4 * MOST_CHARACTERS:
            raise CardError(f"{path.name}: a card has {MOST_CHARACTERS:,} characters at most")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CardError(f"{path.name}, line {line}: this is no UTF-8 text") from error
    except OSError as error:
        raise CardError(f"{path} cannot be read ({error.strerror})", next_step="Check the path") from error


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all, and have it on the disk. Raises `StoreError`."""
    _make(path.parent)
    _doing(lambda: _replace(path, text), "written", path)


def _replace(path: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem[:40]}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text if text.endswith("\n") else f"{text}\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Have the new name on the disk too, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make(folder: Path) -> None:
    _doing(lambda: folder.mkdir(mode=0o700, parents=True, exist_ok=True), "made", folder)


def _doing(what: Callable[[], _T], name: str, path: Path) -> _T:
    try:
        return what()
    except OSError as error:
        raise StoreError(
            f"{path} cannot be {name} ({error.strerror or error})",
            kept="The playbook is as it was before",
            next_step="Check the rights and the room of the data directory, then try again",
        ) from error
