"""Stories from a file, looked over before they come in; and all of them as a file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.cli.story_files import written
from assistant.errors import CounterpartError
from assistant.stories.deliver import said_day
from assistant.stories.files import Sheet, read_stories
from assistant.stories.importing import Planned
from assistant.stories.redact import Wishes
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.richtext import as_label
from ui.components.story_words import FIELDS, GRADES, RESULTS, WHO
from ui.session import StoryFile, session, value_of

_MOST_MB, _MOST_ROWS, _MOST_COLUMNS = 20, 200, 40
_MIME = {
    "csv": "text/csv", "jsonl": "application/jsonl", "md": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def show_files(house: House, viewer: Viewer) -> None:
    """Import and export, folded away; or the file that is looked over, or just came in."""
    waiting = session().stories.file
    if waiting is not None:
        with st.container(key="stories-file", border=True):
            (_done if waiting.batch else _look_over)(house, viewer, waiting)
        return
    with st.expander("Many at once: from a file, or into one"):
        _choose()
        _export(house, viewer)


def _choose() -> None:
    with st.form("stories-in", border=False, clear_on_submit=True):
        st.file_uploader(
            "A file of stories", type=["csv", "tsv", "jsonl", "md", "txt", "docx"], key="stories-upload",
            max_upload_size=_MOST_MB,
        )  # fmt: skip
        st.caption(
            "In a table a row is a story; in Markdown and Word a heading. You see each row before it is kept."
        )
        st.form_submit_button("Look it over", key="stories-read", on_click=_read)


def _read() -> None:
    upload = value_of("stories-upload")
    if upload is None:
        st.toast("Choose a file first.")
        return
    session().stories.file = StoryFile(upload.name, upload.getvalue())


def _planned(house: House, viewer: Viewer, file: StoryFile) -> StoryFile:
    """With what would become of each row; how far that is stands on the page meanwhile."""
    bar = st.progress(0.0)

    def progress(_: str, done: int, total: int) -> None:
        bar.progress(done / total, f"Reading row {done + 1:,} of {total:,}")

    try:
        sheet = read_stories(file.name, file.content, mapping=file.mapping)
        wishes = Wishes(keep=file.keep)
        planned = house.plan_import(
            sheet, viewer, wishes=wishes, visibility=file.visibility, progress=progress
        )
        return replace(file, sheet=sheet, planned=tuple(planned), trouble=None)
    except CounterpartError as error:
        return replace(file, trouble=error.message, planned=())
    finally:
        bar.empty()


def _look_over(house: House, viewer: Viewer, file: StoryFile) -> None:
    st.html(f'<p class="cp-held">{escape(file.name)}</p>')
    if file.planned is None:
        session().stories.file = file = _planned(house, viewer, file)
    if file.trouble:
        st.html(f'<div class="cp-trouble" role="alert">{escape(file.trouble)}</div>')
    if file.sheet is not None:
        _columns(file, file.sheet)
        _counted(file.planned or ())
    new = sum(each.result == "new" for each in file.planned or ())
    with st.container(horizontal=True):
        if file.sheet is not None:
            st.button(
                f"Bring in {new:,}", type="primary", key="stories-bring", disabled=not new,
                on_click=_bring, args=(house, viewer),
            )  # fmt: skip
        st.button("Leave it", key="stories-leave", type="tertiary", on_click=_leave)
    if file.planned:
        st.html(_table(file.planned))


def _columns(file: StoryFile, sheet: Sheet) -> None:
    """What each column is, to be said otherwise; and who may see the stories."""
    held = {column: field for field, column in sheet.mapping.items()}
    read = ", ".join(
        f"{FIELDS[held[name]].lower()} from “{name}”"
        for name in sheet.columns[:_MOST_COLUMNS]
        if name in held
    )
    st.html(f'<p class="cp-quiet" dir="auto">Read: {escape(read)}.</p>')
    with (
        st.expander(
            "Columns, and who may see these stories", expanded=bool({*sheet.ignored} - {"grade", "created"})
        ),
        st.form("stories-columns", border=False),
    ):
        places = st.columns(2)
        for at, name in enumerate(sheet.columns[:_MOST_COLUMNS]):
            options = ["", *FIELDS]
            places[at % 2].selectbox(
                as_label(name, limit=60), options, index=options.index(held.get(name, "")), key=f"stories-column-{at}",
                format_func=lambda field: FIELDS.get(field, "Left aside"),
            )  # fmt: skip
        _masks(file)
        st.segmented_control(
            "Who may see them", ["", *WHO], key="stories-who", default=file.visibility or "", required=True,
            format_func=lambda name: WHO.get(name, "As each says"),
        )  # fmt: skip
        st.form_submit_button("Look again", key="stories-again", on_click=_again, args=(sheet,))


def _masks(file: StoryFile) -> None:
    """Every word that is masked in any of the stories; each can be left as it is."""
    spans = [span for each in file.planned or () if each.prepared for span in each.prepared.spans]
    found = list(dict.fromkeys([*(span.text for span in spans), *file.keep]))[:_MOST_ROWS]
    if found:
        st.pills(
            "Masked before anything is kept; press one to leave it as it is", found, selection_mode="multi",
            key=f"stories-mask-{len(found)}", default=[word for word in found if word not in file.keep],
            format_func=as_label,
        )  # fmt: skip
    else:
        st.caption(phrase("stories", "masked-nothing"))


def _kept_words(file: StoryFile) -> tuple[str, ...]:
    spans = [span.text for each in file.planned or () if each.prepared for span in each.prepared.spans]
    found = list(dict.fromkeys([*spans, *file.keep]))[:_MOST_ROWS]
    masked = value_of(f"stories-mask-{len(found)}")
    return tuple(word for word in found if word not in masked) if masked is not None else file.keep


def _again(sheet: Sheet) -> None:
    """Read the file with the columns as they were chosen; nothing is kept by that."""
    file = session().stories.file
    chosen = {
        field: name
        for at, name in enumerate(sheet.columns[:_MOST_COLUMNS])
        if (field := value_of(f"stories-column-{at}"))
    }
    if file is None:
        return
    if "text" not in chosen:
        session().stories.file = replace(
            file, trouble="Say which column holds the story itself. Nothing was changed."
        )
        return
    unsaid = dict.fromkeys(FIELDS, "")
    session().stories.file = replace(
        file,
        mapping=unsaid | chosen,
        visibility=value_of("stories-who") or None,
        keep=_kept_words(file),
        planned=None,
        trouble=None,
    )


def _counted(planned: Sequence[Planned]) -> None:
    counts = Counter(each.result for each in planned)
    said = ", ".join(
        f"{counts[name]:,} {name}" for name in ("new", "already here", "left out") if counts[name]
    )
    st.html(f'<p role="status">{escape(said)}.</p>')


def _table(planned: Sequence[Planned]) -> str:
    """What would become of each row: those that are left out first, since that is what somebody can mend."""

    def told(row: object) -> str:
        return escape(str(row))

    lines = []
    for each in sorted(planned, key=lambda each: each.result != "left out")[:_MOST_ROWS]:
        like = f"perhaps the same as one told before ({each.alike[0][1]:.0%})" if each.alike else ""
        masked = f"{each.masked} masked" if each.masked else ""
        more = "; ".join(filter(None, (each.reason, _read_as(each), masked, like)))
        title = f'<span class="cp-file">{told(each.title)}</span><br>' if each.title else ""
        lines.append(
            f'<li>{title}<span class="cp-quiet">Row {each.row}: '
            f"{told(each.result)}{'. ' + told(more) if more else ''}</span></li>"
        )
    rest = len(planned) - len(lines)
    lines += [f'<li class="cp-quiet">and {rest:,} more rows</li>'] if rest else []
    return f'<ul class="cp-outcomes">{"".join(lines)}</ul>'


def _read_as(row: Planned) -> str:
    """What was read of a row besides its words, so that a wrong column is seen."""
    if row.prepared is None:
        return ""
    fields = row.prepared.fields
    day = said_day(fields.happened_on) if fields.happened_on else ""
    facts = (
        RESULTS[fields.result] if fields.result else "",
        fields.team or fields.region,
        day,
        GRADES[fields.grade],
    )
    return ", ".join([*filter(None, facts), WHO[row.prepared.visibility].lower()])


def _bring(house: House, viewer: Viewer) -> None:
    file = session().stories.file
    if file is None or file.sheet is None:
        return
    try:
        batch = house.stories.import_all(viewer, file.name, file.sheet.format, file.planned or ())
    except CounterpartError as error:
        session().stories.file = replace(file, trouble=error.message)
        return
    session().stories.file = replace(file, batch=batch.id, trouble=None)


def _done(house: House, viewer: Viewer, file: StoryFile) -> None:
    new = sum(each.result == "new" for each in file.planned or ())
    rest = len(file.planned or ()) - new
    others = f" {rest:,} did not; each says why." if rest else ""
    st.html(f'<p role="status">{new:,} came in from {escape(file.name)}.{others}</p>')
    if rest:
        st.html(_table([each for each in file.planned or () if each.result != "new"]))
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
