"""The page for rehearsals, through the real router: choose, play, go back, end, find again."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest
from ui_helpers import click, run, shown

FIRST = "first-thirty-warm-vague"
Open = Callable[..., AppTest]


def begun(page: Open, seed: int = 1) -> AppTest:
    tab = page()
    tab.switch_page("views/rehearsal.py")
    run(tab)
    click(tab, f"choose-{FIRST}")
    return click(tab, "rehearse-begin")


def say(tab: AppTest, line: str) -> AppTest:
    tab.chat_input(key="rehearse-say").set_value(line)
    return run(tab)


def test_meetings_are_listed_by_chair_and_a_brief_comes_before_the_room(page: Open) -> None:
    tab = page()
    tab.switch_page("views/rehearsal.py")
    run(tab)
    assert f"choose-{FIRST}" in {button.key for button in tab.button}
    click(tab, f"choose-{FIRST}")
    assert "Marek is VP of Sales" in shown(tab)


def test_a_line_is_answered_noted_and_found_again_by_its_address(page: Open) -> None:
    tab = say(begun(page), "We have a certification with twelve modules, research shows it works.")
    assert "cost you something" in shown(tab)
    address = tab.query_params["r"]
    again = page(r=address[0] if isinstance(address, list) else address)
    again.switch_page("views/rehearsal.py")
    run(again)
    assert "certification with twelve modules" in shown(again)


def test_another_line_makes_a_branch_and_both_are_kept(page: Open) -> None:
    tab = say(begun(page), "Where in the sale does it get slow?")
    click(tab, "rehearse-stop")
    assert "You stopped before anything was agreed" in shown(tab)
    click(tab, "rehearse-branch-0")
    assert "Where in the sale does it get slow?" not in shown(tab)
    say(tab, "What have you tried already, and what came of it?")
    click(tab, "rehearse-stop")
    assert "Your tries of this meeting" in shown(tab)


def test_markup_in_a_line_stays_text(page: Open) -> None:
    tab = say(begun(page), "<b>What</b> ![x](http://evil.example/x.png) gets slow?")
    assert "<b>What</b>" not in shown(tab)
    assert "&lt;b&gt;What" in shown(tab)


def test_a_hint_and_a_pause_lose_nothing(page: Open) -> None:
    tab = say(begun(page), "Where in the sale does it get slow?")
    click(tab, "rehearse-hint")
    assert "You could say" in shown(tab)
    click(tab, "rehearse-pause")
    assert "Rehearsed before" in "".join(each.label for each in tab.expander)


def test_the_second_time_says_what_changed_and_progress_is_shared_and_withdrawn(page: Open) -> None:
    tab = say(begun(page), "We have a certification with twelve modules, research shows it works.")
    click(tab, "rehearse-stop")
    assert "Your line 1" in shown(tab)
    click(tab, "rehearse-again")
    say(tab, "Where in the sale does it get slow?")
    click(tab, "rehearse-stop")
    assert "Last time" in shown(tab)
    assert "An open question came before any proposal" in shown(tab)
    click(tab, "rehearse-other")
    assert "0 of" in shown(tab) or "1 of" in shown(tab)
    coach = tab.selectbox(key="rehearse-share-with")
    coach.select_index(0)
    click(tab, "share-progress-now")
    (withdrawing,) = [each.key for each in tab.button if str(each.key).startswith("withdraw-progress-")]
    click(tab, str(withdrawing))
    assert not [each.key for each in tab.button if str(each.key).startswith("withdraw-progress-")]


def test_a_meeting_is_written_checked_beside_its_fields_kept_and_played(page: Open) -> None:
    tab = page()
    tab.switch_page("views/rehearsal.py")
    click(run(tab), "own-meeting-open")
    fields = [str(each.key) for each in (*tab.text_input, *tab.text_area)]
    keys = {key.split("-", 3)[3]: key for key in fields if key.startswith("meeting-form-")}
    tab.text_input(key=keys["title"]).set_value("The budget talk with <b>Ute</b>")
    tab.text_input(key=keys["id"]).set_value("Not An Id")
    tab.text_area(key=keys["facts-0-full"]).set_value("")
    click(tab, "form-check")
    assert shown(tab).count("cp-field-error") >= 2
    assert tab.text_input(key=keys["title"]).value == "The budget talk with <b>Ute</b>"
    tab.text_input(key=keys["id"]).set_value("budget-talk")
    tab.text_area(key=keys["facts-0-full"]).set_value("We win 20 in a hundred: that is our win rate.")
    click(tab, "form-check")
    assert "This is how it looks" in shown(tab)
    click(tab, "form-keep")
    click(tab, "rehearse-begin")
    assert "You wanted to see me" in shown(tab)


def test_a_topic_is_added_to_a_meeting_of_ones_own_and_nothing_typed_is_lost(page: Open) -> None:
    tab = page()
    tab.switch_page("views/rehearsal.py")
    click(run(tab), "own-meeting-open")

    def key(field: str) -> str:
        fields = (str(each.key) for each in (*tab.text_input, *tab.text_area))
        return next(
            each for each in fields if each.startswith("meeting-form-") and each.endswith(f"-{field}")
        )

    topics = len([each for each in tab.text_input if str(each.key).endswith("-topic")])
    tab.text_input(key=key("title")).set_value("The forecast talk")
    click(tab, "form-more-facts")
    assert tab.text_input(key=key("title")).value == "The forecast talk"
    tab.text_input(key=key(f"facts-{topics}-title")).set_value("What the forecast hides")
    click(tab, "form-check")
    assert "cp-field-error" in shown(tab)
    for field, line in (
        ("about", "forecast"), ("ask", "What does the forecast hide?"), ("deflect", "It's accurate."),
        ("partial", "It hides a little."), ("full", "Half of it is hope, and I sign it."),
        ("take_up", "Half of it is hope. What would you sign instead?"),
    ):  # fmt: skip
        tab.text_area(key=key(f"facts-{topics}-{field}")).set_value(line)
    click(tab, "form-check")
    assert "This is how it looks" in shown(tab)
