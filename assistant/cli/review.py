"""`counterpart review`: what happened in a conversation, line by line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.errors import InputRefusedError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.bootstrap import House
    from assistant.moves.second import SecondReading
    from assistant.review.review import Review
    from assistant.review.transcript import Transcript
    from assistant.speech import Transcriber
    from knowledge.progress import Progress


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("review")(review)


def review(
    file: Annotated[
        Path,
        typer.Argument(help="A transcript (VTT, SRT, DOCX, JSON, text), a recording, or a folder of them"),
    ],
    *,
    format: Annotated[  # noqa: A002  # the name of the option
        str, typer.Option("--format", help="The format, where it is not to be found out")
    ] = "auto",
    me: Annotated[
        str | None, typer.Option(help="Which speaker you are; what concerns you comes first")
    ] = None,
    role: Annotated[str | None, typer.Option(help="Your role: learning-executive, sales-vp or coach")] = None,
    second_reading: Annotated[
        bool,
        typer.Option(
            "--second-reading",
            help="Have the chat model read the moves again; only one that won in “eval moves --model” is asked",
        ),
    ] = False,
    model: Annotated[
        str | None,
        typer.Option("--model", help="The chat model for a second reading", show_default=False),
    ] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Review a conversation that took place: what each line did, what was missed, what was done well.

    Example: counterpart review meeting.vtt --me Dana --role learning-executive
    """
    from assistant.review.readers import read_transcript
    from assistant.review.recordings import is_recording

    heard = is_recording(file.name) and not file.is_dir()
    transcript = None if file.is_dir() or heard else read_transcript(file.name, _content(file), format)
    settings = load_settings(data_dir=data_dir, model=model)
    from assistant.bootstrap import open_house
    from assistant.cli.review_folder import review_folder
    from assistant.review.review import review as review_transcript

    with shown_progress() as progress, open_house(settings, progress=progress) as house:

        def made(transcript: "Transcript") -> "Review":
            second = None
            if second_reading and not transcript.unattributed:
                roles = house.who_is_who(transcript, me=me, role=role).roles
                second = _second(house, transcript, roles, progress)
            return review_transcript(
                transcript,
                second=second,
                recogniser=house.reader(),
                cards=house.cards,
                me=me,
                role=role,
                leaning=house.leaning,
                topic=house.topic,
                judge=house.judge(),
            )

        def read(path: Path) -> "Transcript":
            if is_recording(path.name):
                return _heard(path, house.transcriber, progress)
            return read_transcript(path.name, _content(path), format)

        if file.is_dir():
            asked = {"me": me, "role": role, "format": format, "second": second_reading}
            review_folder(
                file, lambda path: made(read(path)), progress=progress, as_json=as_json, asked=asked
            )
            return
        done = made(transcript or read(file))
    if as_json:
        print_json(done.as_contract())
    else:
        _tell(done)


def _second(
    house: "House", transcript: "Transcript", roles: "Mapping[str, str | None]", progress: "Progress"
) -> "SecondReading | None":
    """What the chat model reads; where it fails the local reading stands, and one line says so."""
    from assistant.errors import ModelError
    from prompts import phrase

    try:
        return house.read_again(transcript, roles, progress=progress)
    except ModelError as error:
        typer.echo(phrase("moves", "second-none", why=error.brief), err=True)
        return None


def _heard(path: Path, transcriber: "Transcriber | None", progress: "Progress") -> "Transcript":
    """A draft of what is said in a recording."""
    from assistant.review.recordings import draft_of

    if transcriber is None:
        raise InputRefusedError(
            f"{path.name} is a recording, and nothing here can listen",
            next_step="Run pip install -e '.[audio]' in Counterpart's folder, or export the meeting's transcript",
        )
    if not path.is_file():
        raise InputRefusedError(f"{path} cannot be read", next_step="Name a file with a recording")
    told = draft_of(
        path.name,
        transcriber.transcribe(path, progress=lambda at, of: progress(path.name, int(at), int(of) or 1)),
    )
    if not told.turns:
        raise InputRefusedError(
            f"Nobody speaks in {path.name}", next_step="Look whether it is the right recording"
        )
    return told


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputRefusedError(
            f"{path} cannot be read: {error.strerror or error}", next_step="Name a file with a transcript"
        ) from error


def _tell(done: "Review") -> None:
    from rich.console import Console

    console = Console(highlight=False, width=min(Console().width, 96))
    for warning in done.warnings:
        console.print(warning, markup=False, style="dim")
    if done.transcript.format == "recording":
        from assistant.review.recordings import to_correct

        console.print(
            "Save these lines, put names and words right, and review that file:\n", style="dim", markup=False
        )
        console.print(to_correct(done.transcript), markup=False)
    for finding in done.findings:
        mark = "+" if finding.kind == "strength" else "–" if finding.kind == "gap" else "·"
        console.print(
            f"\n{mark} {finding.title} ({finding.turn_ids[0]}, {finding.speaker})", markup=False, style="bold"
        )
        console.print(f"  “{finding.quote}”", markup=False)
        console.print(f"  {finding.why}", markup=False)
        for sentence in finding.instead:
            console.print(f"  › {sentence}", markup=False)
    console.print("\nFor learning, not for employment decisions.", markup=False, style="dim")
