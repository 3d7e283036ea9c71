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


def passage(lines: Sequence[Line], place: int, most: int = 6) -> str:
    """What a speaker tells from this line on, over the other's signs of listening."""
    told = [lines[place].text]
    for line in lines[place + 1 :]:
        if len(told) == most or (line.speaker != lines[place].speaker and substantive(line)):
            break
        if line.speaker == lines[place].speaker:
            told.append(line.text)
    return " ".join(told)
