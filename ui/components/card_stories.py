"""Stories for a card: what was logged here that shows it, the best checked and newest first."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.stories.find import shown_by
from knowledge.cards import Card
from knowledge.store.access import Viewer
from ui.components.richtext import as_label
from ui.components.story_words import facts, metric_names
from ui.session import session

_MOST = 5


def show_card_stories(house: House, viewer: Viewer, card: Card) -> None:
    """Up to five of them, each a press away; or where to tell one."""
    found = shown_by(card.id, house.stories.list(viewer))
    st.html('<p class="cp-label">Stories for this card</p>')
    if not found:
        st.html(
            '<p class="cp-quiet">None was logged yet. What you have seen of it would help the next answer.</p>'
        )
        st.button("Tell one", key="card-story-tell", type="tertiary", on_click=_go, args=(None,))
        return
    metrics = metric_names(house)
    for story in found[:_MOST]:
        st.button(
            as_label(story.title, limit=120), key=f"card-story-{story.id}", type="tertiary", wrap=True,
            on_click=_go, args=(story.id,),
        )  # fmt: skip
        mine = story.owner_id == viewer.person_id
        st.html(f'<p class="cp-quiet" dir="auto">{escape(facts(story, metrics=metrics, mine=mine))}</p>')
    if len(found) > _MOST:
        st.caption(f"{len(found) - _MOST} more on the page “Stories”.")


def _go(story_id: str | None) -> None:
    session().stories.open, session().go_to_stories = story_id, True
