"""The page that checks a draft, as somebody uses it."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from ui_helpers import click, run, shown

from assistant.bootstrap import House

Page = Callable[..., AppTest]
MAIL = (
    "Hi Dana,\n\nour new academy is ready. Research shows that blended learning raises retention, so it is the right"
    " investment.\n\nWe would like to roll the programme out to all 240 reps by the end of Q3.\n\n"
    "Let me know what you think!\n\nBest regards,\nInes"
)


@pytest.fixture
def desk(page: Page, house: House) -> AppTest:
    for each in house.drafts.list(house.viewer):
        house.drafts.delete(house.viewer, each.id)
    tab = page()
    tab.switch_page("views/draft.py")
    return run(tab)


def typed(tab: AppTest, text: str) -> AppTest:
    tab.text_area(key="draft-text").set_value(text)
    return run(tab)


def test_what_is_typed_is_kept_at_once_and_a_refresh_finds_it(
    desk: AppTest, house: House, page: Page
) -> None:
    typed(desk, MAIL)
    (kept,) = house.drafts.list(house.viewer)
    assert kept.text == MAIL
    again = page(d=kept.id)
    again.switch_page("views/draft.py")
    assert "What you would send" in "".join(each.value for each in run(again).subheader)


def test_a_change_is_left_with_one_press_and_taken_again_with_another(desk: AppTest, house: House) -> None:
    tab = click(typed(desk, MAIL), "draft-check")
    assert "places to change before it goes" in shown(tab)
    first = next(button.key for button in tab.button if str(button.key).startswith("leave-"))
    name = str(first).removeprefix("leave-")
    tab = click(tab, first)
    (kept,) = house.drafts.list(house.viewer)
    assert dict(kept.choices) == {name: -1}
    tab = click(tab, f"take-{name}")
    assert dict(house.drafts.list(house.viewer)[0].choices) == {name: 0}


def test_going_on_with_the_new_version_keeps_the_text_before(desk: AppTest, house: House) -> None:
    tab = click(click(typed(desk, MAIL), "draft-check"), "draft-adopt")
    assert "Research shows" not in tab.text_area(key="draft-text").value
    tab = click(click(tab, "draft-check"), "draft-before")
    assert house.drafts.list(house.viewer)[0].text == MAIL


def test_nothing_to_check_is_told_and_a_deleted_draft_comes_back(desk: AppTest, house: House) -> None:
    assert "nothing to check" in shown(click(desk, "draft-check"))
    tab = click(typed(desk, "Hi Tom, <b>could</b> we meet?"), "draft-check")
    tab = click(tab, "draft-delete")
    assert house.drafts.list(house.viewer) == []
    click(tab, "draft-undo")
    assert [each.text for each in house.drafts.list(house.viewer)] == ["Hi Tom, <b>could</b> we meet?"]


def test_a_line_is_heard_with_both_ears_and_read_again_from_the_other_chair(desk: AppTest) -> None:
    desk.text_area(key="hear-text").set_value("We'd like to train all 240 reps by Q3 <b>now</b>.")
    tab = click(run(desk), "hear-read")
    assert "The VP hears" in shown(tab) and "Selling time from everybody" in shown(tab)
    assert "<b>now" not in shown(tab)
    tab.segmented_control(key="hear-role").set_value("sales-vp")
    assert "An event to run" in shown(run(tab))
    tab = click(tab, "hear-clear")
    assert "The VP hears" not in shown(tab) and tab.text_area(key="hear-text").value == ""


def test_a_line_that_says_nothing_either_way_is_told_so(desk: AppTest) -> None:
    assert "nothing to read" in shown(click(desk, "hear-read"))
    desk.text_area(key="hear-text").set_value("See you at nine.")
    assert "nothing that either of them would hear differently" in shown(click(run(desk), "hear-read"))
