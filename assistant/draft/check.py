"""The check of a draft: its moves line by line, what it does that one would not want, and what could stand there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant import nouns
from assistant.draft.changes import Change, applied, changes_of
from assistant.draft.gaps import GAPS, Gap, Written
from assistant.draft.text import Draft, DraftLine, read_draft
from assistant.errors import InputRefusedError
from assistant.moves import MoveScore, Utterance
from assistant.moves.sentences import sentences
from assistant.review import signals
from assistant.review.findings import Cited, Finding, cited, strength
from assistant.review.marks import LEARNING, VP, Line, Piece, Reader
from assistant.review.seen import Seen
from assistant.review.strengths import STRENGTHS
from assistant.review.transcript import Turn
from knowledge.cards import Card
from prompts import phrase

MOST_CHARACTERS = 40_000
WORDS_A_MINUTE = 230
_CARDS: Mapping[str, tuple[str, str]] = {
    # type: (card where learning or a coach writes, card where the VP does)
    "persuading": ("urge-to-persuade", "how-is-hers"),
    "project_only": ("completion-rates", "she-talks-modules"),
    "whole_force": ("whole-force-at-once", "pick-the-team"),
    "no_outcome_named": ("vp-own-view", "name-the-outcome"),
    "solution_before_outcome": ("jumped-to-the-answer", "ordered-a-course"),
    "order_given": ("ordered-a-course", "ordered-a-course"),
    "order_taken": ("order-taker", "order-taker"),
    "no_owner_or_date": ("good-meeting-nothing-happened", "good-meeting-nothing-happened"),
}
_NOT_IN_A_DRAFT = ("played_back", "candour_met")
_OTHERS = {LEARNING: VP, VP: LEARNING}


@dataclass(frozen=True)
class Checked:
    """A draft that was read. `changes` are in the order of the draft; `why` and `cited` are by type."""

    draft: Draft
    role: str
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    cited: Mapping[str, Cited | None]
    outcome: Line | None
    group: str | None

    def suggested(self, choices: Mapping[str, int] | None = None) -> str:
        """The draft with every change taken, or as `choices` says (see `applied`)."""
        return applied(self.draft.text, self.changes, choices)

    @property
    def questions(self) -> int:
        """How many lines ask the reader something."""
        return sum(signals.has_question(line) for line in self.lines)

    @property
    def verdict(self) -> str:
        """One sentence: what is left to do."""
        count = len(self.changes)
        if count == 0:
            return phrase("draft", "verdict-ready" if self.outcome and self.questions else "verdict-nothing")
        return (
            phrase("draft", "verdict-one")
            if count == 1
            else phrase("draft", "verdict-many", count=str(count))
        )

    def why(self, kind: str) -> str:
        """The reason behind a kind of change."""
        return phrase("draft", f"why-{kind}")

    def title(self, kind: str) -> str:
        """What a kind of change is about."""
        return phrase("draft", f"title-{kind}")

    def as_contract(self) -> dict[str, Any]:
        """As `counterpart draft --json` gives it."""
        return {
            "role": self.role,
            "kind": self.draft.kind,
            "words": self.draft.words,
            "moves": [
                {
                    "id": line.id,
                    "text": line.text,
                    "moves": [{"move": m.move, "score": round(m.score, 3)} for m in line.moves],
                }
                for line in self.lines
            ],
            "findings": [finding.as_contract() for finding in self.findings],
            "changes": [self._change(each) for each in self.changes],
            "suggested": self.suggested(),
        }

    def _change(self, change: Change) -> dict[str, Any]:
        source = self.cited[change.type]
        return {
            "id": change.id,
            "type": change.type,
            "principle": change.principle,
            "line_id": change.line_id,
            "start": change.start,
            "end": change.end,
            "before": change.before,
            "options": list(change.options),
            "why": self.why(change.type),
            "card": None
            if source is None
            else {"card_id": source.card_id, "title": source.title, "quote": source.quote},
        }


def check(text: str, *, role: str, recogniser: Reader, cards: Mapping[str, Card]) -> Checked:
    """Read a draft by somebody in `role`. Raises `InputRefusedError` for an empty one or one that is too long."""
    if not text.strip():
        raise InputRefusedError(
            "There is nothing to check", next_step="Paste a mail, an agenda or an outline"
        )
    if len(text) > MOST_CHARACTERS:
        raise InputRefusedError(
            f"The draft has {len(text):,} characters; {MOST_CHARACTERS:,} are read at most",
            kept="Nothing was changed",
            next_step="Check it in parts",
        )
    draft = read_draft(text)
    written = read_written(draft, role, recogniser)
    gaps = [gap for detect in GAPS for gap in detect(written)]
    changes = changes_of(written, gaps)
    return Checked(
        draft=draft,
        role=role,
        lines=written.lines,
        findings=_findings(written, gaps, changes, cards),
        changes=changes,
        cited={kind: cited(pair, role, cards) for kind, pair in _CARDS.items()},
        outcome=written.outcome,
        group=nouns.group("\n".join(line.text for line in written.lines)),
    )


def read_written(draft: Draft, role: str, recogniser: Reader) -> Written:
    """Moves of what the other wrote, then of one's own lines, so that an answer is read as one."""
    quoted = [line for line in draft.lines if line.part == "quoted" and line.text.strip("> \t")]
    both = [(line, "them", _OTHERS.get(role)) for line in quoted] + [(line, "me", role) for line in draft.own]
    texts = [" ".join(line.text.lstrip("> \t").split()) for line, _, _ in both]
    found = recogniser.read(
        [Utterance(line.id, who, of, text) for (line, who, of), text in zip(both, texts, strict=True)]
    )
    lines = [
        _line(line, who, of, text, moves)
        for (line, who, of), text, moves in zip(both, texts, found, strict=True)
    ]
    own = [line for line in lines if line.speaker == "me"]
    return Written(
        draft,
        tuple(_placed(line, place) for place, line in enumerate(own)),
        tuple(line for line in lines if line.speaker == "them"),
        role,
    )


def _line(line: DraftLine, who: str, role: str | None, text: str, moves: Sequence[MoveScore]) -> Line:
    turn = Turn(line.id, who, text)
    return Line(turn, role, 0, tuple(moves), (Piece(text, {each.move: each.score for each in moves}),))


def _placed(line: Line, place: int) -> Line:
    return Line(line.turn, line.role, place, line.moves, line.pieces)


def _findings(
    written: Written, gaps: Sequence[Gap], changes: Sequence[Change], cards: Mapping[str, Card]
) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for gap in gaps:
        shown = gap.lines or written.body[:1]
        if not shown:
            continue
        own = [change for change in changes if change.type == gap.type]
        found.append(
            Finding(
                id=f"f{len(found) + 1}",
                kind="gap",
                type=gap.type,
                title=phrase("draft", f"title-{gap.type}"),
                principle=gap.principle,
                turn_ids=tuple(line.id for line in shown),
                speaker="",
                quote=sentences(shown[0].text)[0],
                why=phrase("draft", f"why-{gap.type}"),
                instead=tuple(option.strip() for option in own[0].options if option.strip()) if own else (),
                cited=cited(_CARDS[gap.type], written.role, cards),
            )
        )
    for seen in _strengths(written):
        found.append(strength(f"f{len(found) + 1}", seen, written.lines, cards))
    return tuple(found)


def _strengths(written: Written) -> list[Seen]:
    return [
        seen for detect in STRENGTHS for seen in detect(written.lines) if seen.type not in _NOT_IN_A_DRAFT
    ]
