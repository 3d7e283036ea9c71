"""What waits for somebody who comes back: promises with one tap each, the next meeting, the pilot, a story."""

from collections.abc import Callable
from datetime import date
from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.home.home import Home
from assistant.pair.between import Between
from assistant.pair.item import Item, Source
from assistant.pair.promises import didnt, happened, moved, reopened
from assistant.pair.speech import what_to_say
from assistant.pilots.days import show_date
from assistant.pilots.messages import felt, felt_message
from assistant.pilots.model import Side
from assistant.prepare.prepare import OpenPromise
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.asking import Ask
from ui.components.pilots.acts import open_pilot, today
from ui.components.reply import show_reply
from ui.components.tasks import show_tasks
from ui.components.watched import show_top, show_watched
from ui.session import session, value_of

_TAPS: tuple[tuple[str, str, Callable[[Item], Item]], ...] = (
    ("happened", "Happened", happened),
    ("didnt", "Didn’t", didnt),
)


def show_home(house: House, viewer: Viewer, ask: Ask) -> bool:
    """The page's upper part for somebody who has something waiting; False for a newcomer, who sees nothing of it."""
    if house.people.role_of(viewer) == "coach":
        return show_watched(house, viewer)
    try:
        between = house.between(viewer, session().pair.pair_id, today=today())
    except CounterpartError:
        return False
    found = house.home(between)
    if not found.waits:
        return False
    show_top()
    named = "" if found.name in ("learning", "your VP") else f", {found.name}"
    st.title(f"What waits{named}", anchor=False)
    _which(house, viewer, between)
    st.html(f'<p class="cp-lead">{escape(phrase("home", "minutes", minutes=str(max(1, found.minutes))))}</p>')
    with st.container(key="home", gap="medium"):
        _said(house, viewer)
        _promises(house, viewer, between, found)
        show_tasks(house, viewer, found, ask)
        _meeting(house, viewer, between, found)
        _settle(found)
        if found.mirror_line != found.settle:  # said once is enough
            _mirror(found)
        _pilot(house, viewer, between, found)
        _story(found)
        show_reply(house, viewer, between)
    return True


def _which(house: House, viewer: Viewer, between: Between) -> None:
    pairs = {pair.id: between.called(pair.other(viewer.person_id)) for pair in house.pairs.pairs(viewer)}
    if len(pairs) > 1:
        st.segmented_control(
            "With", list(pairs), key="home-pair", default=between.pair.id, format_func=lambda each: pairs[each],
            required=True, on_change=_choose,
        )  # fmt: skip


def _choose() -> None:
    session().pair.pair_id = value_of("home-pair")


def _said(house: House, viewer: Viewer) -> None:
    """What to say about the promise that was tapped last, and the way back."""
    desk = session().home
    if desk.trouble.get("promise"):
        st.html(f'<div class="cp-trouble" role="alert">{escape(desk.trouble["promise"])}</div>')
    if desk.tapped is None:
        return
    with st.container(key="home-said", horizontal=True, vertical_alignment="center"):
        words = f"Noted. You could say: {desk.said}" if desk.said else "Noted."
        st.html(f'<p class="cp-held" role="status">{escape(words)}</p>')
        st.button("Undo", key="home-undo", type="tertiary", on_click=_take_back, args=(house, viewer))


def _promises(house: House, viewer: Viewer, between: Between, found: Home) -> None:
    for each in found.promises:
        with st.container(key=f"waits-{'late' if each.late else 'open'}-{each.id}", gap="xsmall"):
            day = f" · {'was due ' if each.late else ''}{each.when}"
            st.html(
                f'<p class="cp-promise" dir="auto"><strong>{escape(each.who)}:</strong> {escape(each.what)}'
                f'<span class="cp-quiet">{escape(day)}</span></p>'
            )
            if each.say:
                st.html(f'<p class="cp-quiet" dir="auto">Say: {escape(each.say)}</p>')
            _taps(house, viewer, between, each)
    if found.more:
        st.html(f'<p class="cp-quiet">{escape(phrase("home", "more", count=str(found.more)))}</p>')


def _taps(house: House, viewer: Viewer, between: Between, promise: OpenPromise) -> None:
    with st.container(horizontal=True, gap="small"):
        for name, label, change in _TAPS:
            st.button(
                label,
                key=f"home-{name}-{promise.id}",
                on_click=_tap,
                args=(house, viewer, between, promise.id, change),
            )
        with st.popover("Moved", key=f"home-moved-{promise.id}"):
            st.date_input("To which day?", value=None, key=f"home-day-{promise.id}", min_value=today())
            st.button(
                "Keep",
                key=f"home-moved-keep-{promise.id}",
                on_click=_move,
                args=(house, viewer, between, promise.id),
            )


def _tap(
    house: House, viewer: Viewer, between: Between, item_id: str, change: Callable[[Item], Item]
) -> None:
    desk = session().home
    desk.trouble.pop("promise", None)
    try:
        kept = house.pairs.change(viewer, item_id, change, about="Said how it went")
    except CounterpartError as error:
        desk.trouble["promise"] = error.message
        return
    desk.tapped = item_id
    desk.said = what_to_say(kept, between.pair, viewer.person_id, today=today())


def _move(house: House, viewer: Viewer, between: Between, item_id: str) -> None:
    day = value_of(f"home-day-{item_id}")
    _tap(house, viewer, between, item_id, lambda item: moved(item, to=day))


def _take_back(house: House, viewer: Viewer) -> None:
    desk = session().home
    if desk.tapped:
        try:
            house.pairs.change(viewer, desk.tapped, reopened, about="Took it back")
        except CounterpartError as error:
            desk.trouble["promise"] = error.message
    desk.tapped = desk.said = None


def _meeting(house: House, viewer: Viewer, between: Between, found: Home) -> None:
    with st.container(key="home-meeting", horizontal=True, gap="small", vertical_alignment="bottom"):
        if found.meeting is None:
            st.date_input(
                phrase("home", "meeting-none", other=found.other), value=None, min_value=today(), key="home-next",
                on_change=_plan, args=(house, viewer, between.pair.id), width=260,
            )  # fmt: skip
            return
        name = "meeting-over" if found.meeting.over else "meeting-ahead"
        line = phrase("home", name, other=found.other, day=show_date(found.meeting.on))
        st.html(f'<p class="cp-held">{escape(line)}</p>')
        if found.meeting.over:
            st.page_link("views/debrief.py", label="Tell it", icon=":material/edit_calendar:")
        st.button(
            "Not any more",
            key="home-meeting-off",
            type="tertiary",
            on_click=_unplan,
            args=(house, viewer, found.meeting.id),
        )


def _settle(found: Home) -> None:
    with st.container(key="home-settle", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f'<p class="cp-held" dir="auto">{escape(phrase("home", "settle", what=found.settle))}</p>')
        st.page_link("views/prepare.py", label="Prepare", icon=":material/checklist:")
        if found.mirror_line == found.settle:
            st.page_link("views/mirror.py", label="The mirror", icon=":material/compare_arrows:")


def _plan(house: House, viewer: Viewer, pair_id: str) -> None:
    day = value_of("home-next")
    if isinstance(day, date):
        item = Item(kind="meeting", words=phrase("home", "planned"), on=day, source=Source(kind="form"))
        _try("meeting", lambda: house.pairs.add(viewer, pair_id, [item]))


def _unplan(house: House, viewer: Viewer, item_id: str) -> None:
    _try("meeting", lambda: house.pairs.forget(viewer, item_id))


def _try(where: str, act: Callable[[], object]) -> None:
    try:
        act()
        session().home.trouble.pop(where, None)
    except CounterpartError as error:
        session().home.trouble[where] = error.message


def _mirror(found: Home) -> None:
    if found.mirror in (None, "same"):
        return
    line = found.mirror_line or phrase("home", "mirror-write", other=found.other)
    with st.container(key="home-mirror", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f'<p class="cp-held">{escape(line)}</p>')
        st.page_link("views/mirror.py", label="The mirror", icon=":material/compare_arrows:")


def _pilot(house: House, viewer: Viewer, between: Between, found: Home) -> None:
    with st.container(key="home-pilot", gap="xsmall"):
        if found.pilot:
            st.html(
                f'<p class="cp-held" dir="auto">{escape(found.pilot.statement)}</p><p class="cp-quiet">{escape(found.pilot.next)}</p>'
            )
        if found.felt:
            st.html(f'<p class="cp-quiet">{escape(phrase("home", "felt", day=show_date(found.felt)))}</p>')
        with st.container(horizontal=True, gap="small"):
            if found.pilot:
                st.button("Open the pilot", key="home-open-pilot", on_click=_to_pilot, args=(found.pilot.id,))
            st.button(
                "I feel no progress",
                key="home-felt",
                type="tertiary",
                on_click=_felt,
                args=(house, viewer, between, found),
            )
        if session().home.message:
            st.text_area(
                "To send, once it is in your words",
                value=session().home.message,
                height=190,
                key="home-felt-message",
            )


def _to_pilot(pilot_id: str) -> None:
    open_pilot(pilot_id)
    session().go_to_pilots = True


def _felt(house: House, viewer: Viewer, between: Between, found: Home) -> None:
    """Kept where there is a pilot; the words to say it in any case."""
    side = "vp" if found.role == "sales-vp" else "learning"
    if found.pilot is None:
        item = Item(kind="felt", words="No progress", on=today(), who=found.role)
        _try("pilot", lambda: house.pairs.add(viewer, between.pair.id, [item]))
        session().home.message = phrase(
            "home", f"message-felt-{side}", name=between.named(between.other).capitalize()
        )
        return
    record = house.pilots.get(viewer, found.pilot.id)
    by = between.me.name
    _try(
        "pilot",
        lambda: house.pilots.update(
            viewer, record.id, lambda p: felt(p, by=by, on=today()), about="I feel no progress"
        ),
    )
    role: Side = "sales-vp" if side == "vp" else "learning-executive"
    session().home.message = felt_message(record.pilot, role, measures=house.measures)


def _story(found: Home) -> None:
    if found.story:
        with st.container(key="home-story", horizontal=True, gap="small", vertical_alignment="center"):
            st.html(f'<p class="cp-held">{escape(found.story)}</p>')
            st.page_link("views/stories.py", label="Stories", icon=":material/chat_bubble:")
