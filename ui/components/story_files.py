"""Stories from a file, looked over before they come in; and all of them as a file."""

from dataclasses import replace
from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.cli.story_files import written
from assistant.errors import CounterpartError
from assistant.stories.files import read_stories
from knowledge.store.access import Viewer
from ui.session import StoryFile, session, value_of

_MOST_MB = 20
_MIME = {
    "csv": "text/csv", "jsonl": "application/jsonl", "md": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def show_files(house: House, viewer: Viewer) -> None:
    """Import and export, folded away."""
    waiting = session().stories.file
    with st.expander("Many at once: from a file, or into one", expanded=waiting is not None):
        if waiting is None:
            _choose(house, viewer)
        elif waiting.batch:
            _done(house, viewer, waiting)
        else:
            _look_over(house, viewer, waiting)
        _export(house, viewer)


def _choose(house: House, viewer: Viewer) -> None:
    with st.form("stories-in", border=False, clear_on_submit=True):
        st.file_uploader(
            "A file of stories", type=["csv", "tsv", "jsonl", "md", "txt", "docx"], key="stories-upload",
            max_upload_size=_MOST_MB,
        )  # fmt: skip
        st.caption(
            "In a table a row is a story; in Markdown and Word a heading. You see each row before it is kept."
        )
        st.form_submit_button("Look it over", key="stories-read", on_click=_read, args=(house, viewer))


def _read(house: House, viewer: Viewer) -> None:
    upload = value_of("stories-upload")
    if upload is None:
        st.toast("Choose a file first.")
        return
    session().stories.file = _planned(house, viewer, StoryFile(upload.name, upload.getvalue(), None))


def _planned(house: House, viewer: Viewer, file: StoryFile) -> StoryFile:
    try:
        mapping = {"text": file.text_column} if file.text_column else None
        sheet = read_stories(file.name, file.content, mapping=mapping)
        return replace(file, sheet=sheet, planned=tuple(house.plan_import(sheet, viewer)), trouble=None)
    except CounterpartError as error:
        return replace(file, trouble=error.message, planned=())


def _look_over(house: House, viewer: Viewer, file: StoryFile) -> None:
    if file.trouble:
        st.html(f'<div class="cp-trouble" role="alert">{escape(file.trouble)}</div>')
    if file.sheet is not None:
        _column(house, viewer, file)
        new = sum(each.result == "new" for each in file.planned)
        st.html(_table(file))
        st.button(
            f"Bring in {new}", type="primary", key="stories-bring", disabled=not new,
            on_click=_bring, args=(house, viewer),
        )  # fmt: skip
    st.button("Leave it", key="stories-leave", type="tertiary", on_click=_leave)


def _column(house: House, viewer: Viewer, file: StoryFile) -> None:
    assert file.sheet is not None  # noqa: S101  # shown only then
    columns = list(file.sheet.columns)
    st.selectbox(
        "The story itself is in", columns, index=columns.index(file.sheet.mapping["text"]), key="stories-column",
        on_change=_other_column, args=(house, viewer),
    )  # fmt: skip


def _other_column(house: House, viewer: Viewer) -> None:
    if (file := session().stories.file) is not None:
        session().stories.file = _planned(
            house, viewer, replace(file, text_column=value_of("stories-column"))
        )


def _table(file: StoryFile) -> str:
    def told(row: object) -> str:
        return escape(str(row))

    lines = []
    for each in file.planned[:200]:
        like = f"perhaps the same as one told before ({each.alike[0][1]:.0%})" if each.alike else ""
        masked = f"{each.masked} masked" if each.masked else ""
        more = "; ".join(filter(None, (each.reason, masked, like)))
        lines.append(
            f'<li><span class="cp-file">{told(each.title)}</span><br><span class="cp-quiet">Row {each.row}: '
            f"{told(each.result)}{'. ' + told(more) if more else ''}</span></li>"
        )
    rest = len(file.planned) - len(lines)
    lines += [f'<li class="cp-quiet">and {rest:,} more rows</li>'] if rest else []
    return f'<ul class="cp-outcomes">{"".join(lines)}</ul>'


def _bring(house: House, viewer: Viewer) -> None:
    file = session().stories.file
    if file is None or file.sheet is None:
        return
    try:
        batch = house.stories.import_all(viewer, file.name, file.sheet.format, file.planned)
    except CounterpartError as error:
        session().stories.file = replace(file, trouble=error.message)
        return
    session().stories.file = replace(file, batch=batch.id)


def _done(house: House, viewer: Viewer, file: StoryFile) -> None:
    new = sum(each.result == "new" for each in file.planned)
    st.html(
        f'<p role="status">{new:,} came in from {escape(file.name)}; {len(file.planned) - new:,} did not.</p>'
    )
    with st.container(horizontal=True):
        st.button(
            "Take the whole import out again", key="stories-undo", on_click=_undo, args=(house, viewer, file)
        )
        st.button("Close", key="stories-close", type="tertiary", on_click=_leave)


def _undo(house: House, viewer: Viewer, file: StoryFile) -> None:
    try:
        count = house.stories.undo_import(viewer, file.batch or "")
    except CounterpartError as error:
        session().stories.file = replace(file, trouble=error.message)
        return
    session().stories.file = None
    st.toast(f"{count} were taken out again.")


def _leave() -> None:
    session().stories.file = None


def _export(house: House, viewer: Viewer) -> None:
    st.html('<p class="cp-label">Every story that you may see, as a file</p>')
    with st.container(key="stories-export", horizontal=True, gap="small"):
        for form, name in (("csv", "CSV"), ("docx", "Word"), ("md", "Markdown"), ("jsonl", "JSONL")):
            st.download_button(
                name, lambda form=form: written(house.stories.list(viewer), form),  # type: ignore[misc]  # bound now, called later
                file_name=f"stories.{form}", mime=_MIME[form], key=f"stories-as-{form}", on_click="ignore",
            )  # fmt: skip
