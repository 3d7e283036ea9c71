"""A coach's view of the pairs that asked them in: what was shared, promises kept, the mirror, where it is stuck."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.home.home import Watched
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.pilots.acts import today
from ui.components.richtext import definition_list
from ui.session import session, value_of


def show_watched(house: House, viewer: Viewer) -> bool:
    """Every pair of this coach that shared something; False where there is none."""
    pairs = [
        house.watched(house.between(viewer, pair.id, today=today())) for pair in house.pairs.pairs(viewer)
    ]
    shown = [each for each in pairs if each.shared or each.open or each.mirror or each.kept or each.broken]
    if not shown:
        return False
    show_top()
    st.title("Your pairs", anchor=False)
    st.html(
        '<p class="cp-lead">Only what the two shared. For their work together, never for a judgement of either.</p>'
    )
    for each in shown:
        with st.container(key=f"watched-{each.pair_id}", border=True):
            _pair(house, viewer, each)
    return True


def show_top() -> None:
    """Where the page begins: one with a chat input would open at its end."""
    st.html('<div class="cp-turn" data-turn="waits"></div>')
    session().newest = "waits"


def _pair(house: House, viewer: Viewer, watched: Watched) -> None:
    st.subheader(" and ".join(name[:1].upper() + name[1:] for name in watched.names), anchor=False)
    facts = [
        (
            "Promises",
            f"{watched.kept} kept, {watched.broken} not, {watched.moved} moved, {len(watched.open)} open",
        )
    ]
    if watched.mirror:
        facts += [
            ("Learning writes", f"“{watched.mirror.learning.words}”"),
            ("The VP writes", f"“{watched.mirror.vp.words}”"),
        ]
    st.html(definition_list(facts))
    lines = [*watched.stuck, *(f"{each.who}: {each.what} ({each.when})" for each in watched.open)]
    for at, line in enumerate(dict.fromkeys(lines)):
        _line(house, viewer, watched.pair_id, at, line, stuck=at < len(watched.stuck))
    if watched.shared:
        rows = "".join(
            f'<p class="cp-quiet" dir="auto">{escape(f"{day:%d %b}".lstrip("0"))} · {escape(words)}</p>'
            for _, words, day in watched.shared
        )
        with st.expander(f"What they shared ({len(watched.shared)})"):
            st.html(rows)
    if session().home.trouble.get("assign"):
        st.html(f'<div class="cp-trouble" role="alert">{escape(session().home.trouble["assign"])}</div>')


def _line(house: House, viewer: Viewer, pair_id: str, at: int, line: str, *, stuck: bool) -> None:
    """From any line a question or a rehearsal is given to the two."""
    with st.container(
        key=f"watched-line-{pair_id}-{at}",
        horizontal=True,
        gap="small",
        vertical_alignment="center",
        wrap=False,
    ):
        st.html(f'<p class="{"cp-held" if stuck else "cp-quiet"}" dir="auto">{escape(line)}</p>')
        with st.popover("Give them", key=f"watched-give-{pair_id}-{at}"):
            st.text_area("In your words", key=f"watched-words-{pair_id}-{at}", value=line, height=80)
            for name, label in (("question", "As a question"), ("rehearsal", "To rehearse")):
                st.button(
                    label,
                    key=f"watched-{name}-{pair_id}-{at}",
                    on_click=_assign,
                    args=(house, viewer, pair_id, at, name),
                )


def _assign(house: House, viewer: Viewer, pair_id: str, at: int, name: str) -> None:
    words = str(value_of(f"watched-words-{pair_id}-{at}") or "").strip()
    if not words:
        session().home.trouble["assign"] = "Say it in a line."
        return
    text = phrase("home", f"assign-{name}", **{"question" if name == "question" else "what": words})
    try:
        house.assign(viewer, pair_id, text, on=today())
        session().home.trouble.pop("assign", None)
    except CounterpartError as error:
        session().home.trouble["assign"] = error.message
