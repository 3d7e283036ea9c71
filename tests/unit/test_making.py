"""How an answer was made: told in the same words on the page, on the command line and in an export."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.advice.answer import Answer
from assistant.advice.export import conversation_markdown, exported
from assistant.advice.making import left_out, making, making_line
from assistant.advice.wording import Wording
from assistant.bootstrap import House
from assistant.cli import main
from assistant.providers.scripted import ScriptedChat

QUESTION = "He only ever gives me thirty minutes, how should I use them?"
INVENTED = "Nine of ten VPs prefer an hour <b>[1]."


@pytest.fixture(scope="module")
def composed(house: House) -> Answer:
    return house.coach.advise(QUESTION, role="learning-executive")


@pytest.fixture(scope="module")
def worded(house: House, composed: Answer) -> Answer:
    one, two = composed.citations[:2]
    model = ScriptedChat([f"{one.quote} [1] {two.quote} [2] {INVENTED}"])
    wording = Wording(model, embed=house.embedder.embed, seconds=10)
    return wording.word(composed, cards=house.coach.cards)


def test_a_worded_answer_tells_its_model_passages_verdicts_tokens_time_and_prompts(
    house: House, worded: Answer
) -> None:
    rows = dict(making(worded, house.coach.cards))
    assert rows["Model"] == "At this process: scripted"
    assert rows["Check"] == "2 of 3 sentences passed; 1 sent back once to be put right"
    assert "Only thirty minutes (Do, " in rows["It was given"]
    assert rows["Tokens"].endswith("written")
    assert "with the model" in rows["Time"]
    assert len(rows["Prompts"].split()) == 6
    assert left_out(worded) == [
        ("Nine of ten VPs prefer an hour <b>.", "it holds an address, a picture or code")
    ]


def test_a_composed_answer_says_that_no_chat_model_had_a_part_in_it(house: House, composed: Answer) -> None:
    rows = dict(making(composed, house.coach.cards))
    assert "without a chat model" in rows["Words"]
    assert {"Model", "Tokens"}.isdisjoint(rows)
    assert making_line(composed) is None


def test_an_answer_that_fell_back_says_why(house: House, composed: Answer) -> None:
    wording = Wording(ScriptedChat(["I say so."]), embed=house.embedder.embed, seconds=10)
    answer = wording.word(composed, cards=house.coach.cards)
    assert "did not pass the check" in dict(making(answer, house.coach.cards))["Words"]
    assert "did not pass the check" in str(making_line(answer))


def test_an_export_says_how_each_worded_answer_was_made(worded: Answer, composed: Answer) -> None:
    turns = [(QUESTION, worded), (QUESTION, composed)]
    text = conversation_markdown(exported("T", turns, role_name="x", exported_at=datetime.now(UTC)))
    assert text.count("How this answer was made") == 1
    assert "2 of 3 sentences passed" in text


def test_the_command_line_tells_verdicts_and_the_tokens_of_the_conversation(
    house: House, composed: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "script.yaml"
    one, two = composed.citations[:2]
    script.write_text(json.dumps([f"{one.quote} [1] {two.quote} [2]"]))
    command = ["ask", QUESTION, "--as", "learning-executive", "--model", f"scripted:{script}", "--json"]
    seen = []
    for more in ([], ["--conversation"]):
        given = [*command, *more, *[said["conversation"] for said in seen if more]]
        with pytest.raises(SystemExit) as ended:
            main([*given, "--data-dir", str(house.settings.data_dir)])
        assert ended.value.code == 0
        seen.append(json.loads(capsys.readouterr().out))
    assert [s["why"] for s in seen[0]["made"]["sentences"]] == ["supported", "supported"]
    assert seen[0]["mode"] == "model"
    assert seen[0]["tokens"]["tokens_in"] == seen[0]["made"]["tokens_in"] > 0
    assert seen[1]["tokens"]["tokens_in"] == seen[0]["tokens"]["tokens_in"] + seen[1]["made"]["tokens_in"]
