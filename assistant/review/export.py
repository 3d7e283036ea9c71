"""A review in the order in which it is handed over: what matters, what was done well, scorecard, figures, the talk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from assistant.review.findings import ON_TOP, Finding
from assistant.review.metrics import DEFINITIONS
from assistant.review.review import Review
from assistant.review.scorecard import agreement
from assistant.review.transcript import clock, line_name

NOTICE = "For learning, not for employment decisions. Figures are context, not a grade."
_ROLES = {
    "learning-executive": "learning executive",
    "sales-vp": "VP of Sales",
    "coach": "coach",
    "both": "both",
}
_EACH = {
    "turns": "Turns", "turn_length_words": "Words a turn", "longest_monologue_words": "Longest turn",
    "open_questions": "Asks openly", "closed_questions": "Asks closed", "reflections": "Plays back",
}  # fmt: skip
_MOST_SPEAKERS = 6
_RESULTS = {"yes": "yes", "no": "no", "not_seen": "not seen"}


@dataclass(frozen=True, slots=True)
class Point:
    """One finding or comment, with where it stands."""

    title: str
    quote: str
    where: str
    why: str
    instead: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """What a document holds: headed points, headed tables, and the talk as rows of (who and when, words)."""

    title: str
    note: str
    sections: tuple[tuple[str, tuple[Point, ...]], ...]
    tables: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    talk: tuple[tuple[str, str], ...]


def export_review(
    review: Review,
    *,
    title: str,
    held: datetime,
    judged: Mapping[str, str],
    comments: Sequence[tuple[str, str, str]] = (),
) -> Export:
    """Everything of a review; `judged` are a person's answers by check, `comments` rows of (turn id, quote, words)."""
    gaps = [each for each in review.findings if each.kind == "gap"]
    good = [each for each in review.findings if each.kind == "strength"]
    turned = [each for each in review.findings if each.kind == "moment"]
    sections = (
        ("To practise next", tuple(_point(each, review) for each in gaps[:ON_TOP])),
        ("Where it turned", tuple(_point(each, review) for each in turned)),
        ("Done well", tuple(_point(each, review) for each in good)),
        ("Also seen", tuple(_point(each, review) for each in gaps[ON_TOP:])),
        (
            "Comments",
            tuple(Point(words, quote, f"Line {line_name(turn)}", "") for turn, quote, words in comments),
        ),
    )
    day = f"{held:%d %B %Y}".lstrip("0")
    return Export(
        title=title,
        note=f"{day} · {_people(review)}. {NOTICE}",
        sections=tuple((name, points) for name, points in sections if points),
        tables=tuple(
            (name, rows)
            for name, rows in (
                (_card_title(review, judged), _scorecard(review, judged)),
                ("Promises", _promises(review)),
                ("Figures", _figures(review)),
                ("Who did what", _each(review)),
            )
            if len(rows) > 1
        ),
        talk=tuple(
            (f"{line.speaker} {clock(line.turn.start)}".strip() + f" ({line_name(line.id)})", line.text)
            for line in review.lines
        ),
    )


def _point(finding: Finding, review: Review) -> Point:
    starts = {turn.id: turn.start for turn in review.transcript.turns}
    deciding = finding.turn_ids[0]
    at = f", {clock(starts[deciding])}" if starts[deciding] is not None else ""
    source = f"{finding.cited.title}: “{finding.cited.quote}”" if finding.cited else ""
    return Point(
        finding.title,
        finding.quote,
        f"{finding.speaker}, line {line_name(deciding)}{at}",
        finding.why,
        finding.instead,
        source,
    )


def _people(review: Review) -> str:
    names = review.transcript.speakers
    told = [f"{name} ({_ROLES[role]})" if (role := review.roles.get(name)) else name for name in names]
    more = f" and {len(names) - _MOST_SPEAKERS} more" if len(names) > _MOST_SPEAKERS else ""
    return ", ".join(told[:_MOST_SPEAKERS]) + more


def _card_title(review: Review, judged: Mapping[str, str]) -> str:
    same, of = agreement(review.scorecard, judged)
    return f"Scorecard (person and machine agree on {same} of {of})" if of else "Scorecard"


def _scorecard(review: Review, judged: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    head = ("Check", "Who", "The machine", "A person")
    rows = [
        (
            check.check,
            _ROLES[check.role],
            _RESULTS[check.result] + (f", line {line_name(check.turn_ids[0])}" if check.turn_ids else ""),
            _RESULTS.get(judged.get(check.check, ""), "–"),
        )
        for check in review.scorecard
    ]
    return (head, *rows)


def _promises(review: Review) -> tuple[tuple[str, ...], ...]:
    rows = [
        (each["what"], each["who"], each["when"] or "no day named", f"line {line_name(each['turn_id'])}")
        for each in review.metrics["commitments"]
    ]
    return (("What", "Who", "When", "Where"), *rows)


def _each(review: Review) -> tuple[tuple[str, ...], ...]:
    figures = review.metrics
    ranked = sorted(figures["talk_ratio"].items(), key=lambda each: -each[1])[:_MOST_SPEAKERS]
    rows = [
        (name, f"{share:.0%}", *(f"{figures['by_speaker'][name][key]:g}" for key in _EACH))
        for name, share in ranked
    ]
    return (("Who", "Speaks", *_EACH.values()), *rows)


def _figures(review: Review) -> tuple[tuple[str, ...], ...]:
    figures = review.metrics
    plain = [
        (name, str(figures[name]))
        for name in ("longest_monologue_words", "open_questions", "closed_questions", "reflections")
    ]
    named = figures["first_outcome"]
    first = f"{named['speaker']}, line {line_name(named['turn_id'])}" if named else "nobody"
    uptake = "–" if figures["uptake"] is None else f"{figures['uptake']:.0%}"
    rows = chain(plain, [("uptake", uptake), ("first_outcome", first)])
    return tuple((DEFINITIONS[name], value) for name, value in rows)
