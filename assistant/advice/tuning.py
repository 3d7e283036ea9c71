"""`make tuned`: trains an encoder for two questions alone: is a message in the coach's reach, and which card answers it.

It begins as all-MiniLM-L6-v2, the search's own model. Its three lower layers stay as they are, the three upper ones and two
heads learn from the labelled lines beside it (`knowledge/scope/`): softmax cross-entropy, a message with several cards
shared out among them. What is kept is one ONNX file in 8-bit integers. PyTorch is needed here alone, and never to answer.
"""

import io
import json
import random
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.advice.learned import LINES, SCOPES, TUNED, card_lines, questions_of, scope_lines
from knowledge.cards import Card
from knowledge.classifier import MAX_TOKENS

WIDTH, HEADS, LAYERS, FROZEN = 384, 12, 6, 3
EPOCHS, RATE, BATCH, SMOOTHING, HEAD_RATE = 4, 2e-4, 32, 0.05, 15
BLOCK = 16
"""Batches are padded to a multiple of this, since the matrix library prepares itself anew for every other shape."""
SEED = 0


@dataclass(frozen=True)
class Lines:
    """n texts as token ids; `cards` `(n, c)` share out each one's cards, zeros where it has none; `scopes` `(n,)`."""

    ids: list[list[int]]
    cards: NDArray[np.float32]
    scopes: NDArray[np.int64]
    names: tuple[str, ...]
    digest: str


def gather(cards: Sequence[Card], token_ids: Any, folder: Path = LINES) -> Lines:
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
    ids = [
        each if len(each) <= MAX_TOKENS else [*each[: MAX_TOKENS - 1], each[-1]]
        for each in token_ids(list(wanted))
    ]
    return Lines(
        ids=ids,
        cards=shares,
        scopes=np.array([SCOPES.index(scope) for _, scope in wanted.values()], dtype=np.int64),
        names=names,
        digest=sha256(told.encode()).hexdigest()[:12],
    )


def begin(lines: Lines) -> Any:
    """The network before training: MiniLM's embeddings and layers, and two heads that know nothing."""
    import torch
    from torch import nn

    torch.manual_seed(SEED)
    weights = _shipped_weights()
    words = {
        name: nn.Embedding.from_pretrained(weights[f"embeddings.{name}_embeddings.weight"])
        for name in ("word", "position", "token_type")
    }
    norm = nn.LayerNorm(WIDTH, eps=1e-12)
    norm.load_state_dict({part: weights[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")})
    return nn.ModuleDict(
        {
            **words,
            "norm": norm,
            "layers": nn.ModuleList([_layer(weights, at) for at in range(LAYERS)]),
            "drop": nn.Dropout(0.1),
            "cards": nn.Linear(WIDTH, len(lines.names)),
            "scopes": nn.Linear(WIDTH, len(SCOPES)),
        }
    )


def fit(network: Any, lines: Lines) -> None:
    """Train the upper layers and the heads, in place."""
    import torch

    random.seed(SEED)
    order = np.random.default_rng(SEED)
    below = _below(network, lines.ids)
    heads = [*network["cards"].parameters(), *network["scopes"].parameters()]
    upper = list(network["layers"][FROZEN:].parameters())
    optimiser = torch.optim.AdamW(
        [{"params": upper, "lr": RATE}, {"params": heads, "lr": RATE * HEAD_RATE}], weight_decay=0.01
    )
    steps = EPOCHS * -(-len(below) // BATCH)
    warm = steps // 10
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )
    network.train()
    for epoch in range(EPOCHS):
        losses = []
        for batch in _shuffled([len(each) for each in below], order):
            loss = _loss(network, [below[at] for at in batch], lines, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*upper, *heads], 1.0)
            optimiser.step()
            schedule.step()
            losses.append(float(loss.detach()))
        sys.stderr.write(f"Epoch {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}\n")
    network.eval()


def keep(network: Any, lines: Lines, path: Path) -> None:
    """Write the network as ONNX with weights of eight bits; its metadata name the classes and the lines' digest."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        _export(network, whole)
        quantize_dynamic(
            whole,
            small,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
            per_channel=True,
        )
        model = onnx.load(small)
        del model.metadata_props[:]
        told = {"heads": json.dumps({"cards": lines.names, "scopes": SCOPES}), "data": lines.digest}
        for key, value in told.items():
            model.metadata_props.add(key=key, value=value)
        onnx.save(model, path)


def _export(network: Any, path: Path) -> None:
    import torch

    class Whole(torch.nn.Module):  # type: ignore[misc, name-defined, unused-ignore]  # torch is there for training alone
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = _through(network, _embedded(network, input_ids), attention_mask, slice(None))
            pooled = _pooled(states, attention_mask)
            return network["cards"](pooled), network["scopes"](pooled)

    sample = torch.arange(101, 117)[None, :]
    torch.onnx.export(
        Whole().eval(),
        (sample, torch.ones_like(sample)),
        path,
        input_names=["input_ids", "attention_mask"],
        output_names=["cards", "scopes"],
        dynamic_axes={name: {0: "texts", 1: "tokens"} for name in ("input_ids", "attention_mask")},
        opset_version=17,
        dynamo=False,
    )


def _loss(network: Any, states: Sequence[Any], lines: Lines, batch: Sequence[int]) -> Any:
    import torch
    from torch.nn.functional import cross_entropy

    padded, mask = _padded(states)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        pooled = network["drop"](_pooled(_through(network, padded, mask, slice(FROZEN, None)), mask))
        cards, scopes = network["cards"](pooled), network["scopes"](pooled)
    shares = torch.from_numpy(lines.cards[list(batch)])
    answered = shares.sum(dim=1) > 0
    loss = cross_entropy(scopes.float(), torch.from_numpy(lines.scopes[list(batch)]))
    if bool(answered.any()):
        loss = loss + cross_entropy(cards.float()[answered], shares[answered], label_smoothing=SMOOTHING)
    return loss


def _below(network: Any, ids: Sequence[list[int]]) -> list[Any]:
    """What the lower layers make of each text, `(tokens, width)`; they never change, so once is enough."""
    import torch

    found: list[Any] = [None] * len(ids)
    network.eval()
    with torch.no_grad():
        for batch in _runs(sorted(range(len(ids)), key=lambda at: len(ids[at])), 2 * BATCH):
            padded, mask = _padded([torch.tensor(ids[at]) for at in batch])
            states = _through(network, _embedded(network, padded), mask, slice(FROZEN))
            for row, at in enumerate(batch):
                found[at] = states[row, : len(ids[at])].half()
    return found


def _embedded(network: Any, ids: Any) -> Any:
    import torch

    places = torch.arange(ids.shape[1])[None, :]
    return network["norm"](
        network["word"](ids) + network["position"](places) + network["token_type"](torch.zeros_like(ids))
    )


def _through(network: Any, states: Any, mask: Any, layers: slice) -> Any:
    for layer in network["layers"][layers]:
        states = _step(layer, states, mask)
    return states


def _step(layer: Any, states: Any, mask: Any) -> Any:
    """One layer, written out: PyTorch's own attention can be exported for texts of one length only."""
    from torch.nn.functional import gelu, linear

    query, key, value = (
        part.unflatten(2, (HEADS, WIDTH // HEADS)).transpose(1, 2)
        for part in linear(states, layer.self_attn.in_proj_weight, layer.self_attn.in_proj_bias).chunk(
            3, dim=2
        )
    )
    unseen = (1 - mask[:, None, None, :].float()) * -1e4
    odds = (query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + unseen).softmax(dim=3)
    heard = layer.self_attn.out_proj((odds @ value).transpose(1, 2).flatten(2))
    states = layer.norm1(states + layer.dropout1(heard))
    return layer.norm2(states + layer.dropout2(layer.linear2(gelu(layer.linear1(states)))))


def _pooled(states: Any, mask: Any) -> Any:
    """The mean over a text's tokens."""
    weights = mask[:, :, None].float()
    return (states * weights).sum(dim=1) / weights.sum(dim=1)


def _padded(rows: Sequence[Any]) -> tuple[Any, Any]:
    """Rows of unlike length as one block, and which places are no padding."""
    import torch

    longest = -(-max(len(row) for row in rows) // BLOCK) * BLOCK
    block = torch.zeros(
        (len(rows), longest, *rows[0].shape[1:]),
        dtype=torch.float32 if rows[0].is_floating_point() else torch.long,
    )
    mask = torch.zeros((len(rows), longest))
    for at, row in enumerate(rows):
        block[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return block, mask


def _shuffled(lengths: Sequence[int], order: np.random.Generator) -> Iterator[list[int]]:
    """Batches of like length, in random order."""
    batches = [
        batch
        for some in _runs(order.permutation(len(lengths)).tolist(), BATCH * 32)
        for batch in _runs(sorted(some, key=lengths.__getitem__), BATCH)
    ]
    random.shuffle(batches)
    yield from batches


def _runs(places: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(places), size):
        yield places[start : start + size]


def _shipped_weights() -> dict[str, Any]:
    """MiniLM as it was published, in 32 bits, from the package that carries it."""
    from safetensors.torch import load

    spec = find_spec("all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("The model to begin with is not installed: `make tuned` installs it")
    with zipfile.ZipFile(Path(spec.origin).parent / "model.zip") as packed:
        name = next(each for each in packed.namelist() if each.endswith("model.safetensors"))
        found: dict[str, Any] = load(io.BytesIO(packed.read(name)).getvalue())
    return found


def _layer(weights: dict[str, Any], at: int) -> Any:
    import torch
    from torch import nn

    layer = nn.TransformerEncoderLayer(
        WIDTH, HEADS, 4 * WIDTH, dropout=0.1, activation="gelu", layer_norm_eps=1e-12, batch_first=True
    )
    own = f"encoder.layer.{at}"
    state = {}
    for part in ("weight", "bias"):
        state[f"self_attn.in_proj_{part}"] = torch.cat(
            [weights[f"{own}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
        )
        state[f"self_attn.out_proj.{part}"] = weights[f"{own}.attention.output.dense.{part}"]
        state[f"norm1.{part}"] = weights[f"{own}.attention.output.LayerNorm.{part}"]
        state[f"linear1.{part}"] = weights[f"{own}.intermediate.dense.{part}"]
        state[f"linear2.{part}"] = weights[f"{own}.output.dense.{part}"]
        state[f"norm2.{part}"] = weights[f"{own}.output.LayerNorm.{part}"]
    layer.load_state_dict(state)
    return layer


def main() -> None:
    """What `make tuned` runs."""
    from knowledge.cards import shipped_cards
    from knowledge.embeddings import LocalEmbedder

    lines = gather(shipped_cards(), LocalEmbedder().token_ids)
    network = begin(lines)
    fit(network, lines)
    keep(network, lines, TUNED)
    sys.stderr.write(f"{len(lines.ids)} lines learnt, encoder in {TUNED.name}\n")


if __name__ == "__main__":
    main()
