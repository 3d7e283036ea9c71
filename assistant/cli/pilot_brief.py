"""`counterpart pilot brief`: the interview, one question at a time; the short form; and a reply pasted from a phone."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.cli.pilot_shared import Person, name_of, opened, side_of, today, viewer_of
from assistant.errors import InputRefusedError

if TYPE_CHECKING:
    from assistant.advice.answer import Remembered
    from assistant.pair.memory import Memory
    from assistant.pilots.brief import Interview
    from assistant.records import PilotRecord


def register(group: typer.Typer) -> None:
    """Add the command to the group of pilots."""
    group.command("brief")(brief)


def brief(
    pilot_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A pilot; without one it begins one")
    ] = None,
    *,
    wish: Annotated[
        str | None,
        typer.Option(
            help="What it is about: “ramp new hires faster”; else the outcome you told of the two of you"
        ),
    ] = None,
    group: Annotated[str | None, typer.Option(help="The short form: which one team")] = None,
    by: Annotated[str | None, typer.Option(help="The short form: by when")] = None,
    question: Annotated[
        str | None, typer.Option(help="The question that --answer belongs to; otherwise the next one")
    ] = None,
    answer: Annotated[str | None, typer.Option(help="An answer; “unknown” is one")] = None,
    send: Annotated[
        bool, typer.Option("--send", help="Write the questions that are open, to send to the VP")
    ] = False,
    reply: Annotated[
        Path | None, typer.Option(help="A file with the reply, or - for standard input", allow_dash=True)
    ] = None,
    pattern: Annotated[
        str | None, typer.Option(help="Fill what stands empty from this pilot pattern of the playbook")
    ] = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """The brief as an interview. Each answer is kept at once; run it again to go on where you were.

    Example: counterpart pilot brief --wish "ramp new hires faster" --group "March class" --by "end of June"
    """
    from assistant.pair.memory import said_line
    from assistant.pilots.brief import Interview

    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        interview = Interview(house.measures, today(), side_of(house, viewer), name_of(house, viewer))
        given = {"outcome": wish or "", "group": group or "", "by": by or ""}
        known = [] if wish or pilot_id else _known(house.recall(viewer), given)
        record = _begun(house, viewer, interview, pilot_id, given)
        shown: dict[str, Any] = {"remembered": [each.model_dump(mode="json") for each in known]}
        if known and not as_json:
            typer.echo(said_line(known))

        def keep(change: Any, about: str) -> Any:
            return house.pilots.update(viewer, record.id, change, about=about)

        if pattern:
            record = keep(
                lambda pilot: _patterned(house, pilot, pattern), f"Filled from the pattern {pattern}"
            )
        if reply is not None:
            record, found = _replied(keep, interview, reply)
            shown |= found
        elif send:
            record, found = _sent(keep, interview)
            shown |= found
        elif answer is not None:
            record, found = _answered(keep, interview, record, question, answer)
            shown |= found
        elif not as_json and sys.stdin.isatty():
            record = _interview(keep, interview, record)
    _tell(record, interview, shown, as_json)


def _known(memory: "Memory", given: dict[str, str]) -> list["Remembered"]:
    """Begin with the outcome and the team that were told between the two; what was used of it."""
    used = {
        source.kind: source for _, _, source in reversed(memory.facts) if source.kind in ("outcome", "group")
    }
    if "outcome" not in used:
        return []
    given["outcome"] = used["outcome"].words
    given["group"] = given["group"] or memory.value("group") or ""
    return list(used.values())


def _begun(
    house: Any, viewer: Any, interview: "Interview", pilot_id: str | None, given: dict[str, str]
) -> Any:
    from assistant.pilots.model import Pilot
    from assistant.pilots.reply import short_form

    wish = given["outcome"].strip()
    if pilot_id is None and not wish:
        raise InputRefusedError(
            "It is not said what it is about, and no outcome was told between you",
            next_step="Give --wish in a line, or the id of a pilot",
        )
    if pilot_id is not None:
        if not any(given.values()):
            return house.pilots.get(viewer, pilot_id)
        return house.pilots.update(
            viewer,
            pilot_id,
            lambda pilot: short_form(pilot, interview=interview, **given),
            about="The short form",
        )
    begun = Pilot(title=wish[:80])
    return house.pilots.create(
        viewer, short_form(begun, interview=interview, **given), about="Begun from a wish"
    )


def _patterned(house: Any, pilot: Any, pattern: str) -> Any:
    from assistant.pilots.fill import from_pattern

    card = next((each for each in house.playbook.cards if each.id == pattern and each.kind == "pilot"), None)
    if card is None:
        known = ", ".join(each.id for each in house.playbook.cards if each.kind == "pilot")
        raise InputRefusedError(
            f"There is no pattern “{pattern[:60]}”",
            kept="Nothing was changed",
            next_step=f"There are: {known}",
        )
    return from_pattern(pilot, card, measures=house.measures, today=today())


def _answered(
    keep: Any, interview: "Interview", record: "PilotRecord", question: str | None, answer: str
) -> tuple["PilotRecord", dict[str, Any]]:
    following = interview.next(record.pilot)
    name = question or (following.id if following else "")
    step = interview.answer(record.pilot, name, answer)
    record = keep(lambda pilot: interview.answer(pilot, name, answer).pilot, f"Answered: {name}")
    return record, {"note": step.note, "sharper": step.sharper}


def _sent(keep: Any, interview: "Interview") -> tuple["PilotRecord", dict[str, Any]]:
    from assistant.pilots.reply import request

    record: PilotRecord = keep(lambda pilot: request(pilot, interview)[0], "Questions written for the VP")
    return record, {"message": request(record.pilot, interview)[1]}


def _replied(keep: Any, interview: "Interview", reply: Path) -> tuple["PilotRecord", dict[str, Any]]:
    from assistant.pilots.reply import Reply, parse_reply

    try:
        text = sys.stdin.read() if str(reply) == "-" else reply.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefusedError(
            f"{reply} cannot be read", next_step="Name a text file, or - for standard input"
        ) from error
    parsed: list[Reply] = []

    def take(pilot: Any) -> Any:
        parsed.append(parse_reply(pilot, text, interview))
        return parsed[-1].pilot

    record = keep(take, "The VP's reply")
    found = parsed[-1]
    taken = [
        {"question": each.question.id, "words": each.words, "sharper": each.sharper} for each in found.taken
    ]
    return record, {"taken": taken, "left": list(found.left)}


def _interview(keep: Any, interview: "Interview", record: "PilotRecord") -> "PilotRecord":
    """One question after the other, until an empty line or the end."""
    typer.echo(
        "One question at a time; “unknown” is an answer, an empty line stops here and keeps all of it.\n"
    )
    while (question := interview.next(record.pilot)) is not None:
        said = str(typer.prompt(interview.text(record.pilot, question), default="", show_default=False))
        if not said.strip():
            break
        record, shown = _answered(keep, interview, record, question.id, said)
        if shown["note"]:
            typer.secho(f"  {shown['note']}", dim=True)
    return record


def _tell(record: "PilotRecord", interview: "Interview", shown: dict[str, Any], as_json: bool) -> None:
    from assistant.pilots.brief import say
    from assistant.pilots.scope import statement

    following = interview.next(record.pilot)
    text = interview.text(record.pilot, following) if following else None
    if as_json:
        print_json({
            "id": record.id, "version": record.version, "title": record.pilot.title,
            "statement": statement(record.pilot, interview.measures), "question": following.id if following else None,
            "text": text, "open": [each.id for each in interview.open(record.pilot)],
            "unknown": list(record.pilot.unknown), **shown,
        })  # fmt: skip
        return
    if "message" in shown:
        typer.echo(shown["message"])
        return
    for each in shown.get("taken", []):
        typer.echo(
            f"{each['question']}: {each['words']}" + (f"\n  {each['sharper']}" if each["sharper"] else "")
        )
    for line in shown.get("left", []):
        typer.echo(f"Left over: {line}")
    typer.echo(f"{record.id}  {statement(record.pilot, interview.measures)}")
    typer.echo(f"Next: {text}" if text else say("finished"))
