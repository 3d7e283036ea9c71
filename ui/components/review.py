"""One review: the timeline, what matters first, the talk line by line, the figures and the scorecard."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.records import ReviewRecord
from assistant.review.findings import ON_TOP, Finding
from assistant.review.review import Review
from assistant.review.transcript import line_name
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.review_export import export_buttons
from ui.components.review_figures import show_figures, show_scorecard
from ui.components.review_lines import show_line, show_lines
from ui.components.review_second import show_second, show_second_made, show_second_under_way
from ui.components.review_shelf import NOTICE, open_review
from ui.components.review_timeline import go_to_line, show_timeline
from ui.components.richtext import as_label
from ui.session import session, set_value, value_of

PARTS = {"matters": "What matters", "talk": "The talk", "figures": "Figures", "card": "Scorecard"}


def show_review(house: House, viewer: Viewer, record: ReviewRecord) -> None:
    """Everything about one conversation; the open line stands at the side."""
    review = _review(house, viewer, record)
    desk = session().review
    st.title(as_label(record.title, limit=120), anchor=False)
    said = review.warnings[len(record.transcript.warnings) :]
    told = (NOTICE, *(each for each in said if each != phrase("review", "elsewhere")))
    st.html("".join(f'<p class="cp-quiet">{escape(each)}</p>' for each in told))
    if desk.said:
        st.html(f'<p class="cp-quiet" role="status">{escape(desk.said)}</p>')
    show_second_under_way(record)
    _tools(house, viewer, record, review)
    show_timeline(review, key=record.id)
    if value_of("review-part") != desk.part:
        set_value("review-part", desk.part)
    st.segmented_control(
        "Show", list(PARTS), key="review-part", format_func=lambda name: PARTS[name], required=True,
        label_visibility="collapsed", on_change=_turn_to,
    )  # fmt: skip
    if desk.part == "matters":
        _matters(review)
    elif desk.part == "talk":
        show_lines(house, viewer, record, review)
    elif desk.part == "figures":
        show_figures(review)
    else:
        show_scorecard(house, viewer, record, review)
    show_second_made(record)
    show_line(house, viewer, record, review)


def _review(house: House, viewer: Viewer, record: ReviewRecord) -> Review:
    """Made once for as long as nothing changes that it rests on."""
    desk = session().review
    made_of = (record.id, record.version, len(house.reviews.examples(viewer)))
    if desk.read is None or desk.read[0] != made_of:
        with st.spinner("Reading the talk"):
            desk.read = (made_of, house.review(viewer, record))
    return desk.read[1]


def _turn_to() -> None:
    session().review.part = value_of("review-part") or "matters"


def _tools(house: House, viewer: Viewer, record: ReviewRecord, review: Review) -> None:
    with st.container(key="review-tools", horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "All reviews",
            key="review-all",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=open_review,
            args=(None,),
        )
        st.button("Who is who", key="review-cast", type="tertiary", on_click=_cast)
        export_buttons(house, viewer, record, review)
        show_second(house, viewer, record)
        with st.popover("Title", type="tertiary"):
            st.text_input("Title", record.title, key=f"title-{record.id}", max_chars=120)
            st.button("Save", key="title-save", on_click=_rename, args=(house, viewer, record))
        if session().review.erasing:
            st.button(
                "Delete it for good, with all corrections and comments",
                key="review-erase",
                on_click=_erase,
                args=(house, viewer, record),
            )
            st.button("Keep it", key="review-keep", type="tertiary", on_click=_ask_erase, args=(False,))
        else:
            st.button("Delete", key="review-delete", type="tertiary", on_click=_ask_erase, args=(True,))


def _cast() -> None:
    session().review.casting = True


def _ask_erase(wanted: bool) -> None:
    session().review.erasing = wanted


def _erase(house: House, viewer: Viewer, record: ReviewRecord) -> None:
    house.reviews.erase(viewer, record.id)
    open_review(None, said=f"“{record.title}” is gone, with all that was drawn from it.")


def _rename(house: House, viewer: Viewer, record: ReviewRecord) -> None:
    title = value_of(f"title-{record.id}") or ""
    if title.strip():
        house.reviews.rename(viewer, record.id, title)


def _matters(review: Review) -> None:
    """At most three to practise next, what was done well, and the rest below."""
    gaps = [each for each in review.findings if each.kind == "gap"]
    good = [each for each in review.findings if each.kind == "strength"]
    moments = [each for each in review.findings if each.kind == "moment"]
    if review.elsewhere:
        st.html(f'<p class="cp-lead">{escape(phrase("review", "elsewhere"))}</p>')
        return
    if gaps:
        st.subheader("To practise next" if len(gaps) > 1 else "One thing to practise next", anchor=False)
    elif good:
        st.html('<p class="cp-lead">Nothing in it that the review would do otherwise.</p>')
    else:
        st.html('<p class="cp-lead">Nothing was found that the playbook speaks of.</p>')
    for finding in gaps[:ON_TOP]:
        _finding(finding)
    if gaps[ON_TOP:]:
        with st.expander(f"Also seen ({len(gaps[ON_TOP:])})"):
            for finding in gaps[ON_TOP:]:
                _finding(finding, small=True)
    for title, rest in (("Where it turned", moments), ("Done well", good)):
        if rest:
            st.subheader(title, anchor=False)
            for finding in rest:
                _finding(finding, small=True)


def _finding(finding: Finding, *, small: bool = False) -> None:
    with st.container(key=f"finding-{finding.kind}-{finding.id}", gap="xsmall"):
        st.html(finding_html(finding, small=small))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            for turn_id in finding.turn_ids[:3]:
                st.button(
                    f"Line {as_label(line_name(turn_id))}",
                    key=f"go-{finding.id}-{turn_id}",
                    on_click=go_to_line,
                    args=(turn_id,),
                )
            if finding.cited is not None:
                st.page_link(
                    "views/playbook.py", label=finding.cited.title, icon=":material/menu_book:",
                    query_params={"card": finding.cited.card_id}, help=finding.cited.quote,
                )  # fmt: skip


def finding_html(finding: Finding, *, small: bool = False) -> str:
    """Title, words, reason and what could have been said, as escaped HTML."""
    heading = "p" if small else "h3"
    instead = "".join(f"<li>{escape(each)}</li>" for each in finding.instead)
    offered = (
        f'<p class="cp-label">Could have been said</p><ul class="cp-spoken">{instead}</ul>' if instead else ""
    )
    return (
        f'<div class="cp-finding" dir="auto" data-turn="finding-{finding.id}">'
        f'<{heading} class="cp-finding-title">{escape(finding.title)}</{heading}>'
        f'<blockquote>“{escape(finding.quote)}” <span class="cp-quiet">{escape(finding.speaker)}</span></blockquote>'
        f'<p class="cp-quiet">{escape(finding.why)}</p>{offered}</div>'
    )
