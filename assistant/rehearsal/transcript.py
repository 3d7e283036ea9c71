"""A rehearsal as a Markdown file: what was said, what each line did, and what came of it."""

from assistant.rehearsal.debrief import debrief
from assistant.rehearsal.notes import note_on
from assistant.rehearsal.session import Session

_MARKS = {"yes": "[x]", "no": "[ ]", "not_seen": "[–]"}


def as_markdown(session: Session) -> str:
    """The whole of it, the debrief at the end."""
    scenario, name = session.scenario, session.scenario.counterpart.name
    lines = [
        f"# {scenario.title}",
        "",
        f"{session.level}, seed {session.counterpart.seed}",
        "",
        f"**{name}:** {_plain(session.first.his[-1])}",
    ]
    for at, exchange in enumerate(session.exchanges):
        note = note_on(exchange, scenario, session.lines[: at + 1])
        lines += [
            "",
            f"**You:** {_plain(exchange.text)}",
            "",
            f"*{note.summary} {' '.join(note.why)}*".replace(" *", "*"),
        ]
        lines += ["", f"**{name}:** {_plain(exchange.reply)}"]
    done = debrief(session)
    lines += ["", "## What came of it", "", done.ended or "Not ended yet.", ""]
    for check in done.checks:
        quote = f": “{_plain(check.quote)}”" if check.quote else ""
        lines.append(f"- {_MARKS[check.result]} {check.text}{quote}")
    lines += [
        "",
        f"What was not said: {done.worry}",
        "",
        f"Practise next: {done.practise}",
        "",
        "For learning, not for employment decisions.",
        "",
    ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Words as words: nothing in them is markup."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#!|" else letter for letter in text)
