"""The chat model in words: what it is, what goes to it, and a trial of the connection."""

from html import escape
from urllib.parse import urlsplit

import streamlit as st

from assistant.bootstrap import House
from assistant.connection import try_out
from assistant.errors import CounterpartError
from assistant.settings import LOOPBACK, Settings
from ui.session import session


def model_rows(house: House) -> list[tuple[str, str]]:
    """Names and values; the key is never among them."""
    settings = house.settings
    if house.wording is None:
        return [
            ("Answers", "Put together from the playbook's own sentences, without a chat model"),
            ("Runs", "On this machine"),
        ]
    kind, _, name = settings.chat_model.partition(":")
    return [
        ("Answers", "Worded by a chat model, each sentence checked against the playbook"),
        ("Model", f"{_KINDS.get(kind, kind)}: {name}"),
        ("Runs", _where(house.wording.model.place)),
        ("Key", _key(kind, settings)),
        (
            "At most",
            f"{settings.model_seconds:g} seconds for an answer; then the one from the playbook is given",
        ),
        ("Names", "Replaced before a call" if settings.pseudonymise else "Sent as they are written"),
    ]


def leaving(house: House) -> list[str]:
    """What leaves the machine, line by line; where nothing does, that."""
    settings = house.settings
    lines = _to_the_model(house)
    if settings.embedding != "local":
        lines.append(
            f"For search, your questions and documents go to the embedding model {settings.embedding}."
        )
    if settings.otel_endpoint and house.wording is not None:
        lines.append(
            "Times, token counts and check results of each answer go to the collector that is set up; no words do."
        )
    return lines or ["Nothing. Questions, conversations, documents and stories stay here."]


def show_trial(house: House) -> None:
    """The button, and what the last trial found."""
    desk = session().settings
    st.button("Test the connection", key="model-trial", on_click=_want_trial, disabled=desk.trying)
    if desk.trying:
        with st.spinner("Waiting for the model's reply"):
            desk.works, desk.found = _tried(house)
        desk.trying = False
        st.rerun()
    if desk.found:
        style = "cp-works" if desk.works else "cp-trouble"
        st.html(f'<div class="{style}" role="status">{escape(desk.found)}</div>')


_KINDS = {
    "openai": "OpenAI",
    "azure": "Azure OpenAI",
    "openai-compatible": "a server that speaks OpenAI's protocol",
    "scripted": "replies from a file, for tests",
}


def _to_the_model(house: House) -> list[str]:
    if house.wording is None or _is_here(house.wording.model.place):
        return []
    named = (
        "Names of people and companies, and addresses, are replaced first, as far as they are recognised or listed."
        if house.settings.pseudonymise
        else "Names go as you write them; COUNTERPART_PSEUDONYMISE=1 replaces them first."
    )
    return [
        f"To {house.wording.model.place}: your question, your last four questions of the conversation, what was read "
        "off them or told of the two of you before (team, outcome, number, date), up to eight passages of the playbook "
        "and the answer composed from them.",
        "In a rehearsal: your line, the last few before it, and the one that was drafted for your counterpart.",
        named,
        "Not sent: stories, documents, transcripts, other conversations, and what the coach declines to answer.",
    ]


def _where(place: str) -> str:
    return f"On this machine, at {place}" if _is_here(place) and "://" in place else place


def _is_here(place: str) -> bool:
    return "://" not in place or urlsplit(place).hostname in LOOPBACK


def _key(kind: str, settings: Settings) -> str:
    if kind == "scripted":
        return "None is needed"
    variable = "AZURE_OPENAI_API_KEY" if kind == "azure" else "OPENAI_API_KEY"
    key = settings.azure_openai_api_key if kind == "azure" else settings.openai_api_key
    return f"Set in {variable}; it is shown nowhere" if key else f"None is set in {variable}"


def _want_trial() -> None:
    desk = session().settings
    desk.trying, desk.found = True, ""


def _tried(house: House) -> tuple[bool, str]:
    if house.wording is None:
        return False, "No chat model is set up."
    try:
        taken = try_out(house.wording.model, seconds=house.settings.model_seconds)
    except CounterpartError as error:
        return False, error.message
    return True, f"It works: the model replied in {taken:.1f} seconds."
