"""“How did it go?” and “Between us”, as somebody uses them."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from support.voice import spoken
from ui_helpers import click, run, shown

from assistant.bootstrap import House
from assistant.pair.item import KINDS, Item
from ui.components.pair import GROUPS
from ui.components.pilots.acts import today

Page = Callable[..., AppTest]
TOLD = (
    "She'll send me the list of lost deals by Friday. I owe her three names. He'll ring Luis. "
    "<b>Her</b> boy is in hospital."
)


@pytest.fixture
def box(page: Page, house: House) -> AppTest:
    pair = house.pairs.pair(house.viewer)
    house.pairs.rename(house.viewer, pair.id, "sales-vp", "Dana")
    for kept in house.pairs.items(house.viewer, pair.id):
        house.pairs.forget(house.viewer, kept.id)
    tab = page()
    tab.switch_page("views/debrief.py")
    return run(tab)


def test_no_kind_of_item_is_left_off_the_page() -> None:
    assert set(GROUPS) == set(KINDS)


def read(tab: AppTest, text: str) -> AppTest:
    tab.text_area(key="debrief-text").set_value(text)
    return click(run(tab), "debrief-read")


def known(house: House) -> list[str]:
    return [kept.item.words for kept in house.pairs.items(house.viewer, house.pairs.pair(house.viewer).id)]


def test_each_item_is_kept_with_one_press_and_taken_back_with_another(box: AppTest, house: House) -> None:
    tab = read(box, TOLD)
    assert known(house) == []
    assert "health or private life" in shown(tab)
    assert "hospital" not in shown(tab).replace(TOLD, "")
    tab = click(tab, "found-keep-0")
    assert "send me the list of lost deals" in known(house)
    assert not any("hospital" in words for words in known(house))
    click(tab, "found-undo-0")
    assert "send me the list of lost deals" not in known(house)


def test_what_is_unclear_is_asked_before_it_is_kept_and_what_was_left_out_is_not(
    box: AppTest, house: House
) -> None:
    tab = click(read(box, TOLD), "found-leave-1")
    tab = click(tab, "debrief-keep-all")
    assert "Say first who it was." in shown(tab)
    assert [words for words in known(house) if "names" in words] == [house_meeting(house)]


def test_a_meeting_told_aloud_stands_in_the_box_and_nothing_is_read_before_it_is_looked_at(
    box: AppTest, house: House
) -> None:
    pytest.importorskip("faster_whisper", reason="counterpart[audio] is not installed")
    assert house.transcriber is not None
    box.text_area(key="debrief-text").set_value("In the corridor.")
    box.audio_input[0].set_value(("told.wav", spoken("She will send the list on Friday."), "audio/wav"))
    tab = run(box)
    words = tab.text_area(key="debrief-text").value
    assert words.startswith("In the corridor.") and "list" in words.lower()
    assert "Keep all" not in shown(tab) and known(house) == []


def test_a_story_found_in_a_debrief_goes_into_the_log_masked_and_for_its_teller_alone(
    box: AppTest, house: House
) -> None:
    tab = read(
        box,
        "She told me a story: a rep at Halden Steel, Luis Ortega, asked one question and the buyer talked for an hour.",
    )
    at = next(
        n
        for n, each in enumerate(tab.session_state["counterpart"].debrief.read.items)
        if each.kind == "story"
    )
    tab = click(tab, f"found-log-{at}")
    story = house.stories.list(house.viewer)[0]
    assert "asked one question" in story.fields.text and "Luis Ortega" not in story.fields.text
    assert story.visibility == "me" and "In the story log, for you alone so far" in shown(tab)
    vp = house.people.current(house.pairs.pair(house.viewer).sales_vp.id)
    assert story.id not in [each.id for each in house.stories.list(vp)]
    click(tab, f"found-unlog-{at}")
    assert story.id not in [each.id for each in house.stories.list(house.viewer)]


def house_meeting(house: House) -> str:
    pair = house.pairs.pair(house.viewer)
    return house.pairs.items(house.viewer, pair.id, kinds=["meeting"])[0].item.words


def test_nothing_told_is_said_and_what_was_typed_stays(box: AppTest) -> None:
    tab = click(box, "debrief-read")
    assert "There is nothing to read" in shown(tab)
    tab = read(tab, "We were both nice.")
    assert tab.text_area(key="debrief-text").value == "We were both nice."
    assert "Nobody promised anything here" in shown(tab)


def test_a_promise_is_settled_and_an_item_forgotten_and_both_can_be_undone(
    box: AppTest, house: House
) -> None:
    pair = house.pairs.pair(house.viewer)
    promise, tried = house.pairs.add(
        house.viewer,
        pair.id,
        [
            Item(kind="promise", words="send me the list", on=today(), who="sales-vp", due=today()),
            Item(kind="tried", words="a survey", went="9 of 80", on=today()),
        ],
    )
    box.switch_page("views/pair.py")
    tab = click(run(box), f"didnt-{promise.id}")
    assert "Does it still help, or shall we drop it?" in shown(tab)
    tab = click(tab, f"reopen-{promise.id}")
    assert house.pairs.item(house.viewer, promise.id).item.state == "open"
    tab = click(tab, f"forget-{tried.id}")
    assert known(house) == ["send me the list"]
    tab = click(tab, "undo-forgotten")
    assert set(known(house)) == {"send me the list", "a survey"}
    house.pairs.change(
        house.viewer, promise.id, lambda item: item.changed(state="happened"), about="Elsewhere"
    )
    assert "Happened" in shown(run(tab))


def test_a_change_made_meanwhile_is_told_and_not_overwritten(box: AppTest, house: House) -> None:
    pair = house.pairs.pair(house.viewer)
    promise = house.pairs.add(
        house.viewer,
        pair.id,
        [Item(kind="promise", words="send it", on=today(), who="sales-vp")],
        visibility="pair",
    )[0]
    box.switch_page("views/pair.py")
    tab = run(box)
    vp = house.people.current(pair.sales_vp.id)
    house.pairs.change(vp, promise.id, lambda item: item.changed(state="happened"), about="Happened")
    tab = click(tab, f"didnt-{promise.id}")
    assert house.pairs.item(vp, promise.id).item.state == "happened"
    assert "Nothing of theirs was overwritten" in shown(tab)


def test_a_pilot_a_rehearsal_and_a_draft_know_what_was_told(box: AppTest, house: House) -> None:
    pair = house.pairs.pair(house.viewer)
    outcome = "second meetings up in the Leeds team, from one in five to one in three"
    house.pairs.add(
        house.viewer,
        pair.id,
        [
            Item(kind="outcome", words=outcome, on=today()),
            Item(kind="refused", words="a survey of the reps", on=today(), who="sales-vp"),
        ],
    )
    box.switch_page("views/pilots.py")
    tab = click(run(box), "pilot-wish-known")
    assert tab.text_input(key="pilot-wish").value == outcome
    assert tab.text_input(key="pilot-wish-group").value == "the Leeds team"
    tab.switch_page("views/draft.py")
    run(tab).text_area(key="draft-text").set_value("Hi Dana, shall we send a survey to all reps next week?")
    tab = click(run(tab), "draft-check")
    assert "the answer to this was no (“a survey of the reps”)" in shown(tab)
    for kept in house.pairs.items(house.viewer, pair.id):
        house.pairs.forget(house.viewer, kept.id)
    assert "the answer to this was no" not in shown(run(tab))
