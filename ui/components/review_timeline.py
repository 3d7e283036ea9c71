"""The conversation as a band: who spoke how long, what each turn did, where it turned, and where the findings lie."""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from assistant.review.review import Review
from assistant.review.transcript import clock
from ui.components.moves_words import COLOURS, MOVE_NAMES, kind_of
from ui.session import session, value_of

_FINDINGS = {"gap": "Missed", "strength": "Done well", "moment": "Turned"}
_SHAPES = {"Missed": "triangle-down", "Done well": "circle", "Turned": "diamond"}
_MARKS = {"Missed": "#b5563c", "Done well": "#3f8f7f", "Turned": "#8470ad"}
_MOST_SPEAKERS = 6


def show_timeline(review: Review, *, key: str) -> None:
    """An Altair chart; a press on a turn opens its line."""
    turns, marks = _turns(review), _marks(review)
    if turns.empty:
        return
    st.altair_chart(
        _chart(turns, marks), key=f"timeline-{key}", width="stretch",
        on_select=lambda: _chosen(f"timeline-{key}"), selection_mode="line",
    )  # fmt: skip
    st.html(_legend())


def _chosen(key: str) -> None:
    picked: list[dict[str, Any]] = value_of(key)["selection"].get("line") or []
    if picked:
        go_to_line(str(picked[0]["id"]))


def go_to_line(turn_id: str) -> None:
    """Open a line in the conversation and bring it into view."""
    desk = session().review
    desk.part, desk.line = "talk", turn_id
    desk.bring = f"{turn_id}/{desk.bring or ''}"


def _turns(review: Review) -> pd.DataFrame:
    """A row a turn, as wide as it has words."""
    rows, at = [], 0
    sizes = dict.fromkeys(review.transcript.speakers, 0)
    for line in review.lines:
        sizes[line.speaker] += len(line.text.split())
    shown = sorted(sizes, key=lambda name: -sizes[name])[:_MOST_SPEAKERS]
    for line in review.lines:
        words = max(1, len(line.text.split()))
        moves = [each.move for each in line.moves]
        if line.speaker in shown:
            rows.append({
                "id": line.id, "who": line.speaker, "start": at, "end": at + words, "kind": kind_of(moves),
                "does": ", ".join(MOVE_NAMES[move] for move in moves), "time": clock(line.turn.start),
                "said": " ".join(line.text.split()[:16]),
            })  # fmt: skip
        at += words
    return pd.DataFrame(rows)


def _marks(review: Review) -> pd.DataFrame:
    places, at = {}, 0
    for line in review.lines:
        size = max(1, len(line.text.split()))
        places[line.id] = at + size / 2
        at += size
    rows = [
        {
            "id": finding.turn_ids[0], "at": places[finding.turn_ids[0]],
            "what": finding.title, "sort": _FINDINGS[finding.kind],
        }
        for finding in review.findings
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["id", "at", "what", "sort"])


def _chart(turns: pd.DataFrame, marks: pd.DataFrame) -> alt.LayerChart:
    pick = alt.selection_point(name="line", fields=["id"], on="click")
    kinds = [name for name in _FINDINGS.values() if name in set(marks["sort"])]
    rows = [*turns["who"].unique(), *kinds]
    across = alt.Scale(domain=[0, int(turns["end"].max())], nice=False)
    axis = alt.Axis(labelLimit=84, ticks=False, domain=False)
    bars = (
        alt.Chart(turns)
        .mark_bar(height=26)
        .encode(
            x=alt.X("start:Q", scale=across, axis=None), x2="end:Q",
            y=alt.Y("who:N", title=None, sort=rows, scale=alt.Scale(domain=rows), axis=axis),
            color=alt.Color("kind:N", legend=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))),
            opacity=alt.condition(pick, alt.value(1), alt.value(0.55), empty=True),
            tooltip=[
                alt.Tooltip(f"{name}:N", title=title)
                for name, title in (("who", "Who"), ("time", "At"), ("does", "Does"), ("said", "Words"))
            ],
        )
        .add_params(pick)
    )  # fmt: skip
    notes = (
        alt.Chart(marks)
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            x=alt.X("at:Q", scale=across, axis=None),
            y=alt.Y("sort:N", title=None, sort=rows, scale=alt.Scale(domain=rows), axis=axis),
            shape=alt.Shape(
                "sort:N", legend=None, scale=alt.Scale(domain=kinds, range=[_SHAPES[name] for name in kinds])
            ),
            color=alt.Color(
                "sort:N", legend=None, scale=alt.Scale(domain=kinds, range=[_MARKS[name] for name in kinds])
            ),
            tooltip=[alt.Tooltip("sort:N", title=" "), alt.Tooltip("what:N", title="What")],
        )
        .add_params(pick)
    )  # fmt: skip
    chart: alt.LayerChart = (
        alt.layer(bars, notes)
        .resolve_scale(color="independent", shape="independent")
        .properties(height=30 * len(rows))
        .configure_view(strokeWidth=0)
        .configure_axis(grid=False)
    )
    return chart


def _legend() -> str:
    parts = [
        f'<span class="cp-move"><i style="background:{colour}"></i>{kind}</span>'
        for kind, colour in COLOURS.items()
    ]
    return f'<p class="cp-marks">{"".join(parts)}</p>'
