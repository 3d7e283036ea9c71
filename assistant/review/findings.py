"""Findings: what happened, on which lines, with the words, a card, the reason and what else could have been said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.review.alternatives import instead
from assistant.review.gaps import GAPS
from assistant.review.marks import LEARNING, VP, ActReader, Line
from assistant.review.moments import MOMENTS
from assistant.review.places import PLACES
from assistant.review.places import seen as seen_at
from assistant.review.quotes import quote_of
from assistant.review.seen import Seen
from assistant.review.signals import SURE
from assistant.review.strengths import STRENGTHS
from assistant.review.verdicts import EITHER, Verdicts
from knowledge.cards import Card, Sentence
from prompts import phrase

Kind = Literal["strength", "gap", "moment"]
ON_TOP = 3


@dataclass(frozen=True, slots=True)
class Cited:
    """The card that says so, and the sentence of it."""

    card_id: str
    title: str
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that happened. `turn_ids[0]` is the deciding line and `quote` stands verbatim in it.

    `instead` holds two sentences that could have been said there; none for a strength, which needs no advice.
    """

    id: str
    kind: Kind
    type: str
    title: str
    principle: str
    turn_ids: tuple[str, ...]
    speaker: str
    quote: str
    why: str
    instead: tuple[str, ...]
    cited: Cited | None

    def as_contract(self) -> dict[str, object]:
        """As `counterpart review --json` gives it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "type": self.type,
            "title": self.title,
            "principle": self.principle,
            "turn_ids": list(self.turn_ids),
            "speaker": self.speaker,
            "quote": self.quote,
            "why": self.why,
            "instead": list(self.instead),
            "card": None
            if self.cited is None
            else {"card_id": self.cited.card_id, "title": self.cited.title, "quote": self.cited.quote},
        }


Detector = Callable[[Sequence[Line]], list[Seen]]

_CARDS: dict[str, tuple[str, str]] = {
    # type: (card for learning and others, card for the VP)
    "solution_before_outcome": ("jumped-to-the-answer", "ordered-a-course"),
    "order_taken": ("order-taker", "order-taker"),
    "no_owner_or_date": ("good-meeting-nothing-happened", "good-meeting-nothing-happened"),
    "persuading_in_series": ("urge-to-persuade", "how-is-hers"),
    "candour_dodged": ("no-progress", "no-progress"),
    "order_given": ("ordered-a-course", "ordered-a-course"),
    "no_outcome_named": ("vague-outcome", "name-the-outcome"),
    "no_group_named": ("choose-first-group", "pick-the-team"),
    "project_answer_to_outcome": ("vp-own-view", "name-the-outcome"),
    "progress_unanswered": ("completion-rates", "no-progress"),
    "no_story": ("collecting-field-stories", "tell-stories"),
    "outcome_asked": ("vp-own-view", "name-the-outcome"),
    "outcome_named": ("name-the-outcome", "name-the-outcome"),
    "played_back": ("vp-own-view", "stay-engaged"),
    "reality_named": ("ride-along", "seen-on-the-road"),
    "approach_first": ("one-page-approach", "how-is-hers"),
    "small_start": ("choose-first-group", "pick-the-team"),
    "story_told": ("collecting-field-stories", "tell-stories"),
    "candour_said": ("no-progress", "no-progress"),
    "candour_met": ("no-progress", "no-progress"),
    "next_step_agreed": ("good-meeting-nothing-happened", "good-meeting-nothing-happened"),
    "door_opened": ("manager-ally", "stay-engaged"),
    "progress_measured": ("reporting-to-executives", "help-her-report"),
    "turned_to_outcome": ("vp-own-view", "name-the-outcome"),
    "turned_away": ("urge-to-persuade", "she-talks-modules"),
}
TYPES = tuple(_CARDS)
WHOLE_TALK = frozenset({"no_owner_or_date", "no_outcome_named", "no_group_named", "no_story"})
"""Findings of a conversation as a whole: whose line shows them matters little."""
_DONE_BY: dict[str, tuple[str, ...]] = {
    "no_outcome_named": ("outcome_named",),
    "no_group_named": ("small_start",),
    "no_story": ("story_told",),
}
"""What is praised in a talk is not advised in it."""
_NOT_DONE: dict[str, str] = {"next_step_agreed": "no_owner_or_date"}
"""What was found missing is not praised in the same talk."""


@dataclass(frozen=True, slots=True)
class Judge:
    """What the findings rest on where a model was trained for them: acts of the turns, and verdicts on the talk."""

    acts: ActReader
    verdicts: Verdicts


def findings_of(
    lines: Sequence[Line],
    cards: Mapping[str, Card],
    *,
    me: str | None = None,
    verdicts: Verdicts | None = None,
) -> tuple[Finding, ...]:
    """All findings: gaps first and the gravest of them on top, one's own before the other's; then strengths.

    With `verdicts` the lines need their acts; without, rules over the moves decide.
    """
    judged = verdicts(lines) if verdicts and lines else None
    strengths, gaps = _agreeing(_all(STRENGTHS, lines, judged), _of_the_two(_all(GAPS, lines, judged), lines))
    moments = _all(MOMENTS, lines)
    if me is not None:
        gaps.sort(key=lambda seen: lines[seen.places[0]].speaker != me)
    seen = (
        [("gap", each) for each in gaps]
        + [("strength", each) for each in strengths]
        + [("moment", each) for each in moments]
    )
    return tuple(
        _finding(f"f{number}", kind, each, lines, cards) for number, (kind, each) in enumerate(seen, start=1)
    )


def _agreeing(strengths: list[Seen], gaps: list[Seen]) -> tuple[list[Seen], list[Seen]]:
    """Both, so that neither says the contrary of the other: an order that was taken is no next step well agreed."""
    done = {each.type for each in strengths}
    gaps = [each for each in gaps if not done & set(_DONE_BY.get(each.type, ()))]
    missing = {each.type for each in gaps}
    taken = {each.places[0] for each in gaps if each.type == "order_taken"}
    kept = [each for each in strengths if _NOT_DONE.get(each.type) not in missing]
    return [each for each in kept if each.type != "next_step_agreed" or each.places[0] not in taken], gaps


def _of_the_two(gaps: list[Seen], lines: Sequence[Line]) -> list[Seen]:
    """Without those of a third person, where it is known who the VP and who learning is."""
    if not {VP, LEARNING} <= {line.role for line in lines}:
        return gaps
    return [each for each in gaps if lines[each.places[0]].role is not None or each.type in WHOLE_TALK]


def _all(
    detectors: Sequence[Detector], lines: Sequence[Line], judged: Mapping[str, float] | None = None
) -> list[Seen]:
    """What the detectors see; where a verdict was given it decides, and the likeliest lines are shown."""
    found: list[Seen] = []
    for detector in detectors:
        kind = detector.__name__
        if judged is not None and judged.get(kind, 0.0) >= SURE and kind in PLACES:
            found += seen_at(kind, lines)
        elif judged is None or judged.get(kind, SURE) >= SURE or kind in EITHER:
            found += detector(lines)
    return found


def _finding(number: str, kind: str, seen: Seen, lines: Sequence[Line], cards: Mapping[str, Card]) -> Finding:
    line = lines[seen.places[0]]
    quote = quote_of(line, seen)
    return Finding(
        id=number,
        kind=kind,  # type: ignore[arg-type]  # written just above
        type=seen.type,
        title=phrase("review", f"title-{seen.type}"),
        principle=_principle(seen, line),
        turn_ids=tuple(lines[place].id for place in seen.places),
        speaker=line.speaker,
        quote=quote,
        why=phrase("review", f"why-{seen.type}"),
        instead=instead(seen, lines, quote) if kind == "gap" else (),
        cited=cited(_CARDS[seen.type], line.role, cards),
    )


def _principle(seen: Seen, line: Line) -> str:
    return "sv-1" if seen.type == "small_start" and line.role == VP else seen.principle


def strength(number: str, seen: Seen, lines: Sequence[Line], cards: Mapping[str, Card]) -> Finding:
    """A good move, as a finding."""
    return _finding(number, "strength", seen, lines, cards)


def cited(pair: tuple[str, str], role: str | None, cards: Mapping[str, Card]) -> Cited | None:
    """What the card for this role says to do; `pair` names the card for learning and others, and the VP's."""
    learning, vp = pair
    card = cards.get(vp if role == VP else learning) or cards.get(learning)
    if card is None:
        return None
    lead = _lead(card)
    return Cited(card.id, card.title, lead.text) if lead else None


def _lead(card: Card) -> Sentence | None:
    """The first sentence of the card that says what to do."""
    doing = [sentence for sentence in card.sentences() if sentence.section == "Do"]
    return next((sentence for sentence in doing if sentence.lead), doing[0] if doing else None)
