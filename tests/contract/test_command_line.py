"""The command line as other programs use it: the real program, in a process of its own, on its own data directory."""

import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from filelock import FileLock

PROGRAM = Path(sys.executable).with_name("counterpart")
PATIENCE_S = 120
ROLES = ("learning-executive", "sales-vp", "coach")
QUESTION = "He only ever gives me thirty minutes, how should I use them?"
FIELDS = {
    "conversation": str,
    "question": str,
    "role": str,
    "mode": str,
    "path": str,
    "abstained": bool,
    "reason": (str, type(None)),
    "answer": str,
    "citations": list,
    "understood": dict,
    "pilot": (dict, type(None)),
    "follow_ups": list,
    "timings_ms": dict,
}
CITATION_FIELDS = {
    "marker": int,
    "kind": str,
    "passage_id": str,
    "card_id": (str, type(None)),
    "title": str,
    "section": (str, type(None)),
    "principles": list,
    "quote": str,
    "text": str,
    "score": float,
}
BATCH = (
    {"id": "asked", "question": QUESTION},
    {"id": "line's role", "question": "How do I brief learning?", "role": "sales-vp"},
    "this is no JSON",
    {"id": "unknown role", "question": "And now?", "role": "boss"},
    {"id": "empty", "question": " \n"},
    {"id": "nothing asked"},
    {"id": "too long", "question": "a" * 20_000},
    {"id": "out of reach", "question": "What is the capital of France?"},
    {"id": "thanks", "question": "Thanks, that helped a lot."},
    {"id": "first", "question": "She wants everyone trained by March", "conversation": "march"},
    {"id": "second", "question": "Shorter, please", "conversation": "march"},
    {"id": "odd", "question": "My VP\u2028never \ud83d answers \x00 e-mail 🙂"},
    {"id": "objection", "question": "What do I say when the VP tells me to just send the deck?"},
    {"id": "pilot", "question": "How do I propose a small pilot for ramp time with one team?"},
    {"id": "coach", "question": "They are both vague. Where do I start?", "role": "coach"},
)


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value on stdout."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def values(self) -> list[dict[str, Any]]:
        """One JSON object a line."""
        assert self.code == 0, self.err
        return [json.loads(line) for line in self.out.split("\n") if line]

    def is_refused(self, *says: str, code: int = 2) -> None:
        """Nothing on stdout, one line on stderr that says this and what to do."""
        assert (self.code, self.out) == (code, ""), self.err
        assert self.err.endswith("\n") and self.err.count("\n") == 1
        assert "Traceback" not in self.err
        for part in says:
            assert part in self.err


def counterpart(*arguments: str | Path, stdin: str | None = None, **environment: str) -> Done:
    """Run the program; a variable `name="x"` is COUNTERPART_NAME for it alone."""
    variables = {f"COUNTERPART_{name.upper()}": value for name, value in environment.items()}
    done = subprocess.run(
        [PROGRAM, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        env={**os.environ, **variables},
        check=False,
        **({"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin}),
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that was set up, by the first worker that needs it; copying it is quicker."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "command-line-template"
    with FileLock(shared / "command-line-template.lock"):
        if not folder.exists():
            made = counterpart("ask", "hello", "--as", "coach", "--json", "--data-dir", folder)
            assert made.code == 0, made.err
    return folder


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """A data directory of this test's own, set up already."""
    return Path(shutil.copytree(template, tmp_path / "home"))


@pytest.fixture(scope="session")
def answered(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """One batch with lines of every sort."""
    folder = tmp_path_factory.mktemp("batch")
    file = folder / "questions.jsonl"
    lines = [line if isinstance(line, str) else json.dumps(line) for line in BATCH]
    lines[11] = lines[11].replace("\\u2028", "\u2028")  # as json.dumps(…, ensure_ascii=False) writes it
    file.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    home = shutil.copytree(template, folder / "home")
    return counterpart("ask", "--batch", file, "--as", ROLES[0], "--json", "--data-dir", home)


@pytest.fixture
def by_id(answered: Done) -> dict[str, dict[str, Any]]:
    return {line["id"]: line for line in answered.values}


@pytest.fixture
def answers(answered: Done) -> list[dict[str, Any]]:
    """The lines of the batch that were answered."""
    return [line for line in answered.values if "error" not in line]


def has(value: dict[str, Any], fields: dict[str, Any]) -> None:
    """Each of these fields, of its type."""
    for name, kind in fields.items():
        assert isinstance(value[name], kind), (name, value[name])


def test_an_answer_has_every_field_of_the_contract(answers: list[dict[str, Any]]) -> None:
    assert len(answers) > 8
    for answer in answers:
        has(answer, FIELDS)
        assert answer["role"] in ROLES and answer["mode"] == "composed"
        assert answer["path"] in {"chroma", "exact"}
        assert all(isinstance(chip, str) for chip in answer["follow_ups"])
        assert {"understand", "embed", "retrieve", "compose", "total"} <= set(answer["timings_ms"])
        assert all(taken >= 0 for taken in answer["timings_ms"].values())


def test_a_citation_has_every_field_of_the_contract(answers: list[dict[str, Any]]) -> None:
    citations = [citation for answer in answers for citation in answer["citations"]]
    assert citations
    for citation in citations:
        has(citation, CITATION_FIELDS)
        assert citation["kind"] in {"playbook", "story", "document"}
        assert citation["passage_id"]


def test_markers_count_from_one_in_the_order_in_which_they_appear(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        appear = list(dict.fromkeys(int(each) for each in re.findall(r"\[(\d+)\]", answer["answer"])))
        listed = [citation["marker"] for citation in answer["citations"]]
        assert appear == listed == list(range(1, len(listed) + 1)), answer["question"]


def test_a_bracket_holds_one_number_and_means_nothing_else(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        with_digits = re.findall(r"\[[^\]\n]*\d[^\]\n]*\]", answer["answer"])
        assert all(re.fullmatch(r"\[\d+\]", each) for each in with_digits), answer["answer"]


def test_a_quote_is_verbatim_in_its_passage_and_long_enough_to_check(answers: list[dict[str, Any]]) -> None:
    for citation in (citation for answer in answers for citation in answer["citations"]):
        assert citation["quote"] in citation["text"]
        assert len(citation["quote"].split()) >= 4 or citation["quote"].strip() == citation["text"].strip()


def test_slots_stand_at_their_default_in_quotes_and_passages(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        told = [answer["answer"], *(c[part] for c in answer["citations"] for part in ("quote", "text"))]
        assert not any("{" in text or "}" in text for text in told), answer["question"]


def test_the_coach_abstains_only_from_what_is_out_of_reach(by_id: dict[str, dict[str, Any]]) -> None:
    assert by_id["out of reach"]["abstained"] and by_id["out of reach"]["reason"]
    assert not by_id["asked"]["abstained"] and by_id["asked"]["citations"]
    assert not by_id["thanks"]["abstained"] and not by_id["thanks"]["citations"]


@pytest.mark.parametrize("refused", ["unknown role", "empty", "nothing asked", "too long"])
def test_a_refused_line_says_why_and_the_batch_goes_on(
    by_id: dict[str, dict[str, Any]], refused: str
) -> None:
    assert set(by_id[refused]) == {"id", "error"}
    assert by_id[refused]["error"].endswith(".")
    assert "answer" in by_id["coach"]


def test_a_batch_answers_every_line_in_order(answered: Done) -> None:
    ids = [line["id"] if isinstance(line, dict) else "3" for line in BATCH]
    assert [line["id"] for line in answered.values] == ids
    assert answered.err == ""
    assert "no JSON" in answered.values[2]["error"]


def test_the_role_of_a_line_goes_before_the_role_of_the_batch(by_id: dict[str, dict[str, Any]]) -> None:
    assert by_id["asked"]["role"] == "learning-executive"
    assert by_id["line's role"]["role"] == by_id["line's role"]["understood"]["role"] == "sales-vp"
    assert by_id["coach"]["role"] == "coach"


def test_lines_of_one_conversation_follow_each_other(by_id: dict[str, dict[str, Any]]) -> None:
    first, second = by_id["first"], by_id["second"]
    assert first["conversation"] == second["conversation"] == "march"
    assert second["understood"]["follow_up"] == "shorter"
    assert len(second["answer"]) < len(first["answer"])
    apart = [by_id[name]["conversation"] for name in ("asked", "line's role", "thanks")]
    assert len({*apart, "march"}) == 4


def test_a_question_with_odd_characters_is_one_question(by_id: dict[str, dict[str, Any]]) -> None:
    assert by_id["odd"]["question"].startswith("My VP") and by_id["odd"]["question"].endswith("e-mail 🙂")
    assert "\x00" not in by_id["odd"]["question"]


def test_a_conversation_goes_on_in_another_process(home: Path) -> None:
    first = counterpart("ask", QUESTION, "--as", ROLES[0], "--json", "--data-dir", home).value
    has(first, FIELDS)
    more = ("--as", ROLES[0], "--conversation", first["conversation"], "--json", "--model", "none")
    second = counterpart("--data-dir", str(home), "ask", "Shorter, please", *more).value
    assert second["conversation"] == first["conversation"]
    assert second["understood"]["follow_up"] == "shorter"


def test_people_read_an_answer_with_its_sources_and_no_colours_in_a_pipe(home: Path) -> None:
    done = counterpart("ask", QUESTION, "--as", ROLES[0], data_dir=str(home), model="none")
    assert done.code == 0 and done.err == ""
    assert "[1]" in done.out and "From the playbook" in done.out and "--conversation" in done.out
    assert "\x1b" not in done.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", "What now?", "--as", "boss", "--json"), "learning-executive, sales-vp, coach"),
        (("ask", "What now?", "--json"), "--as"),
        (("ask", "--as", "coach", "--json"), "--batch"),
        (("ask", "What now?", "--as", "coach", "--batch", "x.jsonl"), "one of the two"),
        (("ask", "--batch", "missing.jsonl", "--as", "coach", "--json"), "missing.jsonl"),
        (("ask", "What now?", "--as", "coach", "--model", "parrot"), "none"),
        (("ask", "What now?", "--as", "coach", "--louder"), "--help"),
        (("ask", "What now?", "--as"), "requires an argument"),
        (("search", " ", "--json"), "Give a query"),
        (("search", "ramp", "-k", "0"), "-k"),
        (("search", "--batch", "missing.jsonl", "--json"), "--run"),
        (("index", "--json"), "--help"),
        (("eval", "retrieval", "--json"), "--help"),
        (("eval",), "--help"),
        (("card",), "--help"),
        (("story",), "--help"),
        (("dance",), "dance"),
        ((), "--help"),
    ],
    ids=lambda each: " ".join(each) or "nothing" if isinstance(each, tuple) else "",
)
def test_refused_options_are_one_line_and_make_no_data_directory(
    arguments: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    counterpart(*arguments, data_dir=str(home)).is_refused(says)
    assert not home.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", "", "--as", "coach", "--json"), "empty"),
        (("ask", "a" * 20_000, "--as", "coach", "--json"), "20,000 characters"),
        (("ask", "Shorter", "--as", "coach", "--conversation", "nobody", "--json"), "nobody"),
        (("index", "missing-folder", "--json"), "missing-folder"),
        (("search", "ramp", "--collection", "nowhere", "--json"), "nowhere"),
        (("hear", "--text", " ", "--json"), "nothing to read"),
    ],
    ids=[
        "empty",
        "too long",
        "unknown conversation",
        "missing file",
        "unknown collection",
        "nothing to hear",
    ],
)
def test_refused_input_is_one_line(arguments: tuple[str, ...], says: str, home: Path) -> None:
    counterpart(*arguments, "--data-dir", home).is_refused(says)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("port", "many"), ("model", "parrot"), ("embedding", "word2vec"), ("chroma_url", "host:8000")],
)
def test_a_wrong_variable_is_refused_by_its_name(variable: str, value: str) -> None:
    counterpart("doctor", "--json", **{variable: value}).is_refused(f"COUNTERPART_{variable.upper()}")


def test_an_empty_variable_counts_as_unset(home: Path) -> None:
    empty = dict.fromkeys(
        ("model", "embedding", "database_url", "chroma_url", "port", "embedding_threads"), ""
    )
    found = counterpart("search", "thirty minutes", "--json", data_dir=str(home), **empty).value
    assert found["results"]


def test_an_empty_data_directory_variable_means_the_folder_of_the_system(
    template: Path, tmp_path: Path
) -> None:
    usual = tmp_path / "share" / "counterpart"
    shutil.copytree(template, usual)
    environment = {**os.environ, "COUNTERPART_DATA_DIR": "", "XDG_DATA_HOME": str(tmp_path / "share")}
    done = subprocess.run(
        [PROGRAM, "doctor", "--json"], env=environment, capture_output=True, text=True, check=True
    )
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert checks["data directory"]["detail"].startswith(str(usual)) or sys.platform != "linux"


def test_a_data_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    asked = ("ask", "What now?", "--as", "coach", "--json")
    counterpart(*asked, "--data-dir", tmp_path / "file").is_refused("file")
    counterpart(*asked, data_dir=str(tmp_path / "file")).is_refused("file")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_data_directory_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    inside = tmp_path / "file" / "home"
    counterpart("ask", "What now?", "--as", "coach", "--json", "--data-dir", inside).is_refused(
        "cannot be made", "--data-dir", code=1
    )


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "counterpart.db"
    with sqlite3.connect(file) as foreign:
        foreign.execute("CREATE TABLE photographs (id INTEGER)")
    foreign.close()
    before = file.read_bytes()
    search = counterpart("search", "ramp", "--json", "--data-dir", tmp_path)
    search.is_refused("another program", "Nothing was changed", code=1)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "counterpart.db").write_text("a letter to my sister\n" * 200)
    search = counterpart("search", "ramp", "--json", "--data-dir", tmp_path)
    search.is_refused("not a database", "Nothing was changed", code=1)
    assert (tmp_path / "counterpart.db").read_text().startswith("a letter")


def test_a_database_server_that_is_away_is_a_fault_that_tells_no_password(tmp_path: Path) -> None:
    away = counterpart(
        "search",
        "ramp",
        "--json",
        data_dir=str(tmp_path / "home"),
        database_url=f"postgresql://me:hush@127.0.0.1:{free_port()}/coach",
    )
    away.is_refused("127.0.0.1", code=1)
    assert "hush" not in away.err


def test_a_chroma_server_that_is_away_is_no_reason_not_to_answer(home: Path) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    asked = counterpart("ask", QUESTION, "--as", ROLES[0], "--json", "--data-dir", home, chroma_url=away)
    assert asked.value["path"] == "exact" and asked.value["citations"]


def test_nothing_is_asked_back_without_a_terminal(home: Path) -> None:
    done = counterpart("ask", QUESTION, "--as", ROLES[0], "--data-dir", home, stdin="yes\nno\n" * 9)
    assert done.code == 0 and "?" not in done.err


def test_output_is_utf8_whatever_the_language_of_the_terminal(home: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "COUNTERPART_DATA_DIR": str(home)}
    done = subprocess.run(
        [PROGRAM, "ask", "Grüße — 你好", "--as", "coach", "--json"],
        env=environment,
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout.decode("utf-8"))["question"] == "Grüße — 你好"


def test_what_is_indexed_is_searched_and_ranked_for_trec(home: Path, tmp_path: Path) -> None:
    corpus, queries, run = (tmp_path / name for name in ("corpus.jsonl", "queries.jsonl", "run.txt"))
    texts = {"a1": "New reps need nine months to close a first deal.", "a2": "The canteen serves soup."}
    corpus.write_text(
        "".join(json.dumps({"_id": key, "title": key, "text": text}) + "\n" for key, text in texts.items())
    )
    queries.write_text(json.dumps({"_id": "q1", "text": "How long until a first deal?"}) + "\n")
    on = ("--collection", "trial", "--data-dir", home)
    report = counterpart("index", corpus, *on, "--json").value
    numbers = ("files", "documents", "passages", "added", "updated", "removed", "unchanged")
    has(report, {"collection": str, "skipped": list, "seconds": float} | dict.fromkeys(numbers, int))
    assert (report["collection"], report["added"], report["documents"]) == ("trial", 2, 2)

    found = counterpart("search", "first deal", *on, "-k", "1", "--json").value
    fields = dict.fromkeys(("passage_id", "document_id", "title", "text"), str)
    assert found["query"] == "first deal"
    has(found["results"][0], fields | {"rank": int, "score": float})
    assert [result["text"] for result in found["results"]] == [texts["a1"]]

    counterpart("search", "--batch", queries, *on, "--run", run, "--json")
    rows = [line.split(" ") for line in run.read_text().splitlines()]
    assert [row[:4] for row in rows] == [["q1", "Q0", "a1", "1"], ["q1", "Q0", "a2", "2"]]
    assert all(len(row) == 6 and float(row[4]) for row in rows)


def test_retrieval_is_measured_on_files_of_the_field(home: Path, tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"_id": "d1", "title": "", "text": "A small start in one region."}\n')
    (tmp_path / "q.jsonl").write_text('{"_id": "q1", "text": "start small"}\n')
    (tmp_path / "r.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    files = (
        "--corpus",
        tmp_path / "c.jsonl",
        "--queries",
        tmp_path / "q.jsonl",
        "--qrels",
        tmp_path / "r.tsv",
    )
    report = counterpart("--data-dir", home, "--model=none", "eval", "retrieval", *files, "--json").value
    assert report["nDCG@10"] == report["Recall@5"] == report["Recall@10"] == report["MRR@10"] == 1.0


def test_the_doctor_looks_at_every_part(home: Path) -> None:
    report = counterpart("doctor", "--json", "--data-dir", home).value
    assert report["ok"] is True
    assert {"data directory", "records", "embedding", "index", "advice"} <= {
        check["name"] for check in report["checks"]
    }


def test_a_reindex_puts_a_torn_index_right(home: Path) -> None:
    for torn in (home / "chroma").rglob("*.bin"):
        torn.write_bytes(b"")
    report = counterpart("reindex", "--json", "--data-dir", home).value
    assert "playbook" in report["collections"] and report["embedded"] == 0 and report["windows"] > 100
    asked = counterpart("ask", QUESTION, "--as", ROLES[0], "--json", "--data-dir", home).value
    assert asked["citations"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def page(home: Path) -> Iterator[str]:
    """The address of the pages, served from `home`."""
    port = free_port()
    serving = subprocess.Popen(
        [PROGRAM, "ui", "--port", str(port), "--data-dir", home],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        serving.terminate()
        serving.communicate(timeout=PATIENCE_S)


def test_commands_and_the_pages_share_one_data_directory(page: str, home: Path, tmp_path: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            with urlopen(f"{page}/health", timeout=PATIENCE_S) as response:
                assert json.load(response)["status"] == "ok"
            break
        except URLError:
            assert time.monotonic() < until, "the pages did not come up"
            time.sleep(0.2)
    note = tmp_path / "note.md"
    note.write_text("# Ramp\n\nThe northern desk lost four weeks to a missing price list.\n")
    assert counterpart("index", note, "--json", "--data-dir", home).value["added"] == 1
    found = counterpart("search", "missing price list", "--json", "--data-dir", home).value
    assert "northern desk" in found["results"][0]["text"]


def test_a_line_is_heard_by_both_with_a_card_each(home: Path) -> None:
    told = ("hear", "--text", "I need an objection course by month end.", "--as", "sales-vp", "--json")
    value = counterpart(*told, "--data-dir", home).value
    (line,) = value["lines"]
    assert value["from"] == "sales-vp" and line["apart"] and line["instead"]
    for ear in ("vp", "learning"):
        has(line[ear], {"hears": str, "card": dict})
        has(line[ear]["card"], {"card_id": str, "title": str, "quote": str})
