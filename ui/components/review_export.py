"""A review to hand over: Word or PDF, made when it is asked for."""

from functools import partial

import streamlit as st

from assistant.bootstrap import House
from assistant.records import ReviewRecord
from assistant.review.export import export_review
from assistant.review.review import Review
from knowledge.store.access import Viewer
from ui.components.richtext import file_name


def export_buttons(house: House, viewer: Viewer, record: ReviewRecord, review: Review) -> None:
    """Two buttons; the document is made on the press."""

    def made(kind: str) -> bytes:
        from assistant.documents.review_docx import review_docx
        from assistant.documents.review_pdf import review_pdf

        comments = [
            (each.turn_id, each.quote, each.text)
            for each in house.reviews.comments(viewer, record.id)
            if not each.resolved and each.shared_with
        ]
        export = export_review(
            review, title=record.title, held=record.created_at.astimezone(),
            judged=house.reviews.judgements(viewer, record.id), comments=comments,
        )  # fmt: skip
        return review_docx(export) if kind == "docx" else review_pdf(export)

    for kind, label in (("docx", "Word"), ("pdf", "PDF")):
        st.download_button(
            label, partial(made, kind), file_name(record.title, kind), key=f"review-{kind}",
            type="tertiary", icon=":material/download:", on_click="ignore",
            help="Comments that you shared are in it; those that only you see stay out.",
        )  # fmt: skip
