"""What stories say together: themes over time, the last week, and one page before a ride-along."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from assistant.bootstrap import House
from assistant.stories.brief import Brief, sections
from assistant.stories.digest import digest_markdown
from assistant.stories.story import Story
from assistant.stories.themes import OTHER, Theme
from knowledge.store.access import Viewer
from ui.components.richtext import as_label
from ui.components.story_words import facts, metric_names
from ui.session import session, value_of

_COLOURS = ("#3d8478", "#c9a45c", "#7d8fa9", "#b8694a", "#9cc4a4")  # seen on both themes
_VIEWS = {"themes": "Themes", "ride": "Before you ride along", "week": "What is new"}
_SINCE = {7: "Last seven days", 30: "Last thirty days"}
_SHOWN = 30
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show_field(house: House, viewer: Viewer) -> None:
    """One of the three, over the stories of one place or of all."""
    stories = house.stories.list(viewer)
    if not stories:
        st.html(
            '<p class="cp-quiet">No story has been told yet. Tell one, and what they have in common stands here.</p>'
        )
        st.page_link("views/stories.py", label="Tell a story", icon=":material/chat_bubble:")
        return
    st.segmented_control(
        "Show", list(_VIEWS), key="field-view", default="themes", required=True,
        format_func=lambda name: _VIEWS[name], label_visibility="collapsed",
    )  # fmt: skip
    view = value_of("field-view")
    if view == "week":
        _week(house, viewer)
        return
    where = _place(stories)
    chosen = [each for each in stories if not where or where in {each.fields.team, each.fields.region}]
    found = house.themes(chosen)
    if view == "ride":
        _ride(house.ride_brief(chosen, where))
        return
    _chart(found)
    often = [theme for theme in found if theme.key != OTHER and len(theme.stories) > 1]
    for theme in often or found:
        _theme(house, viewer, theme)
    if often and (rest := [theme for theme in found if theme not in often]):
        _rest(house, viewer, rest)


def _place(stories: Sequence[Story]) -> str:
    places = sorted({place for each in stories for place in (each.fields.team, each.fields.region) if place})
    if not places:
        return ""
    chosen = st.selectbox(
        "Team or region", ["", *places], key="field-place", format_func=lambda name: name or "Everywhere"
    )
    return str(chosen or "")


def _chart(found: Sequence[Theme]) -> None:
    """Stories by month, the largest themes apart; only where there is more than one month to compare."""
    named = [theme for theme in found if theme.key != OTHER]
    largest = sorted(named, key=lambda each: -len(each.stories))[: len(_COLOURS)]
    months = largest[0].months if largest else ()
    if len(months) < 2:
        return
    st.html('<p class="cp-label">Stories by the month they happened in, the largest themes</p>')
    with st.container(key="field-chart"):
        st.altair_chart(_bars(largest), width="stretch", key="field-months")


def _bars(largest: Sequence[Theme]) -> alt.Chart:
    rows = [
        {"month": f"{month:%b %y}", "theme": theme.title, "stories": count}
        for theme in largest
        for month, count in theme.months
    ]
    names = [theme.title for theme in largest]
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("month:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("sum(stories):Q", title="Stories", axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color(
                "theme:N", title=None, sort=names, legend=alt.Legend(orient="bottom", columns=1, labelLimit=300),
                scale=alt.Scale(domain=names, range=list(_COLOURS[: len(names)])),
            ),
            order=alt.Order("theme:N"),
            tooltip=[
                alt.Tooltip(f"{name}:{kind}", title=title)
                for name, kind, title in (("month", "N", "Month"), ("theme", "N", "Theme"), ("stories", "Q", "Stories"))
            ],
        )
        .properties(height=260)
    )  # fmt: skip
    return chart


def _theme(house: House, viewer: Viewer, theme: Theme) -> None:
    with st.container(key=f"theme-{theme.key}", border=True, gap="xsmall"):
        rising = ' <span class="cp-rising">rising</span>' if theme.rising else ""
        st.html(
            f'<p class="cp-held">{escape(theme.title)}{rising}</p><p class="cp-quiet">{escape(_counted(theme))}</p>'
        )
        if theme.quotes:
            lines = "".join(f"<li>“{escape(words)}”</li>" for words, _ in theme.quotes[:3])
            st.html(f'<ul class="cp-quotes">{lines}</ul>')
        if theme.teams:
            places = ", ".join(f"{place} {count}" for place, count in theme.teams)
            st.html(f'<p class="cp-quiet">Where: {escape(places)}</p>')
        with st.expander("Its stories"):
            _stories(house, viewer, theme)


def _rest(house: House, viewer: Viewer, found: Sequence[Theme]) -> None:
    """What was told once, or fits no theme: no pattern yet, so it stands together and closed."""
    count = sum(len(theme.stories) for theme in found)
    with st.expander(f"Told once so far, or about something else: {count:,}"):
        for theme in found:
            st.html(f'<p class="cp-label">{escape(theme.title)}</p>')
            _stories(house, viewer, theme)


def _stories(house: House, viewer: Viewer, theme: Theme) -> None:
    metrics = metric_names(house)
    for story in theme.stories[:_SHOWN]:
        _line(viewer, story, f"field-{theme.key}-{story.id}", metrics)


def _line(viewer: Viewer, story: Story, key: str, metrics: dict[str, str]) -> None:
    """One story, to be opened."""
    st.button(
        as_label(story.title, limit=100),
        key=key,
        type="tertiary",
        wrap=True,
        on_click=_open,
        args=(story.id,),
    )
    mine = story.owner_id == viewer.person_id
    st.html(f'<p class="cp-quiet">{escape(facts(story, metrics=metrics, mine=mine))}</p>')


def _counted(theme: Theme) -> str:
    several = "1 story" if len(theme.stories) == 1 else f"{len(theme.stories)} stories"
    parts = [
        several,
        f"{theme.wins} won" if theme.wins else "",
        f"{theme.failures} lost" if theme.failures else "",
        f"{theme.recent} in the last four weeks, {theme.before} in the four before"
        if theme.recent or theme.before
        else "none in the last eight weeks",
    ]
    return " · ".join(filter(None, parts))


def _open(story_id: str) -> None:
    session().stories.open, session().go_to_stories = story_id, True


def _ride(brief: Brief) -> None:
    with st.container(key="field-paper"):
        where = f": {brief.where}" if brief.where else ""
        st.html(f'<p class="cp-paper-title">Before you ride along{escape(where)}</p>')
        st.html(f'<p class="cp-note">{escape(brief.lead)}</p>')
        parts = [
            f"<h2>{escape(heading)}</h2><ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
            for heading, items in sections(brief)
        ]
        st.html(f'<div class="cp-card">{"".join(parts)}</div>')
        st.caption(as_label(brief.basis, limit=300))
    st.download_button(
        "Take it along (Word)", lambda: _docx(brief), file_name="before-you-ride-along.docx", mime=_DOCX,
        key="brief-docx", on_click="ignore",
    )  # fmt: skip


def _docx(brief: Brief) -> bytes:
    from assistant.documents.stories import brief_docx

    return brief_docx(brief)


def _week(house: House, viewer: Viewer) -> None:
    st.segmented_control(
        "Since", list(_SINCE), key="field-since", default=7, required=True, format_func=_SINCE.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    days = int(value_of("field-since") or 7)
    found = house.story_digest(viewer, datetime.now(UTC).date() - timedelta(days=days))
    lately = _SINCE[days].lower()
    if not found.stories:
        st.html(f'<p class="cp-quiet">Nothing was logged in the {lately}.</p>')
        return
    several = "1 story was" if len(found.stories) == 1 else f"{len(found.stories):,} stories were"
    st.html(f"<p>{several} logged in the {lately}{escape(_about(house.themes(found.stories)))}.</p>")
    for pilot, stories in found.pilots:
        lines = "".join(f"<li>{escape(story.title)}</li>" for story in stories[:8])
        st.html(f'<div class="cp-card"><h2>Fits the pilot “{escape(pilot.title)}”</h2><ul>{lines}</ul></div>')
    st.html('<div class="cp-card"><h2>Logged</h2></div>')
    metrics = metric_names(house)
    for story in found.stories[:_SHOWN]:
        _line(viewer, story, f"week-{story.id}", metrics)
    if (rest := len(found.stories) - _SHOWN) > 0:
        st.html(f'<p class="cp-quiet">and {rest:,} more, on the page for stories</p>')
    st.download_button(
        "Take it along (text)", lambda: digest_markdown(found), file_name="stories-logged.md",
        mime="text/markdown", key="week-md", on_click="ignore",
    )  # fmt: skip


def _about(found: Sequence[Theme]) -> str:
    """What most of them are about."""
    most = sorted((theme for theme in found if theme.key != OTHER), key=lambda each: -len(each.stories))[:3]
    told = [f"{theme.title} ({len(theme.stories)})" for theme in most if len(theme.stories) > 1]
    return f"; most told: {', '.join(told)}" if told else ""
