"""What is counted in a conversation. `DEFINITIONS` is the one table of what each figure means.

Figures are context, never a grade: published ones come from calls between sellers and buyers, not from talks like these.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any

import snowballstemmer

from assistant.review import signals
from assistant.review.gaps import SHORT_ANSWER, promised
from assistant.review.marks import Line
from assistant.review.signs import words_of

DEFINITIONS: dict[str, str] = {
    "talk_ratio": "Each speaker's share of all words, from 0 to 1.",
    "longest_monologue_words": "Words in the longest single turn.",
    "turn_length_words": "The median number of words in a speaker's turns.",
    "open_questions": "Turns that ask for the other's view.",
    "closed_questions": "Turns that ask for yes, no, a choice or one fact.",
    "reflections": "Turns that play back what the other said or feels.",
    "reflection_to_question_ratio": "Reflections divided by turns with a question; none without a question.",
    "language_over_time": "In each quarter of the turns: how many speak of an outcome, and how many of learning's output.",
    "uptake": "Share of replies to a turn of five words or more that use a content word of it again or play it back.",
    "patience_seconds": "The median pause before the other speaks; only where the transcript has both times.",
    "first_outcome": "Who named an outcome first, and on which line.",
    "by_speaker": "The same figures for each speaker.",
    "commitments": "Promises: who said it, the words, and the day where one was named.",
}

_STEM = snowballstemmer.stemmer("english").stemWord
_LONG_WORD = 5
_BARE_HOUR = re.compile(r"(?:at|by) \w+", re.IGNORECASE)
"""“by one”, which is no day."""


def metrics_of(lines: Sequence[Line]) -> dict[str, Any]:
    """Every figure of `DEFINITIONS`."""
    words = {line.speaker: 0 for line in lines}
    lengths: dict[str, list[int]] = {line.speaker: [] for line in lines}
    for line in lines:
        size = len(line.text.split())
        words[line.speaker] += size
        lengths[line.speaker].append(size)
    total = sum(words.values()) or 1
    questions = sum(signals.has_question(line) for line in lines)
    reflections = sum(line.does("reflection") for line in lines)
    first = next((line for line in lines if signals.wants_outcome(line)), None)
    return {
        "talk_ratio": {name: round(count / total, 3) for name, count in words.items()},
        "longest_monologue_words": max((size for sizes in lengths.values() for size in sizes), default=0),
        "turn_length_words": {name: median(sizes) for name, sizes in lengths.items()},
        "open_questions": sum(line.does("open_question") for line in lines),
        "closed_questions": sum(line.does("closed_question") for line in lines),
        "reflections": reflections,
        "reflection_to_question_ratio": round(reflections / questions, 2) if questions else None,
        "language_over_time": _language(lines),
        "uptake": _uptake(lines),
        "patience_seconds": _patience(lines),
        "first_outcome": {"speaker": first.speaker, "turn_id": first.id, "start": first.turn.start}
        if first
        else None,
        "by_speaker": {name: _own([line for line in lines if line.speaker == name]) for name in words},
        "commitments": [_promise(lines, line) for line in lines if line.does("commitment")],
    }


def _own(lines: Sequence[Line]) -> dict[str, Any]:
    """What one speaker did; lengths are in words."""
    lengths = [len(line.text.split()) for line in lines]
    return {
        "turns": len(lines),
        "turn_length_words": median(lengths),
        "longest_monologue_words": max(lengths),
        "open_questions": sum(line.does("open_question") for line in lines),
        "closed_questions": sum(line.does("closed_question") for line in lines),
        "reflections": sum(line.does("reflection") for line in lines),
    }


def _promise(lines: Sequence[Line], line: Line) -> dict[str, Any]:
    """Who, what, and the words that say when: in the line, or in the short answer beside it."""
    what, dated = line.piece("commitment").text, promised(lines, line)
    beside = [lines[at].text for at in (line.place + 1, line.place - 1) if 0 <= at < len(lines)]
    told = [what, line.text, *(text for text in beside if len(text.split()) < SHORT_ANSWER)]
    named = [words for words in map(_day, told) if words and not _BARE_HOUR.fullmatch(words)]
    when = named[0] if dated and named else None
    return {"turn_id": line.id, "who": line.speaker, "what": what, "dated": dated, "when": when}


def _day(text: str) -> str:
    """The words that say when, as they stand in the text; empty where none do."""
    words = words_of(text, "when") or ""
    at = text.lower().find(words)
    return text[at : at + len(words)] if at >= 0 else words


def _language(lines: Sequence[Line]) -> list[dict[str, int]]:
    size = len(lines) / 4
    parts = (
        [[line for line in lines if int(line.place / size) == quarter] for quarter in range(4)]
        if lines
        else []
    )
    return [
        {
            "outcome": sum(line.does("outcome_talk") for line in part),
            "project": sum(line.does("project_talk") for line in part),
        }
        for part in parts
    ]


def _uptake(lines: Sequence[Line]) -> float | None:
    pairs = [
        (before, reply)
        for before, reply in pairwise(lines)
        if before.speaker != reply.speaker and len(before.text.split()) >= 5
    ]
    taken = sum(
        reply.does("reflection") or bool(_stems(before.text) & _stems(reply.text)) for before, reply in pairs
    )
    return round(taken / len(pairs), 3) if pairs else None


def _stems(text: str) -> set[str]:
    return {
        _STEM(word)
        for word in (each.strip(".,;:!?\"“”'()").lower() for each in text.split())
        if len(word) >= _LONG_WORD
    }


def _patience(lines: Sequence[Line]) -> float | None:
    pauses = [
        reply.turn.start - before.turn.end
        for before, reply in pairwise(lines)
        if before.speaker != reply.speaker and before.turn.end is not None and reply.turn.start is not None
    ]
    return round(median(pauses), 2) if pauses else None
