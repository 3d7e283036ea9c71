"""The stories that are there: filters and words together, and the one that is read."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.stories.search import matching
from assistant.stories.story import Story
from knowledge.store.access import Viewer
from ui.components.richtext import as_label
from ui.components.story_open import show_open
from ui.components.story_words import GRADES, RESULTS, WHO, facts, metric_names
from ui.session import session, value_of

_PAGEFUL = 25


def show_stories(house: House, viewer: Viewer) -> None:
    """The list, or what to do where it is empty."""
    stories = house.stories.list(viewer)
    _gone(house, viewer)
    if not stories:
        st.html('<p class="cp-quiet">No story has been told yet. What you keep stands here.</p>')
        return
    found = _found(house, viewer, stories)
    metrics = metric_names(house)
    several = "1 story" if len(found) == 1 else f"{len(found):,} stories"
    st.subheader(several if found else "No story fits", anchor=False)
    if not found:
        st.html('<p class="cp-quiet">Try other words, or fewer filters.</p>')
    for story in found[: session().stories.shown]:
        _entry(house, viewer, story, metrics)
    if len(found) > session().stories.shown:
        st.button("Show more", key="stories-more", type="tertiary", on_click=_more)


def _found(house: House, viewer: Viewer, stories: list[Story]) -> list[Story]:
    metrics = metric_names(house)
    words = st.text_input(
        "Find a story",
        key="story-find",
        placeholder="a story I can tell my VP about ramp",
        icon=":material/search:",
        max_chars=500,
    )
    used = sorted({story.fields.metric for story in stories if story.fields.metric})
    with st.container(key="story-filters", horizontal=True, gap="small"):
        for name, label, options in (
            ("grade", "Grade", {str(name): said for name, said in GRADES.items()}),
            ("result", "How it went", {str(name): said for name, said in RESULTS.items()}),
            ("metric", "Metric", {each: metrics.get(each, each) for each in used}),
            ("visibility", "Who sees it", {str(name): said for name, said in WHO.items()}),
        ):
            st.selectbox(
                label,
                ["", *options],
                key=f"story-filter-{name}",
                format_func={"": "All", **options}.__getitem__,
            )
    where = {
        name: str(chosen)
        for name in ("grade", "result", "metric", "visibility")
        if (chosen := value_of(f"story-filter-{name}"))
    }
    near = house.near_stories(words.strip(), viewer, k=200) if words.strip() else None
    return matching(stories, where=where, near=near, words=words.strip())


def _entry(house: House, viewer: Viewer, story: Story, metrics: dict[str, str]) -> None:
    mine = story.owner_id == viewer.person_id
    is_open = session().stories.open == story.id
    with st.container(key=f"story-{story.id}", gap="xsmall"):
        st.button(
            as_label(story.title, limit=120),
            key=f"story-read-{story.id}",
            type="tertiary",
            wrap=True,
            on_click=_toggle,
            args=(story.id,),
        )
        st.html(f'<p class="cp-quiet" dir="auto">{escape(facts(story, metrics=metrics, mine=mine))}</p>')
        if is_open:
            show_open(house, viewer, story)


def _toggle(story_id: str) -> None:
    session().stories.open = None if session().stories.open == story_id else story_id


def _more() -> None:
    session().stories.shown += _PAGEFUL


def _gone(house: House, viewer: Viewer) -> None:
    gone = session().stories.gone
    if gone is None:
        return
    with st.container(
        key="story-gone", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.caption(f"Taken out: {as_label(gone[1], limit=60)}")
        with st.container(horizontal=True, width="content"):
            st.button(
                "Undo",
                key="story-back-again",
                type="tertiary",
                on_click=_restore,
                args=(house, viewer, gone[0]),
            )
            st.button(
                "Delete for good",
                key="story-erase",
                type="tertiary",
                on_click=_erase,
                args=(house, viewer, gone[0]),
            )


def _erase(house: House, viewer: Viewer, story_id: str) -> None:
    """Out of the database and the index; nothing brings it back."""
    session().stories.gone = None
    try:
        house.stories.erase(viewer, story_id)
    except CounterpartError as error:
        st.toast(as_label(error.message, limit=300))
    else:
        st.toast("Deleted. Backups taken before still hold it.")


def _restore(house: House, viewer: Viewer, story_id: str) -> None:
    session().stories.gone = None
    try:
        house.stories.restore(viewer, story_id)
    except CounterpartError as error:
        st.toast(as_label(error.message, limit=300))
