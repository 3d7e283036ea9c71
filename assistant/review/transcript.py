"""A transcript as the review knows it: what was said, by whom, and when where the source says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

UNKNOWN = "Unknown speaker"


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of speech as the source has it: a cue, a line, a paragraph. Times are seconds from the start.

    `speaker` is None where the source does not say who spoke; a time is None where it gives none.
    """

    speaker: str | None
    text: str
    start: float | None = None
    end: float | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found: speech in order, titles of speakers by name, and what was not understood."""

    said: list[Said]
    warnings: list[str] = field(default_factory=list)
    titles: Mapping[str, str] = field(default_factory=dict)
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until another speaks. `id` is `t1`, `t2`, … unless the source has its own."""

    id: str
    speaker: str
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation: its turns in order, titles of speakers where the source has them, and remarks on reading."""

    file: str
    format: str
    turns: tuple[Turn, ...]
    warnings: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who speaks, in order of first appearance."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns))

    @property
    def unattributed(self) -> bool:
        """Whether the source names nobody."""
        return self.speakers == (UNKNOWN,)


def merged(said: Iterable[Said]) -> tuple[Turn, ...]:
    """Stretches of one speaker in a row become one turn; a stretch that has its own id stays as it is.

    Where nobody is named, a turn ends with its sentence, so that speakers can be given by hand.
    """
    groups: list[list[Said]] = []
    for each in said:
        if groups and _continues(groups[-1], each):
            groups[-1].append(each)
        else:
            groups.append([each])
    return tuple(_turn(number, group) for number, group in enumerate(groups, start=1))


def _continues(group: list[Said], each: Said) -> bool:
    last = group[-1]
    if each.id is not None or last.id is not None or each.speaker != last.speaker:
        return False
    if each.speaker is not None:
        return True
    return not last.text.rstrip("\"')”’ ").endswith((".", "?", "!", "…")) and len(group) < 12


def _turn(number: int, group: list[Said]) -> Turn:
    first, last = group[0], group[-1]
    return Turn(
        id=first.id or f"t{number}",
        speaker=first.speaker or UNKNOWN,
        text=" ".join(" ".join(each.text.split()) for each in group),
        start=first.start,
        end=last.end,
    )


def line_name(turn_id: str) -> str:
    """What people call a turn: `12` for `t12`, and the source's own id as it is."""
    return turn_id[1:] if turn_id[:1] == "t" and turn_id[1:].isdigit() else turn_id


def clock(seconds: float | None) -> str:
    """`0:32`, `12:05` or `1:02:03`; nothing where there is no time."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
