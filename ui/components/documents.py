"""Adding documents, what became of each file, and the list of what is there."""

from hashlib import sha256
from html import escape

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.storage.uploads import Held, Outcome, Visibility
from knowledge.store.access import Viewer
from ui.components.richtext import as_label
from ui.session import session, value_of

TYPES = ("md", "txt", "html", "docx", "pdf", "pptx")
MOST_MB = 45
_WHO: dict[Visibility, str] = {"me": "Only me", "workspace": "Everyone here"}
_RESULTS = {
    "new": "Added",
    "changed": "Replaced",
    "unchanged": "Already here, unchanged",
    "left out": "Left out",
}
_INTERRUPTED = "The page was used for something else meanwhile. Add it again."


def add_documents(house: House, viewer: Viewer) -> None:
    """The form; while files are read it says which one, and what is done so far is kept if one stops it."""
    with st.form("add-documents", clear_on_submit=True):
        st.file_uploader(
            "Add documents",
            type=list(TYPES),
            accept_multiple_files=True,
            key="upload",
            max_upload_size=MOST_MB,
        )
        st.caption(
            f"Several at once, up to {MOST_MB} MB each. A scanned PDF needs a text layer. "
            "A file of the same name replaces the one before."
        )
        st.segmented_control(
            "Who finds them",
            list(_WHO),
            key="upload-who",
            default="me",
            format_func=lambda name: _WHO[name],
            required=True,
        )
        st.form_submit_button("Add", type="primary", key="upload-send", on_click=_send)
    waiting, session().to_add = session().to_add, None
    if waiting is None:
        return
    files, who = waiting
    if not files:
        st.html('<div class="cp-trouble" role="alert">Choose at least one file first.</div>')
        return
    _take_in(house, viewer, files, who)


def _send() -> None:
    session().to_add = (list(value_of("upload") or []), value_of("upload-who") or "me")


def _take_in(house: House, viewer: Viewer, files: list[UploadedFile], who: Visibility) -> None:
    outcomes: list[Outcome] = []
    session().outcomes = outcomes
    bar = st.progress(0.0)
    try:
        for number, file in enumerate(files):
            bar.progress(number / len(files), f"Reading {as_label(file.name, limit=60)}")
            outcomes.append(_one(house, viewer, file, who))
    finally:
        outcomes += [Outcome(file.name, "left out", reason=_INTERRUPTED) for file in files[len(outcomes) :]]
        house.documents.settle()
        bar.empty()


def _one(house: House, viewer: Viewer, file: UploadedFile, who: Visibility) -> Outcome:
    try:
        return house.documents.add(viewer, file.name, file.getvalue(), visibility=who)
    except CounterpartError as error:
        return Outcome(file.name, "left out", reason=error.message)


def show_outcomes() -> None:
    """A line for each file that was added last."""
    outcomes = session().outcomes
    if not outcomes:
        return
    lines = "".join(f"<li>{_told(outcome)}</li>" for outcome in outcomes)
    with st.container(key="outcomes", border=True):
        st.html(f'<ul class="cp-outcomes" role="status">{lines}</ul>')
        st.button("Close", key="outcomes-close", type="tertiary", on_click=outcomes.clear)


def _told(outcome: Outcome) -> str:
    name = f'<span class="cp-file" dir="auto">{escape(outcome.name)}</span>'
    more = escape(outcome.reason) if outcome.reason else _count(outcome.passages, "passage")
    return f'{name}<br><span class="cp-quiet">{_RESULTS[outcome.result]}: {more}</span>'


def show_shelf(house: House, viewer: Viewer, held: list[Held]) -> None:
    """What is indexed, the newest first; what was taken out last keeps its place, with a way to bring it back."""
    gone = _taken_out(held)
    if not held and gone is None:
        st.html('<p class="cp-quiet">Nothing has been added yet. What you add stands here.</p>')
        return
    people = {person.id: person.name for person in house.people.list()}
    if held:
        st.subheader(_count(len(held), "document"), anchor=False)
    shown = sorted([*held, *([gone] if gone else [])], key=lambda each: each.updated_at, reverse=True)
    for each in shown:
        if each is gone:
            _show_gone(house, viewer, each)
        else:
            _show_held(house, viewer, each, people)


def _show_held(house: House, viewer: Viewer, held: Held, people: dict[str, str]) -> None:
    name = sha256(f"{held.collection}\n{held.source}\n{held.owner_id}".encode()).hexdigest()[:12]
    with st.container(
        key=f"held-{name}", horizontal=True, vertical_alignment="center", gap="small", wrap=False
    ):
        st.html(_entry(held, viewer, people))
        if held.owner_id == viewer.person_id:
            st.button(
                "Remove", key=f"remove-{name}", type="tertiary", on_click=_remove, args=(house, viewer, held)
            )


def _entry(held: Held, viewer: Viewer, people: dict[str, str]) -> str:
    mine = held.owner_id == viewer.person_id
    who = "everyone here finds it" if held.visibility == "workspace" else "only you find it"
    of = "" if mine else f"added by {people.get(held.owner_id, 'somebody who left')}"
    size = _count(held.passages, "passage")
    if held.documents > 1:
        size = f"{_count(held.documents, 'entry', 'entries')}, {size}"
    day = f"{held.updated_at.astimezone():%d %B %Y}".lstrip("0")
    facts = " · ".join(filter(None, (held.file_name, size, day, of, who)))
    title = held.file_name if held.documents > 1 else held.title
    return (
        f'<p class="cp-held" dir="auto">{escape(title)}</p><p class="cp-quiet" dir="auto">{escape(facts)}</p>'
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _remove(house: House, viewer: Viewer, held: Held) -> None:
    try:
        house.documents.remove(viewer, held)
    except CounterpartError as error:
        st.toast(as_label(error.message, limit=300))
        return
    session().taken_out = held


def _taken_out(held: list[Held]) -> Held | None:
    """What can be brought back; not what was added anew meanwhile."""
    gone = session().taken_out
    if gone and any((each.source, each.collection) == (gone.source, gone.collection) for each in held):
        session().taken_out = gone = None
    return gone


def _show_gone(house: House, viewer: Viewer, gone: Held) -> None:
    place = "" if house.documents.is_upload(gone) else " Its file stays where it is."
    with st.container(
        key="undo-document", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.caption(f"Taken out: {as_label(gone.title, limit=60)}.{place}")
        st.button("Undo", key="undo-remove", type="tertiary", on_click=_restore, args=(house, viewer, gone))


def _restore(house: House, viewer: Viewer, held: Held) -> None:
    session().taken_out = None
    try:
        house.documents.restore(viewer, held)
    except CounterpartError as error:
        st.toast(as_label(error.message, limit=300))
