"""Keeping the playbook in the page: writing a card, changing one, going back, and what readers reported."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.advice import ask as ask_coach
from support.cards import CARD
from ui_helpers import ask, click, run, shown

from assistant.bootstrap import House

Page = Callable[..., AppTest]
OURS = "Spend the slot on the Lisbon map and nothing else."


@pytest.fixture(autouse=True)
def nothing_left(house: House) -> Iterator[None]:
    """Each test leaves the shipped playbook behind."""
    yield
    for path in house.own_cards.files.folder.rglob("*.md"):
        path.unlink()
    house.live.refresh()


def open_playbook(page: Page, **query: str) -> AppTest:
    tab = page(**query)
    tab.switch_page("views/playbook.py")
    for name, value in query.items():
        tab.query_params[name] = value
    return run(tab)


def write(tab: AppTest, source: str, card_id: str = "") -> AppTest:
    tab.text_area(key=f"card-text-{card_id}").set_value(source)
    return run(tab)


def changed(house: House, card_id: str = "thirty-minutes") -> str:
    source = house.own_cards.source(card_id)
    assert source is not None
    return source.replace("\n## Do\n", f"\n## Do\n- {OURS} <!-- lead -->\n", 1)


def test_a_card_that_is_written_here_is_read_kept_as_a_file_and_answers(page: Page, house: House) -> None:
    tab = click(open_playbook(page), "write-card")
    assert not tab.button(key="keep-card").disabled
    write(tab, CARD.replace("where do we begin", "Who gets the orchid greenhouse first?"))
    click(tab, "keep-card")
    assert tab.query_params["card"] == "one-team"
    assert "A card of your own" in shown(tab)
    assert (
        (house.own_cards.files.folder / "one-team.md")
        .read_text(encoding="utf-8")
        .startswith("---\nid: one-team")
    )
    answer = ask_coach(house.coach, "sales-vp", "Who gets the orchid greenhouse first?")
    assert answer.trace.spine == "one-team"
    assert not answer.abstained


def test_what_is_wrong_with_a_card_is_said_with_its_line_and_it_cannot_be_kept(
    page: Page, house: House
) -> None:
    tab = click(open_playbook(page), "write-card")
    write(tab, CARD.replace("- Take Dallas.", "- Take {Dallas}."))
    (error,) = tab.error
    assert f"line {CARD.splitlines().index('- Take Dallas.') + 1}" in error.value
    assert tab.button(key="keep-card").disabled
    assert house.own_cards.origin("one-team") is None


def test_a_card_can_be_seen_before_it_is_kept(page: Page, house: House) -> None:
    tab = click(open_playbook(page), "write-card")
    write(tab, CARD.replace("Take Dallas.", "Take Lisbon."))
    assert "<li>Take Lisbon.</li>" in shown(tab)
    assert house.own_cards.origin("one-team") is None


def test_a_new_card_never_falls_upon_one_that_is_there(page: Page, house: House) -> None:
    tab = click(open_playbook(page), "write-card")
    write(tab, changed(house))
    click(tab, "keep-card")
    assert any("already" in error.value for error in tab.error)
    assert house.own_cards.origin("thirty-minutes") == "shipped"


def test_a_changed_card_stands_in_place_of_the_shipped_one_until_somebody_goes_back(
    page: Page, house: House
) -> None:
    tab = click(open_playbook(page, card="thirty-minutes"), "change-card")
    assert tab.button(key="keep-card").disabled
    write(tab, changed(house), "thirty-minutes")
    click(tab, "keep-card")
    assert OURS in shown(tab)
    assert "You changed this card" in shown(tab)
    click(tab, "restore-card")
    assert OURS not in shown(tab)
    assert house.own_cards.origin("thirty-minutes") == "shipped"
    assert "The shipped card is in use again" in shown(tab)


def test_two_who_change_the_same_card_do_not_write_over_each_other(page: Page, house: House) -> None:
    mine = click(open_playbook(page, card="thirty-minutes"), "change-card")
    source = changed(house)
    house.own_cards.save(source)
    write(mine, source.replace(OURS, "Another sentence."), "thirty-minutes")
    click(mine, "keep-card")
    assert any("somebody else" in error.value for error in mine.error)
    assert mine.text_area(key="card-text-thirty-minutes").value.count("Another sentence.") == 1
    assert OURS in str(house.own_cards.source("thirty-minutes"))


def test_leaving_a_card_keeps_nothing(page: Page, house: House) -> None:
    tab = click(open_playbook(page, card="thirty-minutes"), "change-card")
    write(tab, "what was I thinking", "thirty-minutes")
    click(tab, "leave-card")
    assert tab.query_params["card"] == "thirty-minutes"
    click(tab, "change-card")
    assert tab.text_area(key="card-text-thirty-minutes").value == house.own_cards.source("thirty-minutes")


def test_a_file_changed_in_an_editor_is_on_the_page_without_a_restart(page: Page, house: House) -> None:
    tab = open_playbook(page, card="thirty-minutes")
    folder = house.own_cards.files.folder
    folder.mkdir(exist_ok=True)
    (folder / "thirty-minutes.md").write_text(changed(house), encoding="utf-8")
    assert OURS in shown(run(tab))


def test_a_broken_file_is_named_with_its_line_and_the_others_stay_in_use(page: Page, house: House) -> None:
    folder = house.own_cards.files.folder
    folder.mkdir(exist_ok=True)
    (folder / "one-team.md").write_text(CARD.replace("## Say", "## Shout"), encoding="utf-8")
    tab = open_playbook(page)
    (warning,) = tab.warning
    assert f"one-team.md, line {CARD.splitlines().index('## Say') + 1}" in warning.value
    assert any(str(b.key) == "read-card-thirty-minutes" for b in tab.button)


@pytest.mark.parametrize(("button", "origin"), [("take-upgrade", "shipped"), ("leave-upgrade", "changed")])
def test_a_shipped_card_that_changed_under_ours_is_shown_as_a_difference_to_take_or_leave(
    page: Page, house: House, button: str, origin: str
) -> None:
    house.own_cards.save(changed(house))
    base = house.own_cards.files.folder / ".base" / "thirty-minutes.md"
    base.write_text(
        base.read_text(encoding="utf-8").replace("## Do\n", "## Do\n- As it was shipped before.\n")
    )
    tab = open_playbook(page)
    click(tab, "upgraded-thirty-minutes")
    assert any("-- As it was shipped before." in code.value for code in tab.code)
    click(tab, button)
    assert house.own_cards.origin("thirty-minutes") == origin
    assert not any(str(b.key) == "take-upgrade" for b in tab.button)


def test_tricks_with_html_and_images_in_a_card_are_shown_as_text(page: Page, house: House) -> None:
    trick = "<script>alert(1)</script> ![x](http://127.0.0.1:9/x.png)"
    house.own_cards.save(
        CARD.replace("Take Dallas.", f"Take {trick} now.").replace("One team first", "A <b>b</b>")
    )
    page_text = shown(open_playbook(page, card="one-team"))
    assert "<script" not in page_text
    assert r"A \<b\>b\</b\>" in page_text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; ![x](http://127.0.0.1:9/x.png)" in page_text


def test_a_reported_source_is_listed_under_its_card_with_the_question_until_it_is_dealt_with(
    page: Page, house: House
) -> None:
    report(page, house)
    tab = click(open_playbook(page), "show-reported")
    assert "Not how our VPs talk" in shown(tab)
    assert "He only ever gives me thirty minutes" in shown(tab)
    (open_report,) = house.feedback.reports(house.viewer)
    click(tab, f"resolve-{open_report.id}")
    assert "Nothing is reported" in shown(tab)


def test_a_report_is_settled_when_its_card_changes(page: Page, house: House) -> None:
    report(page, house)
    (open_report,) = house.feedback.reports(house.viewer)
    house.own_cards.save(changed(house, str(open_report.card_id)))
    house.live.refresh()
    assert house.feedback.reports(house.viewer) == []


def test_an_old_conversation_still_shows_the_words_that_were_cited_then(page: Page, house: House) -> None:
    house.own_cards.save(changed(house))
    tab = ask(page(), "Should I use thirty minutes for the Lisbon map and nothing else?")
    cited = tab.query_params["c"]
    before = shown(run(page(c=cited)))
    house.own_cards.remove("thirty-minutes")
    house.live.refresh()
    assert shown(run(page(c=cited))) == before
    assert "<sup>" in before


def report(page: Page, house: House) -> None:
    """Somebody reports the first source of an answer."""
    tab = ask(page(), "He only ever gives me thirty minutes, how should I use them?")
    conversation = house.conversations.messages(house.viewer, tab.query_params["c"])
    answer = conversation[-1].id
    tab.text_area(key=f"report-why-{answer}").set_value("Not how our VPs talk")
    click(tab, f"report-send-{answer}")


def test_the_page_refuses_a_path_for_a_card(page: Page, house: House, tmp_path: Path) -> None:
    tab = open_playbook(page, edit="../../secret")
    assert not tab.text_area
    assert any("no id of a card" in error.value for error in tab.error)
