"""Where a transcript is dropped in, and the conversations that were reviewed."""

from collections.abc import Callable
from html import escape
from io import BytesIO

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError, InputRefusedError
from assistant.records import ReviewRecord
from assistant.review.recordings import RECORDED, draft_of, is_recording
from assistant.review.transcript import Transcript
from knowledge.store.access import Viewer
from ui.components.review_trend import show_trend
from ui.components.richtext import as_label
from ui.components.unsent import drop_words, keep_words
from ui.session import ReviewDesk, session, set_value, value_of, write_address

LEAD = (
    "Drop in the transcript of a meeting between a VP and learning. You see what each line did, "
    "where it turned, and three things to practise next."
)
NOTICE = "For learning, not for employment decisions. Only you see it, and deleting it removes all that was drawn from it."
DEAF = (
    "A recording can be dropped in too, once pip install -e '.[audio]' was run in Counterpart's folder; until then take the "
    "transcript that the meeting's program writes."
)
TYPES = ["vtt", "srt", "sbv", "docx", "txt", "md", "json", "csv", "log"]
MOST_MB = 30


def show_shelf(house: House, viewer: Viewer) -> None:
    """Take a transcript in; below, what was shared with one, and what there is."""
    st.title("Review a talk", anchor=False)
    st.html(f'<p class="cp-lead">{LEAD}</p><p class="cp-quiet">{NOTICE}</p>')
    _take_in(house, viewer)
    _shared(house, viewer)
    held = house.reviews.list(viewer)
    if session().review.said:
        st.html(f'<p class="cp-quiet" role="status">{escape(session().review.said or "")}</p>')
    if not held:
        st.html('<p class="cp-quiet">Nothing has been reviewed yet. What you review stands here.</p>')
        return
    st.subheader("Reviewed", anchor=False)
    for record in held:
        _entry(record)
    if len(held) > 1:
        show_trend(house, viewer, held)


def open_review(review_id: str | None, **desk: str) -> None:
    """Look at this conversation, or at the shelf."""
    session().review = ReviewDesk(review_id=review_id, **desk)  # type: ignore[arg-type]  # only texts are given
    write_address(r=review_id)


def _take_in(house: House, viewer: Viewer) -> None:
    uploaded = value_of("review-generation") or 0
    types = [*TYPES, *(RECORDED if house.transcriber else ())]
    st.file_uploader(
        "A transcript", type=types, key=f"review-file-{uploaded}", max_upload_size=MOST_MB,
        help="Zoom, Teams, Google Meet, Otter, Gong, Fireflies, subtitles, chats, plain text",
    )  # fmt: skip
    if not house.transcriber:
        st.html(f'<p class="cp-quiet">{escape(DEAF)}</p>')
    keep_words(house, viewer, "review-text")
    st.text_area(
        "or paste it", key="review-text", height=140,
        placeholder="Dana: I need a course by month end.\nInes: What should be different afterwards?",
    )  # fmt: skip
    if session().review.trouble:
        st.html(f'<div class="cp-trouble" role="alert">{escape(session().review.trouble or "")}</div>')
    st.button("Review it", key="review-send", type="primary", on_click=_send, args=(house, viewer))


def _send(house: House, viewer: Viewer) -> None:
    from assistant.review.readers import read_transcript

    generation = value_of("review-generation") or 0
    file, pasted = value_of(f"review-file-{generation}"), (value_of("review-text") or "").strip()
    desk = session().review
    if file is None and not pasted:
        desk.trouble = "Choose a file or paste the words first."
        return
    name, content = (file.name, file.getvalue()) if file is not None else ("Pasted talk.txt", pasted.encode())
    try:
        transcript = _heard(house, name, content) if is_recording(name) else read_transcript(name, content)
        record = house.reviews.add(viewer, transcript, house.who_is_who(transcript).roles)
        if file is None and not transcript.unattributed:
            house.reviews.rename(viewer, record.id, " and ".join(transcript.speakers[:2]))
    except CounterpartError as error:
        desk.trouble = error.message
        return
    set_value("review-generation", generation + 1)
    drop_words(house, viewer, "review-text")
    open_review(record.id)


def _heard(house: House, name: str, content: bytes) -> Transcript:
    """A draft of what is said in a recording; the sound itself is not kept."""
    if house.transcriber is None:
        raise InputRefusedError(f"{name} is a recording, and nothing here can listen")
    with st.spinner("Listening: a minute of talk takes a few seconds"):
        told = draft_of(name, house.transcriber.transcribe(BytesIO(content)))
    if not told.turns:
        raise InputRefusedError(
            f"Nobody speaks in {name}", next_step="Look whether it is the right recording"
        )
    return told


def _shared(house: House, viewer: Viewer) -> None:
    comments = house.reviews.shared(viewer)
    if not comments:
        return
    people = {person.id: person.name for person in house.people.list()}
    st.subheader("Shared with you", anchor=False)
    for each in comments:
        who = escape(people.get(each.by, "Somebody"))
        st.html(
            f'<div class="cp-remark"><p class="cp-quiet">“{escape(each.quote)}”</p>'
            f'<p dir="auto"><strong>{who}:</strong> {escape(each.text)}</p></div>'
        )


def _entry(record: ReviewRecord) -> None:
    with st.container(key=f"held-review-{record.id}", gap=None):
        _opener(record, lambda: open_review(record.id))
        day = f"{record.created_at.astimezone():%d %B %Y}".lstrip("0")
        who = ", ".join(record.transcript.speakers[:4])
        facts = f"{day} · {len(record.transcript.turns)} turns · {who}"
        st.html(f'<p class="cp-quiet" dir="auto">{escape(facts)}</p>')


def _opener(record: ReviewRecord, act: Callable[[], None]) -> None:
    st.button(as_label(record.title, limit=90), key=f"open-review-{record.id}", type="tertiary", on_click=act)
