"""`make tuned`: trains an encoder for two questions alone: is a message in the coach's reach, and which card answers it.

It learns from the labelled lines beside it (`knowledge/scope/`): softmax cross-entropy, a message with several cards shared
out among them.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.advice.learned import LINES, SCOPES, TUNED, card_lines, questions_of, scope_lines
from knowledge.cards import Card, shipped_cards
from knowledge.classifier import Ids, ids_of
from knowledge.embeddings import LocalEmbedder
from knowledge.tuning import Plan, keep, tune

SMOOTHING = 0.05


@dataclass(frozen=True)
class Lines:
    """n texts as tokens; `cards` `(n, c)` share out each one's cards, zeros where it has none; `scopes` `(n,)`."""

    ids: list[Ids]
    cards: NDArray[np.float32]
    scopes: NDArray[np.int64]
    names: tuple[str, ...]
    digest: str


def gather(cards: Sequence[Card], words: LocalEmbedder, folder: Path = LINES) -> Lines:
    """All that is to be learnt: the cards' own questions, labelled messages, and lines of each scope."""
    names = tuple(card.id for card in cards)
    wanted: dict[str, tuple[set[str], str]] = {}
    for text, name in [
        *((text, card.id) for card in cards for text in questions_of(card)),
        *card_lines(folder, set(names)),
    ]:
        wanted.setdefault(text, (set(), "in"))[0].add(name)
    for text, scope in scope_lines(folder):
        wanted.setdefault(text, (set(), scope))
    shares = np.zeros((len(wanted), len(names)), dtype=np.float32)
    for row, (answers, _) in enumerate(wanted.values()):
        for name in answers:
            shares[row, names.index(name)] = 1 / len(answers)
    told = json.dumps([[text, sorted(answers), scope] for text, (answers, scope) in wanted.items()])
    return Lines(
        ids=ids_of(words, list(wanted)),
        cards=shares,
        scopes=np.array([SCOPES.index(scope) for _, scope in wanted.values()], dtype=np.int64),
        names=names,
        digest=sha256(told.encode()).hexdigest()[:12],
    )


def loss_of(lines: Lines, logits: Mapping[str, Any], batch: list[int]) -> Any:
    """How far the network is from the scopes of a batch, and from the cards of those that have any."""
    import torch
    from torch.nn.functional import cross_entropy

    shares = torch.from_numpy(lines.cards[batch])
    answered = shares.sum(dim=1) > 0
    loss = cross_entropy(logits["scopes"], torch.from_numpy(lines.scopes[batch]))
    if bool(answered.any()):
        loss = loss + cross_entropy(logits["cards"][answered], shares[answered], label_smoothing=SMOOTHING)
    return loss


def main() -> None:
    """What `make tuned` runs."""
    lines = gather(shipped_cards(), LocalEmbedder())
    plan = Plan({"cards": lines.names, "scopes": SCOPES})
    network = tune(plan, lines.ids, lambda logits, batch: loss_of(lines, logits, batch))
    keep(network, plan, TUNED, data=lines.digest)
    sys.stderr.write(f"{len(lines.ids)} lines learnt, encoder in {TUNED.name}\n")


if __name__ == "__main__":
    main()
