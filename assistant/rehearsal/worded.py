"""Whether words of a model may stand for a line of his: in role, no longer than speech, nothing conceded or made up."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assistant.moves.sentences import plain
from assistant.rehearsal.added import Embed, adds, hidden
from assistant.rehearsal.counterpart import Exchange
from assistant.rehearsal.scenario import Item, Scenario
from assistant.rehearsal.voiced import Fault
from assistant.rehearsal.words import digits, figures, says

MOST_WORDS = 35
_NEAR, _SECRET = 0.35, 0.6
_ITEMS: tuple[Item, ...] = ("group", "metric", "from", "to", "when")

_ROLE = re.compile(
    r"\b(?:as an? (?:ai|a\.i\.|assistant|language model|vp|sales vp|counterpart)|language model|chatbot|role-?play\w*|"
    r"i'?m (?:just )?an? (?:ai|bot|assistant|model|machine|simulation)|rehears\w+|(?:system )?prompt|(?:my|your|the|these) "
    r"instructions?|in character|the draft|persona)\b"
)
_STAGE = re.compile(
    r"^\s*[(\[*]|[(\[*][^)\]*]{2,60}[)\]*]|^\W*(?:me|you|counterpart|learner|assistant|user)\s*:", re.I
)
_MARKUP = re.compile(r"[<>{}|\n]|https?:|www\.|\*\*|```|!\[")
_LABEL = re.compile(r"^([^\W\d_]+): ")
_COACHING = re.compile(
    r"\b(?:(?:good|great|excellent|nice|powerful|thoughtful|wonderful) (?:open )?(?:question|point|reflection|listening|"
    r"technique|approach)|well (?:asked|done|put)|you(?:'re| are) (?:a )?(?:great|good|excellent) (?:at|listener)|"
    r"(?:next time|instead),? (?:try|ask|say)|try (?:to )?ask(?:ing)?|open(?:-ended)? question|active listening|good job|"
    r"you (?:should|could|might) (?:ask|try|say|listen|reflect)|keep (?:it )?up)\b"
)
_AGREEMENT = re.compile(
    r"\b(?:(?:i|we) (?:fully |totally |completely )?agree\b|agreed\b|it'?s a deal|deal[.!]|approved|sounds (?:good|great)|"
    r"you have (?:my|a) (?:yes|word|support|backing|approval)|(?:i'?m|count me|we'?re) in\b|go ahead|we can start|"
    r"let'?s (?:do (?:it|this|that)|start|begin|go ahead|get started|move forward|pilot)|"
    r"happy to (?:start|support|sponsor|go)|i(?:'ll| will) (?:sign|approve|sponsor|support|back|fund|commit)|"
    r"looking forward to|you'?ve convinced|i'?m convinced)"
)


@dataclass(frozen=True)
class Held:
    """What was said in this meeting by now, and what he keeps to himself."""

    scenario: Scenario
    said: Sequence[str]
    his: Sequence[str]

    def secrets(self, exchange: Exchange) -> list[str]:
        """Lines that tell what this line of his does not."""
        told, own = exchange.after.told, {piece.source for piece in exchange.pieces}
        found = [line for each in self.scenario.facts if told.get(each.topic) != "full" for line in each.full]
        found += self.scenario.concern.full if exchange.after.concern < 3 else ()
        return [line for line in found if line not in own]


def fault_of(text: str, exchange: Exchange, held: Held, embed: Embed) -> Fault | None:
    """What is wrong with these words for the line of this exchange; None where they may stand."""
    low, said = plain(text), {digits(line) for line in held.his}
    tests: tuple[tuple[Fault, Callable[[], object]], ...] = (
        ("empty", lambda: not re.search(r"[^\W\d_]{2}", text)),
        ("long", lambda: len(text.split()) > MOST_WORDS),
        ("role", lambda: _out_of_role(text, low, exchange.reply)),
        ("coaching", lambda: _COACHING.search(low)),
        ("agreement", lambda: _concedes(low, exchange)),
        ("facts", lambda: _made_up(text, exchange, held)),
        ("again", lambda: digits(text) in said),
    )
    broken = next((fault for fault, test in tests if test()), None)
    return broken or _strays(text, exchange.reply, exchange.text, held.secrets(exchange), embed)


def _out_of_role(text: str, low: str, draft: str) -> bool:
    """Talk of machines, stage directions, markup, or another one speaking."""
    speaks, spoke = _LABEL.match(text), _LABEL.match(draft)
    return bool(
        hidden(text)
        or _ROLE.search(low)
        or _STAGE.search(text)
        or _MARKUP.search(text)
        or (speaks and speaks[1]) != (spoke and spoke[1])
    )


def _concedes(low: str, exchange: Exchange) -> bool:
    """Agreement that the state does not allow, or that its line does not contain."""
    end = exchange.after.end
    if end is not None and end.outcome in {"agreed", "good_ending"}:
        return False
    drafted = plain(exchange.reply)
    return any(found[0] not in drafted for found in _AGREEMENT.finditer(low))


def _made_up(text: str, exchange: Exchange, held: Held) -> bool:
    """Figures, names or parts of the outcome that nobody has said."""
    known = " ".join((*held.said, *held.his, exchange.text, exchange.reply))
    if set(figures(text)) - set(figures(known)):
        return True
    if _names(text) - {word.lower() for word in re.findall(r"[^\W\d_]+", known)}:
        return True
    number = held.scenario.number
    fresh: Collection[Item] = [item for item in _ITEMS if says(text, number.words(item))]
    return any(not says(known, number.words(item)) for item in fresh)


def _names(text: str) -> set[str]:
    """Capitalised words inside a sentence; “I” and the like are none."""
    found = re.findall(r"(?<=[a-z,;] )([A-Z][a-zà-ÿ]{2,})", text)
    return {name.lower() for name in found} - {
        "english",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
    }


def _strays(text: str, draft: str, heard: str, secrets: Sequence[str], embed: Embed) -> Fault | None:
    """Whether it says something else than its line: figures or a question lost, far off in meaning, or a secret told."""
    unasked = draft.rstrip().endswith("?") and "?" not in text
    if set(figures(draft)) - set(figures(text)) or unasked:
        return "lost"
    rows = embed([text, draft, *secrets])
    near = rows @ rows[0]
    if near[1] < _NEAR:
        return "lost"
    if adds(text, draft, heard, embed):
        return "added"
    if secrets and float(near[2:].max()) > max(_SECRET, float(near[1])):
        return "secret"
    return None
