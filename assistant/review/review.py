"""The review of one conversation: roles, moves, findings, scorecard, metrics."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from assistant.chat import Call
from assistant.moves.second import SecondReading
from assistant.review.findings import Finding, Judge, findings_of
from assistant.review.marks import LEARNING, VP, Line, Reader, read_lines
from assistant.review.metrics import metrics_of
from assistant.review.roles import Cast, Leaning, cast, speaker_called
from assistant.review.scorecard import Check, scorecard_of
from assistant.review.topic import Near, about_it, elsewhere
from assistant.review.transcript import Transcript
from knowledge.cards import Card
from prompts import phrase


@dataclass(frozen=True)
class Review:
    """What a transcript showed. `roles` are by speaker, None where nobody can say.

    `second` is the chat model that read the moves again, where one did, `second_call` what that took. `elsewhere`: it
    speaks of other things than a VP and learning do, so that findings are held back.
    """

    transcript: Transcript
    roles: Mapping[str, str | None]
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    scorecard: tuple[Check, ...]
    metrics: Mapping[str, Any]
    warnings: tuple[str, ...]
    second: str | None = None
    second_call: Call | None = None
    elsewhere: bool = False

    def as_contract(self) -> dict[str, Any]:
        """As `counterpart review --json` gives it."""
        return {
            "file": self.transcript.file,
            "format": self.transcript.format,
            "speakers": [self._speaker(name) for name in self.transcript.speakers],
            "turns": [_turn(line) for line in self.lines],
            "metrics": dict(self.metrics),
            "findings": [finding.as_contract() for finding in self.findings],
            "scorecard": [check.as_contract() for check in self.scorecard],
            "warnings": list(self.warnings),
            "second_reading": self.second,
            "second_reading_made": asdict(self.second_call) if self.second_call else None,
            "elsewhere": self.elsewhere,
        }

    def _speaker(self, name: str) -> dict[str, Any]:
        own = [turn for turn in self.transcript.turns if turn.speaker == name]
        timed = [turn.end - turn.start for turn in own if turn.start is not None and turn.end is not None]
        return {
            "name": name,
            "role": self.roles.get(name),
            "turns": len(own),
            "words": sum(len(turn.text.split()) for turn in own),
            "seconds": round(sum(timed), 2) if len(timed) == len(own) else None,
        }


def review(
    transcript: Transcript,
    *,
    recogniser: Reader,
    cards: Mapping[str, Card],
    me: str | None = None,
    role: str | None = None,
    roles: Mapping[str, str | None] | None = None,
    corrected: Mapping[str, frozenset[str]] | None = None,
    leaning: Leaning | None = None,
    judge: Judge | None = None,
    second: SecondReading | None = None,
    topic: Near | None = None,
) -> Review:
    """Review a conversation. Raises `InputRefusedError` where nobody of the name `me` speaks.

    With `roles`, by speaker, nobody is guessed; `corrected` are moves by turn id as a person named them.
    Without a `judge` the findings rest on the moves alone; a `second` reading stands above the recogniser's.
    """
    about = partial(about_it, near=topic) if topic else None
    found = (
        Cast(roles) if roles is not None else cast(transcript, me=me, role=role, leaning=leaning, about=about)
    )
    said = {turn_id: sorted(moves) for turn_id, moves in (corrected or {}).items()}
    lines = read_lines(
        transcript,
        found.roles,
        recogniser,
        corrected=said,
        acts=judge.acts if judge else None,
        second=second.turns if second else None,
    )
    own = speaker_called(transcript, me) if me is not None else None
    away = elsewhere(transcript, found.roles, topic)
    findings = (
        ()
        if transcript.unattributed or away
        else findings_of(lines, cards, me=own, verdicts=judge.verdicts if judge else None)
    )
    return Review(
        transcript=transcript,
        roles=found.roles,
        lines=lines,
        findings=findings,
        scorecard=scorecard_of(findings),
        metrics=metrics_of(lines),
        warnings=(*transcript.warnings, *found.warnings, *_of_others(found.roles, away), *_told(second)),
        second=second.model if second else None,
        second_call=second.call if second else None,
        elsewhere=away,
    )


def _of_others(roles: Mapping[str, str | None], away: bool) -> tuple[str, ...]:
    if away:
        return (phrase("review", "elsewhere"),)
    if {VP, LEARNING} & set(roles.values()):
        return ()
    return (
        "Nobody here is known as a VP of Sales or a learning executive; findings may not apply to this talk.",
    )


def _told(second: SecondReading | None) -> tuple[str, ...]:
    return (second.told,) if second else ()


def _turn(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "speaker": line.speaker,
        "start": line.turn.start,
        "end": line.turn.end,
        "text": line.text,
        "moves": [{"move": each.move, "score": round(each.score, 3)} for each in line.moves],
    }
