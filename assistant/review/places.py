"""Where in a talk each finding would stand: its likeliest lines by the acts in them, and how likely they are.

Whether a finding is made is another question (`verdicts.py`), answered from the whole talk.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import accumulate

from assistant.review.marks import LEARNING, VP, Line
from assistant.review.seen import Seen, replies

LEAST = 0.3
"""Below this score a line is not shown beside a surer one of the same finding."""
MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Lines that may show a finding, the deciding one first, from 0 (surely not) to 1; `about` as in `Seen`."""

    score: float
    places: tuple[int, ...]
    about: Mapping[str, str] = field(default_factory=dict)


class Talk:
    """The lines of a conversation whose acts were read."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines

    def act(self, name: str) -> list[float]:
        """The score of an act in every line."""
        return [(line.acts or {}).get(name, 0.0) for line in self.lines]

    @cached_property
    def still_unnamed(self) -> list[float]:
        """For each line how likely it is that no outcome was named before it."""
        highest = [0.0, *accumulate(self.act("outcome"), max)]
        return [1 - each for each in highest[: len(self.lines)]]

    @cached_property
    def answers(self) -> list[tuple[Line, Line]]:
        """Each line with what the other says next, signs of listening left out."""
        return [(line, reply) for line in self.lines for reply in replies(self.lines, line.place, most=1)]


def single(
    act: str, talk: Talk, *, role: str | None = None, other_than: str | None = None
) -> list[Candidate]:
    """The lines of an act, the surest first, said by this role or by anybody else than that one."""
    told = [
        (score, line.place)
        for line, score in zip(talk.lines, talk.act(act), strict=True)
        if (role is None or line.role == role) and line.role != (other_than or "")
    ]
    best = sorted(told, key=lambda each: -each[0])[:MOST_PLACES]
    if not best:
        return []
    shown = [place for score, place in best if score >= LEAST] or [best[0][1]]
    return [Candidate(best[0][0], tuple(shown))]


def order_given(talk: Talk) -> list[Candidate]:
    """The VP's orders, as far as no outcome was named before or with them."""
    scores = [score for score, _ in _orders(talk)]
    found = sorted(zip(scores, talk.lines, strict=True), key=lambda each: -each[0])[:2]
    return [
        Candidate(
            found[0][0], tuple(line.place for score, line in found if score >= LEAST) or (found[0][1].place,)
        )
    ]


def order_taken(talk: Talk) -> list[Candidate]:
    """An order and a reply that takes it on, while no outcome is named."""
    accepts, unnamed = talk.act("accepts"), talk.still_unnamed
    found = [
        Candidate(
            min(score, accepts[reply.place], unnamed[reply.place]),
            (reply.place, line.place),
            {"order": line.text},
        )
        for score, line in _orders(talk)
        for reply in replies(talk.lines, line.place, most=2)
    ]
    return sorted(found, key=lambda each: -each.score)[:1]


def solution_before_outcome(talk: Talk) -> list[Candidate]:
    """The likeliest proposals while no outcome is named, an order of the VP and its acceptance left out; the earliest
    of the likely ones decides."""
    order, accepts, unnamed = talk.act("order"), talk.act("accepts"), talk.still_unnamed
    found = [
        (score * unnamed[line.place], line.place)
        for line, score in zip(talk.lines, talk.act("solution"), strict=True)
        if score > accepts[line.place] and not (line.role == VP and order[line.place] > score)
    ]
    best = sorted(found, key=lambda each: -each[0])[:MOST_PLACES]
    likely = sorted(place for score, place in best if score >= LEAST)
    return [Candidate(best[0][0], tuple(likely) or (best[0][1],))] if best else []


def persuading_in_series(talk: Talk) -> list[Candidate]:
    """For each person the lines that argue; the second surest says how likely a series is."""
    argues = talk.act("argues")
    found = []
    known = {VP, LEARNING} <= {line.role for line in talk.lines}
    for speaker in dict.fromkeys(line.speaker for line in talk.lines if line.role or not known):
        own = sorted((argues[line.place], line.place) for line in talk.lines if line.speaker == speaker)[::-1]
        if len(own) > 1:
            shown = [place for score, place in own if score >= LEAST] or [place for _, place in own[:2]]
            found.append(Candidate(own[1][0], tuple(sorted(shown))))
    return sorted(found, key=lambda each: -each.score)[:1]


def answered(first: str, then: str, about: str, most: int, talk: Talk) -> list[Candidate]:
    """Pairs of a line and its answer, by their acts; the answer decides."""
    said, answer = talk.act(first), talk.act(then)
    found = [
        Candidate(min(said[line.place], answer[reply.place]), (reply.place, line.place), {about: line.text})
        for line, reply in talk.answers
    ]
    best = sorted(found, key=lambda each: -each.score)[:most]
    return [each for each in best if each.score >= LEAST] or best[:1]


def _orders(talk: Talk) -> Iterator[tuple[float, Line]]:
    outcome, unnamed = talk.act("outcome"), talk.still_unnamed
    for line, score in zip(talk.lines, talk.act("order"), strict=True):
        silent = min(unnamed[line.place], 1 - outcome[line.place])
        yield (0.0 if line.role == LEARNING else score * silent), line


@dataclass(frozen=True, slots=True)
class Place:
    """A finding's principle, which moves say what to quote, and how its lines are found."""

    principle: str
    moves: tuple[str, ...]
    find: Callable[[Talk], list[Candidate]]
    least: float = 0.05
    """From this score of its line on a finding is made: praise wants a line that bears it."""


PLACES: Mapping[str, Place] = {
    "solution_before_outcome": Place("le-4", ("solution_proposal",), solution_before_outcome),
    "order_taken": Place("le-2", ("order_taking", "commitment"), order_taken),
    "candour_dodged": Place(
        "sv-5", ("persuading", "solution_proposal"), partial(answered, "candid", "dodges", "candour", 2)
    ),
    "persuading_in_series": Place("le-5", ("persuading",), persuading_in_series),
    "order_given": Place("sv-2", ("order",), order_given),
    "outcome_asked": Place("le-2", ("open_question",), partial(single, "asks_outcome", other_than=VP), 0.3),
    "outcome_named": Place("sv-2", ("outcome_talk",), partial(single, "outcome", role=VP)),
    "small_start": Place("le-1", ("small_start",), partial(single, "group"), 0.4),
    "approach_first": Place("le-4", ("approach",), partial(single, "approach"), 0.3),
    "played_back": Place("le-2", ("reflection",), partial(single, "plays_back"), 0.5),
    "candour_said": Place("sv-5", ("candour",), partial(single, "candid")),
    "reality_named": Place("le-3", ("field_story", "open_question"), partial(single, "reality", role=LEARNING), 0.5),
    "story_told": Place("sv-4", ("field_story",), partial(single, "story", role=VP)),
    "door_opened": Place("sv-3", ("commitment",), partial(single, "door", role=VP)),
    "next_step_agreed": Place("sv-3", ("commitment",), partial(single, "step")),
    "candour_met": Place(
        "le-5", ("reflection", "open_question"), partial(answered, "candid", "meets", "candour", 1)
    ),
}  # fmt: skip
"""Every finding that acts show in certain lines."""


def seen(kind: str, lines: Sequence[Line]) -> list[Seen]:
    """A finding at its likeliest lines."""
    place = PLACES[kind]
    return [
        Seen(kind, place.principle, each.places, place.moves, each.about)
        for each in place.find(Talk(lines))
        if each.score >= place.least
    ]
