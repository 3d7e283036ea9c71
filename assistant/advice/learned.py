"""What the coach learned from labelled lines: which messages are in its reach, and which card answers which question.

The lines are in `knowledge/scope/`; `python -m assistant.advice.learned` trains both models anew, after lines or cards were
changed, and keeps them beside the lines.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from assistant.advice.answer import Scope
from assistant.textmodel import TextModel, train
from knowledge.cards import Card

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

LINES = Path(__file__).parents[2] / "knowledge" / "scope"
TUNED = LINES / "tuned.onnx"
SCOPES: tuple[Scope, ...] = get_args(Scope)
_LEAST = 1e-12
REFUSED: frozenset[Scope] = frozenset({"out", "private", "benchmark"})


def _untuned(_text: str) -> Mapping[str, Mapping[str, float]]:
    return {}


@dataclass(frozen=True)
class Learned:
    """`scope` has the classes of `Scope`, `cards` has card ids.

    `tuned` reads a text with an encoder that was trained for just these two questions, heads `scopes` and `cards`; it
    gives an empty answer where there is none. Either reading counts half, by the geometric mean.
    """

    scope: TextModel
    cards: TextModel
    tuned: Callable[[str], Mapping[str, Mapping[str, float]]] = _untuned

    def scopes(self, text: str, vector: Floats) -> dict[str, float]:
        """The probability of each scope for a message and its embedding `(d,)`."""
        return _together(self.scope.probabilities(text, vector), self.tuned(text).get("scopes", {}))

    def card_odds(self, text: str, vector: Floats) -> dict[str, float]:
        """The probability that each card answers it; cards that were written since are judged by the first alone."""
        return _together(self.cards.probabilities(text, vector), self.tuned(text).get("cards", {}))

    def save(self, folder: Path) -> None:
        """Keep both in a folder."""
        self.scope.save(folder / "scope.npz")
        self.cards.save(folder / "cards.npz")

    @classmethod
    def load(cls, folder: Path = LINES) -> "Learned | None":
        """Both models, or None where there are none that can be read."""
        try:
            return cls(TextModel.load(folder / "scope.npz"), TextModel.load(folder / "cards.npz"))
        except (OSError, ValueError, KeyError):
            return None


def _together(one: dict[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """Geometric mean, where both know a class; what they know is worth together what the first gave it."""
    shared = one.keys() & other.keys()
    if not shared:
        return one
    mean = {name: (one[name] * other[name]) ** 0.5 for name in shared}
    scale = sum(one[name] for name in shared) / max(sum(mean.values()), _LEAST)
    return one | {name: value * scale for name, value in mean.items()}


def learn(cards: Sequence[Card], embed: Embed, *, embedding: str, folder: Path = LINES) -> Learned:
    """Train both models. Strengths and stem weights were chosen by five-fold cross-validation over the lines."""
    questions = [(text, card.id) for card in cards for text in questions_of(card)]
    labelled = [*questions, *card_lines(folder, {card.id for card in cards})]
    scoped = list(dict.fromkeys([*((text, "in") for text, _ in labelled), *scope_lines(folder)]))
    return Learned(
        scope=train(
            scoped, embed, classes=SCOPES, embedding=embedding, strength=10.0, stem_weight=0.3, balanced=False
        ),
        cards=train(
            labelled,
            embed,
            classes=[card.id for card in cards],
            embedding=embedding,
            strength=10.0,
            stem_weight=0.5,
            balanced=False,
        ),
    )


def scope_lines(folder: Path = LINES) -> Iterator[tuple[str, str]]:
    """Every line of `<scope>.txt` with its scope."""
    for scope in SCOPES:
        for line in (folder / f"{scope}.txt").read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip(), scope


def card_lines(folder: Path, known: set[str]) -> Iterator[tuple[str, str]]:
    """Every message of `cards-*.tsv` with each card that answers it."""
    for path in sorted(folder.glob("cards-*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            ids, _, text = line.partition("\t")
            yield from ((text.strip(), name) for name in ids.split(",") if name in known and text.strip())


def questions_of(card: Card) -> Iterator[str]:
    yield card.title
    yield from card.about.situations
    for sentence in card.sentences():
        yield from (question for _, question in sentence.verdicts)
        if sentence.objection:
            yield sentence.objection


def main() -> None:
    """What `make vectors` runs after the playbook's own vectors."""
    from knowledge.cards import shipped_cards
    from knowledge.embeddings import LocalEmbedder

    embedder = LocalEmbedder()
    learn(shipped_cards(), embedder.embed, embedding=embedder.name).save(LINES)


if __name__ == "__main__":
    main()
