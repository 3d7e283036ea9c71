"""The labelled conversations that the recogniser learns from, and those that it is measured on.

One file of JSON lines is one scenario. A third of them, chosen by the hash of the file's name, is held back: it is
never trained on, and nothing was tuned on it. `held-back.txt` lists them, so that the choice is plain to see.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.errors import InputRefusedError
from assistant.moves.utterance import MOVES, Utterance

FOLDER = Path(__file__).parent / "examples"
HELD_BACK = Path(__file__).parent / "held-back.txt"


@dataclass(frozen=True)
class Scenario:
    """A stretch of one conversation, in the order spoken, with the moves of each utterance."""

    name: str
    utterances: tuple[Utterance, ...]
    moves: tuple[frozenset[str], ...]

    @property
    def held_back(self) -> bool:
        """Whether it is kept for measuring."""
        return int(sha256(f"scenario {self.name}".encode()).hexdigest(), 16) % 3 == 0

    @property
    def field(self) -> bool:
        """Whether it is a meeting of the two, rather than one of people who help others elsewhere."""
        return self.name.startswith("field-")


def read_scenarios(folder: Path = FOLDER) -> list[Scenario]:
    """Every scenario, by name. Raises `InputRefusedError` that names the line of a fault."""
    return [_scenario(path) for path in sorted(folder.glob("*.jsonl"))]


def digest(scenarios: Sequence[Scenario]) -> str:
    """Twelve hexadecimal digits of all that a model can learn from these."""
    told = [
        [
            each.name,
            [
                [u.speaker, u.role, u.text, sorted(m)]
                for u, m in zip(each.utterances, each.moves, strict=True)
            ],
        ]
        for each in scenarios
    ]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:12]


def _scenario(path: Path) -> Scenario:
    utterances, moves = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            utterances.append(Utterance(given["id"], given["speaker"], given.get("role"), given["text"]))
            moves.append(_labels(given["moves"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InputRefusedError(
                f"{path.name}, line {number}: {error}", next_step="Mend the line"
            ) from error
    return Scenario(path.stem, tuple(utterances), tuple(moves))


def _labels(given: list[str]) -> frozenset[str]:
    labels = frozenset(given)
    if not labels or labels - set(MOVES) or ("other" in labels and len(labels) > 1):
        raise ValueError(f"{sorted(labels)} are no moves that go together")
    return labels
