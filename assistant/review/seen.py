"""What a detector has seen, before it is put into words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.review.marks import Line
from assistant.review.signals import substantive


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding's type and lines: `places` from 0, the deciding one first. `moves` say which words to quote.

    `about` are further texts from which its alternatives may take their nouns.
    """

    type: str
    principle: str
    places: tuple[int, ...]
    moves: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)


def replies(lines: Sequence[Line], place: int, most: int = 2) -> Iterator[Line]:
    """What the other says next, signs of listening left out; it ends where the first speaker goes on at length."""
    speaker, found = lines[place].speaker, 0
    for line in lines[place + 1 : place + 6]:
        if line.speaker == speaker:
            if found or substantive(line):
                return
            continue
        if substantive(line):
            yield line
            found += 1
            if found == most:
                return
