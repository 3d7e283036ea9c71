"""Scenario files: read with the line of what is wrong, the shipped ones and those of a company's own."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.errors import InputRefusedError, NotFoundError
from assistant.rehearsal.scenario import Scenario

SHIPPED = Path(__file__).parents[2] / "knowledge" / "scenarios"
MOST_BYTES = 500_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ScenarioError(InputRefusedError):
    """A scenario file that cannot be used; names file, line and field of everything that is wrong."""


def read_scenario(source: str, *, name: str) -> Scenario:
    """The scenario in `source`. Raises `ScenarioError` with line and field of what is wrong, up to five things."""
    try:
        if len(source) > MOST_BYTES:
            raise ScenarioError(f"{name} is larger than 500 kB", next_step="Name a file with one scenario")
        node = yaml.compose(source, Loader=_LOADER)
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(source, Loader=_LOADER)):
            raise ScenarioError(f"{name}: references (*name) are not read here", next_step="Write it out")
        tree = yaml.load(source, Loader=_LOADER)  # noqa: S506  # the safe loader, in C where there is one
        if not isinstance(tree, dict):
            raise ScenarioError(f"{name} is no scenario", next_step="See docs/rehearsal.md for the format")
        return Scenario.model_validate(tree)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ScenarioError(
            f"{name}, line {line}: this is no valid YAML ({getattr(error, 'problem', None) or 'unreadable'})",
            next_step="A text with “: ” in it, or one that begins with a quotation mark, needs quotes around it",
        ) from error
    except RecursionError as error:
        raise ScenarioError(f"{name} is nested too deeply", next_step="Write it out flat") from error
    except ValidationError as error:
        faults = [_fault(node, each) for each in error.errors()[:5]]
        raise ScenarioError(
            f"{name}: {'; '.join(faults)}", next_step="Mend the file and try again"
        ) from error


def faults_in(tree: Any) -> dict[str, str]:
    """What keeps a scenario from being used, by the path of its field (`facts.0.full`); "" is the whole of it."""
    try:
        Scenario.model_validate(tree)
    except ValidationError as error:
        faults: dict[str, str] = {}
        for each in error.errors():
            path = _known_part(tree, [part for part in each["loc"] if part != "[key]"])
            faults.setdefault(path, _said(each))
        return faults
    return {}


def _known_part(tree: Any, path: Sequence[str | int]) -> str:
    """The path as far as a form has a field for it: a line in a list belongs to the field of the list."""
    found: list[str] = []
    for part in path:
        if isinstance(tree, list) and not isinstance(tree[int(part)], dict):
            break
        found.append(str(part))
        tree = (
            tree.get(part) if isinstance(tree, dict) else tree[int(part)] if isinstance(tree, list) else None
        )
    return ".".join(found)


def read_file(path: Path) -> Scenario:
    """The scenario in a file. Raises `ScenarioError` also where the file cannot be read or its name is another."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ScenarioError(f"{path} cannot be read: {reason}", next_step="Name a scenario file") from error
    return read_scenario(source, name=path.name)


@cache
def shipped_scenarios() -> tuple[Scenario, ...]:
    """All that come with the product, by id."""
    return tuple(read_file(path) for path in sorted(SHIPPED.glob("*.yaml")) if path.stem != "rules")


class Scenarios:
    """The shipped scenarios, and those a company keeps as files in `folder`, which win where ids are the same."""

    def __init__(self, folder: Path | None = None, shipped: Sequence[Scenario] | None = None) -> None:
        self.folder, self._given = folder, shipped

    def all(self) -> list[Scenario]:
        """All that can be read, first meetings first; a file of one's own that cannot be read is left out (see `faults`)."""
        shipped = shipped_scenarios() if self._given is None else self._given
        found = {each.id: each for each in shipped} | {each.id: each for each in self._own()}
        return sorted(found.values(), key=lambda each: each.place)

    def get(self, name: str) -> Scenario:
        """The scenario of this id. Raises `NotFoundError` for none."""
        for each in self.all():
            if each.id == name:
                return each
        raise NotFoundError(
            f"There is no scenario “{name[:60]}”", next_step="See “counterpart scenarios” for those there are"
        )

    def faults(self) -> list[ScenarioError]:
        """What is wrong with files of one's own."""
        found = []
        for path in self._paths():
            try:
                read_file(path)
            except ScenarioError as error:
                found.append(error)
        return found

    def save(self, source: str, *, name: str = "scenario") -> Scenario:
        """Keep a scenario that passes the checks as a file of one's own."""
        scenario = read_scenario(source, name=name)
        assert self.folder is not None  # noqa: S101  # whoever saves has named a folder
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole = self.folder / f"{scenario.id}.yaml"
        part = whole.with_suffix(".part")
        part.write_text(source, encoding="utf-8")
        part.replace(whole)
        return scenario

    def source(self, name: str) -> str:
        """The text of a scenario's file, to start another one from. Raises `NotFoundError` for none."""
        for folder in (self.folder, SHIPPED):
            if folder is not None and (folder / f"{name}.yaml").is_file() and self.get(name):
                return (folder / f"{name}.yaml").read_text(encoding="utf-8-sig")
        return self.get(name).model_dump_json()

    def _paths(self) -> Iterator[Path]:
        return iter(sorted(self.folder.glob("*.yaml")) if self.folder and self.folder.is_dir() else [])

    def _own(self) -> Iterator[Scenario]:
        for path in self._paths():
            try:
                yield read_file(path)
            except ScenarioError:
                continue  # told by `faults`


def _fault(node: Any, error: Any) -> str:
    path = [part for part in error["loc"] if part != "[key]"]
    line = _line(node, path)
    said = _said(error)
    where = ".".join(str(part) for part in path)
    return f"line {line}{f', {where}' if where else ''}: {said}"


def _said(error: Any) -> str:
    known = {"missing": "this is missing", "extra_forbidden": "there is no such field"}
    return known.get(error["type"], str(error["msg"]).removeprefix("Value error, "))


def _line(node: Any, path: Sequence[str | int]) -> int:
    """The line of a path, of its nearest parent where it has none."""
    line = node.start_mark.line + 1
    for part in path:
        below = _below(node, part)
        if below is None:
            break
        line, node = below
    return int(line)


def _below(node: Any, part: str | int) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            if str(key.value) == str(part):
                return key.start_mark.line + 1, child
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None
