"""What was read from a story besides its words: said in a line, and to be changed by whoever tells it."""

from datetime import UTC, datetime
from html import escape
from typing import Any, get_args

import streamlit as st

from assistant.stories.deliver import said_day
from assistant.stories.story import Fields, Segment, Stage
from ui.components.story_words import FIELDS, RESULTS
from ui.session import set_value, value_of

_CHOICES: dict[str, dict[str, str]] = {
    "result": {str(name): said for name, said in RESULTS.items()},
    "stage": {name: name.replace("-", " ").capitalize() for name in get_args(Stage)},
    "segment": {name: name.replace("-", " ").capitalize() for name in get_args(Segment)},
}
_WORDS = {"region": 200, "who": 200, "buyer_words": 1_000, "came_of": 1_000}
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(_CHOICES), **dict.fromkeys(_WORDS, ""), "happened_on": None, "tags": (), "consent": False,
}  # fmt: skip


def forget_fields() -> None:
    """Another story is told: what was chosen for the one before goes."""
    for name in _EMPTY:
        set_value(_key(name), None)


def show_read(fields: Fields) -> None:
    """One quiet line; nothing of it is demanded, and all of it can be changed below."""
    day = said_day(fields.happened_on) if fields.happened_on else ""
    chosen = [options.get(str(getattr(fields, name)), "") for name, options in _CHOICES.items()]
    said = f"“{fields.buyer_words.rstrip('.')}”" if fields.buyer_words else ""
    if facts := [each for each in (*chosen, fields.region, fields.who, day, said) if each]:
        st.html(f'<p class="cp-quiet" dir="auto">Read from it: {escape("; ".join(facts))}.</p>')


def show_fields(fields: Fields) -> None:
    """A field for each, filled with what was read."""
    if value_of(_key("region")) is None:
        _fill(fields)
    left, right = st.columns(2)
    for at, (name, options) in enumerate(_CHOICES.items()):
        (right if at % 2 else left).selectbox(
            FIELDS[name], ["", *options], key=_key(name), format_func={"": "Not said", **options}.__getitem__
        )
    right.date_input(FIELDS["happened_on"], key=_key("happened_on"), max_value=datetime.now(UTC).date())
    for at, (name, most) in enumerate(_WORDS.items()):
        (right if at % 2 else left).text_input(FIELDS[name], key=_key(name), max_chars=most)
    st.text_input(FIELDS["tags"], key=_key("tags"), placeholder="Several with commas", max_chars=300)
    st.checkbox("Those who appear in it agreed that it is told", key=_key("consent"))


def _fill(fields: Fields) -> None:
    for name in (*_CHOICES, *_WORDS):
        set_value(_key(name), getattr(fields, name) or "")
    set_value(_key("happened_on"), fields.happened_on)
    set_value(_key("tags"), ", ".join(fields.tags))
    set_value(_key("consent"), fields.consent)


def said_fields() -> dict[str, Any]:
    """What stands in the fields; without those that are empty."""
    return {name: value for name, value in _values().items() if value}


def emptied() -> dict[str, Any]:
    """The fields that stand empty, though something may be read from the text."""
    return {name: _EMPTY[name] for name, value in _values().items() if not value}


def _values() -> dict[str, Any]:
    if value_of(_key("region")) is None:
        return {}
    values = {name: value_of(_key(name)) for name in _EMPTY}
    values["tags"] = tuple(filter(None, (each.strip() for each in str(values["tags"] or "").split(","))))
    return values


def _key(name: str) -> str:
    return f"story-field-{name}"
