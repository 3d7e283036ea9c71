"""What the check of a draft found: the draft with each change at its place, and what would be sent."""

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.draft.changes import LEFT, Change, blanks
from assistant.draft.check import WORDS_A_MINUTE, Checked
from assistant.records import DraftRecord
from knowledge.store.access import Viewer
from ui.components.draft_desk import delete_draft, edit_draft, open_draft
from ui.components.remembered import show_remembered
from ui.components.richtext import definition_list, file_name
from ui.session import role_or, session

_ACTS = {"take": "Take it", "leave": "Leave mine", "drop": "Leave it out", "other": "Other wording"}
_BLANK = "<mark>{}</mark>"


def show_result(house: House, viewer: Viewer, record: DraftRecord) -> None:
    """Verdict, what is in it, the changes beside the version that would be sent."""
    checked = _checked(house, record)
    st.html(f'<p class="cp-lead" role="status">{escape(checked.verdict)}</p>')
    show_remembered(house.recall(viewer, record.text).touched_by(record.text))
    with st.container(key="draft-tools", horizontal=True, gap="small"):
        st.button("Type on", key="draft-edit", icon=":material/edit:", on_click=edit_draft, args=(record,))
        st.button("Another draft", key="draft-new", type="tertiary", on_click=open_draft, args=(None,))
        if record.previous and record.previous.strip():
            st.button(
                "The text before",
                key="draft-before",
                type="tertiary",
                on_click=_go_back,
                args=(house, viewer, record),
            )
        st.button(
            "Delete",
            key="draft-delete",
            type="tertiary",
            on_click=delete_draft,
            args=(house, viewer, record.id),
        )
    with st.container(key="draft-wide"):
        left, right = st.columns([11, 9], gap="large")
        with left:
            st.subheader("Your draft", anchor=False)
            _with_changes(house, viewer, record, checked)
        with right, st.container(key="draft-result"):
            _version(house, viewer, record, checked)
            _in_it(checked)


def _checked(house: House, record: DraftRecord) -> Checked:
    """What the check says of this text; made once for as long as the tab shows it."""
    desk, made_of = session().draft, (record.text, record.role)
    if desk.read is None or desk.read[0] != made_of:
        role = role_or(record.role, "learning-executive")
        desk.read = (made_of, house.check_draft(record.text, role=role))
    return desk.read[1]


def _with_changes(house: House, viewer: Viewer, record: DraftRecord, checked: Checked) -> None:
    text, at = checked.draft.text, 0
    for change in checked.changes:
        _plain(text[at : change.start])
        _change(house, viewer, record, checked, change)
        at = change.end
    _plain(text[at:])


def _plain(text: str) -> None:
    if text.strip():
        st.html(f'<div class="cp-draft" dir="auto">{escape(text.strip(chr(10)))}</div>')


def _change(house: House, viewer: Viewer, record: DraftRecord, checked: Checked, change: Change) -> None:
    choice = min(record.choices.get(change.id, 0), len(change.options) - 1)
    choose = partial(_choose, house, viewer, record)
    with st.container(key=f"change-{'left' if choice == LEFT else 'taken'}-{change.id}", gap="xsmall"):
        st.html(_shown(change, choice))
        title, why = escape(checked.title(change.type)), escape(checked.why(change.type))
        st.html(f'<p class="cp-quiet"><strong>{title}.</strong> {why}</p>')
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if choice == LEFT:
                _button("take", change.id, 0, choose)
            else:
                _button("drop" if change.inserts else "leave", change.id, LEFT, choose)
                if len(change.options) > 1:
                    _button("other", change.id, (choice + 1) % len(change.options), choose)
            source = checked.cited[change.type]
            if source is not None:
                st.page_link(
                    "views/playbook.py", label=source.title, icon=":material/menu_book:",
                    query_params={"card": source.card_id}, help=source.quote,
                )  # fmt: skip


def _button(name: str, change_id: str, choice: int, choose: Callable[[str, int], None]) -> None:
    st.button(
        _ACTS[name], key=f"{name}-{change_id}", type="tertiary" if name == "other" else "secondary",
        on_click=choose, args=(change_id, choice),
    )  # fmt: skip


def _shown(change: Change, choice: int) -> str:
    before, new = change.before.strip(), change.options[choice].strip() if choice != LEFT else ""
    if choice == LEFT:
        kept = escape(before) if before else "Nothing is put in here."
        return f'<div class="cp-draft {"" if before else "cp-quiet"}" dir="auto">{kept}</div>'
    if before and new.startswith(before):
        return f'<div class="cp-draft" dir="auto">{escape(before)} <ins>{_marked(new[len(before) :].strip())}</ins></div>'
    struck = f'<del class="cp-draft" dir="auto">{escape(before)}</del>' if before else ""
    if not new:
        return f'<div class="cp-draft">{struck}<span class="cp-quiet">Left out.</span></div>'
    fresh = f'<ins class="cp-draft" dir="auto">{_marked(new)}</ins>'
    return f'<div class="cp-draft">{struck}{fresh}</div>'


def _marked(text: str) -> str:
    """The words with the places that are left for the writer standing out."""
    shown = escape(text)
    for blank in dict.fromkeys(blanks(text)):
        shown = shown.replace(escape(blank), _BLANK.format(escape(blank)))
    return shown


def _choose(house: House, viewer: Viewer, record: DraftRecord, change_id: str, choice: int) -> None:
    choices = {**record.choices, change_id: choice}
    house.drafts.save(viewer, record.text, role=record.role, choices=choices, draft_id=record.id)


def _version(house: House, viewer: Viewer, record: DraftRecord, checked: Checked) -> None:
    new = checked.suggested(record.choices)
    st.subheader("What you would send", anchor=False)
    st.html(f'<div class="cp-draft cp-sheet" dir="auto">{_marked(new.strip())}</div>')
    left = len(blanks(new))
    if left:
        places = "One place in brackets is" if left == 1 else f"{left} places in brackets are"
        st.html(f'<p class="cp-quiet">{places} yours to fill in. Nothing is made up for you.</p>')
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.html(
            f'<button type="button" class="cp-copy cp-button" data-text="{escape(new, quote=True)}">Copy</button>',
            width="content",
        )
        st.download_button(
            "Save as text", lambda: new, file_name(record.title, "txt"), "text/plain",
            key="draft-save", type="tertiary", on_click="ignore",
        )  # fmt: skip
        if new != record.text:
            st.button(
                "Go on with this", key="draft-adopt", type="tertiary", on_click=_adopt, args=(house, viewer, record, new)
            )  # fmt: skip


def _adopt(house: House, viewer: Viewer, record: DraftRecord, new: str) -> None:
    kept = house.drafts.save(viewer, new, role=record.role, choices={}, draft_id=record.id)
    edit_draft(kept)


def _go_back(house: House, viewer: Viewer, record: DraftRecord) -> None:
    house.drafts.save(viewer, record.previous or "", role=record.role, choices={}, draft_id=record.id)


def _in_it(checked: Checked) -> None:
    """What the reader finds in the draft as it is now, and what is good in it."""
    seconds = round(checked.draft.words / WORDS_A_MINUTE * 60 / 5) * 5
    rows = [
        ("Outcome", f"“{checked.outcome.text}”" if checked.outcome else "Not named"),
        ("One group", checked.group or "Not named"),
        ("Questions", str(checked.questions) if checked.questions else "None"),
        ("Length", f"{checked.draft.words} words, about {max(5, seconds)} seconds to read"),
    ]
    praised = [each for each in checked.findings if each.kind == "strength" and each.type != "outcome_named"]
    with st.expander("In your draft as it is", expanded=not checked.changes):
        st.html(definition_list(rows))
        for finding in praised:
            title, words, why = escape(finding.title), escape(finding.quote), escape(finding.why)
            st.html(f'<p class="cp-quiet"><strong>{title}.</strong> “{words}” {why}</p>')
