"""Telling a story: one text, then what was read from it and what will be masked, then one confirmation."""

from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.stories.duplicates import merged
from assistant.stories.log import Prepared, Suggested
from assistant.stories.redact import PLACEHOLDER, Span, Wishes
from assistant.stories.story import MAX_TEXT, Fields, Story, Teller, Visibility, read_fields
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.richtext import as_label
from ui.components.story_fields import emptied, forget_fields, said_fields, show_fields, show_read
from ui.components.story_words import PROMPTS, WHO, metric_names
from ui.components.unsent import drop_words, keep_words, put_words
from ui.session import session, set_value, value_of

_SAME = {"both": "Keep both", "link": "Keep both, and link them", "merge": "Put mine into it"}


def show_capture(house: House, viewer: Viewer) -> None:
    """The box; or, once a story was told, what will be kept of it."""
    if session().stories.text:
        _look_over(house, viewer, session().stories.text)
        return
    _kept(house, viewer)
    st.pills(
        "Start from",
        list(PROMPTS),
        key="story-prompt",
        format_func=lambda source: PROMPTS[source].name,
        label_visibility="collapsed",
    )
    chosen = PROMPTS[value_of("story-prompt") or "rep"]
    keep_words(house, viewer, "story-text")
    with st.form("tell", border=False):
        st.text_area(
            chosen.question, key="story-text", height=140, placeholder=chosen.example, max_chars=None
        )
        st.form_submit_button("Look it over", type="primary", key="story-next", on_click=_told)
    _trouble()


def begin(text: str) -> None:
    """Take words from elsewhere as a story that is being told."""
    now = session().stories
    now.text, now.source, now.trouble, now.kept = text.strip(), None, None, None
    _fresh_widgets()


def _told() -> None:
    text, now = str(value_of("story-text") or "").strip(), session().stories
    now.trouble = None
    if not text:
        now.trouble = "Write down what happened, in a sentence or two."
    elif len(text) > MAX_TEXT:
        now.trouble = (
            f"That is {len(text):,} characters; {MAX_TEXT:,} are the most. Tell one thing that happened. "
            "Your words are still in the box."
        )
    else:
        now.text, now.source, now.kept = text, value_of("story-prompt"), None
        _fresh_widgets()


def _fresh_widgets() -> None:
    for key in (
        "story-title",
        "story-metric",
        "story-who",
        "story-mask",
        "story-also",
        "story-same",
    ):
        set_value(key, None)
    set_value("story-words", "told")
    forget_fields()


def _look_over(house: House, viewer: Viewer, text: str) -> None:
    put_words(house, viewer, "story-text", text)
    plain = house.suggest_story(_fields(house, viewer, text), viewer)
    with st.container(key="story-review", border=True):
        words = _words(text, plain)
        st.html('<p class="cp-label">What will be kept</p>')
        prepared = _prepared(house, viewer, words)
        st.html(_masked_html(prepared.fields.text))
        _masks(plain.prepared.spans)
        _title_and_metric(house, prepared)
        _who(prepared)
        same = _duplicates(house, viewer, prepared)
        show_read(prepared.fields)
        _more(prepared)
        _trouble()
        with st.container(horizontal=True):
            st.button(
                "Keep it", type="primary", key="story-keep", on_click=_keep, args=(house, viewer, words, same)
            )
            st.button("Back to the text", key="story-back", type="tertiary", on_click=_back)


def _words(text: str, suggested: Suggested) -> str:
    """The text as it was told, or the tidy version where that is wanted."""
    if not suggested.tidied:
        return text
    st.segmented_control(
        "Words", ("told", "tidied"), key="story-words",
        format_func=lambda name: "As you told it" if name == "told" else "Tidied up",
        required=True,
    )  # fmt: skip
    return suggested.tidied if value_of("story-words") == "tidied" else text


def _masks(spans: tuple[Span, ...]) -> None:
    """What is masked: each can be left as it is, and another word added."""
    found = list(dict.fromkeys(span.text for span in spans))
    if found:
        if value_of("story-mask") is None:
            set_value("story-mask", found)
        st.pills(
            "Masked before it is kept; press one to leave it as it is",
            found,
            selection_mode="multi",
            key="story-mask",
            format_func=as_label,
        )
    else:
        st.caption(phrase("stories", "masked-nothing"))
    st.text_input(
        "Mask something else too",
        key="story-also",
        placeholder="A word or a name; several with commas",
        max_chars=500,
    )


def _title_and_metric(house: House, prepared: Prepared) -> None:
    metrics = metric_names(house)
    if not value_of("story-title"):
        set_value("story-title", prepared.fields.title)
    if value_of("story-metric") is None:
        set_value("story-metric", prepared.fields.metric if prepared.fields.metric in metrics else "")
    left, right = st.columns([3, 2])
    left.text_input("Title", key="story-title", max_chars=120)
    right.selectbox(
        "Metric it touches",
        ["", *metrics],
        key="story-metric",
        format_func=lambda name: metrics.get(name, "None"),
    )


def _who(prepared: Prepared) -> None:
    if value_of("story-who") is None:
        set_value("story-who", prepared.visibility)
    st.segmented_control(
        "Who may see it", list(WHO), key="story-who", format_func=lambda name: WHO[name], required=True
    )
    if prepared.private:
        st.caption(phrase("stories", "private"))


def _duplicates(house: House, viewer: Viewer, prepared: Prepared) -> Story | None:
    found = house.duplicates(prepared.fields, viewer)
    if not found:
        return None
    other = found[0][0]
    mine = other.owner_id == viewer.person_id
    st.html(
        f'<div class="cp-sheet"><p class="cp-label">Perhaps told before</p>'
        f'<p class="cp-held">{escape(other.title)}</p><p class="cp-quiet">{escape(other.text[:300])}</p></div>'
    )
    choices = list(_SAME) if mine else ["both", "link"]
    st.radio(
        "The same event?", choices, key="story-same", format_func=lambda name: _SAME[name], horizontal=True
    )
    return other


def _more(prepared: Prepared) -> None:
    with st.expander("More about it, if you like"):
        left, right = st.columns(2)
        left.text_input("Team", key="story-team", max_chars=200)
        right.text_input("Who else saw it, or the record that shows it", key="story-evidence", max_chars=200)
        left.text_input("A number that was measured", key="story-figure", max_chars=200)
        right.text_input("Where that number stands", key="story-figure-source", max_chars=200)
        show_fields(prepared.fields)
        st.checkbox("Keep what was masked, for me alone", key="story-originals")


def _fields(house: House, viewer: Viewer, text: str) -> Fields:
    values: dict[str, Any] = {
        "text": text,
        "teller": _teller(house, viewer),
        "source": session().stories.source,
    }
    return read_fields(values)


def _prepared(house: House, viewer: Viewer, words: str) -> Prepared:
    plain = house.suggest_story(_fields(house, viewer, words), viewer).prepared
    return house.suggest_story(_fields(house, viewer, words), viewer, wishes=_wishes(plain.spans)).prepared


def _wishes(spans: tuple[Span, ...]) -> Wishes:
    chosen = value_of("story-mask")
    keep = [] if chosen is None else [span.text for span in spans if span.text not in chosen]
    also = [each.strip() for each in str(value_of("story-also") or "").split(",")]
    return Wishes(keep=tuple(keep), mask=tuple(filter(None, also)))


def _keep(house: House, viewer: Viewer, words: str, same: Story | None) -> None:
    now = session().stories
    try:
        story = _kept_story(house, viewer, words, same)
    except CounterpartError as error:
        now.trouble = error.message
        return
    now.text, now.source, now.trouble = "", None, None
    now.kept = story.id
    drop_words(house, viewer, "story-text")
    set_value("story-text", "")


def _kept_story(house: House, viewer: Viewer, words: str, same: Story | None) -> Story:
    base = _fields(house, viewer, words)
    said = {
        "title": value_of("story-title") or "", "metric": value_of("story-metric") or "",
        "team": value_of("story-team") or "", "evidence": value_of("story-evidence") or "",
        "figure": value_of("story-figure") or "", "figure_source": value_of("story-figure-source") or "",
        **said_fields(),
    }  # fmt: skip
    plain = house.suggest_story(base, viewer).prepared
    visibility: Visibility | None = value_of("story-who")
    prepared = house.suggest_story(
        read_fields({**base.model_dump(), **said}), viewer, wishes=_wishes(plain.spans), visibility=visibility
    ).prepared
    prepared = replace(prepared, fields=prepared.fields.changed(**emptied()))
    choice = value_of("story-same") if same else None
    if same and choice == "merge":
        return house.stories.change(
            viewer, same.id, merged(same.fields, prepared.fields), version=same.version
        )
    story = house.stories.add(
        viewer, house.tagged(prepared), keep_originals=bool(value_of("story-originals"))
    )
    if same and choice == "link":
        house.stories.link(viewer, story.id, same.id)
    return story


def _back() -> None:
    set_value("story-text", session().stories.text)
    session().stories.text = ""


def _kept(house: House, viewer: Viewer) -> None:
    kept = session().stories.kept
    story = house.stories.by_ids(viewer, [kept]).get(kept) if kept else None
    if story is None:
        return
    with st.container(
        key="story-kept", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        ending = "For you alone." if story.visibility == "me" else "The next answer may tell it."
        st.html(f'<p role="status" class="cp-quiet">Kept: {escape(story.title)}. {ending}</p>')
        st.button("Undo", key="story-undo", type="tertiary", on_click=_undo, args=(house, viewer, story))


def _undo(house: House, viewer: Viewer, story: Story) -> None:
    try:
        house.stories.remove(viewer, story.id)
    except CounterpartError as error:
        session().stories.trouble = error.message
    else:
        session().stories.kept, session().stories.gone = None, (story.id, story.title)


def _masked_html(text: str) -> str:
    parts, at = [], 0
    for match in PLACEHOLDER.finditer(text):
        parts += [escape(text[at : match.start()]), f"<mark>{escape(match.group())}</mark>"]
        at = match.end()
    lines = "".join([*parts, escape(text[at:])]).replace("\n", "<br>")
    return f'<div class="cp-passage cp-told" dir="auto">{lines}</div>'


def _teller(house: House, viewer: Viewer) -> Teller | None:
    role = next((each.role for each in house.people.list() if each.id == viewer.person_id), "")
    tellers: dict[str, Teller] = {
        "learning-executive": "learning-executive", "sales-vp": "sales-vp", "coach": "coach",
    }  # fmt: skip
    return tellers.get(role)


def _trouble() -> None:
    if trouble := session().stories.trouble:
        st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')
