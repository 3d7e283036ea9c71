"""Check-ins: made, changed and taken back; numbers typed, pasted or from a file. Every version stays in the history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal

from pydantic import ValidationError

from assistant.errors import InputRefusedError
from assistant.pilots.model import CheckIn, Done, Numbers, Pilot
from assistant.pilots.tallies import read_csv, read_numbers

_MARKS: Mapping[str, Done] = {
    "done": "done", "yes": "done", "y": "done", "1": "done", "x": "done", "true": "done",
    "partly": "partly", "some": "partly", "half": "partly", "sometimes": "partly",
    "not done": "not done", "no": "not done", "n": "not done", "0": "not done", "not": "not done", "false": "not done",
    "never": "not done",
}  # fmt: skip
_MOODS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "bad": 1, "low": 2, "so-so": 3, "good": 4, "great": 5}


@dataclass(frozen=True, slots=True)
class Entered:
    """A check-in as somebody typed it; what is None or empty was not filled in. `marks` are by name or number."""

    on: date
    by: str | None = None
    numbers: str | None = None
    comparison: str | None = None
    so_far: bool = False
    file: tuple[str, bytes] | None = None
    behaviours: Mapping[str, str] = field(default_factory=dict)
    reinforcement: Mapping[str, str] = field(default_factory=dict)
    story: str | None = None
    story_is: Literal["success", "setback"] | None = None
    mood: str | None = None
    in_the_way: str | None = None
    helped: str | None = None
    note: str | None = None
    stop_rule_met: bool | None = None


def checked_in(pilot: Pilot, entered: Entered, *, today: date, replaces: str | None = None) -> Pilot:
    """The pilot with this check-in added, or in the place of the one that it `replaces`.

    What was left empty in a replacement stays as it was. Raises `InputRefusedError` for a number or a mark that is
    unclear, a day ahead, or nothing at all; nothing is changed then.
    """
    before = find_check_in(pilot, replaces) if replaces else None
    filled = _filled(pilot, entered, today)
    if not filled:
        raise InputRefusedError(
            "This check-in is empty", kept="Nothing was changed",
            next_step="Give a number, what was done, a story, a mood or a note",
        )  # fmt: skip
    given = {**(before.model_dump() if before else {}), **filled}
    for name in ("behaviours", "reinforcement"):
        given[name] = {**(getattr(before, name) if before else {}), **filled.get(name, {})}
    given |= {"id": before.id if before else _new_id(pilot, entered.on), "on": entered.on}
    given["by"] = given.get("by") or entered.by
    try:
        made = CheckIn.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise InputRefusedError(
            f"{'.'.join(map(str, first['loc']))}: {first['msg'][:1].lower()}{first['msg'][1:]}",
            kept="Nothing was changed",
        ) from error
    rest = [each for each in pilot.check_ins if each.id != made.id]
    return pilot.model_copy(update={"check_ins": tuple(sorted([*rest, made], key=lambda c: (c.on, c.id)))})


def without_check_in(pilot: Pilot, check_in: str) -> Pilot:
    """The pilot with this check-in taken back; it stays in the history."""
    gone = find_check_in(pilot, check_in)
    return pilot.model_copy(update={"check_ins": tuple(c for c in pilot.check_ins if c.id != gone.id)})


def find_check_in(pilot: Pilot, check_in: str) -> CheckIn:
    """The one of this id. Raises `InputRefusedError` where there is none."""
    found = next((each for each in pilot.check_ins if each.id == check_in), None)
    if found is None:
        known = ", ".join(each.id for each in pilot.check_ins[-6:]) or "there is none yet"
        raise InputRefusedError(
            f"There is no check-in {check_in[:40]}", kept="Nothing was changed", next_step=f"Known: {known}"
        )
    return found


def check_in_mood(text: str) -> int:
    """1 to 5, as a number or a word. Raises `InputRefusedError`."""
    found = _MOODS.get(text.strip().lower())
    if found is None:
        raise InputRefusedError(
            f"“{text[:40]}” is no mood",
            kept="Nothing was changed",
            next_step=f"Use 1 to 5, or {', '.join(list(_MOODS)[5:])}",
        )
    return found


def mark(text: str) -> Done:
    """Done, partly or not done. Raises `InputRefusedError`."""
    found = _MARKS.get(" ".join(text.lower().split()))
    if found is None:
        raise InputRefusedError(
            f"“{text[:40]}” is neither done, partly nor not done", kept="Nothing was changed",
            next_step="Use one of these",
        )  # fmt: skip
    return found


def marked(given: Mapping[str, str], names: Sequence[str], what: str) -> dict[str, Done]:
    """Marks under the full names; a name may be its number in the list, counted from 1, or how it begins."""
    return {_name(key, names, what): mark(value) for key, value in given.items() if value and value.strip()}


def _name(key: str, names: Sequence[str], what: str) -> str:
    plain = key.strip()
    if plain.isdigit() and 1 <= int(plain) <= len(names):
        return names[int(plain) - 1]
    begins = [name for name in names if name.lower().startswith(plain.lower())]
    close = begins or get_close_matches(plain, names, n=1, cutoff=0.8)
    if len(close) == 1 and plain:
        return close[0]
    listed = "; ".join(f"{n} {name}" for n, name in enumerate(names, 1)) or "the scope names none"
    raise InputRefusedError(
        f"There is no {what} “{key[:40]}”", kept="Nothing was changed", next_step=f"There are: {listed}"
    )


def _filled(pilot: Pilot, entered: Entered, today: date) -> dict[str, Any]:
    if entered.on > today:
        raise InputRefusedError(
            "A check-in cannot lie ahead",
            kept="Nothing was changed",
            next_step="Use today's date, or an earlier one",
        )
    found: dict[str, Any] = {
        "numbers": tuple(_numbers(pilot, entered)),
        "behaviours": marked(entered.behaviours, [each.text for each in pilot.behaviours], "behaviour"),
        "reinforcement": marked(entered.reinforcement, [each.what for each in pilot.reinforcement], "reinforcement"),
        "story": _text(entered.story),
        "story_is": entered.story_is if _text(entered.story) else None,
        "mood": check_in_mood(entered.mood) if entered.mood and entered.mood.strip() else None,
        "in_the_way": _text(entered.in_the_way),
        "helped": _text(entered.helped),
        "note": _text(entered.note),
        "stop_rule_met": entered.stop_rule_met,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value not in (None, (), {})}


def _numbers(pilot: Pilot, entered: Entered) -> Iterable[Numbers]:
    found: list[Numbers] = []
    outcome = pilot.outcome
    if entered.file is not None:
        name, data = entered.file
        found += read_csv(data, pilot=pilot, name=name)
    for text, which in ((entered.numbers, "pilot"), (entered.comparison, "comparison")):
        if _text(text):
            found.append(read_numbers(text or "", kind=outcome.kind, unit=outcome.unit, which=which))  # type: ignore[arg-type]  # one of the two above
    groups = [each.which for each in found]
    if len(set(groups)) < len(groups):
        raise InputRefusedError(
            "The same group's numbers were given twice",
            kept="Nothing was changed",
            next_step="Give the file or the numbers",
        )
    return [each.model_copy(update={"so_far": True}) for each in found] if entered.so_far else found


def _text(text: str | None) -> str | None:
    return text.strip() or None if text else None


def _new_id(pilot: Pilot, on: date) -> str:
    taken = {each.id for each in pilot.check_ins}
    name = on.isoformat()
    return next(each for each in (name, *(f"{name}-{n}" for n in range(2, 1_000))) if each not in taken)
