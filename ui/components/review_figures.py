"""Figures of a talk with what each means, and the scorecard with a person's judgement beside the machine's."""

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from assistant.bootstrap import House
from assistant.records import ReviewRecord
from assistant.review.metrics import DEFINITIONS
from assistant.review.review import Review
from assistant.review.scorecard import Check, agreement
from assistant.review.transcript import line_name
from knowledge.store.access import Viewer
from ui.components.moves_words import COLOURS
from ui.components.review_timeline import go_to_line
from ui.components.richtext import as_label
from ui.components.words import ROLE_NAMES
from ui.session import value_of

CONTEXT = (
    "Context, never a grade. Published figures of this kind come from calls between sellers and buyers; "
    "a talk between a VP and learning is another matter."
)
_MOST_SPEAKERS = 8
_OF_EACH = {
    "turn_length_words": "Words a turn", "longest_monologue_words": "Longest", "open_questions": "Asks openly",
    "closed_questions": "Asks closed", "reflections": "Plays back",
}  # fmt: skip
_RESULTS = {"yes": "Yes", "no": "No", "not_seen": "Not seen"}


def show_figures(review: Review) -> None:
    """Tiles with their definitions behind a question mark, then language over time and who promised what."""
    st.html(f'<p class="cp-quiet">{CONTEXT}</p>')
    figures = review.metrics
    with st.container(horizontal=True, gap="small", key="figure-tiles"):
        for name, value, defined in _counts(figures):
            st.metric(name, value, help=DEFINITIONS[defined], width=196)
    _first_outcome(figures)
    _each(figures, review)
    _language(figures)
    _promises(figures)


def _each(figures: Any, review: Review) -> None:
    """Who did how much of it, the one who spoke most first."""
    ranked = sorted(figures["talk_ratio"].items(), key=lambda each: -each[1])[:_MOST_SPEAKERS]
    rows = {
        _named(name, review): [f"{share:.0%}", *(f"{own[key]:g}" for key in _OF_EACH)]
        for name, share in ranked
        for own in (figures["by_speaker"][name],)
    }
    st.subheader(
        "Who did what", anchor=False, help=" ".join(DEFINITIONS[name] for name in ("talk_ratio", *_OF_EACH))
    )
    st.table(
        pd.DataFrame.from_dict(rows, orient="index", columns=["Speaks", *_OF_EACH.values()]),
        border="horizontal",
    )


def _named(name: str, review: Review) -> str:
    role = ROLE_NAMES.get(review.roles.get(name) or "")  # type: ignore[call-overload]  # "" is no role
    return as_label(f"{name}, {role}" if role else name, limit=60)


def _counts(figures: Any) -> list[tuple[str, str, str]]:
    ratio, uptake, patience = (
        figures[name] for name in ("reflection_to_question_ratio", "uptake", "patience_seconds")
    )
    return [
        ("Longest turn", f"{figures['longest_monologue_words']} words", "longest_monologue_words"),
        ("Open questions", str(figures["open_questions"]), "open_questions"),
        ("Closed questions", str(figures["closed_questions"]), "closed_questions"),
        ("Plays back", str(figures["reflections"]), "reflections"),
        ("Plays back per question", "–" if ratio is None else f"{ratio:.2f}", "reflection_to_question_ratio"),
        ("Takes up what was said", "–" if uptake is None else f"{uptake:.0%}", "uptake"),
        ("Waits", "–" if patience is None else f"{patience:.1f} s", "patience_seconds"),
    ]


def _first_outcome(figures: Any) -> None:
    first = figures["first_outcome"]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if first is None:
            st.html('<p class="cp-quiet">Nobody said which result they want.</p>')
            return
        st.html(f"<p>{escape(first['speaker'])} named an outcome first.</p>", width="content")
        st.button(
            f"Line {line_name(first['turn_id'])}",
            key="first-outcome",
            on_click=go_to_line,
            args=(first["turn_id"],),
        )


def _language(figures: Any) -> None:
    quarters = ("First quarter", "Second", "Third", "Last quarter")
    rows = [
        {"part": part, "of": name, "turns": each[key]}
        for part, each in zip(quarters, figures["language_over_time"], strict=False)
        for name, key in (("Outcome", "outcome"), ("Project", "project"))
    ]
    if not rows:
        return
    st.subheader("Outcome and project, over the talk", anchor=False, help=DEFINITIONS["language_over_time"])
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("part:N", sort=list(quarters), title=None, axis=alt.Axis(labelAngle=0)),
            xOffset="of:N",
            y=alt.Y("turns:Q", title="Turns", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "of:N", title=None, legend=alt.Legend(orient="bottom"),
                scale=alt.Scale(
                    domain=["Outcome", "Project"], range=[COLOURS["Result and field"], COLOURS["Project, order"]]
                ),
            ),
        )
        .properties(height=180)
    )  # fmt: skip
    st.altair_chart(chart, width="stretch", key="language")


def _promises(figures: Any) -> None:
    if not figures["commitments"]:
        return
    st.subheader("Promises", anchor=False, help=DEFINITIONS["commitments"])
    for at, each in enumerate(figures["commitments"]):
        with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=False):
            day = f' <span class="cp-quiet">{escape(each["when"] or ("" if each["dated"] else "no day named"))}</span>'
            st.html(f'<p dir="auto"><strong>{escape(each["who"])}:</strong> {escape(each["what"])}{day}</p>')
            st.button(
                f"Line {line_name(each['turn_id'])}",
                key=f"said-to-do-{at}",
                type="tertiary",
                on_click=go_to_line,
                args=(each["turn_id"],),
            )


def show_scorecard(house: House, viewer: Viewer, record: ReviewRecord, review: Review) -> None:
    """Each check: what the machine saw, with its line, and your own answer, which counts."""
    own = house.reviews.judgements(viewer, record.id)
    st.html(
        f'<p class="cp-quiet">{escape(_agreed(review, own))} Your answer counts; the machine\'s is kept beside it.</p>'
    )
    for role in ("learning-executive", "sales-vp", "both"):
        st.subheader(ROLE_NAMES.get(role, "Both"), anchor=False)  # type: ignore[call-overload]  # "both" is no role
        for at, check in enumerate(review.scorecard):
            if check.role == role:
                _check(
                    partial(_judge, house, viewer, record), check, own.get(check.check), f"{record.id}-{at}"
                )


def _agreed(review: Review, own: Any) -> str:
    same, judged = agreement(review.scorecard, own)
    if not judged:
        return "You have not judged anything yet."
    return f"You and the machine agree on {same} of {judged} checks that you judged ({same / judged:.0%})."


def _check(judge: Callable[[str, str], None], check: Check, own: str | None, at: str) -> None:
    key = f"judge-{at}"
    with st.container(key=f"check-{at}", gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html(f'<p class="cp-held">{escape(check.check)}</p>', width="content")
            st.segmented_control(
                check.check, list(_RESULTS), key=key, default=own, format_func=lambda name: _RESULTS[name],
                label_visibility="collapsed", on_change=judge, args=(check.check, key),
            )  # fmt: skip
        quote = f": “{escape(check.quote)}”" if check.quote else ""
        st.html(f'<p class="cp-quiet" dir="auto">The machine: {_RESULTS[check.result].lower()}{quote}</p>')
        if check.turn_ids:
            st.button(
                f"Line {line_name(check.turn_ids[0])}",
                key=f"checked-{at}",
                type="tertiary",
                on_click=go_to_line,
                args=(check.turn_ids[0],),
            )


def _judge(house: House, viewer: Viewer, record: ReviewRecord, check: str, key: str) -> None:
    house.reviews.judge(viewer, record.id, check, value_of(key))
