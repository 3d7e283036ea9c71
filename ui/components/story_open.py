"""One story, read: its words, how far it can be trusted, similar ones, and what can be done with it."""

from datetime import UTC, datetime
from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.storage.stories import StoryChangedError
from assistant.stories.deliver import message, standing
from assistant.stories.log import masked_again
from assistant.stories.redact import report
from assistant.stories.story import Story, Visibility, read_fields
from knowledge.store.access import Viewer, may_change
from ui.components.richtext import as_label, definition_list, text_html
from ui.components.story_words import WHO
from ui.session import session, set_value, value_of

_EDITED = ("title", "text", "evidence", "figure", "figure_source")
_SIMILAR = 0.45
_NAMES = {
    "who": "Who was there", "buyer_words": "Buyer’s words", "did": "What we did", "came_of": "What came of it",
    "team": "Team", "region": "Region", "stage": "Stage", "tags": "Tags", "played_back": "Played back",
}  # fmt: skip


def show_open(house: House, viewer: Viewer, story: Story) -> None:
    """Everything about one story."""
    st.html(text_html(story.text, css_class="cp-passage"))
    st.html(f'<p class="cp-quiet">{escape(standing(story))}</p>')
    values = story.fields.model_dump(mode="json")
    rows = [
        (label, ", ".join(values[name]) if isinstance(values[name], list) else str(values[name]))
        for name, label in _NAMES.items()
        if values[name]
    ]
    if rows:
        st.html(definition_list(rows))
    _similar(house, viewer, story)
    with st.container(key=f"story-acts-{story.id}", horizontal=True, gap="xsmall"):
        _deliver(house, viewer, story)
        if may_change(story, viewer):
            _edit(house, viewer, story)
            st.button(
                "Take out",
                key=f"story-out-{story.id}",
                type="tertiary",
                on_click=_remove,
                args=(house, viewer, story),
            )


def _similar(house: House, viewer: Viewer, story: Story) -> None:
    near = [
        each.story
        for each in house.near_stories(f"{story.title}\n{story.text}", viewer, k=4)
        if each.story.id != story.id and each.relevance >= _SIMILAR
    ]
    if near:
        st.html('<p class="cp-label">Similar stories</p>')
        for other in near[:3]:
            st.button(
                as_label(other.title, limit=90), key=f"story-like-{story.id}-{other.id}", type="tertiary",
                wrap=True, on_click=_read, args=(other.id,),
            )  # fmt: skip


def _read(story_id: str) -> None:
    session().stories.open = story_id


def _deliver(house: House, viewer: Viewer, story: Story) -> None:
    """Three lines to send, and what came back."""
    with st.popover("Tell it to somebody", key=f"story-tell-{story.id}", type="tertiary"):
        lines = "".join(f"<p>{escape(line)}</p>" for line in message(story).splitlines())
        copy = '<button type="button" class="cp-copy" aria-label="Copy these words">Copy</button>'
        st.html(f'<div class="cp-answer"><blockquote>{lines}{copy}</blockquote></div>')
        if may_change(story, viewer):
            key = f"story-heard-{story.id}"
            if value_of(key) is None:
                set_value(key, story.fields.played_back)
            st.text_area("What was played back to you", key=key, height=80, max_chars=1_000)
            st.button(
                "Keep it", key=f"story-heard-keep-{story.id}", on_click=_heard, args=(house, viewer, story)
            )


def _heard(house: House, viewer: Viewer, story: Story) -> None:
    _change(house, viewer, story, {"played_back": value_of(f"story-heard-{story.id}") or ""}, None)


def _edit(house: House, viewer: Viewer, story: Story) -> None:
    with (
        st.popover("Change", key=f"story-change-{story.id}", type="tertiary"),
        st.form(f"story-form-{story.id}-{story.version}", border=False),
    ):
        key = f"{story.id}-{story.version}"
        for name in _EDITED:
            if value_of(f"edit-{name}-{key}") is None:
                set_value(f"edit-{name}-{key}", str(getattr(story.fields, name)))
        st.text_input("Title", key=f"edit-title-{key}", max_chars=120)
        st.text_area("Story", key=f"edit-text-{key}", height=160)
        st.text_input("Who else saw it, or the record", key=f"edit-evidence-{key}")
        st.text_input("A number that was measured", key=f"edit-figure-{key}")
        st.text_input("Where that number stands", key=f"edit-figure_source-{key}")
        st.segmented_control(
            "Who may see it", list(WHO), default=story.visibility, key=f"edit-who-{key}",
            format_func=lambda name: WHO[name], required=True,
        )  # fmt: skip
        st.form_submit_button(
            "Save", type="primary", key=f"edit-save-{key}", on_click=_edited, args=(house, viewer, story)
        )


def _edited(house: House, viewer: Viewer, story: Story) -> None:
    key = f"{story.id}-{story.version}"
    values = {name: str(value_of(f"edit-{name}-{key}") or "") for name in _EDITED}
    _change(house, viewer, story, values, value_of(f"edit-who-{key}"))


def _change(
    house: House, viewer: Viewer, story: Story, values: dict[str, str], who: Visibility | None
) -> None:
    try:
        fields, spans = masked_again(
            story.fields,
            read_fields({**story.fields.model_dump(), **values}),
            names=house.name_list(viewer),
            today=datetime.now(UTC).date(),
        )
        house.stories.change(
            viewer, story.id, fields, version=story.version, visibility=who, redactions=report(spans)
        )
    except StoryChangedError as error:
        _keep_typed(story, error.story, values)
        st.toast(
            as_label(
                f"{error.message} What stands on the page is theirs; yours is still under “Change”.",
                limit=500,
            )
        )
    except CounterpartError as error:
        st.toast(as_label(error.message, limit=300))
    else:
        count = len(spans)
        st.toast(
            f"Changed. {count} {'word was' if count == 1 else 'words were'} masked." if spans else "Changed."
        )


def _keep_typed(mine: Story, theirs: Story, values: dict[str, str]) -> None:
    """What was typed on the version before stands in the form of the one that there is now."""
    before = mine.fields.model_dump()
    for name, value in values.items():
        if value != str(before.get(name, "")):
            key = (
                f"story-heard-{mine.id}"
                if name == "played_back"
                else f"edit-{name}-{mine.id}-{theirs.version}"
            )
            set_value(key, value)


def _remove(house: House, viewer: Viewer, story: Story) -> None:
    try:
        house.stories.remove(viewer, story.id)
    except CounterpartError as error:
        st.toast(as_label(error.message, limit=300))
        return
    session().stories.gone, session().stories.open, session().stories.kept = (
        (story.id, story.title),
        None,
        None,
    )
