"""Changing a pilot: fields by their dotted names, validated as a whole, so that a wrong value changes nothing."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from assistant.errors import InputRefusedError
from assistant.pilots.model import Pilot

Changes = Mapping[str, Any]
"""Dotted names and their new values; `tasks+` adds to a list, None empties a field, `behaviours[2].seen` counts from 1."""

_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?(\+)?")


def edited(pilot: Pilot, changes: Changes) -> Pilot:
    """The pilot with these changes. Raises `InputRefusedError` for a field there is not, or a value that does not fit."""
    tree = pilot.model_dump()
    for name, value in changes.items():
        _set(tree, name, value)
    filled = {name for name, value in changes.items() if value not in (None, "", (), [])}
    tree["unknown"] = [name for name in tree["unknown"] if name not in filled]
    try:
        return Pilot.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputRefusedError(
            f"{field}: {first['msg'][:1].lower()}{first['msg'][1:]}", kept="Nothing was changed"
        ) from error


def changes_between(before: Pilot, after: Pilot) -> dict[str, dict[str, Any]]:
    """What differs, by field: `{"outcome.target": {"from": 20.0, "to": 25.0}}`, as values that fit JSON."""
    old, new = (_flat(each.model_dump(mode="json")) for each in (before, after))
    return {
        name: {"from": old.get(name), "to": new.get(name)}
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    }


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Parts and check-ins opened up one level, so that two who write different ones do not clash; other lists whole."""
    found: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, dict) and not prefix:
            found |= _flat(value, f"{key}.")
        elif key == "check_ins" and not prefix:
            for each in value:
                filled = {name: part for name, part in each.items() if part not in (None, [], {})}
                found |= _flat(filled, f"check_ins[{each['id']}].")
        else:
            found[prefix + key] = value
    return found


def _set(tree: dict[str, Any], name: str, value: Any) -> None:
    holder: Any = tree
    steps = name.split(".")
    for position, step in enumerate(steps):
        match = _STEP.fullmatch(step)
        if match is None or match[1] not in holder:
            raise InputRefusedError(
                f"A pilot has no field {name}", next_step="“counterpart pilot template” shows them"
            )
        field, index, add = match.groups()
        last = position == len(steps) - 1
        if add:
            holder[field] = [*(holder[field] or []), value]
        elif index is not None:
            holder[field] = list(holder[field])
            at = int(index) - 1
            if at >= len(holder[field]):
                raise InputRefusedError(f"There is no {name}", next_step="Count from 1")
            if last:
                holder[field][at] = value
            holder = holder[field][at]
        elif last:
            holder[field] = value if value is not None or field not in _EMPTY else _EMPTY[field]
        else:
            holder[field] = holder = holder[field] if holder[field] is not None else {}


_EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(
        ("behaviours", "leading", "lagging", "reinforcement", "activities", "risks", "tasks", "checkpoints", "said"), ()
    ),
    "outcome": {}, "group": {}, "rules": {}, "approvals": {},
}  # fmt: skip
