"""Tunes the encoder that the recogniser listens with beside its signs: every utterance with what the other said last.

Each is learnt as it was written and bare. Whether it helps is judged on logits of scenarios that the encoder in question
had not seen; PyTorch is needed here alone (`make moves`).
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assistant.moves.examples import Scenario, digest
from assistant.moves.features import Floats
from assistant.moves.hearing import HEAD, TUNED, bare, heard
from assistant.moves.utterance import NAMED, Utterance
from knowledge.classifier import Ids, LocalClassifier, ids_of
from knowledge.embeddings import LocalEmbedder
from knowledge.tuning import Plan, keep, tune

BARE_WEIGHT = 0.5
PARTS = 3
PLAN = Plan({HEAD: NAMED}, layers=4, frozen=2)
"""Four layers of six did as well as all on scenarios left out, and cost a third less."""


def tune_moves(scenarios: Sequence[Scenario], words: LocalEmbedder) -> Any:
    """A network that has learnt the moves of `scenarios`."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits

    ids = [each for bared in (False, True) for scenario in scenarios for each in _ids(scenario, words, bared)]
    labels = np.array([[move in moves for move in NAMED] for each in scenarios for moves in each.moves])
    wanted = torch.from_numpy(np.concatenate([labels, labels]).astype(np.float32))
    weights = torch.ones(len(ids))
    weights[len(labels) :] = BARE_WEIGHT

    def loss(logits: Any, batch: list[int]) -> Any:
        apart = binary_cross_entropy_with_logits(logits[HEAD], wanted[batch], reduction="none")
        return (apart.mean(dim=1) * weights[batch]).mean()

    return tune(PLAN, ids, loss)


def unseen_logits(scenarios: Sequence[Scenario], folds: Sequence[int], words: LocalEmbedder) -> Floats:
    """Logits `(n, m)` of all n utterances, each by an encoder that did not learn from its scenario's fold."""
    rows: list[Floats] = [np.zeros((0, len(NAMED)), dtype=np.float32)] * len(scenarios)
    with TemporaryDirectory() as folder:
        for part in range(PARTS):
            path = Path(folder) / f"{part}.onnx"
            shown = [each for each, fold in zip(scenarios, folds, strict=True) if fold % PARTS != part]
            keep(tune_moves(shown, words), PLAN, path, data="")
            encoder = LocalClassifier(path, words)
            for at, (each, fold) in enumerate(zip(scenarios, folds, strict=True)):
                if fold % PARTS == part:
                    rows[at] = encoder.logits(*heard(each.utterances))[HEAD]
    return np.concatenate(rows)


def keep_tuned(scenarios: Sequence[Scenario], words: LocalEmbedder) -> None:
    """Tune to all of `scenarios` and write the encoder that ships."""
    keep(tune_moves(scenarios, words), PLAN, TUNED, data=digest(scenarios))
    sys.stderr.write(
        f"{sum(len(each.moves) for each in scenarios)} utterances learnt, encoder in {TUNED.name}\n"
    )


def _ids(scenario: Scenario, words: LocalEmbedder, bared: bool) -> list[Ids]:
    said: Sequence[Utterance] = [bare(u) for u in scenario.utterances] if bared else scenario.utterances
    return ids_of(words, *heard(said))
