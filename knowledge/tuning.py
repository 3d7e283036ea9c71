"""Tunes an encoder to labelled texts, and keeps it as ONNX for `knowledge.classifier`. PyTorch is needed here alone.

It begins as all-MiniLM-L6-v2, the search's own model. The lower layers stay as they are, so what they make of each text
is worked out once; the upper ones and the heads learn. A text may have another before it, as a line of a talk has: both
are read, and the mean over the text's own tokens goes into the heads (Devlin et al. 2019 for the two segments).
"""

import io
import json
import random
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from knowledge.classifier import Ids

WIDTH, ATTENTION_HEADS = 384, 12
RATE, BATCH, HEAD_RATE, DROPOUT = 2e-4, 32, 15, 0.1
BLOCK = 16
"""Batches are padded to a multiple of this, since the matrix library prepares itself anew for every other shape."""
SEED = 0
Loss = Callable[[Mapping[str, Any], list[int]], Any]
"""From each head's logits for a batch, and the places of its texts, to one number."""


@dataclass(frozen=True)
class Plan:
    """How to tune: layers taken of the six, how many of the lower ones stay, rounds, the heads and their classes."""

    heads: Mapping[str, Sequence[str]]
    layers: int = 6
    frozen: int = 3
    epochs: int = 4


def tune(plan: Plan, ids: Sequence[Ids], loss: Loss) -> Any:
    """A network tuned to the texts `ids` by what `loss` makes of them."""
    import torch

    network = _begin(plan)
    random.seed(SEED)
    order = np.random.default_rng(SEED)
    below = _below(network, plan, ids)
    heads = list(network["heads"].parameters())
    upper = list(network["layers"][plan.frozen :].parameters())
    optimiser = torch.optim.AdamW(
        [{"params": upper, "lr": RATE}, {"params": heads, "lr": RATE * HEAD_RATE}], weight_decay=0.01
    )
    steps = plan.epochs * -(-len(below) // BATCH)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )
    network.train()
    for epoch in range(plan.epochs):
        losses = []
        for batch in _shuffled([len(each) for each in below], order):
            found = loss(_upper(network, plan, [below[at] for at in batch], [ids[at] for at in batch]), batch)
            optimiser.zero_grad()
            found.backward()
            torch.nn.utils.clip_grad_norm_([*upper, *heads], 1.0)
            optimiser.step()
            schedule.step()
            losses.append(float(found.detach()))
        sys.stderr.write(f"Epoch {epoch + 1} of {plan.epochs}: loss {np.mean(losses):.3f}\n")
    network.eval()
    return network


def keep(network: Any, plan: Plan, path: Path, *, data: str) -> None:
    """Write the network as ONNX with weights of eight bits; its metadata name the heads' classes and `data`."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        _export(network, plan, whole)
        quantize_dynamic(
            whole,
            small,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
            per_channel=True,
        )
        model = onnx.load(small)
        del model.metadata_props[:]
        heads = {name: list(classes) for name, classes in plan.heads.items()}
        for key, value in {"heads": json.dumps(heads), "data": data}.items():
            model.metadata_props.add(key=key, value=value)
        onnx.save(model, path)


def _begin(plan: Plan) -> Any:
    """The network before training: MiniLM's embeddings and layers, and heads that know nothing."""
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
            "layers": nn.ModuleList([_layer(weights, at) for at in range(plan.layers)]),
            "drop": nn.Dropout(DROPOUT),
            "heads": nn.ModuleDict({name: nn.Linear(WIDTH, len(of)) for name, of in plan.heads.items()}),
        }
    )


def _export(network: Any, plan: Plan, path: Path) -> None:
    import torch

    class Whole(torch.nn.Module):  # type: ignore[misc, name-defined, unused-ignore]  # torch is there for training alone
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            states = _embedded(network, input_ids, token_type_ids)
            states = _through(network, states, attention_mask, slice(None))
            pooled = _pooled(states, _own(attention_mask, token_type_ids))
            return tuple(network["heads"][name](pooled) for name in plan.heads)

    sample = torch.arange(101, 117)[None, :]
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    torch.onnx.export(
        Whole().eval(),
        (sample, torch.ones_like(sample), (torch.arange(16) > 5).long()[None, :]),
        path,
        input_names=list(inputs),
        output_names=list(plan.heads),
        dynamic_axes={name: {0: "texts", 1: "tokens"} for name in inputs},
        opset_version=17,
        dynamo=False,
    )


def _upper(network: Any, plan: Plan, states: Sequence[Any], ids: Sequence[Ids]) -> dict[str, Any]:
    """The heads' logits for texts of which the lower layers have made `states`."""
    import torch

    padded, mask = _padded(states)
    types, _ = _padded([torch.tensor(each.types) for each in ids])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        through = _through(network, padded, mask, slice(plan.frozen, None))
        pooled = network["drop"](_pooled(through, _own(mask, types)))
        return {name: network["heads"][name](pooled).float() for name in plan.heads}


def _below(network: Any, plan: Plan, ids: Sequence[Ids]) -> list[Any]:
    """What the lower layers make of each text, `(tokens, width)`; they never change, so once is enough."""
    import torch

    found: list[Any] = [None] * len(ids)
    network.eval()
    with torch.no_grad():
        for batch in _runs(sorted(range(len(ids)), key=lambda at: len(ids[at].tokens)), 2 * BATCH):
            padded, mask = _padded([torch.tensor(ids[at].tokens) for at in batch])
            types, _ = _padded([torch.tensor(ids[at].types) for at in batch])
            states = _through(network, _embedded(network, padded, types), mask, slice(plan.frozen))
            for row, at in enumerate(batch):
                found[at] = states[row, : len(ids[at].tokens)].half()
    return found


def _embedded(network: Any, ids: Any, types: Any) -> Any:
    import torch

    places = torch.arange(ids.shape[1])[None, :]
    return network["norm"](network["word"](ids) + network["position"](places) + network["token_type"](types))


def _through(network: Any, states: Any, mask: Any, layers: slice) -> Any:
    for layer in network["layers"][layers]:
        states = _step(layer, states, mask)
    return states


def _step(layer: Any, states: Any, mask: Any) -> Any:
    """One layer, written out: PyTorch's own attention can be exported for texts of one length only."""
    from torch.nn.functional import gelu, linear

    query, key, value = (
        part.unflatten(2, (ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)).transpose(1, 2)
        for part in linear(states, layer.self_attn.in_proj_weight, layer.self_attn.in_proj_bias).chunk(
            3, dim=2
        )
    )
    unseen = (1 - mask[:, None, None, :].float()) * -1e4
    odds = (query @ key.transpose(2, 3) / (WIDTH // ATTENTION_HEADS) ** 0.5 + unseen).softmax(dim=3)
    heard = layer.self_attn.out_proj((odds @ value).transpose(1, 2).flatten(2))
    states = layer.norm1(states + layer.dropout1(heard))
    return layer.norm2(states + layer.dropout2(layer.linear2(gelu(layer.linear1(states)))))


def _own(mask: Any, types: Any) -> Any:
    """Which tokens are the text's own: those of the second segment, or all where there is none before it."""
    second = types.amax(dim=1, keepdim=True)
    return mask * (types + 1 - second)


def _pooled(states: Any, own: Any) -> Any:
    """The mean over a text's own tokens."""
    weights = own[:, :, None].float()
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
        WIDTH,
        ATTENTION_HEADS,
        4 * WIDTH,
        dropout=DROPOUT,
        activation="gelu",
        layer_norm_eps=1e-12,
        batch_first=True,
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
