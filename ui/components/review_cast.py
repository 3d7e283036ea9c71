"""Who is who: the role of each speaker, and, where the transcript does not say, who spoke which line."""

from collections import Counter
from html import escape

import pandas as pd
import streamlit as st

from assistant.bootstrap import House
from assistant.records import ReviewRecord
from assistant.review.transcript import UNKNOWN, Transcript, Turn
from knowledge.store.access import Viewer
from ui.components.review_shelf import open_review
from ui.components.words import ROLE_NAMES
from ui.session import session, value_of

_ROLES = ["learning-executive", "sales-vp", "coach", ""]
_SAMPLE_WORDS = 24


def show_cast(house: House, viewer: Viewer, record: ReviewRecord) -> None:
    """The speakers with a first guess; nothing is reviewed before somebody has said who is who."""
    st.title("Who is who?", anchor=False)
    for warning in record.transcript.warnings:
        st.html(f'<p class="cp-quiet">{escape(warning)}</p>')
    if record.transcript.unattributed:
        _by_hand(house, viewer, record)
        return
    st.html(
        '<p class="cp-lead">A first guess from names, titles and what they speak of. Put right what is wrong.</p>'
    )
    sizes = Counter[str]()
    for turn in record.transcript.turns:
        sizes[turn.speaker] += len(turn.text.split())
    for at, (name, words) in enumerate(sizes.most_common()):
        _speaker(record, at, name, words)
    names = [name for name, _ in sizes.most_common()]
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Show the review",
            key="cast-save",
            type="primary",
            on_click=_save,
            args=(house, viewer, record, names),
        )
        st.button("Back", key="cast-back", type="tertiary", on_click=open_review, args=(None,))


def _speaker(record: ReviewRecord, at: int, name: str, words: int) -> None:
    own = [turn.text for turn in record.transcript.turns if turn.speaker == name]
    sample = max(own, key=lambda text: min(len(text.split()), _SAMPLE_WORDS)).split()
    shown = " ".join(sample[:_SAMPLE_WORDS]) + (" …" if len(sample) > _SAMPLE_WORDS else "")
    with st.container(key=f"cast-{record.id}-{at}", border=True, gap="xsmall"):
        st.html(
            f'<p class="cp-held" dir="auto">{escape(name)}</p>'
            f'<p class="cp-quiet" dir="auto">{len(own)} turns, {words:,} words. “{escape(shown)}”</p>'
        )
        st.segmented_control(
            f"Role of {name}",
            _ROLES,
            key=f"role-{record.id}-{at}",
            default=record.roles.get(name) or "",
            format_func=lambda role: ROLE_NAMES.get(role, "Somebody else"),
            required=True,
            label_visibility="collapsed",
        )


def _save(house: House, viewer: Viewer, record: ReviewRecord, names: list[str]) -> None:
    roles = {name: value_of(f"role-{record.id}-{at}") or None for at, name in enumerate(names)}
    house.reviews.cast(viewer, record.id, roles)
    session().review.casting = False


def _by_hand(house: House, viewer: Viewer, record: ReviewRecord) -> None:
    """A table of lines; two people usually take turns, so that is what it begins with."""
    st.html(
        '<p class="cp-lead">This transcript does not say who spoke, and that is not guessed. Name the two, then put right '
        "the lines where they did not simply take turns.</p>"
    )
    left, right = st.columns(2)
    first = left.text_input("First voice", "Speaker 1", key=f"voice-a-{record.id}").strip() or "Speaker 1"
    second = right.text_input("Second voice", "Speaker 2", key=f"voice-b-{record.id}").strip() or "Speaker 2"
    rows = pd.DataFrame(
        {"Who": ["first" if at % 2 == 0 else "second" for at in range(len(record.transcript.turns))],
         "Line": [turn.text for turn in record.transcript.turns]}
    )  # fmt: skip
    edited = st.data_editor(
        rows, key=f"lines-{record.id}", hide_index=True, width="stretch", height=420,
        disabled=[] if record.transcript.format == "recording" else ["Line"],
        column_config={
            "Who": st.column_config.SelectboxColumn(
                options=["first", "second", "nobody of them"], required=True, width="small"
            )
        },
    )  # fmt: skip
    names = {"first": first, "second": second, "nobody of them": UNKNOWN}
    speakers = {
        turn.id: names[str(who)] for turn, who in zip(record.transcript.turns, edited["Who"], strict=True)
    }
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Go on",
            key="cast-lines",
            type="primary",
            on_click=_assign,
            args=(
                house,
                viewer,
                record,
                speakers,
                dict(zip(speakers, map(str, edited["Line"]), strict=True)),
            ),
        )
        st.button("Back", key="cast-back", type="tertiary", on_click=open_review, args=(None,))


def _assign(
    house: House, viewer: Viewer, record: ReviewRecord, speakers: dict[str, str], texts: dict[str, str]
) -> None:
    turns = tuple(
        Turn(turn.id, speakers[turn.id], texts[turn.id], turn.start, turn.end)
        for turn in record.transcript.turns
    )
    guessed = house.who_is_who(Transcript(record.transcript.file, record.transcript.format, turns))
    house.reviews.cast(viewer, record.id, guessed.roles, speakers, texts)
    session().review.casting = True
