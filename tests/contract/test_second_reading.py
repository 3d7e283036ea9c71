"""A second reading of moves by a chat model, over a real local server: only one that read better is ever used."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from support.chat_service import KEY, ChatService, Request, chat_service, says, status, texts_of
from support.trial import won_trial

from assistant.bootstrap import House, build_house
from assistant.chat import Usage
from assistant.cli import main
from assistant.errors import InputRefusedError, ModelError
from assistant.moves import MOVES
from assistant.moves.examples import Scenario, read_scenarios
from assistant.moves.second import STRETCH, Named, SecondReading, prompt_digest
from assistant.moves.trial import Trial, compared
from assistant.review.transcript import Transcript, Turn
from assistant.settings import Settings

HELD_BACK = [each for each in read_scenarios() if each.held_back]
KNOWN = {
    (" ".join(said.text.split())): sorted(moves)
    for each in read_scenarios()
    for said, moves in zip(each.utterances, each.moves, strict=True)
}
TALK = Transcript(
    "talk.txt",
    "text",
    (
        Turn("t1", "Dana", "I need a negotiation course for all my reps by month end."),
        Turn("t2", "Ines", "What would they do differently afterwards?"),
        Turn("t3", "Dana", "Walk away from a discount once in a while, I suppose."),
    ),
)
ROLES = {"Dana": "sales-vp", "Ines": "learning-executive"}


def labels(read: Callable[[str], list[str]]) -> Callable[[Request, dict[str, Any]], None]:
    """A model that labels each line as `read` does."""

    def behave(request: Request, body: dict[str, Any]) -> None:
        lines = texts_of(body).rsplit("<lines>", 1)[1]
        found = re.findall(r"^(\d+)\. [A-Za-z]+: (.*)$", lines, re.MULTILINE)
        given = [{"line": int(number), "moves": read(text)} for number, text in found]
        says(json.dumps({"lines": given}))(request, body)

    return behave


def knows(text: str) -> list[str]:
    """As the label has it: a model that is never wrong of the lines that ship."""
    return KNOWN.get(text.replace("‹", "<").replace("›", ">"), ["other"])


@pytest.fixture
def service() -> Iterator[ChatService]:
    with chat_service() as running:
        yield running


@pytest.fixture
def house(service: ChatService, tmp_path: Path) -> Iterator[House]:
    built = build_house(
        Settings(
            data_dir=tmp_path,
            model="openai-compatible:tiny",
            OPENAI_BASE_URL=service.url,
            OPENAI_API_KEY=KEY,
            model_retries=0,
            model_seconds=5,
        ),
        set_up=False,
    )
    yield built
    built.close()


@pytest.fixture
def won(house: House) -> Trial:
    """A trial that the model of this house won."""
    return won_trial(house)


@pytest.fixture
def evaluated(
    monkeypatch: pytest.MonkeyPatch, service: ChatService, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs the command with options, and gives its exit code and what it said on stdout."""
    monkeypatch.setenv("OPENAI_BASE_URL", service.url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("COUNTERPART_MODEL_RETRIES", "0")

    def run(*options: str) -> tuple[int, str]:
        asked = ["eval", "moves", "--model", "openai-compatible:tiny", "--data-dir", str(tmp_path), *options]
        with pytest.raises(SystemExit) as left:
            main(asked)
        return int(left.value.code or 0), capsys.readouterr().out

    return run


def test_the_form_names_every_move_and_no_other() -> None:
    assert get_args(Named) == MOVES


def test_a_model_that_reads_better_on_the_held_back_lines_wins_and_the_verdict_is_kept(
    service: ChatService, tmp_path: Path, evaluated: Callable[..., tuple[int, str]]
) -> None:
    service.behave(labels(knows))
    code, out = evaluated("--limit", "300", "--json")
    assert code == 0
    told = json.loads(out)
    assert told["won"] and told["model_figures"]["macro_f1"] > 0.97 > told["local"]["macro_f1"]
    assert 200 <= told["lines"] <= 300 and told["unread"] == 0 and told["tokens_in"] > 0
    kept = Trial.load(tmp_path)
    assert kept is not None and kept.won and kept.data == told["data"]
    wanted = service.asked[0]["response_format"]["json_schema"]["schema"]
    assert "order_taking" in json.dumps(wanted)
    assert len(service.asked) >= 300 // STRETCH


def test_a_model_that_reads_worse_is_kept_as_such_and_is_not_used(
    service: ChatService, tmp_path: Path, evaluated: Callable[..., tuple[int, str]]
) -> None:
    service.behave(labels(lambda _: ["open_question"]))
    code, out = evaluated("--limit", "240")
    assert code == 0 and "did not win" in out
    kept = Trial.load(tmp_path)
    assert kept is not None and not kept.won


def test_a_run_on_what_the_recogniser_learnt_from_decides_nothing(
    service: ChatService, tmp_path: Path, evaluated: Callable[..., tuple[int, str]]
) -> None:
    service.behave(labels(knows))
    _, out = evaluated("--dev", "--limit", "60")
    assert "Nothing is decided" in out
    assert Trial.load(tmp_path) is None


def test_a_model_that_fails_during_its_trial_is_a_fault_and_nothing_is_kept(
    service: ChatService, tmp_path: Path, evaluated: Callable[..., tuple[int, str]]
) -> None:
    service.behave(status(500))
    assert evaluated("--limit", "40", "--json") == (1, "")
    assert Trial.load(tmp_path) is None


def one(name: str, *moves: str) -> Scenario:
    lines = HELD_BACK[0].utterances[: len(moves)]
    return Scenario(name, tuple(lines), tuple(frozenset({move}) for move in moves))


def test_a_few_lucky_lines_win_nothing(won: Trial) -> None:
    scenarios = [one("a", "order", "candour"), one("b", "order", "other")]
    local = [[frozenset({"other"})] * 2] * 2
    figures = compared(scenarios, local, [list(each.moves) for each in scenarios])
    assert figures["surely_better"] == 1 and figures["model_figures"]["macro_f1"] == 1
    assert not replace(won, **figures).won
    assert won.won and not replace(won, surely_better=0.9).won and not replace(won, unread=200).won
    assert not replace(won, held_back=False).won


def test_what_a_model_leaves_out_counts_as_it_is_read_here(won: Trial) -> None:
    scenario = one("a", "order", "candour")
    figures = compared([scenario], [list(scenario.moves)], [[None, frozenset({"candour"})]])
    assert figures["unread"] == 1 and figures["model_figures"]["macro_f1"] == 1


def test_a_review_is_read_again_and_says_by_whom_and_how_good_it_was(
    service: ChatService, house: House, won: Trial
) -> None:
    service.behave(labels(lambda text: ["candour"] if "month end" in text else ["other"]))
    record = house.reviews.add(house.viewer, TALK, ROLES)
    before = house.review(house.viewer, record)
    record = house.reviews.read_again(house.viewer, record.id, house.read_again(TALK, ROLES))
    after = house.review(house.viewer, record)
    assert [each.move for each in after.lines[0].moves] == ["candour"] and before.lines[0].does("order")
    assert after.lines[0].moves[0].score == 0.8
    assert after.second == "openai-compatible:tiny" and before.second is None
    assert "macro-F1 .75 on 400 labelled lines" in after.warnings[-1]
    assert after.as_contract()["second_reading"] == "openai-compatible:tiny"
    assert after.second_call is not None and after.second_call.usage == Usage(120, 34)
    assert after.as_contract()["second_reading_made"]["prompt"] == prompt_digest()
    made = dict(house.reviews.get(house.viewer, record.id).second.made)  # type: ignore[union-attr]  # just kept
    assert (made["Read"], made["Tokens"]) == ("3 of 3 lines", "120 read, 34 written")
    gone = house.reviews.read_again(house.viewer, record.id, None)
    assert house.review(house.viewer, gone).lines == before.lines


def test_a_person_s_word_stands_above_a_second_reading_also_on_similar_lines(
    service: ChatService, house: House, won: Trial
) -> None:
    service.behave(labels(lambda _: ["other"]))
    record = house.reviews.add(house.viewer, TALK, ROLES)
    record = house.reviews.read_again(house.viewer, record.id, house.read_again(TALK, ROLES))
    house.correct(house.viewer, record, "t3", frozenset({"persuading"}))
    again = house.reviews.add(house.viewer, TALK, ROLES)
    again = house.reviews.read_again(house.viewer, again.id, house.read_again(TALK, ROLES))
    for each in (record, again):
        line = house.review(house.viewer, each).lines[2]
        assert [m.move for m in line.moves] == ["persuading"] and line.moves[0].human


def test_where_the_model_fails_half_way_the_local_reading_stands_for_the_rest(
    service: ChatService, house: House, won: Trial
) -> None:
    many = Transcript(
        "m.txt", "text", tuple(Turn(f"t{at}", "Dana", f"I need {at} courses.") for at in range(1, 31))
    )
    service.behave(labels(lambda _: ["candour"]), status(500))
    read = house.read_again(many, ROLES)
    assert set(read.turns) == {f"t{at}" for at in range(1, STRETCH + 1)}
    assert f"It read {STRETCH} of 30 lines" in read.told
    service.behave(status(500))
    with pytest.raises(ModelError):
        house.read_again(many, ROLES)


def test_a_reply_with_other_lines_or_two_readings_of_one_is_left_out(
    service: ChatService, house: House, won: Trial
) -> None:
    rows = [(9, "order"), (1, "order"), (1, "candour"), (2, "open_question"), (0, "order")]
    service.behave(says(json.dumps({"lines": [{"line": n, "moves": [m]} for n, m in rows]})))
    assert house.read_again(TALK, ROLES).turns == {"t2": {"open_question": 0.8}}


@pytest.mark.parametrize("how", ["untried", "lost", "another prompt", "another local reading"])
def test_a_model_that_did_not_win_is_not_asked(
    service: ChatService, house: House, won: Trial, how: str
) -> None:
    changed = {
        "untried": None,
        "lost": replace(won, surely_better=0.4),
        "another prompt": replace(won, prompt="x"),
        "another local reading": replace(won, weights="x"),
    }[how]
    if changed is None:
        (house.settings.data_dir / "second-reading.json").unlink()
    else:
        changed.save(house.settings.data_dir)
    with pytest.raises(InputRefusedError, match="so it is not used"):
        house.read_again(TALK, ROLES)
    assert service.asked == []


def test_a_reading_that_was_kept_beside_another_local_reading_is_left_aside(house: House) -> None:
    record = house.reviews.add(house.viewer, TALK, ROLES)
    old = SecondReading("m", "other-weights", "told", {"t1": {"candour": 0.8}})
    record = house.reviews.read_again(house.viewer, record.id, old)
    assert house.review(house.viewer, record).second is None
    recast = house.reviews.cast(house.viewer, record.id, ROLES)
    assert recast.second is None
