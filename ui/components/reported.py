"""What readers reported as wrong, card by card, for whoever keeps the playbook."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from assistant.bootstrap import House
from assistant.records import Feedback
from knowledge.store.access import Viewer
from ui.components.richtext import as_label, definition_list
from ui.session import write_address


def show_reported(house: House, viewer: Viewer) -> None:
    """Every open report, under the card it is about; stories and documents come last."""
    st.title("Reported by readers", anchor=False)
    st.html(
        '<p class="cp-lead">Answers in which somebody found a source wrong, with the question that was asked. '
        "A report is settled when you say so, or when its card changes.</p>"
    )
    reports = sorted(
        house.feedback.reports(viewer), key=lambda each: (each.card_id is None, each.card_id or "")
    )
    if not reports:
        st.info("Nothing is reported. Under each answer a reader can say that a source is wrong.")
    for card_id, about in groupby(reports, key=lambda each: each.card_id):
        _heading(house, card_id)
        _list(house, viewer, list(about))


def show_reports(house: House, viewer: Viewer, card_id: str) -> None:
    """What is reported about one card, until it is dealt with."""
    if reports := house.feedback.reports(viewer, card_id=card_id):
        with st.expander(f"Reported by readers ({len(reports)})"):
            _list(house, viewer, reports)


def _heading(house: House, card_id: str | None) -> None:
    card = house.coach.cards.get(card_id or "")
    if card is None:
        name = f"A card that is gone: {card_id}" if card_id else "Stories and documents"
        st.subheader(as_label(name), anchor=False)
        return
    with st.container(key=f"card-{card.id}"):
        st.button(
            as_label(card.title),
            key=f"read-card-{card.id}",
            type="tertiary",
            on_click=_read,
            args=(card.id,),
            wrap=True,
        )


def _read(card_id: str) -> None:
    write_address(card=card_id, reports=None)


def _list(house: House, viewer: Viewer, reports: Sequence[Feedback]) -> None:
    for report in reports:
        with st.container(key=f"reported-{report.id}", border=True):
            st.html(_definition(report))
            st.button(
                "Dealt with", key=f"resolve-{report.id}", on_click=_resolve, args=(house, viewer, report.id)
            )


def _resolve(house: House, viewer: Viewer, feedback_id: str) -> None:
    house.feedback.resolve(viewer, feedback_id)
    st.toast("Settled.")


def _definition(report: Feedback) -> str:
    rows = [
        ("Asked", report.question or "The question is gone with its conversation"),
        ("Quoted", report.quote or "The passage"),
        ("Wrong with it", report.reason),
        ("When", f"{report.created_at:%d %B %Y}"),
    ]
    return definition_list(rows)
