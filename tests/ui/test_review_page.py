"""The page that reviews a talk, as somebody uses it."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from ui_helpers import click, run, shown

from assistant.bootstrap import House

Page = Callable[..., AppTest]
TALK = """Dana (VP Sales): I need a negotiation course for all sixty of my reps by month end.
Ines (Head of Learning): Sure, you'll have the negotiation course by the thirtieth.
Dana (VP Sales): Good, the same format as last time <b>please</b>.
Ines (Head of Learning): We could also add a two-day workshop with role plays.
Dana (VP Sales): To be honest the last one did nothing for us.
Ines (Head of Learning): The feedback was 4.7. Research shows that it takes time until learning sticks.
Dana (VP Sales): If you say so.
Ines (Head of Learning): Great talk, let's stay in touch about the workshop.
"""


@pytest.fixture
def shelf(page: Page, house: House) -> AppTest:
    for each in house.reviews.list(house.viewer):
        house.reviews.erase(house.viewer, each.id)
    tab = page()
    tab.switch_page("views/review.py")
    return run(tab)


@pytest.fixture
def reviewed(shelf: AppTest) -> AppTest:
    shelf.text_area(key="review-text").set_value(TALK)
    return click(click(run(shelf), "review-send"), "cast-save")


def subheaders(tab: AppTest) -> list[str]:
    return [each.value for each in tab.subheader]


def test_a_pasted_talk_is_kept_who_is_who_is_asked_and_then_what_matters_stands_first(
    shelf: AppTest, house: House
) -> None:
    assert "Nothing has been reviewed yet" in shown(shelf)
    shelf.text_area(key="review-text").set_value(TALK)
    tab = click(run(shelf), "review-send")
    (kept,) = house.reviews.list(house.viewer)
    assert dict(kept.roles) == {"Dana": "sales-vp", "Ines": "learning-executive"}
    assert not kept.cast
    tab = click(tab, "cast-save")
    assert "For learning, not for employment decisions" in shown(tab)
    assert subheaders(tab)[0] == "To practise next"
    assert "An order was taken as it stood" in shown(tab)


def test_a_finding_leads_to_its_line_and_the_line_back_to_the_finding(reviewed: AppTest) -> None:
    first = next(button for button in reviewed.button if str(button.key).startswith("go-f"))
    tab = click(reviewed, first.key)
    assert 'class="cp-line' in shown(tab) and "&lt;b&gt;please&lt;/b&gt;" in shown(tab)
    back = next(button.key for button in tab.button if str(button.key).startswith("found-"))
    assert subheaders(click(tab, back))[0] == "To practise next"


def test_a_correction_is_shown_as_a_persons_and_can_be_taken_back(reviewed: AppTest, house: House) -> None:
    first = next(button for button in reviewed.button if str(button.key).startswith("go-f"))
    tab = click(reviewed, first.key)
    pills = next(each for each in tab.button_group if str(each.key).startswith("moves-"))
    pills.set_value(["reflection"])
    tab = run(tab)
    (kept,) = house.reviews.list(house.viewer)
    assert set(house.reviews.corrected(house.viewer, kept.id).values()) == {frozenset({"reflection"})}
    assert "cp-human" in shown(tab)
    click(tab, "moves-back")
    assert house.reviews.corrected(house.viewer, kept.id) == {}


def test_a_comment_is_anchored_to_its_line_resolved_and_removed(reviewed: AppTest, house: House) -> None:
    first = next(button for button in reviewed.button if str(button.key).startswith("go-f"))
    tab = click(reviewed, first.key)
    next(each for each in tab.text_area if str(each.key).startswith("comment-")).set_value("Ask first")
    tab = click(run(tab), "comment-add")
    (kept,) = house.reviews.list(house.viewer)
    (comment,) = house.reviews.comments(house.viewer, kept.id)
    assert comment.quote in TALK
    tab = click(tab, f"resolve-{comment.id}")
    assert house.reviews.comments(house.viewer, kept.id)[0].resolved
    click(tab, f"remove-{comment.id}")
    assert house.reviews.comments(house.viewer, kept.id) == []


def test_a_comment_that_was_not_added_is_there_again_in_another_tab(
    reviewed: AppTest, house: House, page: Page
) -> None:
    (kept,) = house.reviews.list(house.viewer)
    first = next(button for button in reviewed.button if str(button.key).startswith("go-f"))
    line = str(first.key).rsplit("-", 1)[-1]
    field = f"comment-{kept.id}-{line}"
    house.unsent.keep(house.viewer, field, "Half a thought", showing="another tab")
    tab = click(reviewed, first.key)
    assert tab.text_area(key=field).value == "Half a thought"
    click(tab, "comment-add")
    assert house.unsent.of(house.viewer, field) is None
    assert [each.text for each in house.reviews.comments(house.viewer, kept.id)] == ["Half a thought"]


def test_a_talk_about_something_else_says_so_in_place_of_findings(shelf: AppTest) -> None:
    lines = ("The oven trips the fuse whenever the mixer runs.", "I'll ask the electrician on Tuesday.",
             "The choir wants the hall in December.", "The library is closed for the new floor.")  # fmt: skip
    words = "\n".join(f"{'AB'[at % 2]}nna: {line}" for at, line in enumerate(lines * 2))
    shelf.text_area(key="review-text").set_value(words)
    tab = click(click(run(shelf), "review-send"), "cast-save")
    assert "This doesn’t look like a conversation between a VP of Sales and learning" in shown(tab)
    assert "To practise next" not in subheaders(tab)


def test_ones_own_judgement_stands_beside_the_machines_with_their_agreement(reviewed: AppTest) -> None:
    reviewed.button_group(key="review-part").set_value("card")
    tab = run(reviewed)
    judge = next(each for each in tab.button_group if str(each.key).startswith("judge-"))
    judge.set_value("yes")
    assert "of 1 checks that you judged" in shown(run(tab))


def test_figures_say_what_they_are(reviewed: AppTest) -> None:
    reviewed.button_group(key="review-part").set_value("figures")
    tab = run(reviewed)
    assert "never a grade" in shown(tab)
    assert {each.label for each in tab.metric} >= {"Open questions", "Plays back"}
    assert "Dana, Sales VP" in tab.table[0].value.index


def test_a_talk_without_names_is_given_to_two_by_hand(shelf: AppTest, house: House) -> None:
    shelf.text_area(key="review-text").set_value(
        "WEBVTT\n\n00:00.000 --> 00:02.000\nI need a course.\n\n00:02.000 --> 00:04.000\nWhat for?\n"
    )
    tab = click(run(shelf), "review-send")
    assert "not guessed" in shown(tab)
    tab = click(tab, "cast-lines")
    (kept,) = house.reviews.list(house.viewer)
    assert kept.transcript.speakers == ("Speaker 1", "Speaker 2")
    assert "What matters" in str([each.options for each in click(tab, "cast-save").button_group])


def test_nothing_is_refused_in_words_and_an_erased_talk_is_gone(shelf: AppTest, house: House) -> None:
    assert "Choose a file or paste the words first" in shown(click(shelf, "review-send"))
    shelf.text_area(key="review-text").set_value(TALK)
    tab = click(click(run(shelf), "review-send"), "cast-save")
    tab = click(click(tab, "review-delete"), "review-erase")
    assert house.reviews.list(house.viewer) == []
    assert "is gone, with all that was drawn from it" in shown(tab)


def test_a_told_story_is_handed_to_the_stories_page(shelf: AppTest) -> None:
    told = "Last Tuesday I sat beside Kofi in Leeds, he gave eleven per cent away before the buyer asked."
    shelf.text_area(key="review-text").set_value(f"Ines: What happened?\nDana (VP Sales): {told}")
    tab = click(click(run(shelf), "review-send"), "cast-save")
    line = next(button.key for button in tab.button if str(button.key).endswith("-t2"))
    tab = click(tab, line)
    assert any(button.key == "line-story" for button in tab.button)


def test_a_line_of_a_talk_becomes_a_meeting_to_practise_that_is_looked_over_first(
    reviewed: AppTest, house: House
) -> None:
    first = next(button for button in reviewed.button if str(button.key).startswith("go-f"))
    tab = click(reviewed, first.key)
    tab = click(tab, "line-practise")
    tab.switch_page("views/rehearsal.py")
    tab = run(tab)
    assert "A meeting of your own" in [each.value for each in tab.title]
    fields = {each.key: each.value for each in tab.text_input}
    assert "Dana" in fields.values()
    tab = click(tab, "form-keep")
    assert "Begin" in [each.label for each in tab.button]
    kept = [each for each in house.room.scenarios.all() if each.counterpart.name == "Dana"]
    assert kept[0].seat == "learning-executive"
    assert any("did nothing for us" in line for line in kept[0].spoken())
