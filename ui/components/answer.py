"""One answer on the page: the words, its sources, the pilot, and what might be asked next."""

from collections.abc import Callable
from html import escape

import streamlit as st

from assistant.advice.answer import Answer, Citation, Pilot
from assistant.advice.sources import source_title
from prompts import phrase
from ui.components.richtext import answer_html, as_label, definition_list, plain_text
from ui.session import session


def show_answer(
    answer: Answer, *, message_id: str, make_pilot: Callable[[Pilot], None] | None = None
) -> None:
    """The words with their markers, the pilot set apart with a way to begin it, then the sources by name."""
    before, listed, after = _around_pilot(answer)
    _words(before, answer, message_id)
    if answer.pilot:
        with st.container(key=f"pilot-{message_id}", border=True):
            st.markdown("##### A pilot to propose", anchors=False)
            if listed:
                _words(listed, answer, message_id)
            else:
                st.html(definition_list(_rows(answer.pilot)))
            if make_pilot is not None:
                st.button("Make it a pilot", key=f"make-pilot-{message_id}", icon=":material/flag:", on_click=make_pilot,
                          args=(answer.pilot,))  # fmt: skip
    if after:
        _words(after, answer, message_id)
    if answer.rests_on_anecdotes:
        st.html(f'<p class="cp-quiet cp-note">{escape(phrase("stories", "rests-on-anecdotes"))}</p>')
    if answer.made and answer.made.note:
        st.html(f'<p class="cp-quiet cp-note">{escape(answer.made.note)}</p>')
    if answer.remembered:
        st.page_link(
            "views/pair.py", label="Put right or forget what you told me", icon=":material/handshake:"
        )
    if answer.citations:
        _sources(answer.citations, message_id=message_id)


def _words(markdown: str, answer: Answer, message_id: str) -> None:
    st.html(answer_html(markdown, citations=answer.citations, message=message_id))


def _around_pilot(answer: Answer) -> tuple[str, str, str]:
    """The answer up to the list that spells the pilot out, that list, and the rest; without one, all is before it."""
    if answer.pilot is None or answer.pilot.stop_rule not in answer.answer:
        return answer.answer, "", ""
    blocks = answer.answer.split("\n\n")
    at = next((i for i, block in enumerate(blocks) if answer.pilot.stop_rule in block), None)
    if at is None:  # it runs over several blocks
        return answer.answer, "", ""
    return "\n\n".join(blocks[:at]), blocks[at], "\n\n".join(blocks[at + 1 :])


def show_next(answer: Answer, *, message_id: str, ask: Callable[[str], None]) -> None:
    """What one might ask next, as buttons."""
    if not answer.follow_ups:
        return
    with st.container(key=f"next-{message_id}", horizontal=True, gap="small"):
        for position, question in enumerate(answer.follow_ups):
            st.button(
                as_label(question),
                key=f"next-{message_id}-{position}",
                on_click=ask,
                args=(question,),
                wrap=True,
            )


def copy_button(answer: Answer) -> str:
    """HTML of a button that copies the answer as plain words."""
    words = escape(plain_text(answer.answer), quote=True)
    return f'<button type="button" class="cp-copy" data-text="{words}">Copy</button>'


def _sources(citations: tuple[Citation, ...], *, message_id: str) -> None:
    """A line for each card or document: its title, and a button for each marker that leads into it."""
    with st.container(key=f"sources-{message_id}", gap="xxsmall"):
        for title, group in _by_title(citations).items():
            with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
                st.html(f'<p class="cp-label">{escape(title)}</p>', width="content")
                for citation in group:
                    _source_button(citation, message_id)


def _source_button(citation: Citation, message_id: str) -> None:
    st.button(
        f"{citation.marker} {as_label(citation.section or 'Read it')}",
        key=f"source-{message_id}-{citation.marker}",
        type="secondary" if session().source == (message_id, citation.marker) else "tertiary",
        on_click=session().toggle_source,
        args=(message_id, citation.marker),
    )


def _by_title(citations: tuple[Citation, ...]) -> dict[str, list[Citation]]:
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(source_title(citation), []).append(citation)
    return groups


def _rows(pilot: Pilot) -> list[tuple[str, str]]:
    return [
        ("Group", pilot.group),
        ("Outcome", pilot.outcome),
        (
            "Behaviours",
            pilot.behaviours or "Left blank until you have asked what sellers should do differently",
        ),
        ("Cadence", pilot.cadence),
        ("Stop rule", pilot.stop_rule),
    ]
