"""Cases for advice, and what an answer must do in each: `counterpart eval advice`.

A case has turns; what is expected is expected of the last answer. The cases come in two halves, `dev` (looked at while
tuning) and `held-out` (only ever measured).
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.advice.answer import Answer
from assistant.advice.coach import Coach
from knowledge.cards import Role

CASES = Path(__file__).parent / "cases"
Half = Literal["dev", "held-out"]
Expect = Literal["answer", "half-in", "refuse", "benchmark", "human"]
_REFUSALS = ("refuse", "benchmark")
_MIN_QUOTE_WORDS = 4
_MARKER = re.compile(r"\[(\d+)\]")


class Case(BaseModel):
    """One conversation and what its last answer must do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    role: Role
    turns: tuple[str, ...]
    expect: Expect
    principles: tuple[str, ...] = ()
    shape: str = "advice"
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked of one case; None where a check does not apply."""

    case: Case
    answer: Answer
    principle: bool | None
    refused: bool
    citations_valid: bool
    shape: bool | None
    must: bool | None
    must_not: bool | None
    repeats_nothing: bool
    milliseconds: float


@dataclass(frozen=True, slots=True)
class AdviceReport:
    """Rates from 0 to 1, each over the cases that it applies to."""

    half: Half
    cases: int
    principle_hit: float
    out_of_scope_refused: float
    in_scope_refused: float
    citations_valid: float
    right_shape: float
    must_met: float
    must_not_met: float
    nothing_repeated: float
    p50_ms: float
    p95_ms: float
    failures: list[dict[str, str]] = field(default_factory=list)


def read_cases(half: Half, folder: Path = CASES) -> list[Case]:
    """The cases of one half, in the order of the file."""
    lines = (folder / f"advice-{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Case.model_validate(json.loads(line)) for line in lines if line.strip()]


def evaluate_advice(
    coach: Coach, cases: Sequence[Case], *, half: Half, progress: Callable[[str, int, int], None]
) -> AdviceReport:
    """Ask every case and check its last answer. Milliseconds are work beside the embedding of the question."""
    verdicts = []
    for number, case in enumerate(cases):
        progress("Asking", number, len(cases))
        verdicts.append(_judge(coach, case))
    in_scope = [v for v in verdicts if v.case.expect not in _REFUSALS]
    return AdviceReport(
        half=half,
        cases=len(cases),
        principle_hit=_rate(v.principle for v in verdicts),
        out_of_scope_refused=_rate(v.refused for v in verdicts if v.case.expect in _REFUSALS),
        in_scope_refused=_rate(v.refused for v in in_scope),
        citations_valid=_rate(v.citations_valid for v in verdicts),
        right_shape=_rate(v.shape for v in verdicts),
        must_met=_rate(v.must for v in verdicts),
        must_not_met=_rate(v.must_not for v in verdicts),
        nothing_repeated=_rate(v.repeats_nothing for v in verdicts if len(v.case.turns) > 1),
        p50_ms=round(float(np.percentile([v.milliseconds for v in verdicts], 50)), 1),
        p95_ms=round(float(np.percentile([v.milliseconds for v in verdicts], 95)), 1),
        failures=[failure for v in verdicts for failure in _failures(v)],
    )


def citations_valid(answer: Answer) -> bool:
    """Markers are 1..n by first appearance, each with a citation whose quote is verbatim in its passage."""
    seen = list(dict.fromkeys(int(number) for number in _MARKER.findall(answer.answer)))
    if seen != [citation.marker for citation in answer.citations] or seen != list(range(1, len(seen) + 1)):
        return False
    return all(
        c.quote in c.text and (len(c.quote.split()) >= _MIN_QUOTE_WORDS or c.quote == c.text)
        for c in answer.citations
    )


def _judge(coach: Coach, case: Case) -> Verdict:
    history: list[Answer] = []
    for turn in case.turns:
        history.append(coach.advise(turn, role=case.role, history=history))
    answer = history[-1]
    earlier = {sentence for before in history[:-1] for sentence in before.trace.used}
    return Verdict(
        case=case,
        answer=answer,
        principle=principle_hit(case, answer),
        refused=answer.abstained,
        citations_valid=citations_valid(answer),
        shape=answer.understood.shape == case.shape if case.expect == "answer" else None,
        must=meets(case.must, answer),
        must_not=meets(case.must_not, answer, none=True),
        repeats_nothing=answer.understood.follow_up == "shorter" or not earlier & set(answer.trace.used),
        milliseconds=answer.timings_ms["total"] - answer.timings_ms["embed"],
    )


def principle_hit(case: Case, answer: Answer) -> bool | None:
    """Whether the lead's card, or the next citation's, serves an accepted principle."""
    if case.expect not in {"answer", "half-in"}:
        return None
    return any(set(citation.principles) & set(case.principles) for citation in answer.citations[:2])


def meets(patterns: Sequence[str], answer: Answer, *, none: bool = False) -> bool | None:
    """Whether all of the patterns are in an answer, or `none` of them; None where there is nothing to look for."""
    found = [re.search(pattern, answer.answer, re.IGNORECASE) is not None for pattern in patterns]
    return (not any(found) if none else all(found)) if patterns else None


def _rate(results: Iterable[bool | None]) -> float:
    known = [result for result in results if result is not None]
    return round(sum(known) / len(known), 4) if known else 1.0


def _failures(verdict: Verdict) -> Iterable[dict[str, str]]:
    refuse = verdict.case.expect in _REFUSALS
    checks = {
        "principle": verdict.principle is not False,
        "refusal": verdict.refused == refuse,
        "citations": verdict.citations_valid,
        "shape": verdict.shape is not False,
        "must": verdict.must is not False,
        "must_not": verdict.must_not is not False,
        "repeats": verdict.repeats_nothing or len(verdict.case.turns) == 1,
    }
    for check, passed in checks.items():
        if not passed:
            yield {"id": verdict.case.id, "check": check, "spine": verdict.answer.trace.spine or ""}
