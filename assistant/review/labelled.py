"""Transcripts whose findings somebody wrote down: what the review learns from, and what it is measured on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputRefusedError
from assistant.review.transcript import Transcript, Turn

EXAMPLES = Path(__file__).parent / "examples"

Told = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class LabelledTalk:
    """A transcript with roles, and its findings as (type, turn ids), the deciding line first.

    `strengths` is None where none were listed.
    """

    name: str
    transcript: Transcript
    roles: Mapping[str, str | None]
    gaps: tuple[Told, ...]
    strengths: tuple[Told, ...] | None

    @property
    def goes_well(self) -> bool:
        """Whether good moves are there and at most one thing was missed."""
        return bool(self.strengths) and len(self.gaps) <= 1


def read_talks(folder: Path = EXAMPLES) -> list[LabelledTalk]:
    """Every `.json` and `.jsonl` file of a folder. Raises `InputRefusedError` for one that cannot be read."""
    found = sorted(path for path in folder.glob("*") if path.suffix in (".json", ".jsonl"))
    if not found:
        raise InputRefusedError(
            f"There are no cases in {folder}", next_step="Name a folder of labelled transcripts"
        )
    return [_talk(path) for path in found]


def _talk(path: Path) -> LabelledTalk:
    """A `.json` file holds `turns`, `gold` and `strengths`; a `.jsonl` one an utterance a line and one of `findings`.

    Roles stand in each utterance, or by speaker in `roles` beside the findings.
    """
    try:
        given = _from_lines(path) if path.suffix == ".jsonl" else json.loads(path.read_text(encoding="utf-8"))
        turns = tuple(Turn(each["id"], each["speaker"], each["text"]) for each in given["turns"])
        roles = {each["speaker"]: each.get("role") for each in given["turns"]}
        strengths = given.get("strengths")
        return LabelledTalk(
            name=path.stem,
            transcript=Transcript(path.name, "labelled", turns),
            roles={name: role if role != "other" else None for name, role in roles.items()},
            gaps=_told(given["gold"]),
            strengths=None if strengths is None else _told(strengths),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputRefusedError(
            f"{path.name} is no labelled transcript: {error}", next_step="Mend it"
        ) from error


def _from_lines(path: Path) -> dict[str, Any]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    labels = next((row for row in rows if "findings" in row), None)
    if labels is None:
        raise ValueError("no line says what its findings are")
    roles = labels.get("roles", {})
    turns = [{"role": roles.get(row["speaker"]), **row} for row in rows if "text" in row]
    told = {"turns": turns, "gold": labels["findings"]}
    return told | ({"strengths": labels["strengths"]} if "strengths" in labels else {})


def _told(rows: Sequence[Mapping[str, Any]]) -> tuple[Told, ...]:
    return tuple((row["type"], tuple(row["turn_ids"])) for row in rows)
