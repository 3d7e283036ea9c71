"""Retrieval evaluation: its files, its measures, and that it leaves a person's data alone."""

import json
from pathlib import Path

import pytest

from assistant.errors import InputRefusedError
from assistant.evals.files import Query, read_judgements, read_queries, write_run
from assistant.evals.retrieval import evaluate_retrieval, measure
from knowledge.embeddings import LocalEmbedder


def lines(path: Path, *entries: object) -> Path:
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in entries))
    return path


def test_the_last_turn_is_the_query(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "q.jsonl", {"_id": "a", "text": "first\nand then?"}, "", {"_id": 2, "text": "|user|: hi"}
    )
    assert read_queries(path) == [Query("a", "and then?"), Query("2", "hi")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("nonsense", "line 1: a query is"),
        ('{"_id": "a"}', "line 1: a query is"),
        ('{"_id": "a b", "text": "x"}', "an id without blanks"),
        ('{"_id": "a", "text": "x"}\n{"_id": "a", "text": "x"}', "line 2: the id a occurs twice"),
        ("", "holds no queries"),
    ],
)
def test_a_line_that_is_no_query_is_named(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(InputRefusedError, match=says):
        read_queries(lines(tmp_path / "q.jsonl", content))


def test_judgements_are_read_with_or_without_their_heading(tmp_path: Path) -> None:
    path = lines(tmp_path / "r.tsv", "query-id\tcorpus-id\tscore", "a\td1\t2", "a\td2\t0")
    assert read_judgements(path) == {"a": {"d1": 2, "d2": 0}}
    with pytest.raises(InputRefusedError, match="line 1: a judgement is"):
        read_judgements(lines(tmp_path / "bad.tsv", "a d1 2"))
    with pytest.raises(InputRefusedError, match="cannot be read"):
        read_judgements(tmp_path / "missing.tsv")


def test_a_run_is_written_in_trec_form_or_not_at_all(tmp_path: Path) -> None:
    write_run(tmp_path / "run.txt", {"q1": [("d1", 0.5), ("d2", 0.25)], "q2": []})
    assert (
        tmp_path / "run.txt"
    ).read_text() == "q1 Q0 d1 1 0.500000 counterpart\nq1 Q0 d2 2 0.250000 counterpart\n"
    with pytest.raises(InputRefusedError, match="cannot be written"):
        write_run(tmp_path / "nowhere" / "run.txt", {})
    assert [path.name for path in tmp_path.iterdir()] == ["run.txt"]


def test_measures_are_those_of_the_field() -> None:
    queries = [Query("a", ""), Query("b", "")]
    judged = {"a": {"d1": 1, "d2": 1}, "b": {"d9": 1}}
    quality = measure(queries, {"a": [("d1", 3.0), ("x", 2.0), ("d2", 1.0)], "b": [("x", 1.0)]}, judged)
    assert quality.recall_5 == pytest.approx(0.5)
    assert quality.mrr_10 == pytest.approx(0.5)
    ndcg_of_a = (1 + 1 / 2) / (1 + 1 / 1.5849625)
    assert quality.ndcg_10 == pytest.approx(ndcg_of_a / 2, abs=1e-4)


def test_a_small_set_is_measured_in_a_store_of_its_own(tmp_path: Path) -> None:
    corpus = lines(
        tmp_path / "corpus.jsonl",
        {"_id": "soup", "title": "", "text": "The canteen serves soup."},
        {"_id": "ramp", "title": "", "text": "New reps need nine months until their first deal."},
    )
    queries = lines(
        tmp_path / "q.jsonl",
        {"_id": "1", "text": "what is for lunch"},
        {"_id": "2", "text": "how long until a rep sells"},
    )
    qrels = lines(tmp_path / "r.tsv", "query-id\tcorpus-id\tscore", "1\tsoup\t1", "2\tramp\t1")
    before = set(tmp_path.iterdir())
    report = evaluate_retrieval(LocalEmbedder(), corpus=corpus, queries=queries, qrels=qrels)
    assert report.quality.recall_5 == report.quality.mrr_10 == 1
    assert set(report.as_json()) >= {"nDCG@10", "Recall@5", "Recall@10", "MRR@10", "ms", "halves"}
    assert (report.queries, report.documents, report.path) == (2, 2, "chroma")
    assert set(tmp_path.iterdir()) == before
    with pytest.raises(InputRefusedError, match="No query"):
        evaluate_retrieval(
            LocalEmbedder(), corpus=corpus, queries=queries, qrels=lines(tmp_path / "o.tsv", "9\tsoup\t1")
        )
