"""Two talks side by side, and many over time."""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from assistant.bootstrap import House
from assistant.records import ReviewRecord
from assistant.review.review import Review
from knowledge.store.access import Viewer
from ui.components.richtext import as_label
from ui.session import session

_MOST = 12
_DRAWN = {
    "To practise": "#b5563c",
    "Done well": "#3f8f7f",
    "Open questions": "#5b87b5",
    "Plays back": "#8470ad",
}


def show_trend(house: House, viewer: Viewer, held: list[ReviewRecord]) -> None:
    """Compare, when asked to: reading a talk takes a second or two, so nothing is read unasked."""
    known = {each.id: each for each in held if each.cast}
    if len(known) < 2:
        return
    st.subheader("Compare", anchor=False)
    names = _names(list(known.values()))
    chosen = st.multiselect(
        "Talks to set side by side", list(known), key="compare", max_selections=_MOST,
        format_func=lambda review_id: names[review_id], placeholder="Choose two or more",
    )  # fmt: skip
    if len(chosen) < 2:
        st.html('<p class="cp-quiet">Two stand side by side; more become a line over time.</p>')
        return
    records = sorted((known[name] for name in chosen), key=lambda each: each.created_at)
    reviews = [(each, _review(house, viewer, each)) for each in records]
    st.table(_table(reviews), border="horizontal")
    if len(reviews) > 2:
        st.altair_chart(_line(reviews), width="stretch", key="trend")


def _names(records: list[ReviewRecord]) -> dict[str, str]:
    """A name for each talk that no other has: a list of choices shows equal names once."""
    found: dict[str, str] = {}
    for each in sorted(records, key=lambda record: record.created_at):
        day = f"{each.created_at.astimezone():%d %b}".lstrip("0")
        name = f"{as_label(each.title, limit=50)}, {day}"
        times = sum(given.split(" (")[0] == name for given in found.values())
        found[each.id] = f"{name} ({times + 1})" if times else name
    return found


def _review(house: House, viewer: Viewer, record: ReviewRecord) -> Review:
    desk = session().review
    made_of = (record.id, record.version, len(house.reviews.examples(viewer)))
    known = desk.compared.get(made_of)
    if known is None:
        with st.spinner(f"Reading “{as_label(record.title, limit=50)}”"):
            known = desk.compared[made_of] = house.review(viewer, record)
    return known


def _figures(review: Review) -> dict[str, Any]:
    figures = review.metrics
    learning = sum(
        share
        for name, share in figures["talk_ratio"].items()
        if review.roles.get(name) == "learning-executive"
    )
    kinds = [finding.kind for finding in review.findings]
    return {
        "Learning speaks, per cent": round(100 * learning),
        "Open questions": figures["open_questions"],
        "Plays back": figures["reflections"],
        "Longest turn, words": figures["longest_monologue_words"],
        "Turns on outcomes": sum(each["outcome"] for each in figures["language_over_time"]),
        "Turns on projects": sum(each["project"] for each in figures["language_over_time"]),
        "Promises with a day": sum(each["dated"] for each in figures["commitments"]),
        "To practise": kinds.count("gap"),
        "Done well": kinds.count("strength"),
    }


def _table(reviews: list[tuple[ReviewRecord, Review]]) -> pd.DataFrame:
    columns = {
        f"{at}. {as_label(record.title, limit=60)}": _figures(review)
        for at, (record, review) in enumerate(reviews, start=1)
    }
    titles = {
        finding.type: finding.title
        for _, review in reviews
        for finding in review.findings
        if finding.kind == "gap"
    }
    for at, (record, review) in enumerate(reviews, start=1):
        seen = {finding.type for finding in review.findings}
        columns[f"{at}. {as_label(record.title, limit=60)}"] |= {
            title: "seen" if kind in seen else "" for kind, title in titles.items()
        }
    return pd.DataFrame(columns).astype(str)


def _line(reviews: list[tuple[ReviewRecord, Review]]) -> alt.Chart:
    rows = [
        {"talk": f"{at}. {record.title}", "what": name, "count": figures[name]}
        for at, (record, figures) in enumerate(
            ((each, _figures(review)) for each, review in reviews), start=1
        )
        for name in _DRAWN
    ]
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("talk:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, labelLimit=120)),
            y=alt.Y("count:Q", title=None),
            color=alt.Color(
                "what:N", title=None, legend=alt.Legend(orient="bottom"),
                scale=alt.Scale(domain=list(_DRAWN), range=list(_DRAWN.values())),
            ),
            tooltip=[
                alt.Tooltip(f"{name}:N", title=title)
                for name, title in (("talk", "Talk"), ("what", " "), ("count", "Count"))
            ],
        )
        .properties(height=220)
    )  # fmt: skip
    return chart
