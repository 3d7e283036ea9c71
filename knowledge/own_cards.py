"""The playbook of a company: the shipped cards, with cards of its own in their place or beside them.

A card of its own is a file, `<data directory>/playbook/<id>.md`, and nothing else: whoever writes in a page and
whoever writes in an editor change the same thing. Beside the files lies the shipped text that each changed card was
made from, so that a later version of the shipped one can be shown as a difference.
"""

import difflib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from knowledge.card_check import Checked, check_card
from knowledge.cards import Card, shipped_cards
from knowledge.errors import CardError, InputRefusedError, StoreError
from knowledge.own_files import CardFiles, Reading, State, text_of, write_whole

Origin = Literal["shipped", "changed", "own"]
BASES = ".base"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A shipped card that is another one than the one changed here. `shipped` is "" where it is shipped no more."""

    card_id: str
    base: str
    shipped: str
    own: str

    @property
    def news(self) -> str:
        """What changed in the shipped card, as a unified diff."""
        return unified(self.base, self.shipped, "shipped before", "shipped now")


@dataclass(frozen=True, slots=True)
class Playbook:
    """What is in force: cards by id, which of them are not the shipped ones, and what could not be used."""

    cards: tuple[Card, ...]
    origins: dict[str, Origin]
    errors: tuple[CardError, ...]
    state: State

    @property
    def digest(self) -> str:
        """Of all cards, in 64 hexadecimal digits: another one where anything in them is another."""
        whole = hashlib.sha256()
        for card in self.cards:
            whole.update(f"{card.id}\0{card.digest_source}\0".encode())
        return whole.hexdigest()


class OwnCards:
    """The cards in one folder over the shipped ones. Several processes and editors may share the folder."""

    def __init__(self, folder: Path, shipped: Sequence[Card] | None = None) -> None:
        self.files = CardFiles(folder)
        self._given = shipped

    @classmethod
    def in_data_dir(cls, data_dir: Path) -> Self:
        """The cards of the instance that keeps everything there; nothing is read or made yet."""
        return cls(data_dir / "playbook")

    @cached_property
    def shipped(self) -> dict[str, Card]:
        """The shipped cards by id."""
        return {card.id: card for card in (shipped_cards() if self._given is None else self._given)}

    def state(self) -> State:
        """Changes whenever a file does; cheap enough to ask before every question."""
        return self.files.state()

    def playbook(self) -> Playbook:
        """What is in force now; a file that cannot be used leaves the shipped card in its place."""
        state = self.state()
        reading = self.files.read()
        self._note_bases(reading)
        own = {card.id: card for card in reading.cards}
        merged = self.shipped | own
        origins: dict[str, Origin] = {name: "changed" if name in self.shipped else "own" for name in own}
        return Playbook(tuple(merged[name] for name in sorted(merged)), origins, reading.errors, state)

    def origin(self, card_id: str) -> Origin | None:
        """Where the card of this id comes from; None where there is none."""
        if self.files.path(card_id).exists():
            return "changed" if card_id in self.shipped else "own"
        return "shipped" if card_id in self.shipped else None

    def source(self, card_id: str) -> str | None:
        """The text to change: the own file's if there is one, otherwise the shipped card's; None for neither."""
        own = self.files.source(card_id)
        if own is None and card_id in self.shipped:
            return self.shipped[card_id].digest_source
        return own

    def save(self, source: str, *, name: str | None = None, over: str | None = None) -> Checked:
        """Keep a card that passes the checks; what it replaces is kept aside.

        `over` is the text that its author began with, "" for a new card: if the card is another one by now, nothing
        is written.
        Raises `CardError`, `InputRefusedError` and `StoreError`.
        """
        checked = check_card(source, name=name)
        card_id = checked.card.id
        before = self.source(card_id)
        if over is not None and (before or "") != over:
            raise _in_the_way(card_id, new=not over)
        if self.files.source(card_id) == source:
            return checked
        if card_id in self.shipped and not self.files.path(card_id).exists():
            self._write_base(card_id)
        self.files.write(card_id, source)
        return checked

    def remove(self, card_id: str) -> Path:
        """Take an own card out, which brings a shipped one back; returns where it is kept aside.

        Raises `InputRefusedError` for a card that is not own, and `StoreError`.
        """
        if not self.files.path(card_id).exists():
            shipped = card_id in self.shipped
            raise InputRefusedError(
                f"{card_id[:80]} is a shipped card" if shipped else f"There is no card {card_id[:80]}",
                kept="Nothing was removed",
                next_step="Only cards of your own can be removed; “counterpart card list” names them",
            )
        aside = self.files.remove(card_id)
        self._base(card_id).unlink(missing_ok=True)
        return aside

    def upgrades(self) -> list[Upgrade]:
        """Changed cards whose shipped one is another one by now, by id."""
        names = sorted(path.stem for path in (self.files.folder / BASES).glob("*.md"))
        return [upgrade for name in names if (upgrade := self._upgrade_if_readable(name))]

    def upgrade(self, card_id: str) -> Upgrade | None:
        """How the shipped card changed under the own one; None where it did not."""
        own, base = self.files.source(card_id), self._base(card_id)
        if own is None or not base.exists():
            return None
        before, card = text_of(base), self.shipped.get(card_id)
        now = card.digest_source if card else ""
        return None if _same(before, now) else Upgrade(card_id, before, now, own)

    def leave(self, card_id: str) -> None:
        """Keep the own card as it is: the shipped one of today counts as seen.

        Raises `InputRefusedError` where nothing was changed here, and `StoreError`.
        """
        if not self.files.path(card_id).exists():
            raise InputRefusedError(f"{card_id} was not changed here", kept="Nothing was written")
        if card_id in self.shipped:
            self._write_base(card_id)
        else:
            self._base(card_id).unlink(missing_ok=True)

    def difference(self, card_id: str) -> str:
        """The own card against the shipped one of today, as a unified diff; empty where they are the same.

        Raises `InputRefusedError` where one of the two is missing.
        """
        own, shipped = self.files.source(card_id), self.shipped.get(card_id)
        if own is None or shipped is None:
            raise InputRefusedError(
                f"{card_id[:80]} has no two versions to compare",
                next_step="“counterpart card list” says which cards were changed here",
            )
        return unified(shipped.digest_source, own, f"shipped/{card_id}.md", f"playbook/{card_id}.md")

    def _upgrade_if_readable(self, card_id: str) -> Upgrade | None:
        try:
            return self.upgrade(card_id)
        except InputRefusedError:  # a file that is no text is among the errors of `playbook`
            return None

    def _base(self, card_id: str) -> Path:
        return self.files.folder / BASES / f"{card_id}.md"

    def _write_base(self, card_id: str) -> None:
        write_whole(self._base(card_id), self.shipped[card_id].digest_source)

    def _note_bases(self, reading: Reading) -> None:
        """A file that an editor put here was made from what is shipped now, as far as anybody can tell."""
        for card in reading.cards:
            if card.id in self.shipped and not self._base(card.id).exists():
                try:
                    self._write_base(card.id)
                except StoreError:  # a folder that may only be read is read all the same
                    return


def _in_the_way(card_id: str, *, new: bool) -> InputRefusedError:
    if new:
        return InputRefusedError(
            f"There is a card {card_id} already",
            kept="Nothing was written",
            next_step="Choose another id, or open that card and change it",
        )
    return InputRefusedError(
        f"{card_id} was changed by somebody else since you opened it",
        kept="Nothing was written",
        next_step="Copy what you wrote, open the card again and put it in",
    )


def shipped_playbook() -> Playbook:
    """The shipped cards alone."""
    return Playbook(tuple(shipped_cards()), {}, (), ())


def unified(before: str, after: str, old: str, new: str) -> str:
    """A unified diff of two texts, without a newline at its end."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), old, new, lineterm="")
    return "\n".join(lines)


def _same(one: str, other: str) -> bool:
    return one.strip() == other.strip()
