"""The command line: `main` is the one boundary where an error becomes a line on stderr and an exit code.

Commands are modules with `register(app)`; what they import at their top is light, so that `--help` answers
at once.
"""

import io
import logging
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from assistant.errors import CounterpartError
from assistant.settings import load_settings

_GLOBAL = ("--data-dir", "--model")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. Exit codes: 0 done, 1 a fault, 2 refused input, 130 interrupted."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    try:
        logging.basicConfig(level=load_settings().log_level, format="%(levelname)s %(name)s: %(message)s")
        command = _command()
        code = command(_global_options_last(command, given), standalone_mode=False, prog_name="counterpart")
    except CounterpartError as error:
        code = _tell(error.message, error.exit_code)
    except typer.Exit as error:
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = _tell("Stopped. What was acknowledged before is kept.", 130)
    except BrokenPipeError:
        sys.stderr.close()
        code = 1
    except Exception as error:  # noqa: BLE001  # the last boundary: whatever it was, a person reads one line
        code = _unexpected(error)
    sys.exit(code or 0)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"counterpart {version('counterpart')}")
        raise typer.Exit


def build_app() -> typer.Typer:
    """Every command. A group of its own for `eval`, which measures several things."""
    from assistant.cli import (
        ask,
        card,
        debrief,
        doctor,
        draft,
        evals_advice,
        evals_citations,
        evals_corrections,
        evals_debrief,
        evals_moves,
        evals_power,
        evals_replies,
        evals_retrieval,
        evals_review,
        evals_stories,
        hear,
        home,
        index,
        keeping,
        mirror,
        moves,
        pair,
        pilot,
        prepare,
        promises,
        rehearse,
        reindex,
        reply,
        review,
        search,
        story,
        ui,
    )

    app = typer.Typer(
        name="counterpart",
        help="A coach for conversations between a VP of Sales and a learning executive.",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    evals = typer.Typer(help="Measure the quality of search, of advice, of moves and of stories.")
    app.callback()(_about)
    for command in (
        ask,
        draft,
        hear,
        moves,
        index,
        search,
        story,
        card,
        pilot,
        pair,
        debrief,
        promises,
        home,
        prepare,
        mirror,
        reply,
        ui,
        doctor,
        reindex,
        keeping,
        review,
        rehearse,
    ):
        command.register(app)
    for command in (
        evals_retrieval,
        evals_advice,
        evals_citations,
        evals_corrections,
        evals_debrief,
        evals_moves,
        evals_power,
        evals_replies,
        evals_review,
        evals_stories,
    ):
        command.register(evals)
    app.add_typer(evals, name="eval")
    return app


def _about(
    show_version: Annotated[
        bool,
        typer.Option("--version", help="Say which version this is", is_eager=True, callback=_say_version),
    ] = False,
) -> None:
    pass


def _command() -> Any:
    command = typer.main.get_command(build_app())
    assert isinstance(command, TyperGroup)  # noqa: S101  # more than one command makes a group
    for group in (command, *command.commands.values()):
        if isinstance(group, TyperGroup):
            group.no_args_is_help = False  # a missing command is one line too, which points to the help
    return command


def _global_options_last(command: Any, arguments: Sequence[str]) -> list[str]:
    """`counterpart --data-dir D ask …` as `counterpart ask … --data-dir D`: options belong to commands.

    One that means nothing to this command, such as a model to a search, is left out.
    """
    moved: list[str] = []
    rest = list(arguments)
    while rest and (name := rest[0].split("=")[0]) in _GLOBAL:
        taken = 1 if "=" in rest[0] else 2
        given, rest = rest[:taken], rest[taken:]
        moved += given if name in _options(command, rest) else []
    if "--" in rest:
        at = rest.index("--")
        return [*rest[:at], *moved, *rest[at:]]
    return [*rest, *moved]


def _options(command: Any, words: Sequence[str]) -> set[str]:
    """The options of the command that these words name."""
    for word in words:
        if not isinstance(command, TyperGroup):
            break
        command = command.commands.get(word, command)
    return {option for parameter in command.params for option in parameter.opts}


def _unexpected(error: Exception) -> int:
    """Refusals of the argument parser, full disks, and what nobody foresaw."""
    show = getattr(error, "format_message", None)
    if show is not None:
        hint = getattr(getattr(error, "ctx", None), "command_path", "counterpart")
        return _tell(f"{show().rstrip('.')}. See “{hint} --help”.", 2)
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return _tell(f"{error.strerror or error}{where}. What was acknowledged before is kept.", 1)
    logging.getLogger("counterpart").info("unexpected", exc_info=error)
    return _tell(
        f"Something went wrong that should not have ({type(error).__name__}). "
        "What was acknowledged before is kept. Run it again with COUNTERPART_LOG_LEVEL=INFO to see where.",
        1,
    )


def _speak_utf8() -> None:
    """JSON is UTF-8 whatever the terminal's language; what cannot be shown there is no reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _tell(message: str, code: int) -> int:
    sys.stderr.write(" ".join(message.split()) + "\n")
    return code
