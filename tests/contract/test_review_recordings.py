"""A recording is written down on this machine into a draft, which says that it is one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.voice import as_wav, spoken

from assistant.review.readers import read_transcript
from assistant.review.recordings import DRAFT, draft_of, to_correct
from assistant.speech import Spoken

pytest.importorskip("faster_whisper", reason="counterpart[audio] is not installed")
SAID = "I need a training course for all my people. What should be different afterwards?"


def test_a_recording_becomes_a_draft_to_correct_without_names_or_findings(tmp_path: Path) -> None:
    for name, sound in (("talk.wav", spoken(SAID)), ("quiet.wav", as_wav(bytes(32_000), 16_000))):
        (tmp_path / name).write_bytes(sound)
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "counterpart"),
            *("review", str(tmp_path), "--json", "--data-dir", str(tmp_path / "data")),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = {row["file"]: row for row in json.loads(done.stdout)["files"]}
    assert "Nobody speaks in quiet.wav" in rows["quiet.wav"]["reason"]
    told = json.loads((tmp_path / "reviews" / "talk.wav.json").read_text(encoding="utf-8"))
    assert (told["format"], told["findings"], told["warnings"][0]) == ("recording", [], DRAFT)
    words = " ".join(turn["text"] for turn in told["turns"]).lower()
    assert sum(word in words for word in ("need", "course", "people", "different")) >= 2, words


def test_a_corrected_draft_is_read_again_with_its_times() -> None:
    draft = draft_of("talk.wav", [Spoken(3.2, 5.0, "I need a course."), Spoken(3671.0, 3674.0, "What for?")])
    named = to_correct(draft).replace("Unknown speaker", "Dana", 1).replace("Unknown speaker", "Ines")
    found = read_transcript("talk.txt", named.encode())
    assert [(turn.speaker, turn.start, turn.text) for turn in found.turns] == [
        ("Dana", 3.0, "I need a course."),
        ("Ines", 3671.0, "What for?"),
    ]
