"""A paragraph taken apart: its sentences and stretches, the days that it names, its people, the signs of each stretch."""

from dataclasses import dataclass
from datetime import date

from assistant.debrief.clauses import Sentence, sentences
from assistant.debrief.dates import Named, named_days
from assistant.debrief.owners import Cast, with_capitals
from assistant.debrief.signs import Signs, signs
from assistant.debrief.units import Unit, units
from knowledge.cards import Role


@dataclass(frozen=True, slots=True)
class Apart:
    """What the weights are asked about; `text` has capitals where names were typed without."""

    text: str
    parts: list[Sentence]
    units: list[Unit]
    days: list[Named]
    cast: Cast
    signs: list[Signs]


def take_apart(
    text: str, *, teller: Role, counterpart: str | None, today: date, addressed: bool = False
) -> Apart:
    """The paragraph as `text` has it, letter by letter, told by `teller` on `today`; `addressed`: a mail to them."""
    named = with_capitals(text, counterpart)
    parts = sentences(named)
    found, days = units(parts), named_days(named, today=today)
    cast = Cast.of(named, teller=teller, counterpart=counterpart, addressed=addressed)
    return Apart(named, parts, found, days, cast, signs(found, named, days, cast))
