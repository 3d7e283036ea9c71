"""Writing a meeting of one's own: every field in a form, checked and previewed, kept as a file like the shipped ones."""

import re
from collections.abc import Callable
from html import escape
from typing import Any, get_args

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.rehearsal.advisory import advice_on
from assistant.rehearsal.drafting import Tree, another, as_yaml, blank, tree_of
from assistant.rehearsal.files import faults_in, read_scenario
from assistant.rehearsal.scenario import CHAIRS, KINDS, Manner, Scenario
from knowledge.principles import PRINCIPLES
from ui.components.rehearsal_desk import choose
from ui.components.richtext import as_label
from ui.session import session, set_value, value_of

Path = tuple[str | int, ...]
_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": KINDS, "seat": CHAIRS, "manner": get_args(Manner), "outcome": ("agreed", "good_ending"),
    "role": ("sales-vp", "learning-leader"), "known_by": ("counterpart", "learner"),
}  # fmt: skip
_LONG = frozenset({"brief", "persona", "text", "description", "practise"})
_PARTS = {
    "counterpart": "Who sits opposite", "stakes": "What is at stake", "number": "The number",
    "agenda": "What they want themselves",
    "facts": "What they know, at three depths", "objections": "Doubts",
    "asides": "What else may be said to them, and their reply", "concern": "What is not said",
    "endings": "Good endings", "bad_endings": "Endings that come to nothing", "levels": "Levels",
}  # fmt: skip
_MORE = {
    "facts": "Add a topic",
    "objections": "Add a doubt",
    "agenda": "Add something they want",
    "asides": "Add a reply",
}
_AT = "meeting-form"


def show_start(house: House) -> None:
    """The way into the form: an empty meeting, or one there is as a pattern."""
    with st.expander("Write a meeting of your own", key="own-meeting"):
        scenarios = {each.id: each for each in house.room.scenarios.all()}
        pattern = st.selectbox(
            "Start from", ["", *scenarios], key="own-meeting-from",
            format_func=lambda name: scenarios[name].title if name in scenarios else "An empty meeting",
        )  # fmt: skip
        st.button(
            "Open the form", key="own-meeting-open", on_click=_begin, args=(scenarios.get(str(pattern)),)
        )


def _begin(scenario: Scenario | None) -> None:
    chair = session().rehearsal.chair
    tree = (
        blank("sales-vp" if chair == "sales-vp" else "learning-executive")
        if scenario is None
        else tree_of(scenario)
    )
    if scenario is not None:
        tree |= {"id": f"{scenario.id}-own", "kind": "custom"}
    open_form(tree)


def open_form(tree: Tree) -> None:
    """Edit this draft."""
    desk = session().rehearsal
    desk.form, desk.form_faults, desk.form_no, desk.form_part = tree, {}, desk.form_no + 1, ""


def show_form(house: House) -> None:
    """Every field of the draft, what is wrong beside it, and what it would look like."""
    desk = session().rehearsal
    tree = desk.form
    if tree is None:
        return
    st.button("All meetings", key="form-back", type="tertiary", icon=":material/arrow_back:", on_click=_leave)
    st.title("A meeting of your own", anchor=False)
    st.html(
        '<p class="cp-lead">One line of speech per row. Leave the title of a part empty to leave it out.</p>'
    )
    for name, value in tree.items():
        if name in _PARTS:
            _part(name, value)
        else:
            _field((name,), value)
    if said := desk.form_faults.get(""):
        st.html(f'<div class="cp-trouble" role="alert">{escape(said)}</div>')
    elif desk.form_faults:
        st.html('<div class="cp-trouble" role="alert">Some fields need another look; each says why.</div>')
    with st.container(key="form-acts", horizontal=True, gap="small"):
        st.button("Check", key="form-check", on_click=_check)
        st.button("Keep this meeting", key="form-keep", type="primary", on_click=_keep, args=(house,))
    if desk.form_seen is not None:
        _preview(desk.form_seen)


def _part(name: str, value: Any) -> None:
    wrong = any(path.split(".")[0] == name for path in session().rehearsal.form_faults)
    shown = wrong or session().rehearsal.form_part == name
    with st.expander(_PARTS[name] + (" (needs another look)" if wrong else ""), expanded=shown):
        _fields((name,), value)
        if name in _MORE:
            st.button(
                _MORE[name], key=f"form-more-{name}", icon=":material/add:", on_click=_add, args=(name,)
            )


def _add(name: str) -> None:
    """One more of this part, with nothing in it; what was typed stays."""
    tree = session().rehearsal.form
    assert tree is not None  # noqa: S101  # the button stands in the form
    tree = _read((), tree)
    named = {str(each.get("topic", each.get("id"))) for each in tree[name]}
    free = next(f"{name}-{at}" for at in range(1, len(named) + 2) if f"{name}-{at}" not in named)
    tree[name].append(another(tree[name], free))
    open_form(tree)
    session().rehearsal.form_part = name


def _fields(path: Path, value: Any) -> None:
    """A field for each leaf below `path`."""
    if isinstance(value, dict):
        for name, below in value.items():
            _fields((*path, name), below)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for at, below in enumerate(value):
            st.html(f'<p class="cp-label">{at + 1}</p>')
            _fields((*path, at), below)
    else:
        _field(path, value)


def _field(path: Path, value: Any) -> None:
    name, key = str(path[-1]), _key(path)
    label = name.replace("_", " ").capitalize()
    if value_of(key) is None:
        set_value(key, _shown(value))
    if name in _CHOICES:
        st.selectbox(label, _CHOICES[name], key=key)
    elif name == "principles":
        st.multiselect(label, list(PRINCIPLES), key=key, format_func=lambda each: PRINCIPLES[each].name)
    elif isinstance(value, list) or name in _LONG:
        st.text_area(label, key=key)
    else:
        st.text_input(label, key=key)
    if said := session().rehearsal.form_faults.get(".".join(map(str, path))):
        st.html(f'<p class="cp-field-error" role="alert">{escape(said)}</p>')


def _key(path: Path) -> str:
    return f"{_AT}-{session().rehearsal.form_no}-" + "-".join(map(str, path))


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return "\n".join(map(str, value)) if not _of_principles(value) else value
    return "" if value is None else str(value)


def _of_principles(value: list[Any]) -> bool:
    return bool(value) and all(each in PRINCIPLES for each in value)


def _read(path: Path, value: Any) -> Any:
    """The draft with what was typed, in the shape that it had; parts without a title or a name are left out."""
    if isinstance(value, dict):
        return {name: _read((*path, name), below) for name, below in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        found = [_read((*path, at), below) for at, below in enumerate(value)]
        return [
            each for each in found if str(each.get("title", each.get("id", each.get("to") or ""))).strip()
        ]
    typed = value_of(_key(path))
    if typed is None:
        return value
    if isinstance(typed, list):
        return list(typed)
    return _typed(value, str(typed).strip())


def _typed(value: Any, typed: str) -> Any:
    if isinstance(value, list):
        return [line.strip() for line in typed.splitlines() if line.strip()]
    if isinstance(value, int | float) and re.fullmatch(r"\d+(\.\d+)?", typed):
        return float(typed) if "." in typed else int(typed)
    return typed or None if value is None else typed


def _checked(then: Callable[[str, Scenario], None]) -> None:
    desk = session().rehearsal
    assert desk.form is not None  # noqa: S101  # the button stands in the form
    desk.form = _read((), desk.form)
    desk.form_seen, desk.form_faults = None, faults_in(desk.form)
    if desk.form_faults:
        return
    try:
        source = as_yaml(desk.form)
        then(source, read_scenario(source, name=str(desk.form["id"])))
    except CounterpartError as error:
        desk.form_faults = {"": error.message}


def _check() -> None:
    def seen(_: str, scenario: Scenario) -> None:
        session().rehearsal.form_seen = scenario

    _checked(seen)


def _keep(house: House) -> None:
    def kept(source: str, scenario: Scenario) -> None:
        house.room.scenarios.save(source)
        choose(scenario.id)

    _checked(kept)


def _leave() -> None:
    session().rehearsal.form = session().rehearsal.form_seen = None


def _preview(scenario: Scenario) -> None:
    """What a learner would read, and what the meeting still lacks."""
    st.html('<p class="cp-label">This is how it looks</p>')
    st.subheader(as_label(scenario.title), anchor=False)
    st.html(f'<p class="cp-lead">{escape(scenario.brief)}</p>')
    st.html(f'<div class="cp-his"><p class="cp-label">{escape(scenario.counterpart.name)}</p>'
            f"<p>{escape(scenario.openings[0])}</p></div>")  # fmt: skip
    remarks = "".join(f"<li>{escape(each)}</li>" for each in advice_on(scenario))
    st.html(f"<ul>{remarks}</ul>" if remarks else '<p class="cp-quiet">Nothing to remark.</p>')
