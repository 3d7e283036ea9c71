"""What the two of a pair told flows into answers, which say so, and out of them again once it is forgotten."""

import io
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import pytest

from assistant.advice.conversation import Turn, ask
from assistant.bootstrap import House, build_house
from assistant.cli import main
from assistant.pair.coaching import SHARES
from assistant.pair.item import Item
from assistant.pilots.model import Pilot
from assistant.settings import Settings
from knowledge.store.access import Viewer

DAY = date(2026, 3, 3)
PLAN = "How should I use thirty minutes with my VP?"
OUTCOME = Item(
    kind="outcome", words="second meetings up in the Leeds team, from one in five to one in three", on=DAY
)
SURVEY = Item(kind="tried", words="a survey of all reps", went="9 answers of 80", on=DAY)
LIST = Item(
    kind="promise", words="send me the list of lost deals", on=DAY, who="sales-vp", due=date(2026, 3, 6)
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    built = build_house(Settings(data_dir=Path(tmp_path_factory.mktemp("memory"))))
    yield built
    built.close()


@pytest.fixture
def viewer(house: House) -> Iterator[Viewer]:
    """The learning executive, of whose pair nothing is known yet."""
    yield house.viewer
    for kept in house.pairs.items(house.viewer, house.pairs.pair(house.viewer).id):
        house.pairs.forget(house.viewer, kept.id)


def asked(house: House, viewer: Viewer, question: str, conversation: str | None = None) -> Turn:
    return ask(
        question,
        role="learning-executive",
        conversation_id=conversation,
        coach=house.coach,
        conversations=house.conversations,
        viewer=viewer,
    )


def test_an_answer_uses_what_was_told_says_so_and_stops_once_it_is_forgotten(
    house: House, viewer: Viewer
) -> None:
    pair = house.pairs.pair(viewer)
    before = asked(house, viewer, PLAN)
    assert "Leeds" not in before.answer.answer
    assert before.answer.remembered == ()
    outcome, promise = house.pairs.add(viewer, pair.id, [OUTCOME, LIST])

    with_it = asked(house, viewer, PLAN)
    assert "the Leeds team" in with_it.answer.answer
    assert "From what you told me: on 3 March the outcome was “second meetings" in with_it.answer.answer
    assert "was going to send me the list of lost deals, and that is still open" in with_it.answer.answer
    assert [each.item for each in with_it.answer.remembered] == [outcome.id, promise.id]
    kept = house.conversations.messages(viewer, with_it.conversation_id)[-1]
    assert kept.detail["remembered"][0]["item"] == outcome.id

    for each in (outcome, promise):
        house.pairs.forget(viewer, each.id)
    for later in (asked(house, viewer, PLAN, with_it.conversation_id), asked(house, viewer, PLAN)):
        assert "Leeds" not in later.answer.answer
        assert "lost deals" not in later.answer.answer
        assert later.answer.understood.facts.group is None


def test_forgetting_an_item_removes_it_from_every_later_answer_page_check_and_report(
    house: House, viewer: Viewer
) -> None:
    pair = house.pairs.pair(viewer)
    pilot = house.pilots.create(viewer, Pilot(title="A pilot"))
    refused = Item(kind="refused", words="a survey in Leeds", on=DAY, who="sales-vp")
    kept = house.pairs.add(viewer, pair.id, [OUTCOME, LIST, refused], visibility="pair")
    coach = house.people.current(house.ask_in(viewer, pair, "Coach", shares=SHARES).coach.id)

    def everything() -> str:
        between = house.between(viewer, pair.id, today=DAY)
        checked = house.recall(viewer, "").touched_by("Shall we send a survey to the team?")
        return " ".join(
            str(each)
            for each in (
                asked(house, viewer, PLAN).answer.answer,
                house.prepare(viewer, between, minutes=30).as_contract(),
                house.home(between).as_contract(),
                house.recall(viewer).in_mind,
                checked,
                house.promised(viewer, pilot),
                house.watched(coach, today=DAY),
            )
        )

    before = everything()
    assert before.count("Leeds") >= 4 and before.count("lost deals") >= 5 and "a survey in Leeds" in before
    for each in kept:
        house.pairs.forget(viewer, each.id)
    after = everything()
    assert "Leeds" not in after and "lost deals" not in after


def test_an_answer_a_rehearsal_a_draft_check_and_a_brief_say_what_they_were_told(
    house: House, viewer: Viewer
) -> None:
    pair, folder = house.pairs.pair(viewer), str(house.settings.data_dir)
    refused = Item(kind="refused", words="a survey of all reps", on=DAY, who="sales-vp")
    house.pairs.add(viewer, pair.id, [OUTCOME, refused])
    said = "on 3 March the outcome was “second meetings up in the Leeds team"
    assert said in asked(house, viewer, PLAN).answer.answer
    for command, typed, words in (
        (("rehearse", "--scenario", "first-thirty-warm-vague"), "/quit\n", said),
        (
            ("draft", "-"),
            "Shall we send a survey to all reps next week?",
            "the answer to this was no (“a survey",
        ),
        (("pilot", "brief"), "", said),
    ):
        out = told_by(*command, typed=typed, folder=folder)
        assert "From what you told me" in out and words in out, command


def told_by(*command: str, typed: str, folder: str) -> str:
    """What a command says to a person, on one line."""
    role = ("--as", "learning-executive") if command[0] == "draft" else ()
    stdin, out = io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"), io.StringIO()
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), pytest.raises(SystemExit) as ended:
        patched.setattr(sys, "stdin", stdin)
        main([*command, *role, "--data-dir", folder])
    assert not ended.value.code
    return " ".join(out.getvalue().split())


def test_what_is_said_now_wins_over_what_was_told(house: House, viewer: Viewer) -> None:
    house.pairs.add(viewer, house.pairs.pair(viewer).id, [OUTCOME])
    turn = asked(house, viewer, "How should I use thirty minutes with my VP about the Boston team?")
    assert turn.answer.understood.facts.group == "the Boston team"
    assert "Leeds" not in turn.answer.answer.split("From what you told me")[0]


def test_what_was_tried_before_is_not_proposed_again(house: House, viewer: Viewer) -> None:
    house.pairs.add(viewer, house.pairs.pair(viewer).id, [SURVEY])
    memory = house.recall(viewer)
    assert [each.words for each in memory.touched_by("Shall we send a survey to the team?")] == [
        "a survey of all reps"
    ]
    turn = asked(house, viewer, PLAN)
    assert "survey" in turn.answer.understood.tried
    assert turn.answer.understood.as_said().tried == ()


def test_a_pilot_is_not_pressed_on_whoever_only_told_a_group_earlier(house: House, viewer: Viewer) -> None:
    house.pairs.add(viewer, house.pairs.pair(viewer).id, [OUTCOME])
    assert asked(house, viewer, "My VP never answers my mails. What now?").answer.pilot is None


def test_nobody_remembers_what_another_told_for_themselves(house: House, viewer: Viewer) -> None:
    house.pairs.add(viewer, house.pairs.pair(viewer).id, [OUTCOME])
    vp = house.people.current(next(each.id for each in house.people.list() if each.role == "sales-vp"))
    assert house.recall(vp).facts == ()
    house.pairs.share(viewer, house.pairs.items(viewer, house.pairs.pair(viewer).id)[0].id, "pair")
    assert house.recall(vp).facts != ()


def test_the_pair_that_a_question_names_is_the_one_that_is_remembered(house: House, viewer: Viewer) -> None:
    second = house.pairs.begin(viewer, sales_vp="Otto Brandt")
    again = house.people.current(viewer.person_id)
    (kept,) = house.pairs.add(again, second.id, [Item(kind="group", words="Graz desk", on=DAY)])
    assert {name: value for name, value, _ in house.recall(again, "How do I ask Otto?").facts} == {
        "group": "the Graz desk"
    }
    assert house.recall(again, "How do I ask him?").facts == ()
    house.pairs.forget(again, kept.id)
