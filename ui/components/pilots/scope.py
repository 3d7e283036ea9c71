"""The scope: every field saved as it is typed, its problems beside it with fixes to take, and what the numbers can show."""

from html import escape
from zlib import crc32

import streamlit as st

from assistant.pilots.checks import Problem, check
from assistant.pilots.days import show_date
from assistant.pilots.edit import edited
from assistant.pilots.fields import CHAPTERS, Field, shown
from assistant.pilots.fill import from_pattern
from assistant.pilots.learnt import pattern_notes
from assistant.pilots.model import Approval, Pilot
from knowledge.cards import Card
from knowledge.principles import PRINCIPLES
from ui.components.pilots.acts import Desk, desk_state, go, today, without_stale_yes
from ui.components.pilots.power import show_power
from ui.components.richtext import as_label
from ui.session import set_value, value_of


def show_scope(desk: Desk) -> None:
    """Fields by chapter, with what is wrong beside each."""
    problems = check(desk.pilot, measures=desk.house.measures, today=today(), pattern=_pattern(desk))
    _verdict(desk, problems)
    placed: list[Problem] = []
    for title, fields in CHAPTERS.items():
        mine = [each for each in problems if _place(each, fields)]
        placed += mine
        count = f" ({len(mine)} to mend)" if mine else ""
        with st.expander(
            title + count,
            expanded=bool(mine) or title == "Outcome",
            key=f"pilot-part-{title}",
        ):
            for field in fields:
                _field(desk, field, [each for each in mine if _place(each, (field,))])
    for each in problems:
        if each not in placed:
            _problem(desk, each)
    show_power(desk)
    _tasks(desk)
    _yes(desk)


def _place(problem: Problem, fields: tuple[Field, ...]) -> bool:
    """Whether a problem belongs to one of these fields; of a part as a whole, to its first one."""
    name = problem.field.split("[")[0]
    return any(field.name == name or field.name in _FIRST.get(name, ()) for field in fields)


_FIRST = {"comparison": ("comparison.name",), "rules": ("rules.stop",), "outcome.what": ("outcome.metric",), "outcome": ("outcome.metric",),
          "group": ("group.name",), "leading": ("leading",)}  # fmt: skip


def _verdict(desk: Desk, problems: list[Problem]) -> None:
    if not problems:
        st.html(
            '<p class="cp-notice" role="status">Ready: nothing here would keep it from giving a plain answer.</p>'
        )
    else:
        count = f"{len(problems)} things" if len(problems) > 1 else "One thing"
        st.html(
            f'<p class="cp-quiet">{count} would keep it from giving a plain answer. Each stands beside its field, with a fix.</p>'
        )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if len(problems) > 1:
            st.button("Take every fix", key="pilot-fix-all", on_click=_fix, args=(desk, problems))
        _patterns(desk)
    others = [each.pilot for each in desk.house.pilots.list(desk.viewer) if each.id != desk.record.id]
    for line in pattern_notes(others, desk.pilot.pattern):
        st.html(f'<p class="cp-quiet">{escape(line)}</p>')
    undo = desk_state().undo
    if undo is not None and undo[0] == desk.record.id:
        with st.container(key="pilot-undo", horizontal=True, vertical_alignment="center"):
            st.caption(as_label(undo[3]))
            st.button("Undo", key="pilot-take-back", type="tertiary", on_click=desk.take_back)


def _patterns(desk: Desk) -> None:
    cards = {card.id: card for card in desk.house.playbook.cards if card.kind == "pilot"}
    st.selectbox("Fill what is empty from a pattern", list(cards), index=None, key="pilot-pattern", label_visibility="collapsed",
                 placeholder="Fill what is empty from a pattern", format_func=lambda name: cards[name].title,
                 on_change=_patterned, args=(desk, cards))  # fmt: skip


def _patterned(desk: Desk, cards: dict[str, Card]) -> None:
    chosen = cards.get(str(value_of("pilot-pattern") or ""))
    if chosen is not None:
        desk.change(lambda pilot: from_pattern(pilot, chosen, measures=desk.house.measures, today=today()),
                    f"Filled from “{chosen.title}”", undo=True)  # fmt: skip
        set_value("pilot-pattern", None)


def _pattern(desk: Desk) -> Card | None:
    return next((each for each in desk.house.playbook.cards if each.id == desk.pilot.pattern), None)


def _field(desk: Desk, field: Field, problems: list[Problem]) -> None:
    key, state = f"pilot-field-{field.name}", desk_state()
    stands = shown(desk.pilot, field, desk.house.measures)
    failed = state.errors.get(field.name)
    if failed is None and (state.drawn.get(key) != stands or value_of(key) is None):
        set_value(key, stands)
    state.drawn[key] = stands
    wide = field.kind in {"area", "lines", "parts", "dates"}
    if wide:
        st.text_area(
            field.label,
            key=key,
            help=field.help or None,
            on_change=desk.save,
            args=(field.name, key),
            height=90,
        )
    else:
        st.text_input(
            field.label, key=key, help=field.help or None, on_change=desk.save, args=(field.name, key)
        )
    if failed:
        st.html(f'<div class="cp-trouble" role="alert">{escape(failed)}</div>')
    for problem in problems:
        _problem(desk, problem)


def _problem(desk: Desk, problem: Problem) -> None:
    key = f"{problem.id}-{crc32((problem.field + problem.message).encode()):08x}"  # one check may find the same thing twice
    with st.container(key=f"pilot-problem-{key}", gap="xxsmall"):
        st.html(
            f'<p class="cp-problem">{escape(problem.message)} <span class="cp-quiet">{escape(PRINCIPLES[problem.principle].name)}</span></p>'
        )
        st.button(as_label(problem.fix), key=f"pilot-fix-{key}", icon=":material/build:", wrap=True,
                  on_click=_fix, args=(desk, [problem]))  # fmt: skip


def _fix(desk: Desk, problems: list[Problem]) -> None:
    def change(pilot: Pilot) -> Pilot:
        fixed = pilot
        for problem in problems:
            fixed = edited(fixed, problem.change)
        return without_stale_yes(pilot, fixed, desk.side)

    name = "Took every fix" if len(problems) > 1 else f"Took the fix: {problems[0].id.replace('-', ' ')}"
    desk.change(change, name, undo=True)


def _tasks(desk: Desk) -> None:
    tasks = desk.pilot.tasks
    if not tasks:
        return
    st.subheader("To find out", anchor=False)
    for at, task in enumerate(tasks):
        key = f"pilot-task-{at}"
        if value_of(key) != task.done:
            set_value(key, task.done)
        st.checkbox(as_label(f"{task.what} ({task.owner or 'nobody yet'}, by {show_date(task.due)})", limit=300), key=key,
                    on_change=_tick, args=(desk, at, key))  # fmt: skip


def _tick(desk: Desk, at: int, key: str) -> None:
    done = bool(value_of(key))
    desk.change(
        lambda pilot: edited(pilot, {f"tasks[{at + 1}].done": done}), "Done" if done else "Open again"
    )


def _yes(desk: Desk) -> None:
    """Both say yes; each for themselves."""
    st.subheader("Both say yes", anchor=False)
    pilot = desk.pilot
    for field, role, name in (
        ("sponsor", "sales-vp", pilot.sponsor or "The VP"),
        ("learning_owner", "learning-executive", pilot.learning_owner or "Learning"),
    ):
        approval = getattr(pilot.approvals, field)
        with st.container(key=f"pilot-yes-{field}", horizontal=True, vertical_alignment="center"):
            if approval is not None:
                st.html(
                    f'<p class="cp-notice">{escape(approval.name)} said yes on {show_date(approval.on)}.</p>'
                )
            elif desk.side == role:
                st.button(
                    "I say yes to this",
                    key=f"pilot-agree-{field}",
                    type="primary",
                    on_click=_agree,
                    args=(desk, field),
                )
            else:
                st.html(f'<p class="cp-quiet">{escape(name)} has not said yes yet.</p>')
    if pilot.approvals.sponsor and pilot.approvals.learning_owner:
        st.button("To the check-ins", key="pilot-to-check-ins", on_click=go, args=("Check-ins",))


def _agree(desk: Desk, field: str) -> None:
    mine = Approval(name=desk.name, on=today())

    def change(pilot: Pilot) -> Pilot:
        return pilot.model_copy(update={"approvals": pilot.approvals.model_copy(update={field: mine})})

    desk.change(change, f"{desk.name} said yes")
