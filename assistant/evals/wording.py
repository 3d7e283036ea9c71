"""Composed and worded answers side by side, on the same cases: what a chat model gains, and what it loses.

Groundedness is the share of sentences that claim something and are borne out by a passage they cite, by the same check
that a worded answer has to pass; so of a worded answer's sentences nearly all are, and what was asked of the model shows
in `kept`: how many of its own sentences passed, and how often its words stood at all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.advice.answer import Answer
from assistant.advice.check import Check, Floats, Source
from assistant.advice.claims import claims, segments
from assistant.advice.coach import Coach
from assistant.advice.judged import Frames
from assistant.advice.wording import Wording, own_of, source_lines, who_is_who
from assistant.errors import ModelError
from assistant.evals.advice import Case, Half, citations_valid, meets, principle_hit


@dataclass(frozen=True, slots=True)
class Side:
    """Rates from 0 to 1 over the cases, and the median number of words of an answer."""

    groundedness: float
    principle_hit: float
    must_met: float
    must_not_met: float
    citations_valid: float
    words: float


@dataclass(frozen=True, slots=True)
class WordingReport:
    """`used` says in how many cases the model's words stood, `kept` how many of its sentences passed the check.

    `cases` are those that can be worded, of `asked` ones; `stopped` says that somebody wanted no more of them.
    """

    half: Half
    model: str
    cases: int
    composed: Side
    worded: Side
    used: float
    kept: float
    sentences: int
    tokens_in: int
    tokens_out: int
    p50_s: float
    p95_s: float
    asked: int = 0
    stopped: bool = False
    notes: dict[str, int] = field(default_factory=dict)


def evaluate_wording(
    coach: Coach,
    wording: Wording,
    cases: Sequence[Case],
    *,
    half: Half,
    embed: Callable[[Sequence[str]], Floats],
    progress: Callable[[str, int, int], None],
) -> WordingReport:
    """Answer every case that can be worded, compose and word its last answer, and compare the two.

    Ctrl+C ends it with what there is by then. Raises `ModelError` where no case was one to word.
    """
    pairs, asked, stopped = [], 0, False
    try:
        for asked, case in enumerate(cases):  # counted for the report
            progress("Wording", asked, len(cases))
            composed, worded = _both(coach, wording, case)
            if (
                worded.made is not None
            ):  # what is declined, or illustrated with an invented example, is not worded
                pairs.append((case, composed, worded))
        asked = len(cases)
    except KeyboardInterrupt:
        if not pairs:
            raise
        stopped = True
    if not pairs:
        raise ModelError(
            "None of these cases is one that a chat model words",
            fault="empty",
            brief="no cases",
            next_step="Take more of them with --limit",
        )
    made = [worded.made for _, _, worded in pairs if worded.made is not None]
    said = [sentence for each in made for sentence in each.sentences]
    return WordingReport(
        half=half,
        model=wording.model.name,
        cases=len(pairs),
        composed=_side([(case, composed, composed) for case, composed, _ in pairs], embed),
        worded=_side([(case, worded, composed) for case, composed, worded in pairs], embed),
        used=_rate(worded.mode == "model" for _, _, worded in pairs),
        kept=_rate(sentence.passed for sentence in said),
        sentences=len(said),
        tokens_in=sum(each.tokens_in for each in made),
        tokens_out=sum(each.tokens_out for each in made),
        p50_s=round(float(np.percentile([each.seconds for each in made], 50)), 2),
        p95_s=round(float(np.percentile([each.seconds for each in made], 95)), 2),
        asked=asked,
        stopped=stopped,
        notes=dict(Counter(each.note for each in made if each.note)),
    )


def groundedness(
    answer: Answer, composed: Answer, embed: Callable[[Sequence[str]], Floats]
) -> tuple[int, int]:
    """How many sentences with a marker, or that claim something in words not ours, are borne out; and of how many."""
    sources = [Source(c.marker, c.text, source_lines(c.text), own_of(composed, c)) for c in answer.citations]
    facts = " ".join(answer.understood.facts.known().values())
    check = Check(sources, embed=embed, said=answer.question, facts=facts, same=who_is_who(answer.role))
    frames = Frames.of(composed.answer, [c.text for c in answer.citations])
    worded = answer.mode == "model"
    claimed = [s for s in segments(answer.answer) if s.markers or (worded and claims(s))]
    return sum(check.judge_segment(frames.bare(s.text), s.markers).passed for s in claimed), len(claimed)


def _both(coach: Coach, wording: Wording, case: Case) -> tuple[Answer, Answer]:
    history: list[Answer] = []
    for turn in case.turns:
        history.append(coach.advise(turn, role=case.role, history=history))
    return history[-1], wording.word(history[-1], cards=coach.cards, history=history[:-1])


def _side(both: Sequence[tuple[Case, Answer, Answer]], embed: Callable[[Sequence[str]], Floats]) -> Side:
    """What one side is worth; each case with the answer to be measured, and with the composed one."""
    grounded = [groundedness(answer, composed, embed) for _, answer, composed in both]
    answers = [(case, answer) for case, answer, _ in both]
    return Side(
        groundedness=round(sum(g for g, _ in grounded) / max(1, sum(n for _, n in grounded)), 4),
        principle_hit=_rate(principle_hit(case, answer) for case, answer in answers),
        must_met=_rate(meets(case.must, answer) for case, answer in answers),
        must_not_met=_rate(meets(case.must_not, answer, none=True) for case, answer in answers),
        citations_valid=_rate(citations_valid(answer) for _, answer in answers),
        words=float(np.median([len(answer.answer.split()) for _, answer in answers])),
    )


def _rate(results: Iterable[bool | None]) -> float:
    known = [result for result in results if result is not None]
    return round(sum(known) / len(known), 4) if known else 1.0
