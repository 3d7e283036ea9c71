"""Names that stay on the machine: what is sent says Person A, what is read says Priya."""

import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from support.chat_service import chat_service, says, texts_of

from assistant.advice.wording import Wording
from assistant.bootstrap import House, build_house
from assistant.chat import Prompted
from assistant.providers.openai_chat import OpenAIChat, Service
from assistant.pseudonyms import Disguised, Pseudonyms
from assistant.settings import Settings
from assistant.stories.redact import NameList

LISTED = NameList(people=("Priya Raman", "Will Stone"), companies=("Hollow Oak",))
QUESTION = (
    "Priya Raman, my VP at Hollow Oak, only ever gives me thirty minutes. How should I use them? "
    "Mail her at priya@hollow-oak.example."
)


def test_names_are_hidden_everywhere_and_come_back_as_they_were() -> None:
    names = Pseudonyms.of([QUESTION, "Priya said no. Will she? Will's team did."], LISTED)
    hidden = names.hide(f"{QUESTION} Priya will say so.")
    assert not any(word in hidden for word in ("Priya", "Raman", "Hollow", "example"))
    assert "will say so" in hidden
    assert names.restore("Person A and Company A, not Person Z") == "Priya Raman and Hollow Oak, not Person Z"


def test_where_nobody_is_named_nothing_changes() -> None:
    names = Pseudonyms.of(["he gives me thirty minutes"], NameList())
    assert (len(names), names.hide("Person A"), names.restore("Person A")) == (0, "Person A", "Person A")


def test_a_chat_model_never_reads_a_listed_name_and_the_answer_has_it(house: House) -> None:
    short = NameList(people=("Priya",), companies=("Hollow Oak",))
    question = QUESTION.replace("Priya Raman", "Priya")
    composed = house.coach.advise(question, role="learning-executive")
    one, two = composed.citations[:2]
    asked = "Which team would Person A name?"
    with chat_service(says(f"{one.quote} [1] {two.quote} [2]\n\n{asked}")) as service:
        model = OpenAIChat(Service("openai-compatible", "tiny", service.url))
        wording = Wording(
            model,
            embed=house.embedder.embed,
            seconds=20,
            disguise=lambda texts: Pseudonyms.of(texts, short),
        )
        seen: list[str] = []
        answer = wording.word(composed, cards=house.coach.cards, show=seen.append)
        model.close()
        sent = texts_of(service.asked[0])
    assert "thirty minutes" in sent
    assert not any(word in sent for word in ("Priya", "Hollow", "example"))
    assert answer.made is not None
    assert answer.made.sentences[-1].text == asked.replace("Person A", "Priya")
    assert seen[-1].endswith(asked.replace("Person A", "Priya"))
    assert answer.made.names_hidden >= 3
    assert answer.question == question


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("My VP Dana Cole only ever gives me thirty minutes, how should I use them?", ("Dana", "Cole")),
        ("Dana only gives me thirty minutes for the Brightwell account, what now?", ("Dana", "Brightwell")),
        ("I'm Will, and Mark gives me thirty minutes. How should I use them?", ("Will", "Mark")),
        (
            "Ngozi Okafor-Brandt of Zentrix GmbH gives me thirty minutes, what now?",
            ("Ngozi", "Okafor", "Zentrix"),
        ),
    ],
)
def test_a_name_that_nobody_listed_never_arrives_at_the_model_s_server(
    house: House, said: str, secret: tuple[str, ...]
) -> None:
    composed = house.coach.advise(said, role="learning-executive")
    with chat_service(says(f"{composed.citations[0].quote} [1]")) as service:
        model = OpenAIChat(Service("openai-compatible", "tiny", service.url))
        names = NameList()
        wording = Wording(
            model, embed=house.embedder.embed, seconds=30, disguise=lambda t: Pseudonyms.of(t, names)
        )
        answer = wording.word(composed, cards=house.coach.cards)
        model.close()
        sent = "\n".join(json.dumps(asked) for asked in service.asked)
    assert "Person A" in sent
    assert not [word for word in secret if re.search(rf"\b{word}\b", sent)]
    assert answer.question == said


def test_teams_places_days_and_sales_words_are_no_names() -> None:
    said = "The Head of Learning asked our CRO on Monday in London about Salesforce, Q3 and the North team."
    assert Pseudonyms.of([said], NameList()).hide(said) == said


def test_the_setting_reads_the_list_in_the_data_directory(tmp_path: Path) -> None:
    (tmp_path / "script.yaml").write_text("[hello]")
    (tmp_path / "names.txt").write_text("company: Hollow Oak\nZebulon\n")
    built = build_house(
        Settings(data_dir=tmp_path, model=f"scripted:{tmp_path}/script.yaml", pseudonymise=True)
    )
    try:
        assert built.wording is not None
        built.wording.word(
            built.coach.advise(
                "My VP Zebulon of Hollow Oak only ever gives me thirty minutes, how should I use them?",
                role="learning-executive",
            ),
            cards=built.coach.cards,
        )
        sent = "\n".join(m.text for m in built.wording.model.asked[0])  # type: ignore[attr-defined]  # the scripted one
    finally:
        built.close()
    assert "thirty minutes" in sent
    assert "Zebulon" not in sent
    assert "Hollow Oak" not in sent


class Note(BaseModel):
    """A form with a name somewhere inside it."""

    who: str
    others: list[str]


def test_a_form_is_filled_in_without_names_and_read_with_them() -> None:
    names = Pseudonyms.of(["Priya Raman of Hollow Oak"], LISTED)
    with chat_service(says(json.dumps({"who": "Person A", "others": ["Company A"]}))) as service:
        model = OpenAIChat(Service("openai-compatible", "tiny", service.url))
        asked = [Prompted("user", "Priya Raman of Hollow Oak")]
        filled = Disguised(model, names).fill(asked, Note, seconds=10)
        model.close()
        assert "Priya" not in texts_of(service.asked[0])
    assert filled.form == Note(who="Priya Raman", others=["Hollow Oak"])
