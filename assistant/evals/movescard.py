"""The figures of the moves' model card, as `counterpart eval moves --card docs/moves.md` writes them."""

from collections.abc import Sequence
from pathlib import Path

from assistant.errors import InputRefusedError
from assistant.evals.moves import MovesReport

BEGIN, END = "<!-- figures: written by counterpart eval moves --card -->", "<!-- end of figures -->"


def write_figures(path: Path, report: MovesReport) -> None:
    """Put the tables between the card's two marks. Raises `InputRefusedError` for a file without them."""
    try:
        told = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefusedError(
            f"{path} cannot be read", next_step="Name a Markdown file with both marks"
        ) from error
    before, begin, rest = told.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise InputRefusedError(
            f"{path} has no place for the figures", next_step=f"Put “{BEGIN}” and “{END}” into it"
        )
    path.write_text(f"{before}{BEGIN}\n\n{figures(report)}\n{END}{after}", encoding="utf-8")


def figures(report: MovesReport) -> str:
    """Markdown tables: the measures, each move, what is taken for what, and how far a probability can be believed."""
    measures = [
        ("macro-F1", report.macro_f1),
        ("micro-F1", report.micro_f1),
        ("micro-F1 of meetings", report.meetings_micro_f1),
        ("questions, macro-F1", report.questions_macro_f1),
        ("questions by the rule alone", report.questions_macro_f1_by_rule),
        ("reflection, F1", report.reflection_f1),
        ("macro-F1 without marks, capitals, roles", report.bare_macro_f1),
        ("questions without marks", report.bare_questions_macro_f1),
        ("Brier score", report.brier),
        ("calibration error", report.calibration_error),
    ]
    parts = [
        f"Measured on {report.utterances} utterances of {report.scenarios} scenarios, none of them trained on.",
        _table(("Measure", "Value"), [(name, f"{value:.3f}") for name, value in measures]),
        _table(
            ("Move", "There", "Precision", "Recall", "F1"),
            [
                (each.move, str(each.there), f"{each.precision:.2f}", f"{each.recall:.2f}", f"{each.f1:.2f}")
                for each in report.moves
            ],
        ),
        "What is missed, and what is seen in its place, most often first:",
        _table(("Missed", "Seen instead", "Times"), [(a, b, str(times)) for a, b, times in report.confused]),
        "How far a probability can be believed:",
        _table(
            ("Probability", "Decisions", "Expected", "True"),
            [
                (
                    f"{each.low:.1f} to {each.high:.1f}",
                    str(each.decisions),
                    f"{each.expected:.2f}",
                    f"{each.found:.2f}",
                )
                for each in report.reliability
            ],
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
