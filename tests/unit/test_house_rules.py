"""Rules of this house that no linter knows."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
import yaml

import assistant.errors
from prompts import PhraseBook, phrase

ROOT = Path(__file__).parents[2]
FOLDERS = ("assistant", "knowledge", "prompts", "ui")
OWN = {*FOLDERS, "tests", "benchmarks", "support"}
HEAVY = (
    "chromadb",
    "streamlit",
    "langchain_core",
    "openai",
    "onnxruntime",
    "sklearn",
    "sqlalchemy",
    "alembic",
)
# Loaded by name: the driver in the database's address, pandas before the first visitor.
NAMED = {"psycopg", "pandas"}
TOOLS = {"faker", "names", "import-linter", "mypy", "pytest-xdist", "ruff", "types-pyyaml"}


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of these folders, by its path from the root."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def names_used(tree: ast.Module) -> set[str]:
    """Dotted names read anywhere (`os.environ`), and those that `from … import` brings in."""
    used = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            used.add(ast.unparse(node))
        elif isinstance(node, ast.ImportFrom):
            used |= {f"{node.module}.{alias.name}" for alias in node.names}
    return used


def imported(tree: ast.Module) -> set[str]:
    """Top-level names of what is imported from outside."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - OWN - set(sys.stdlib_module_names)


def distributions(*folders: str) -> set[str]:
    """The packages that the imports of these folders come from."""
    of = packages_distributions()
    about = project()["project"]
    known = declared([*about["dependencies"], *about["optional-dependencies"]["dev"]])  # type: ignore[list-item]  # lists in the file
    found: set[str] = set()
    for name in {name for _, tree in modules(*folders) for name in imported(tree) if name in of}:
        makers = {canonical(each) for each in of[name]}  # several where they share a namespace
        found |= makers & known or {canonical(of[name][0])}
    return found


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    return {canonical(re.split(r"[\[<>=!~; ]", each, maxsplit=1)[0]) for each in requirements}


def project() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def tracked() -> list[Path]:
    """Every file of the repository that is text."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout of the repository")
    files = [ROOT / name for name in listed.stdout.splitlines()]
    return [path for path in files if path.is_file() and b"\0" not in path.read_bytes()[:4096]]


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        name
        for name, tree in modules(*FOLDERS)
        if any(used.startswith(("os.environ", "os.getenv", "os.putenv")) for used in names_used(tree))
    }
    assert readers <= {"assistant/settings.py"}


def test_the_state_of_a_session_has_one_door() -> None:
    doors = {
        name
        for name, tree in modules(*FOLDERS)
        if any("session_state" in used.split(".") for used in names_used(tree))
    }
    assert doors == {"ui/session.py"}


def made_beforehand(call: ast.Call) -> bool:
    """Whether a download button is given its file, rather than what makes it."""
    given = next((each.value for each in call.keywords if each.arg == "data"), None) or call.args[1]
    later = isinstance(given, ast.Lambda | ast.Name) or (
        isinstance(given, ast.Call) and ast.unparse(given.func) == "partial"
    )
    return not later


def test_a_file_to_take_along_is_made_when_it_is_asked_for() -> None:
    """One made while the page is drawn is served from an address that the next redraw takes away: a 404."""
    offenders = [
        f"{path}:{node.lineno}"
        for path, tree in modules("ui")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "st.download_button"
        and made_beforehand(node)
    ]
    assert not offenders


@pytest.mark.parametrize("command", ["--help", "--version", "ask --help", "eval --help", "ask"])
def test_light_commands_import_nothing_heavy(command: str) -> None:
    program = (
        "import sys\nfrom assistant.cli import main\n"
        f"try:\n    main({command.split()!r})\n"
        f"finally:\n    sys.stderr.write('heavy:' + ','.join(m for m in {HEAVY!r} if m in sys.modules) + '.')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert "heavy:." in done.stderr


def test_the_version_is_that_of_the_package() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("counterpart"), "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["counterpart", version("counterpart")]
    assert project()["project"]["version"] == version("counterpart")


def test_every_direct_import_is_declared_and_nothing_declared_is_unused() -> None:
    extras = project()["project"]["optional-dependencies"]
    runtime = declared(project()["project"]["dependencies"])  # type: ignore[arg-type]  # a list in the file
    runtime |= declared(extras["audio"])
    development = declared(extras["dev"]) - {"counterpart"}  # its own extras
    assert distributions(*FOLDERS) - runtime == set()
    assert runtime - NAMED - distributions(*FOLDERS) == set()
    assert distributions("tests", "benchmarks") - runtime - development == set()
    assert development - TOOLS - distributions("tests", "benchmarks") == set()


def test_everything_that_is_declared_is_locked() -> None:
    locked = declared((ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())
    metadata = project()["project"]
    wanted = declared(metadata["dependencies"])  # type: ignore[arg-type]  # a list in the file
    for extra in metadata["optional-dependencies"].values():
        wanted |= declared(extra) - {"counterpart"}
    assert wanted - locked == set()


def test_no_file_names_a_package_registry_or_a_folder_of_somebodys_machine() -> None:
    hosts = (
        "pypi" + ".org",
        "python" + "hosted",
        "npm" + "js",
        "deb.deb" + "ian",
        "/ro" + "ot/",
        "/wo" + "rk/",
    )
    homes = re.compile(r"/(?:home|Users)/[a-z]+")
    told = {
        str(path.relative_to(ROOT))
        for path in tracked()
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        if any(host in text for host in hosts) or homes.search(text)
    }
    assert told == set()


def documents() -> dict[Path, str]:
    """Everything that is written for readers of the repository."""
    return {path: path.read_text(encoding="utf-8") for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))}


def test_every_link_between_documents_leads_somewhere() -> None:
    for path, text in documents().items():
        for target in re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", text):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_make_target_that_is_written_about_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path, text in documents().items():
        named = {a or b for a, b in re.findall(r"^make ([a-z]+)|`make ([a-z]+)", text, re.MULTILINE)}
        assert named <= targets, path.name


def test_every_file_of_phrases_can_be_read() -> None:
    files = sorted((ROOT / "prompts").rglob("*.yaml"))
    assert files
    for path in files:
        book = PhraseBook.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        assert book.purpose and book.phrases, path


def test_a_phrase_refuses_a_missing_or_an_extra_value() -> None:
    assert phrase("advice", "minutes", start="0", end="5")
    with pytest.raises(ValueError, match="minutes takes"):
        phrase("advice", "minutes", start="0")
    with pytest.raises(ValueError, match="minutes takes"):
        phrase("advice", "minutes", start="0", end="5", unit="min")
    with pytest.raises(KeyError):
        phrase("advice", "there is no such phrase")


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    drawn: list[tuple[int, str]] = []
    for line in (assistant.errors.__doc__ or "").splitlines():
        found = re.match(r"(.*?)(\w+Error)\b", line)
        if found and (not found[1].strip() or found[1].strip()[-1] == "─"):
            drawn.append((len(found[1]), found[2]))
    assert {name for _, name in drawn} == set(assistant.errors.__all__)
    for at, (depth, name) in enumerate(drawn[1:], start=1):
        parent = next(above for far, above in reversed(drawn[:at]) if far < depth)
        assert issubclass(getattr(assistant.errors, name), getattr(assistant.errors, parent)), name


def test_errors_that_are_drawn_as_refused_are_refused() -> None:
    refused = re.findall(r"(\w+Error)\s+\(refused\)", assistant.errors.__doc__ or "")
    assert refused
    for name in refused:
        assert getattr(assistant.errors, name).exit_code == assistant.errors.InputRefusedError.exit_code
