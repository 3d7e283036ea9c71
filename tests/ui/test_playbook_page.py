"""The playbook page, as somebody uses it."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest
from ui_helpers import click, run, shown

from assistant.bootstrap import House

Page = Callable[..., AppTest]


def open_playbook(page: Page, **query: str) -> AppTest:
    tab = page(**query)
    tab.switch_page("views/playbook.py")
    for name, value in query.items():
        tab.query_params[name] = value
    return run(tab)


def test_every_card_stands_on_the_shelf(page: Page, house: House) -> None:
    tab = open_playbook(page)
    listed = {
        str(b.key).removeprefix("read-card-") for b in tab.button if str(b.key).startswith("read-card-")
    }
    assert listed == set(house.coach.cards)


def test_a_situation_in_ones_own_words_finds_its_card(page: Page) -> None:
    tab = open_playbook(page)
    tab.text_input(key="card-words").set_value("he only has half an hour for me")
    run(tab)
    listed = [str(b.key) for b in tab.button if str(b.key).startswith("read-card-")]
    assert "read-card-thirty-minutes" in listed[:3]


def test_a_principle_narrows_the_shelf_to_the_cards_that_serve_it(page: Page, house: House) -> None:
    tab = open_playbook(page)
    tab.selectbox(key="card-principle").set_value("le-3")
    run(tab)
    listed = {
        str(b.key).removeprefix("read-card-") for b in tab.button if str(b.key).startswith("read-card-")
    }
    assert listed == {card.id for card in house.coach.cards.values() if "le-3" in card.about.principles}


def test_a_card_is_read_in_full_and_the_address_names_it(page: Page, house: House) -> None:
    tab = open_playbook(page)
    click(tab, "read-card-thirty-minutes")
    assert tab.query_params["card"] == "thirty-minutes"
    for section in house.coach.cards["thirty-minutes"].sections:
        assert f"<h2>{section.heading}</h2>" in shown(tab)
    click(tab, "all-cards")
    assert any(str(b.key).startswith("read-card-") for b in tab.button)


def test_a_card_that_is_gone_is_said_to_be_gone(page: Page) -> None:
    tab = open_playbook(page, card="no-such-card")
    assert "no card of that name" in shown(tab)
