"""The page for field stories, as somebody uses it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest
from ui_helpers import ask, click, run, shown

from assistant.bootstrap import House
from assistant.stories.log import prepare
from assistant.stories.redact import NameList
from assistant.stories.story import SAID_IN_WORDS, Story, read_fields

Page = Callable[..., AppTest]
TOLD = "Rode along with Duarte. A new hire in Riga waited until week nine for her first call."
AGAIN = "Rode along with Duarte. In Riga a new hire waited until week nine for her first call."
TODAY = datetime.now(UTC).date()
ROWS = (
    b"title,story,colour\nSilence,The controller in Basel counted to ten and signed.,red\nRagged,only two\n"
)


@pytest.fixture(autouse=True)
def no_stories(house: House) -> Iterator[None]:
    """Each test begins without stories, whatever other pages' tests have left, and leaves none."""
    _erase_all(house)
    yield
    _erase_all(house)


def _erase_all(house: House) -> None:
    for removed in (False, True):
        for each in house.stories.list(house.viewer, removed=removed):
            house.stories.erase(house.viewer, each.id)


def opened(page: Page) -> AppTest:
    tab = page()
    tab.switch_page("views/stories.py")
    return run(tab)


def card_page(page: Page) -> AppTest:
    tab = page(card="new-hire-ramp")
    tab.switch_page("views/playbook.py")
    return run(tab)


def tell(tab: AppTest, text: str) -> AppTest:
    tab.text_area(key="story-text").set_value(text)
    return click(tab, "story-next")


def stories(house: House) -> list[Story]:
    return house.stories.list(house.viewer)


def test_one_text_and_one_confirmation_keep_a_story_masked_titled_and_found(page: Page, house: House) -> None:
    tab = tell(opened(page), TOLD)
    assert "<mark>[person]</mark>" in shown(tab)
    assert tab.text_input(key="story-title").value
    assert tab.selectbox(key="story-metric").value == "ramp-time"
    assert stories(house) == []
    tab = click(tab, "story-keep")
    (story,) = stories(house)
    assert "Duarte" not in story.text
    assert "The next answer may tell it" in shown(tab)
    tab = click(tab, f"story-read-{story.id}")
    assert "nobody has checked it" in shown(tab)
    tab = click(tab, "story-undo")
    assert stories(house) == []
    tab = click(tab, "story-back-again")
    assert [each.id for each in stories(house)] == [story.id]
    if f"story-out-{story.id}" not in {button.key for button in tab.button}:
        tab = click(tab, f"story-read-{story.id}")
    click(click(tab, f"story-out-{story.id}"), "story-erase")
    assert stories(house) == house.stories.list(house.viewer, removed=True) == []


def test_a_story_that_was_not_kept_yet_is_in_its_box_after_a_refresh_and_not_once_it_is_kept(
    page: Page, house: House
) -> None:
    tell(opened(page), TOLD)
    tab = opened(page)
    assert tab.text_area(key="story-text").value == TOLD
    click(click(tab, "story-next"), "story-keep")
    assert opened(page).text_area(key="story-text").value == ""
    assert house.unsent.of(house.viewer, "story-text") is None


def test_a_card_shows_its_stories_the_best_checked_first_and_opens_them(page: Page, house: House) -> None:
    assert "None was logged yet" in shown(card_page(page))
    click(tell(opened(page), TOLD), "story-keep")
    (first,) = stories(house)
    assert "new-hire-ramp" in first.fields.cards
    seen = first.fields.changed(evidence="the call list", title="Seen in the call list")
    house.stories.change(house.viewer, first.id, seen, version=first.version)
    click(tell(opened(page), "A new hire in Oslo had no desk and no buyer until week six."), "story-keep")
    (second,) = [each for each in stories(house) if each.id != first.id]
    house.stories.change(
        house.viewer, second.id, second.fields.changed(cards=("new-hire-ramp",)), version=second.version
    )
    tab = card_page(page)
    keys = [button.key for button in tab.button if button.key and button.key.startswith("card-story-")]
    assert keys == [f"card-story-{first.id}", f"card-story-{second.id}"]
    tab = click(tab, keys[0])
    assert "Verified: the call list." in shown(tab)


def test_a_word_that_names_nobody_is_left_and_another_one_masked(page: Page, house: House) -> None:
    tab = tell(opened(page), TOLD)
    tab.button_group(key="story-mask").set_value([])
    tab.text_input(key="story-also").set_value("Riga")
    click(run(tab), "story-keep")
    (story,) = stories(house)
    assert "Duarte" in story.text
    assert "Riga" not in story.text
    tab = click(opened(page), f"story-read-{story.id}")
    tab.text_area(key=f"edit-text-{story.id}-1").set_value(f"{story.text} Sandra Okafor rang.")
    click(tab, f"edit-save-{story.id}-1")
    (changed,) = stories(house)
    assert "Duarte" in changed.text
    assert "Okafor" not in changed.text


def test_nothing_is_lost_where_a_text_cannot_be_used_or_is_taken_back(page: Page, house: House) -> None:
    tab = tell(opened(page), "   ")
    assert "Write down what happened" in shown(tab)
    tab = tell(tab, "and then " * 3_000)
    assert "characters" in shown(tab)
    assert tab.text_area(key="story-text").value.startswith("and then")
    tab = click(tell(tab, TOLD), "story-back")
    assert tab.text_area(key="story-text").value == TOLD
    assert stories(house) == []


def test_a_story_about_the_counterpart_is_for_its_teller_unless_shared(page: Page, house: House) -> None:
    tab = tell(opened(page), "My VP walked out of the review after ten minutes.")
    assert "for you alone" in shown(tab)
    click(tab, "story-keep")
    assert stories(house)[0].visibility == "me"


def test_what_was_read_is_said_before_it_is_kept_and_can_be_changed_or_emptied(
    page: Page, house: House
) -> None:
    tab = tell(opened(page), "We lost it in Riga. The buyer said, “Nobody told us about the fee.” Last week.")
    assert "Read from it: Failure" in shown(tab)
    assert tab.text_input(key="story-field-region").value == "Riga"
    tab.selectbox(key="story-field-result").set_value("mixed")
    tab.text_input(key="story-field-region").set_value("")
    tab.date_input(key="story-field-happened_on").set_value(None)
    tab.text_input(key="story-field-tags").set_value("fees, Duarte")
    tab.checkbox(key="story-field-consent").set_value(True)
    click(run(tab), "story-keep")
    fields = stories(house)[0].fields
    assert (fields.result, fields.region, fields.happened_on, fields.consent) == ("mixed", "", None, True)
    assert fields.buyer_words == "Nobody told us about the fee."
    assert fields.tags == ("fees",)


def test_a_retelling_is_noticed_and_put_into_the_one_before(page: Page, house: House) -> None:
    click(tell(opened(page), TOLD), "story-keep")
    tab = tell(opened(page), f"{AGAIN} Her manager had never seen a ward.")
    assert "Perhaps told before" in shown(tab)
    tab.radio(key="story-same").set_value("merge")
    click(run(tab), "story-keep")
    (story,) = stories(house)
    assert story.version == 2
    assert "never seen a ward" in story.text


def test_what_was_said_to_the_coach_is_logged_as_a_story(page: Page, house: House) -> None:
    tab = ask(page(), "A new hire in Riga waited nine weeks for her first call, what do I tell my VP?")
    tab = click(tab, next(str(b.key) for b in tab.button if str(b.key).startswith("story-of-")))
    assert "waited nine weeks" in shown(tab)
    click(tab, "story-keep")
    assert len(stories(house)) == 1


def test_script_in_a_story_is_text_on_the_page(page: Page, house: House) -> None:
    tab = click(
        tell(opened(page), "<script>alert(1)</script> ![x](http://x.example/y.png) the chef left."),
        "story-keep",
    )
    click(tab, f"story-read-{stories(house)[0].id}")
    assert "<script>" not in shown(tab)


def test_script_in_every_field_of_a_story_is_text_on_every_page_that_shows_it(
    page: Page, house: House
) -> None:
    trick = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    fields = read_fields(
        dict.fromkeys(SAID_IN_WORDS, f"{trick} said the chef") | {"tags": (trick,), "region": trick}
    )
    prepared = prepare(fields, names=NameList(), today=TODAY, masking="off")
    story = house.stories.add(house.viewer, house.tagged(prepared))
    tab = click(opened(page), f"story-read-{story.id}")
    assert "&lt;script&gt;" in shown(tab)
    seen = [shown(tab)]
    tab.switch_page("views/field.py")
    seen.append(shown(run(tab)))
    tab.button_group(key="field-view").set_value("ride")
    seen.append(shown(run(tab)))
    assert [each for each in seen if "<script" in each or "<img" in each] == []


def test_of_two_people_who_edit_one_story_at_once_the_second_is_told_and_keeps_what_they_typed(
    page: Page, house: House
) -> None:
    click(tell(opened(page), TOLD), "story-keep")
    (story,) = stories(house)
    tab = click(opened(page), f"story-read-{story.id}")
    theirs = story.fields.changed(title="What the other one wrote")
    house.stories.change(house.viewer, story.id, theirs, version=story.version)
    tab.text_area(key=f"edit-text-{story.id}-1").set_value("Mine: she waited until week nine and left.")
    tab = click(tab, f"edit-save-{story.id}-1")
    (kept,) = stories(house)
    assert (kept.title, kept.text, kept.version) == ("What the other one wrote", story.text, 2)
    assert "yours is still under" in " ".join(str(each.value) for each in tab.toast)
    assert tab.text_area(key=f"edit-text-{story.id}-2").value.startswith("Mine: she waited")
    click(tab, f"edit-save-{story.id}-2")
    assert stories(house)[0].text.startswith("Mine: she waited")


def test_a_file_is_looked_over_brought_in_and_taken_out_again(page: Page, house: House) -> None:
    tab = opened(page)
    tab.file_uploader(key="stories-upload").set_value([("told.csv", ROWS, "text/csv")])
    tab = click(tab, "stories-read")
    assert "It has 2 cells where the first row has 3" in shown(tab)
    assert stories(house) == []
    tab = click(tab, "stories-bring")
    assert [each.title for each in stories(house)] == ["Silence"]
    click(tab, "stories-undo")
    assert stories(house) == []


def test_columns_of_any_name_are_read_said_otherwise_and_a_masked_word_is_left(
    page: Page, house: House
) -> None:
    file = (
        b"Bemerkung,Bereich,Nr\n"
        b"Rode along with Duarte and the new hire waited until week nine for a first call.,Nordics,7\n"
        b"A controller in Basel counted to ten after the price and then she signed it.,Alps,8\n"
    )
    tab = opened(page)
    tab.file_uploader(key="stories-upload").set_value([("told.csv", file, "text/csv")])
    tab = click(tab, "stories-read")
    assert "the story itself from \u201cBemerkung\u201d" in shown(tab)
    tab.selectbox(key="stories-column-1").set_value("team")
    tab.button_group(key="stories-mask-1").set_value([])
    tab.button_group(key="stories-who").set_value("me")
    tab = click(tab, "stories-again")
    assert "team from \u201cBereich\u201d" in shown(tab)
    tab.selectbox(key="stories-column-0").set_value("")
    tab = click(tab, "stories-again")
    assert "Say which column holds the story itself" in shown(tab)
    tab = click(tab, "stories-bring")
    kept = {story.fields.team: story for story in stories(house)}
    assert set(kept) == {"Nordics", "Alps"}
    assert "Duarte" in kept["Nordics"].text
    assert {story.visibility for story in kept.values()} == {"me"}


def test_the_field_shows_themes_a_page_before_a_ride_along_and_the_week(page: Page, house: House) -> None:
    tab = page()
    tab.switch_page("views/field.py")
    assert "No story has been told yet" in shown(run(tab))
    click(
        tell(opened(page), "The buyer in Riga said, “Your new hires ramp too slowly for us.” We lost it."),
        "story-keep",
    )
    tab = page()
    tab.switch_page("views/field.py")
    told = shown(run(tab))
    assert "Ramp time" in told
    assert "Your new hires ramp too slowly" in told
    tab.button_group(key="field-view").set_value("ride")
    assert "does not replace it" in shown(run(tab))
    tab.button_group(key="field-view").set_value("week")
    assert "1 story was logged" in shown(run(tab))
