"""`counterpart ask`: one question, or a file of them."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.advice.sources import is_invented
from assistant.cli.options import (
    DataDir,
    Json,
    Model,
    json_lines,
    print_json,
    role_of,
    see_index_mended,
    shown_progress,
)
from assistant.errors import CounterpartError, InputRefusedError
from assistant.settings import load_settings
from knowledge.cards import ROLES

if TYPE_CHECKING:
    from assistant.advice.conversation import Turn
    from assistant.bootstrap import House


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("ask")(ask)


def ask(
    question: Annotated[str | None, typer.Argument(help="What is coming up, and with whom")] = None,
    *,
    role: Annotated[str | None, typer.Option("--as", help="Who asks: " + ", ".join(ROLES))] = None,
    conversation: Annotated[str | None, typer.Option(help="Go on with this conversation")] = None,
    batch: Annotated[
        Path | None, typer.Option(help="A file of questions, one JSON object a line: id, question")
    ] = None,
    model: Model = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Ask the coach.

    Example: counterpart ask "He only ever gives me thirty minutes" --as learning-executive
    """
    if (question is None) == (batch is None):
        raise InputRefusedError(
            "One question is needed, or --batch with a file of them", next_step="Give one of the two"
        )
    chosen = role_of(role)
    settings = load_settings(data_dir=data_dir, model=model)
    lines = json_lines(batch) if batch else None
    from assistant.bootstrap import open_house

    with ExitStack() as stack:
        with shown_progress() as progress:  # its bar and the draft would write over each other
            house = stack.enter_context(open_house(settings, progress=progress))
        if lines is not None:
            _answer_batch(house, lines, chosen)
            see_index_mended(house)
            return
        with _watched(seen=not as_json and sys.stdout.isatty()) as show:
            turn = _ask(house, question or "", chosen, conversation, show)
        if as_json:
            print_json(turn.answer.as_contract(conversation=turn.conversation_id, tokens=asdict(turn.tokens)))
        else:
            _tell(turn)
        see_index_mended(house)


@contextmanager
def _watched(*, seen: bool) -> Iterator[Callable[[str], object]]:
    """Shows the draft of a chat model on the terminal while it grows, and takes it away before the answer comes."""
    if not seen:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    console = Console(highlight=False, width=min(Console().width, 96))
    with Live(console=console, transient=True, auto_refresh=False) as live:

        def show(words: str) -> None:
            head = Text("Draft, not yet checked (Ctrl+C stops it)\n" if words else "", style="dim italic")
            live.update(head + Text(words, style="dim"), refresh=True)

        yield show


def _ask(
    house: "House",
    question: str,
    role: str,
    conversation: str | None,
    show: Callable[[str], object] = lambda _: None,
) -> "Turn":
    from assistant.advice.conversation import ask as ask_coach

    return ask_coach(
        question,
        role=role_of(role),
        conversation_id=conversation,
        coach=house.coach,
        conversations=house.conversations,
        viewer=house.viewer,
        wording=house.wording,
        show=show,
    )


def _answer_batch(house: "House", lines: list[str], role: str) -> None:
    """One object out for each line in; a line that is refused says why, and the rest goes on."""
    conversations: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        sys.stdout.write(
            json.dumps(_answer_line(house, line, number, role, conversations), ensure_ascii=False) + "\n"
        )
        sys.stdout.flush()


def _answer_line(
    house: "House", line: str, number: int, role: str, conversations: dict[str, str]
) -> dict[str, Any]:
    name: Any = str(number)
    try:
        asked = json.loads(line)
        if not isinstance(asked, dict):
            raise InputRefusedError(f"Line {number} is no JSON object")
        name = asked.get("id", name)
        label = asked.get("conversation")
        turn = _ask(
            house,
            _question(asked),
            asked.get("role") or role,
            conversations.get(str(label)) if label else None,
        )
    except json.JSONDecodeError as error:
        return {"id": name, "error": f"Line {number} is no JSON: {error.msg}."}
    except CounterpartError as error:
        return {"id": name, "error": error.message}
    if label:
        conversations[str(label)] = turn.conversation_id
    kept: dict[str, Any] = {
        "tokens": asdict(turn.tokens),
        "conversation": str(label) if label else turn.conversation_id,
        "conversation_id": turn.conversation_id,
    }
    return turn.answer.as_contract(id=name, **kept)


def _question(asked: dict[str, Any]) -> str:
    question = asked.get("question")
    if not isinstance(question, str):
        raise InputRefusedError("A line needs a “question”, as text")
    return question


def _tell(turn: "Turn") -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    from assistant.advice.making import making_line
    from prompts import phrase

    answer, console = turn.answer, Console(highlight=False, width=min(Console().width, 96))
    console.print(Markdown(answer.answer.replace("[", "\\[")))
    if answer.pilot:
        console.print("\n[bold]A pilot you could propose[/bold]")
        for name, value in (
            ("Group", answer.pilot.group),
            ("Outcome", answer.pilot.outcome),
            ("Cadence", answer.pilot.cadence),
            ("Stop rule", answer.pilot.stop_rule),
        ):
            console.print(f"  {name}: {value}", markup=False)
    if answer.citations:
        console.print("\n[bold]From the playbook[/bold]")
    for source in _sources(turn):
        console.print(source, markup=False, style="dim")
    if answer.rests_on_anecdotes:
        console.print(f"\n{phrase('stories', 'rests-on-anecdotes')}", markup=False)
    if made := making_line(answer):
        console.print(f"\n{made}", markup=False, style="dim")
    if answer.made and answer.made.remedy:
        console.print(f"{answer.made.remedy}.", markup=False, style="dim")
    if turn.tokens.tokens_in:
        told = f"Tokens of this conversation: {turn.tokens.told}."
        console.print(told, markup=False, style="dim")
    for chip in answer.follow_ups:
        console.print(f"  › {chip}", markup=False)
    console.print(
        f"\nGo on with: counterpart ask … --as {answer.role} --conversation {turn.conversation_id}",
        markup=False,
        style="dim",
    )


def _sources(turn: "Turn") -> Iterator[str]:
    for citation in turn.answer.citations:
        place = (
            "an invented example"
            if is_invented(citation)
            else "a story logged here"
            if citation.kind == "story"
            else citation.section
        )
        yield f"  [{citation.marker}] {citation.title} › {place}"
