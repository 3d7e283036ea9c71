"""The measure of a review's findings, and the labelled talks that it is developed on."""

import json
from pathlib import Path

import pytest

from assistant.errors import InputRefusedError
from assistant.evals.review import evaluate_review
from assistant.moves import MoveScore, Utterance
from assistant.review.labelled import read_talks


class Silent:
    """Reads nothing but one order that is taken."""

    def read(self, utterances: list[Utterance]) -> list[tuple[MoveScore, ...]]:
        told = {"I need a course.": "order", "Sure, on Friday.": "order_taking"}
        return [(MoveScore(told.get(each.text, "other"), 0.9),) for each in utterances]


def case(folder: Path, name: str, **labels: object) -> None:
    turns = [
        {"id": "t1", "speaker": "Dana", "role": "sales-vp", "text": "I need a course."},
        {"id": "t2", "speaker": "Ines", "role": "learning-executive", "text": "Sure, on Friday."},
    ]
    rows = [*turns, labels]
    (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def test_a_finding_counts_where_type_and_a_line_agree(tmp_path: Path) -> None:
    case(
        tmp_path,
        "a",
        findings=[{"type": "order_taken", "turn_ids": ["t2"]}, {"type": "no_story", "turn_ids": ["t1"]}],
    )
    report = evaluate_review(read_talks(tmp_path), recogniser=Silent(), cards={})  # type: ignore[arg-type]  # a list will do
    rows = {each.type: (each.right, each.wrong, each.missed) for each in report.types}
    assert rows["order_taken"] == (1, 0, 0)
    assert rows["no_story"] == (0, 0, 1)
    assert report.deciding_recall == 1
    assert any("no_story" in line for line in report.mistakes)


def test_a_file_without_labels_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputRefusedError, match="no cases"):
        read_talks(tmp_path)
    (tmp_path / "bad.jsonl").write_text('{"id":"t1","speaker":"A","text":"x"}', encoding="utf-8")
    with pytest.raises(InputRefusedError, match=r"bad\.jsonl"):
        read_talks(tmp_path)
