"""`counterpart index`, `search` and `eval retrieval`, as other programs call them."""

import json
from pathlib import Path

import pytest

from assistant.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "ramp.md").write_text("# Ramp\n\nNew reps need nine months until their first deal.\n")
    (docs / "soup.txt").write_text("The canteen serves soup on Thursdays.")
    (docs / "torn.pdf").write_bytes(b"torn")
    return docs


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]  # a closure over both
    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([*arguments, "--data-dir", str(tmp_path / "data")])
        captured = capsys.readouterr()
        return int(stopped.value.code or 0), captured.out, captured.err

    return run


def test_what_was_indexed_is_found(call, folder: Path) -> None:  # type: ignore[no-untyped-def]  # likewise
    code, out, err = call("index", str(folder), "--collection", "notes", "--json")
    report = json.loads(out)
    assert (code, err) == (0, "")
    assert report | {"seconds": 0, "skipped": 0} == {
        "collection": "notes",
        "files": 2,
        "documents": 2,
        "passages": 2,
        "added": 2,
        "updated": 0,
        "removed": 0,
        "unchanged": 0,
        "skipped": 0,
        "seconds": 0,
    }
    assert [Path(each["path"]).name for each in report["skipped"]] == ["torn.pdf"]
    assert json.loads(call("index", str(folder), "--collection", "notes", "--json")[1])["unchanged"] == 2

    code, out, _ = call(
        "search", "how long until a seller closes", "-k", "1", "--collection", "notes", "--json"
    )
    (result,) = json.loads(out)["results"]
    assert code == 0
    assert set(result) >= {"rank", "passage_id", "document_id", "title", "text", "score"}
    assert (result["rank"], result["passage_id"].split("-")[0], result["title"]) == (1, "ramp", "Ramp")

    everywhere = json.loads(call("search", "one team first", "--as", "sales-vp", "--json")[1])["results"]
    assert len(everywhere) == 10
    assert {each["kind"] for each in everywhere} <= {"card", "metric", "pilot", "document"}


def test_a_batch_becomes_a_trec_run(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # likewise
    corpus, queries, run = (tmp_path / name for name in ("corpus.jsonl", "queries.jsonl", "run.txt"))
    corpus.write_text(
        "\n".join(json.dumps({"_id": f"d{n}", "text": f"Rep {n} sold soup."}) for n in range(30))
    )
    queries.write_text(
        json.dumps({"_id": "q1", "text": "rep 7"}) + "\n" + json.dumps({"_id": "q2", "text": "soup"})
    )
    call("index", str(corpus), "--collection", "c")
    code, out, _ = call(
        "search", "--batch", str(queries), "-k", "12", "--collection", "c", "--run", str(run), "--json"
    )
    assert (code, json.loads(out)["queries"]) == (0, 2)
    rows = [line.split() for line in run.read_text().splitlines()]
    assert [row[0] for row in rows] == ["q1"] * 12 + ["q2"] * 12
    assert [int(row[3]) for row in rows] == [*range(1, 13)] * 2
    assert rows[0][1:3] == ["Q0", "d7"]
    assert len({row[2] for row in rows[:12]}) == 12


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["search"], "nothing to look for"),
        (["search", "x", "--as", "king"], "no role"),
        (["search", "x", "--collection", "nowhere"], "no collection"),
        (["search", "--batch", "q.jsonl"], "A batch needs"),
        (["search", "x", "-k", "0"], "-k"),
        (["index", "/nowhere/at/all"], "does not exist"),
        (["index", ".", "--collection", "playbook"], "takes cards"),
        (["index", ".", "--collection", "a b"], "no name for a collection"),
        (["index"], "paths"),
    ],
)
def test_a_refusal_is_one_line_and_exit_2(call, arguments: list[str], says: str) -> None:  # type: ignore[no-untyped-def]  # likewise
    code, out, err = call(*arguments, "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err
