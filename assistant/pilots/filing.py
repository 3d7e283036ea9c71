"""A pilot as a YAML file that people write by hand: read with line numbers, written so that nothing is lost."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.errors import InputRefusedError
from assistant.pilots.amounts import UnclearNumberError, Unit, read_all, read_count, read_number, write
from assistant.pilots.days import UnclearDateError, read_date
from assistant.pilots.measures import Measures
from assistant.pilots.model import UNKNOWN, Pilot
from assistant.pilots.names import ALIASES, INSIDE

MOST_BYTES = 5_000_000

_COUNTS = frozenset({"size", "opportunities", "cycle_days", "minutes", "successes", "of", "n"})
_AMOUNTS = frozenset({"baseline", "target", "spread", "stop_at", "values", "waiting", "mean", "sd"})
_DATES = frozenset({"by", "start", "checkpoints", "stop_on", "on", "due"})
_WRAPPED = {
    "behaviours": "text", "leading": "name", "lagging": "name", "reinforcement": "what", "activities": "what",
    "tasks": "what", "group": "name",
}  # fmt: skip
_LISTS = frozenset({
    "behaviours", "leading", "lagging", "reinforcement", "activities", "tasks", "checkpoints", "risks",
})  # fmt: skip

Path = tuple[str | int, ...]
Lines = dict[Path, int]


class PilotFileError(InputRefusedError):
    """A pilot file that cannot be used; names file, line and field."""


def read_pilot(source: str, *, name: str, measures: Measures, today: date) -> Pilot:
    """The pilot in `source`. Raises `PilotFileError` with the line and the field of the first thing that is wrong."""
    tree, lines = _tree(source, name)
    if not isinstance(tree, dict):
        raise _fault(name, 1, "", "a pilot is a list of fields, such as “title: Ramp new hires”")
    where = _Where(name, lines)
    tree = _renamed(tree, where)
    unknown = [_dotted(path) for path in _unknowns(tree)]
    tree["unknown"] = [*dict.fromkeys([*(tree.get("unknown") or []), *unknown])]
    _metric(tree, measures)
    _counted(tree, where)
    _dated(tree, where, today)
    _measured(tree, where)
    tree.setdefault("title", _title(tree))
    try:
        return Pilot.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        path = tuple(part for part in first["loc"] if part != "[key]")
        raise where.fault(path, _plainly(first["type"], first["msg"])) from error


def write_pilot(pilot: Pilot) -> str:
    """The file; `read_pilot` makes the same pilot of it again."""
    tree = pilot.model_dump(exclude_defaults=True)
    unit = pilot.outcome.unit
    for holder, key in _holders(tree, _AMOUNTS):
        value = holder[key]
        holder[key] = [write(v, unit) for v in value] if isinstance(value, tuple) else write(value, unit)
    if rest := [path for path in tree.pop("unknown", ()) if not _put_unknown(tree, path.split("."))]:
        tree["unknown"] = rest
    return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=100)


class _Where:
    """Finds the line of a path, of its nearest parent where it has none of its own."""

    def __init__(self, name: str, lines: Lines) -> None:
        self.name, self.lines = name, lines
        self.before: dict[Path, Path] = {}

    def fault(self, path: Path, reason: str) -> PilotFileError:
        written = next(
            (self.before[path[:n]] + path[n:] for n in range(len(path), 0, -1) if path[:n] in self.before),
            path,
        )
        while written and written not in self.lines:
            written = written[:-1]
        return _fault(self.name, self.lines.get(written, 1), _dotted(path), reason)


def _fault(name: str, line: int, field: str, reason: str) -> PilotFileError:
    what = f"{name}, line {line}" + (f", {field}" if field else "")
    return PilotFileError(
        f"{what}: {reason}", kept="Nothing was changed", next_step="Mend the file and try again"
    )


def _tree(source: str, name: str) -> tuple[Any, Lines]:
    if len(source) > MOST_BYTES:
        raise _fault(
            name, 1, "", "the file is larger than 5 MB; numbers of that size go into a check-in as CSV"
        )
    try:
        for event in yaml.parse(source, Loader=_LOADER):
            if isinstance(event, yaml.AliasEvent):
                raise _fault(
                    name,
                    event.start_mark.line + 1 if event.start_mark else 1,
                    "",
                    "references (*name) are not read here; write it out",
                )
        node = yaml.compose(source, Loader=_LOADER)
        lines: Lines = {}
        return (None if node is None else _value(node, (), lines, name)), lines
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it holds characters that no text file should"
        raise _fault(name, mark.line + 1 if mark else 1, "", f"this is no valid YAML ({reason})") from error
    except RecursionError as error:
        raise _fault(name, 1, "", "it is nested too deeply") from error


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _value(node: yaml.Node, path: Path, lines: Lines, name: str) -> Any:
    """Every scalar as the text that stands there: 1,200 and 20% are read later, knowing their field."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, at), lines, name) for at, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            key = str(key_node.value).strip()
            if not isinstance(key_node, yaml.ScalarNode) or key in found:
                raise _fault(
                    name,
                    key_node.start_mark.line + 1,
                    key[:40],
                    "this field stands here twice, or is no name",
                )
            found[key] = _value(child, (*path, key), lines, name)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return found
    plain = getattr(node, "style", None) is None and node.value in {"", "~", "null", "Null", "NULL"}
    return None if plain else node.value


def _renamed(tree: dict[str, Any], where: _Where) -> dict[str, Any]:
    """Other words for a field put under its own name; a bare text where a part belongs becomes that part."""
    found: dict[str, Any] = {}
    for key, value in tree.items():
        plain = re.sub(r"[\s-]+", "_", key.strip().lower())
        target = ALIASES.get(plain, plain).split(".")
        inner = value
        if isinstance(value, dict):
            names = INSIDE.get(target[0], {})
            inner = {names.get(k2 := re.sub(r"[\s-]+", "_", k.lower()), k2): v for k, v in value.items()}
        inner = _wrapped(target[0], inner) if len(target) == 1 else inner
        _put(found, target, inner, where, (key,))
        where.before[tuple(target)] = (key,)
    return found


def _put(tree: dict[str, Any], target: list[str], value: Any, where: _Where, written: Path) -> None:
    holder = tree
    for name in target[:-1]:
        holder = holder.setdefault(name, {})
        if not isinstance(holder, dict):
            raise where.fault(written, f"this belongs to {target[0]}, which is written as a text")
    last = target[-1]
    if isinstance(value, dict) and isinstance(holder.get(last), dict):
        holder[last] = {**holder[last], **value}
    elif last in holder and holder[last] is not None:
        raise where.fault(written, f"{'.'.join(target)} is given twice")
    else:
        holder[last] = value


def _wrapped(field: str, value: Any) -> Any:
    if field == "outcome" and isinstance(value, str):
        return {"what": value}
    if field == "comparison" and isinstance(value, str) and value.strip().lower() != UNKNOWN:
        bare = re.match(r"^(?:none|no)\b[\s:,–-]*(.*)$", value, re.IGNORECASE | re.DOTALL)
        return {"none": bare.group(1) or "none chosen"} if bare else {"name": value}
    if field in _LISTS and isinstance(value, (str, dict)) and value != UNKNOWN:
        value = [value]
    if field in _WRAPPED and isinstance(value, list):
        return [{_WRAPPED[field]: each} if isinstance(each, str) else each for each in value]
    return (
        {_WRAPPED[field]: value}
        if field == "group" and isinstance(value, str) and value != UNKNOWN
        else value
    )


def _unknowns(tree: dict[str, Any], path: Path = ()) -> Iterator[Path]:
    """Fields that say "unknown"; each is left empty, and its name is kept."""
    for key, value in list(tree.items()):
        if isinstance(value, dict) and key not in {"behaviours", "reinforcement"}:
            yield from _unknowns(value, (*path, key))
        elif isinstance(value, str) and value.strip().lower() in {UNKNOWN, "?", "not known", "tbd"}:
            del tree[key]
            yield (*path, key)


def _put_unknown(tree: dict[str, Any], path: list[str]) -> bool:
    holder = tree
    for name in path[:-1]:
        holder = holder.setdefault(name, {})
        if not isinstance(holder, dict):
            return False
    if path[-1] in holder:
        return False
    holder[path[-1]] = UNKNOWN
    return True


def _metric(tree: dict[str, Any], measures: Measures) -> None:
    """The library's id, kind, unit and direction; for a company's own metric what the writing shows."""
    outcome = tree.get("outcome")
    if not isinstance(outcome, dict):
        return
    found = measures.find(outcome.get("metric") if isinstance(outcome.get("metric"), str) else None)
    if found is not None:
        outcome["metric"] = found.id
        for key in ("kind", "unit", "direction"):
            outcome.setdefault(key, getattr(found, key))
        return
    for key in ("baseline", "target"):
        try:
            number = read_number(str(outcome[key]))
        except (KeyError, UnclearNumberError):
            continue
        kind = (
            ("proportion", "percent")
            if number.percent
            else ("time", "days")
            if number.days
            else ("mean", "currency")
        )
        if number.percent or number.days or number.money:
            outcome.setdefault("kind", kind[0])
            outcome.setdefault("unit", kind[1])


def _holders(tree: Any, keys: frozenset[str]) -> Iterator[tuple[dict[str, Any], str]]:
    if isinstance(tree, (list, tuple)):
        for each in tree:
            yield from _holders(each, keys)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key in keys and value is not None and not isinstance(value, dict):
                yield tree, key
            else:
                yield from _holders(value, keys)


def _paths(tree: Any, keys: frozenset[str], path: Path = ()) -> Iterator[tuple[dict[str, Any], str, Path]]:
    """Every field of one of these names, with its path; what people put into words is left alone."""
    if isinstance(tree, list):
        for at, each in enumerate(tree):
            yield from _paths(each, keys, (*path, at))
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key in keys and not isinstance(value, dict):
                if value is not None and not (key == "by" and path and path[0] != "outcome"):
                    yield tree, key, (*path, key)
            else:
                yield from _paths(value, keys, (*path, key))


def _counted(tree: dict[str, Any], where: _Where) -> None:
    for holder, key, path in _paths(tree, _COUNTS):
        if isinstance(holder[key], str):
            with _told(where, path):
                holder[key] = read_count(holder[key], key)
    outcome = tree.get("outcome")
    hours = tree.get("hours_per_rep")
    if isinstance(hours, str):
        with _told(where, ("hours_per_rep",)):
            tree["hours_per_rep"] = read_number(re.sub(r"\s*(hours?|hrs?|h)\.?$", "", hours)).value
    if isinstance(outcome, dict) and outcome.get("unit") == "currency" and "money" not in outcome:
        for key in ("target", "baseline"):
            with _told(where, ("outcome", key)):
                if isinstance(outcome.get(key), str) and (money := read_number(outcome[key]).money):
                    outcome["money"] = money


def _dated(tree: dict[str, Any], where: _Where, today: date) -> None:
    for holder, key, path in _paths(tree, _DATES):
        value = holder[key]
        with _told(where, path):
            if isinstance(value, list):
                holder[key] = [read_date(each, today=today) for each in value if isinstance(each, str)]
            elif isinstance(value, str):
                holder[key] = read_date(value, today=today)


def _measured(tree: dict[str, Any], where: _Where) -> None:
    """Numbers of the metric, read together: one fraction among them says that all are fractions."""
    outcome = tree.get("outcome")
    unit: Unit | None = outcome.get("unit") if isinstance(outcome, dict) else None
    together: dict[Path, str] = {}
    for holder, key, path in _paths(tree, _AMOUNTS):
        value = holder[key]
        if isinstance(value, list):
            together |= {(*path, at): each for at, each in enumerate(value) if isinstance(each, str)}
        elif isinstance(value, str):
            together[path] = value
    names = {_dotted(path): path for path in together}
    try:
        numbers = read_all({name: together[path] for name, path in names.items()}, unit=unit)
    except UnclearNumberError as error:
        blamed = next((path for name, path in names.items() if error.what.startswith(f"{name}:")), None)
        culprit = blamed or next((path for path, text in together.items() if not _reads(text)), ("outcome",))
        reason = error.what.removeprefix(f"{_dotted(culprit)}: ")
        raise where.fault(culprit, f"{reason}. {error.next_step}") from error
    for name, path in names.items():
        _set(tree, path, numbers[name])


def _reads(text: str) -> bool:
    try:
        read_number(text)
    except UnclearNumberError:
        return False
    return True


def _set(tree: Any, path: Path, value: float) -> None:
    for part in path[:-1]:
        tree = tree[part]
    tree[path[-1]] = value


class _told:  # noqa: N801  # reads as a clause: with told(where, path)
    """Says where in the file a number or a date could not be read."""

    def __init__(self, where: _Where, path: Path) -> None:
        self.where, self.path = where, path

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (UnclearNumberError, UnclearDateError)):
            what = error.what.removeprefix(f"{self.path[-1]}: ")
            raise self.where.fault(self.path, f"{what}. {error.next_step}") from error


def _title(tree: Mapping[str, Any]) -> str:
    outcome = tree.get("outcome")
    said = (outcome.get("what") or outcome.get("metric")) if isinstance(outcome, dict) else None
    group = tree.get("group")
    team = group.get("name") if isinstance(group, dict) else None
    parts = [part for part in (said, team) if isinstance(part, str)]
    return ", ".join(parts)[:200] or "A pilot without a name"


def _plainly(kind: str, message: str) -> str:
    return {
        "extra_forbidden": "there is no such field",
        "missing": "this field is missing",
        "string_too_long": "this text is too long",
        "string_too_short": "this text is empty",
    }.get(kind, message[:1].lower() + message[1:])


def _dotted(path: Path) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
