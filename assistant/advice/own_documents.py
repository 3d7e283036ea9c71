"""A user's own document beside the advice: quoted where a sentence of it answers, and said to be the document's."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.advice.answer import Citation
from assistant.advice.draft import Draft
from assistant.advice.examples import in_quotes
from knowledge.store.access import Viewer
from prompts import phrase

Floats = NDArray[np.float32]

PASSAGE_FLOOR = 0.3
"""Similarity from which a passage is looked into, where it also shares words with the question."""
WORDS_FLOOR = 0.3
"""Word match from which it shares words; 1 is every one of them."""
SENTENCE_FLOOR = 0.6
"""Similarity from which a sentence is taken to answer; below it documents merely speak of the same things."""
_MOST_PASSAGES, _MOST_SENTENCES, _MOST_CHARACTERS = 3, 14, 400
_FEWEST_WORDS = 4
_ENDS = re.compile(r"(?<=[.!?])[”\"')]*\s+|\n+")
_LAYOUT = re.compile(r"^(?:[#>\-*+|]+|\d+[.)])\s*|(\*\*|__|`)")


@dataclass(frozen=True, slots=True)
class DocumentPassage:
    """A passage of a document that may be seen, with its similarity to the question and its word match, both 0..1."""

    passage_id: str
    title: str
    section: str | None
    text: str
    dense: float
    lexical: float


class FindDocuments(Protocol):
    """Passages of own documents for a question's words and vector, the best first."""

    def __call__(self, query: str, vector: Floats, viewer: Viewer) -> Sequence[DocumentPassage]:
        """Those that `viewer` may see."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """The sentence that answers, verbatim in its passage."""

    passage: DocumentPassage
    words: str
    score: float


def told_by(
    passages: Sequence[DocumentPassage], vector: Floats, embed: Callable[[str], Floats]
) -> Told | None:
    """The one sentence of these passages that answers a question with this vector; None where none clearly does."""
    near = [each for each in passages if each.dense >= PASSAGE_FLOOR and each.lexical >= WORDS_FLOOR][
        :_MOST_PASSAGES
    ]
    found = [
        Told(each, words, float(embed(_plain(words)) @ vector)) for each in near for words in _sentences(each)
    ]
    best = max(found, key=lambda told: told.score, default=None)
    return best if best is not None and best.score >= SENTENCE_FLOOR else None


def quote_document(draft: Draft, told: Told, *, frame: str) -> None:
    """One paragraph with the document's own words, its name before them and a marker behind."""
    used = f"{told.passage.passage_id}#{told.words}"
    if used in draft.said:
        return
    marker = len(draft.citations) + 1
    draft.citations.append(
        Citation(
            marker=marker,
            kind="document",
            passage_id=told.passage.passage_id,
            card_id=None,
            title=told.passage.title,
            section=told.passage.section,
            principles=(),
            quote=told.words,
            text=told.passage.text,
            score=round(told.score, 4),
        )
    )
    draft.used.append(used)
    said = phrase("advice", frame, title=in_quotes(told.passage.title))
    draft.add(f"{said} “{in_quotes(_plain(told.words))}” [{marker}]")


def _sentences(passage: DocumentPassage) -> list[str]:
    parts = [part.strip() for part in _ENDS.split(passage.text) if part and part.strip()]
    fit = [p for p in parts if len(_plain(p).split()) >= _FEWEST_WORDS and len(p) <= _MOST_CHARACTERS]
    return [part for part in fit if not part.endswith("?")][:_MOST_SENTENCES]


def _plain(words: str) -> str:
    """Without what only lays it out."""
    return " ".join(_LAYOUT.sub("", words).split())
