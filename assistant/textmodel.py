"""A small local text classifier: multinomial logistic regression over an embedding and word stems.

It is trained in seconds from labelled lines and kept as one file of weights, with the name of the embedding model that
they belong to; reading a text costs one product and one sum.
"""

import json
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_MIN_LINES = 2


@dataclass(frozen=True)
class TextModel:
    """Weights `(d + v, c)` and biases `(c,)` for c classes, an embedding of d numbers and a vocabulary of v stems.

    A stem counts `stem_weight` when present, against the unit length of the embedding.
    """

    embedding: str
    classes: tuple[str, ...]
    vocabulary: dict[str, int]
    weights: Floats
    biases: Floats
    stem_weight: float

    def probabilities(self, text: str, vector: Floats) -> dict[str, float]:
        """The probability of each class for a text and its embedding `(d,)`."""
        logits = vector @ self.weights[: vector.size] + self.biases
        rows = [vector.size + self.vocabulary[term] for term in set(terms(text)) if term in self.vocabulary]
        if rows:
            logits = logits + self.stem_weight * self.weights[rows].sum(axis=0)
        odds = np.exp(logits - logits.max())
        return dict(zip(self.classes, (odds / odds.sum()).tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Keep the model in one file, in half precision."""
        np.savez_compressed(
            path,
            about=json.dumps(
                {"embedding": self.embedding, "classes": self.classes, "stem_weight": self.stem_weight}
            ),
            vocabulary=json.dumps(sorted(self.vocabulary, key=self.vocabulary.__getitem__)),
            weights=self.weights.astype(np.float16),
            biases=self.biases.astype(np.float32),
        )

    @classmethod
    def load(cls, path: Path) -> "TextModel":
        """The model kept by `save`. Raises OSError or ValueError for a file that is none."""
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
                about, names = json.loads(str(kept["about"])), json.loads(str(kept["vocabulary"]))
                return cls(
                    embedding=about["embedding"],
                    classes=tuple(about["classes"]),
                    vocabulary={name: position for position, name in enumerate(names)},
                    weights=kept["weights"].astype(np.float32),
                    biases=kept["biases"].astype(np.float32),
                    stem_weight=about["stem_weight"],
                )
        except (EOFError, KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"{path.name} is torn or no text model") from error


def terms(text: str) -> list[str]:
    """Word stems (Snowball, English) and pairs of neighbours; a number is one term whatever its value."""
    words = re.findall(r"[a-z']+|\d+", text.lower().replace("’", "'"))
    stems = ["<number>" if word.isdigit() else word for word in _stemmer().stemWords(words)]
    return [*stems, *(f"{first} {second}" for first, second in pairwise(stems))]


def train(
    lines: Sequence[tuple[str, str]],
    embed: Callable[[Sequence[str]], Floats],
    *,
    classes: Sequence[str],
    embedding: str,
    strength: float,
    stem_weight: float,
    balanced: bool = True,
) -> TextModel:
    """Fit a model to (text, class) lines; `strength` is the inverse of the L2 penalty (C in scikit-learn)."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    texts, names = [text for text, _ in lines], tuple(classes)
    vocabulary = _vocabulary(texts)
    rows, columns = [], []
    for row, text in enumerate(texts):
        present = {vocabulary[term] for term in terms(text) if term in vocabulary}
        rows += [row] * len(present)
        columns += sorted(present)
    counts = csr_matrix(
        (np.full(len(rows), stem_weight), (rows, columns)), shape=(len(texts), len(vocabulary))
    )
    fitted = LogisticRegression(C=strength, max_iter=3_000, class_weight="balanced" if balanced else None)
    fitted.fit(hstack([csr_matrix(embed(texts)), counts]).tocsr(), [names.index(name) for _, name in lines])
    return TextModel(
        embedding=embedding,
        classes=tuple(names[int(position)] for position in fitted.classes_),
        vocabulary=vocabulary,
        weights=fitted.coef_.T.astype(np.float32),
        biases=fitted.intercept_.astype(np.float32),
        stem_weight=stem_weight,
    )


def stems(words: Sequence[str]) -> list[str]:
    """The stem of each word (Snowball, English)."""
    return list(_stemmer().stemWords(list(words)))


def _vocabulary(texts: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for text in texts:
        for term in set(terms(text)):
            counts[term] = counts.get(term, 0) + 1
    return {term: i for i, term in enumerate(sorted(term for term, n in counts.items() if n >= _MIN_LINES))}


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")
