"""The page for one's own documents, as somebody uses it."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from streamlit.testing.v1 import AppTest
from ui_helpers import click, run, shown

from assistant.bootstrap import House
from assistant.storage.uploads import Held

Page = Callable[..., AppTest]
NOTES = b"# Porto notes\n\n## Onboarding\nThe regional managers said that a new rep waits four months for a call partner.\n"


@pytest.fixture(autouse=True)
def empty_shelf(house: House) -> Iterator[None]:
    """Each test begins without documents."""
    yield
    for person in house.people.list():
        viewer = house.people.current(person.id)
        for held in house.documents.list(viewer):
            if held.owner_id == viewer.person_id:
                house.documents.remove(viewer, held)


def open_documents(page: Page, **query: str) -> AppTest:
    tab = page(**query)
    tab.switch_page("views/documents.py")
    return run(tab)


def add(tab: AppTest, *files: tuple[str, bytes], everyone: bool = False) -> AppTest:
    tab.file_uploader(key="upload").set_value([(name, content, "text/plain") for name, content in files])
    if everyone:
        tab.button_group(key="upload-who").set_value("workspace")
    return click(tab, "upload-send")


def held(house: House) -> list[Held]:
    return house.documents.list(house.viewer)


def test_an_empty_page_says_what_can_be_added_and_how_large(page: Page) -> None:
    tab = open_documents(page)
    assert "45 MB each" in shown(tab)
    assert "Nothing has been added yet" in shown(tab)


def test_an_added_document_is_told_listed_and_found_by_what_it_says(page: Page, house: House) -> None:
    tab = add(open_documents(page), ("porto.md", NOTES))
    assert "Added: 1 passage" in shown(tab)
    (entry,) = held(house)
    assert (entry.title, entry.file_name, entry.visibility) == ("Porto notes", "porto.md", "me")
    assert "only you find it" in shown(tab)
    tab.text_input(key="document-words").set_value("who do new people wait for?")
    run(tab)
    assert "waits four months for a call partner" in shown(tab)


def test_several_files_at_once_each_have_their_outcome(page: Page, house: House) -> None:
    add(open_documents(page), ("porto.md", NOTES), ("old.txt", b"one plan for the north"))
    tab = add(
        open_documents(page),
        ("porto.md", NOTES),
        ("old.txt", b"another plan for the south"),
        ("new.txt", b"a third one"),
        ("broken.pdf", b"no pdf at all"),
        ("empty.md", b"  \n"),
    )
    told = shown(tab)
    assert "Already here, unchanged" in told
    for part in (
        "Replaced: 1 passage",
        "Added: 1 passage",
        "Left out: It is no PDF",
        "Left out: It is empty",
    ):
        assert part in told
    assert {entry.file_name for entry in held(house)} == {"porto.md", "old.txt", "new.txt"}


def test_a_broken_new_version_leaves_the_old_one_as_it_was(page: Page, house: House) -> None:
    written, stream = docx.Document(), io.BytesIO()
    written.add_paragraph("The first version")
    written.save(stream)
    add(open_documents(page), ("plan.docx", stream.getvalue()))
    tab = add(open_documents(page), ("plan.docx", b"broken"))
    assert "Left out" in shown(tab)
    (entry,) = held(house)
    assert Path(entry.source).read_bytes() == stream.getvalue()


def test_what_is_taken_out_is_no_longer_found_and_comes_back_on_undo(page: Page, house: House) -> None:
    tab = add(open_documents(page), ("porto.md", NOTES), everyone=True)
    click(tab, next(str(button.key) for button in tab.button if str(button.key).startswith("remove-")))
    assert held(house) == []
    assert "Taken out: Porto notes" in shown(tab)
    click(tab, "undo-remove")
    (entry,) = held(house)
    assert (entry.title, entry.visibility) == ("Porto notes", "workspace")


def test_others_see_what_is_shared_and_not_what_is_private_and_can_remove_neither(
    page: Page, house: House
) -> None:
    add(open_documents(page), ("mine.md", b"# Mine\n\nOnly for me to read"))
    add(open_documents(page), ("ours.md", b"# Ours\n\nFor everyone to read"), everyone=True)
    other = next(person for person in house.people.list() if person.id != house.viewer.person_id)
    tab = open_documents(page, **{"as": other.id})
    assert "Ours" in shown(tab)
    assert "Mine" not in shown(tab)
    assert not any(str(button.key).startswith("remove-") for button in tab.button)
    tab.text_input(key="document-words").set_value("only for me to read")
    run(tab)
    assert "Only for me to read" not in shown(tab)


def test_adding_nothing_is_said_beside_the_button(page: Page) -> None:
    assert "Choose at least one file first" in shown(click(open_documents(page), "upload-send"))


def test_tricks_in_a_document_are_shown_as_text(page: Page) -> None:
    trick = (
        b"# <b>T</b>\n\nA buyer said <script>alert(1)</script> <img src=x onerror=alert(1)> about wards.\n"
    )
    tab = add(open_documents(page), ("<i>trick</i>.md", trick))
    tab.text_input(key="document-words").set_value("what did the buyer say about wards")
    run(tab)
    html = shown(tab)
    for part in ("<script", "<img", "<b>T", "<i>trick"):
        assert part not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
