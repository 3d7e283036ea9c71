"""The talk line by line, with its moves as quiet marks; and the open line, to correct and to comment on."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.moves.utterance import NAMED
from assistant.records import ReviewComment, ReviewRecord
from assistant.review.marks import Line
from assistant.review.review import Review
from assistant.review.seen import passage
from assistant.review.signals import tells_story
from assistant.review.transcript import clock, line_name
from knowledge.store.access import Viewer
from ui.components.moves_words import COLOURS, MOVE_NAMES, kind_of
from ui.components.rehearsal_from_talk import practise_from
from ui.components.story_capture import begin
from ui.components.unsent import drop_words, keep_words
from ui.session import session, value_of

PAGE = 120
_FEW_WORDS = 4
_PANEL_WORDS = 60
_ALL = "All"


def show_lines(house: House, viewer: Viewer, record: ReviewRecord, review: Review) -> None:
    """The filters, and at most 120 lines at once."""
    remarks = {each.turn_id for each in house.reviews.comments(viewer, record.id) if not each.resolved}
    lines = _filtered(review, remarks)
    desk = session().review
    ids = [line.id for line in lines]
    if desk.bring and (wanted := desk.bring.split("/")[0]) in ids:
        desk.first = ids.index(wanted) // PAGE * PAGE
    desk.first = min(desk.first, max(0, (len(lines) - 1) // PAGE * PAGE))
    if not lines:
        st.html('<p class="cp-quiet">No line fits that.</p>')
        return
    shown = lines[desk.first : desk.first + PAGE]
    _pager("above", len(lines))
    st.html(f'<div class="cp-talk">{"".join(_line(line, review, remarks) for line in shown)}</div>')
    _pager("below", len(lines))


def _filtered(review: Review, remarks: set[str]) -> list[Line]:
    columns = st.columns(4, gap="small")
    who = columns[0].selectbox("Who", [_ALL, *review.transcript.speakers], key="filter-who")
    moves = columns[1].multiselect(
        "Does", NAMED, key="filter-moves", format_func=lambda name: MOVE_NAMES[name], placeholder="Anything"
    )
    words = columns[2].text_input("Words", key="filter-words", placeholder="Any words")
    only = columns[3].selectbox("Only", [_ALL, "Findings", "Comments", "Corrected"], key="filter-only")
    told = {turn_id for finding in review.findings for turn_id in finding.turn_ids}
    asked = words.casefold().split()
    return [
        line
        for line in review.lines
        if who in (_ALL, line.speaker)
        and (not moves or line.does(*moves))
        and all(word in line.text.casefold() for word in asked)
        and (only != "Findings" or line.id in told)
        and (only != "Comments" or line.id in remarks)
        and (only != "Corrected" or any(each.human for each in line.moves))
    ]


def _pager(where: str, count: int) -> None:
    first = session().review.first
    if count <= PAGE:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"pager-{where}"):
        st.button(
            "Earlier", key=f"earlier-{where}", disabled=first == 0, on_click=_move_to, args=(first - PAGE,)
        )
        st.html(
            f'<p class="cp-quiet">{first + 1} to {min(first + PAGE, count)} of {count}</p>', width="content"
        )
        st.button(
            "Later",
            key=f"later-{where}",
            disabled=first + PAGE >= count,
            on_click=_move_to,
            args=(first + PAGE,),
        )


def _move_to(first: int) -> None:
    session().review.first = max(0, first)


def _line(line: Line, review: Review, remarks: set[str]) -> str:
    """One line as escaped HTML; the whole of it is a link that opens it."""
    kinds = {finding.kind for finding in review.findings if line.id in finding.turn_ids}
    state = "gap" if "gap" in kinds else "strength" if "strength" in kinds else "moment" if kinds else "plain"
    ident = escape(line.id, quote=True)
    opened = " data-open" if session().review.line == line.id else ""
    time = f'<span class="cp-when">{clock(line.turn.start)}</span>' if line.turn.start is not None else ""
    note = '<span class="cp-when">commented</span>' if line.id in remarks else ""
    return (
        f'<a class="cp-line cp-line-{state}" href="#line-{ident}" id="line-{ident}" role="button"'
        f' data-line="{ident}" data-turn="{ident}"{opened}>'
        f'<span class="cp-who" dir="auto">{escape(line.speaker)}</span>'
        f'<span class="cp-when">{escape(line_name(line.id))}</span>{time}{marks_html(line)}{note}'
        f'<span class="cp-words" dir="auto">{escape(line.text)}</span></a>'
    )


def marks_html(line: Line) -> str:
    """The moves as small coloured marks; a person's own word is underlined."""
    shown = [each for each in line.moves if each.move != "other" or each.human]
    parts = [
        f'<span class="cp-move{" cp-human" if each.human else ""}">'
        f'<i style="background:{COLOURS[kind_of([each.move])]}"></i>{MOVE_NAMES[each.move]}</span>'
        for each in shown
    ]
    return f'<span class="cp-marks">{"".join(parts)}</span>' if parts else ""


def show_line(house: House, viewer: Viewer, record: ReviewRecord, review: Review) -> None:
    """The open line at the side: what it does, what was found, comments."""
    line = next((each for each in review.lines if each.id == session().review.line), None)
    if line is None:
        return
    with st.container(key="source"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html(f'<p class="cp-label">Line {escape(line_name(line.id))} {clock(line.turn.start)}</p>')
            st.button("Close", key="close-line", type="tertiary", on_click=_close, shortcut="Esc")
        st.html(
            f'<p class="cp-held" dir="auto">{escape(line.speaker)}</p>'
            f'<p class="cp-passage" dir="auto">{escape(_shown(line, review))}</p>'
        )
        for finding in review.findings:
            if line.id in finding.turn_ids:
                st.button(
                    f"{finding.title}",
                    key=f"found-{finding.id}",
                    icon=":material/flag:",
                    type="tertiary",
                    on_click=_to_finding,
                    args=(finding.id,),
                )
        words = passage(review.lines, line.place)
        if tells_story(line) or len(words.split()) >= _FEW_WORDS:
            st.button(
                "Log as a story",
                key="line-story",
                icon=":material/chat_bubble:",
                type="secondary" if tells_story(line) else "tertiary",
                on_click=_log,
                args=(words,),
            )
        st.button(
            "Practise from here", key="line-practise", icon=":material/mic:", type="tertiary",
            on_click=practise_from, args=(record, line.id),
        )  # fmt: skip
        _correct(house, viewer, record, line)
        _comments(house, viewer, record, line)


def _shown(line: Line, review: Review) -> str:
    """The line's words; of a very long one, which stands in full beside, what was quoted or how it begins."""
    words = line.text.split()
    if len(words) <= _PANEL_WORDS:
        return line.text
    quoted = next((each.quote for each in review.findings if each.turn_ids[0] == line.id), None)
    return f"… {quoted} …" if quoted else f"{' '.join(words[:_PANEL_WORDS])} …"


def _close() -> None:
    session().review.line = None


def _log(words: str) -> None:
    """Hand what was told to the page for stories, where it is masked and looked over before it is kept."""
    begin(words)
    session().go_to_stories = True


def _to_finding(finding_id: str) -> None:
    desk = session().review
    desk.part, desk.line = "matters", None
    desk.bring = f"finding-{finding_id}/{desk.bring or ''}"


def _correct(house: House, viewer: Viewer, record: ReviewRecord, line: Line) -> None:
    human = any(each.human for each in line.moves)
    key = f"moves-{record.id}-{line.id}-{record.version}"
    st.pills(
        "What it does", NAMED, selection_mode="multi", key=key, format_func=lambda name: MOVE_NAMES[name],
        default=[each.move for each in line.moves if each.move != "other"],
        on_change=_save_moves, args=(house, viewer, record, line.id, key),
    )  # fmt: skip
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        said = (
            "As you said. Similar lines are read accordingly."
            if human
            else "As the machine reads it. Press to correct it."
        )
        st.html(f'<p class="cp-quiet">{said}</p>', width="content")
        if human:
            st.button(
                "Take back",
                key="moves-back",
                type="tertiary",
                on_click=house.correct,
                args=(viewer, record, line.id, None),
            )


def _save_moves(house: House, viewer: Viewer, record: ReviewRecord, turn_id: str, key: str) -> None:
    house.correct(viewer, record, turn_id, frozenset(value_of(key) or ()))


def _comments(house: House, viewer: Viewer, record: ReviewRecord, line: Line) -> None:
    st.html('<p class="cp-label">Comments</p>')
    for each in house.reviews.comments(viewer, record.id):
        if each.turn_id == line.id:
            _comment(house, viewer, each)
    key = f"comment-{record.id}-{line.id}"
    keep_words(house, viewer, key)
    st.text_area(
        "Comment",
        key=key,
        height=90,
        max_chars=4_000,
        label_visibility="collapsed",
        placeholder="What do you want to remember, or to say?",
    )
    st.button("Add the comment", key="comment-add", on_click=_add, args=(house, viewer, record, line.id, key))


def _add(house: House, viewer: Viewer, record: ReviewRecord, turn_id: str, key: str) -> None:
    if (value_of(key) or "").strip():
        house.reviews.comment(viewer, record.id, turn_id, value_of(key))
        drop_words(house, viewer, key)


def _comment(house: House, viewer: Viewer, each: ReviewComment) -> None:
    people = {person.id: person.name for person in house.people.list() if person.id != viewer.person_id}
    place = [*people].index(each.shared_with) + 1 if each.shared_with in people else 0
    with st.container(key=f"remark-{each.id}", gap="xsmall"):
        st.html(f'<p class="{"cp-quiet" if each.resolved else ""}" dir="auto">{escape(each.text)}</p>')
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.button(
                "Open again" if each.resolved else "Resolve",
                key=f"resolve-{each.id}",
                type="tertiary",
                on_click=_settle,
                args=(house, viewer, each.id, not each.resolved),
            )
            st.button(
                "Remove",
                key=f"remove-{each.id}",
                type="tertiary",
                on_click=house.reviews.uncomment,
                args=(viewer, each.id),
            )
        st.selectbox(
"Shared with", ["", *people], key=f"share-{each.id}", index=place,
            format_func=lambda name: people.get(name, "Nobody else"), on_change=_share, args=(house, viewer, each.id),
        )  # fmt: skip


def _settle(house: House, viewer: Viewer, comment_id: str, resolved: bool) -> None:
    house.reviews.settle(viewer, comment_id, resolved=resolved)


def _share(house: House, viewer: Viewer, comment_id: str) -> None:
    house.reviews.settle(viewer, comment_id, shared_with=value_of(f"share-{comment_id}") or None)
