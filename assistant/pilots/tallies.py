"""Numbers of a check-in as people have them: "12 of 60", "20% of 60", a pasted list, a file exported as CSV.

What comes out is small whatever came in: shares are counted, and of long lists the count, the mean and the spread
are kept.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.errors import InputRefusedError
from assistant.pilots.amounts import UnclearNumberError, Unit, read_all, read_count, read_number
from assistant.pilots.model import Numbers, Pilot, Which
from assistant.pilots.power import Kind

MOST_VALUES = 200
"""Longer lists are kept as count, mean and spread."""
MOST_ROWS = 500_000

_YES = frozenset(
    {"1", "1.0", "yes", "y", "true", "t", "won", "win", "closed won", "done", "met", "x", "success"}
)
_NO = frozenset(
    {"0", "0.0", "no", "n", "false", "f", "lost", "loss", "closed lost", "not done", "missed", "failure"}
)
_OF = re.compile(
    r"^(?P<part>.+?)\s*(?:\bof\b|\bout of\b|/|\bfrom\b)\s*(?P<whole>[\d][\d.,'’ ]*)\s*\D{0,40}$", re.I
)
_MEAN = re.compile(r"^(?:mean|average|avg|median)?\s*[:=]?\s*(?P<mean>\S+(?:\s?(?:days?|weeks?|months?))?)\s*"
                   r"(?:,|;|\bof\b|\bfrom\b|\bover\b|\(|\bn\b)\s*(?:n\s*[:=]?\s*)?(?P<n>\d[\d,]*)\D{0,20}?"
                   r"(?:,?\s*\(?sd\s*[:=]?\s*(?P<sd>[^\s)]+)\)?)?$", re.I)  # fmt: skip


def read_numbers(text: str, *, kind: Kind | None, unit: Unit | None, which: Which = "pilot") -> Numbers:
    """What was typed or pasted, in the metric's unit. Raises `InputRefusedError` for what is unclear or cannot be."""
    plain = " ".join(text.split())
    if not plain:
        raise InputRefusedError("No number was given", next_step="Write 12 of 60, or leave the field empty")
    if kind is None:
        raise InputRefusedError(
            "It is not said yet how the outcome is counted", kept="Nothing was changed",
            next_step="Name a metric first, or its kind: proportion, mean or time",
        )  # fmt: skip
    if kind == "proportion":
        return _share(plain, which) or _answers(text, which)
    return _mean_of(plain, unit, which) or _listed(text, kind, unit, which)


def _share(text: str, which: Which) -> Numbers | None:
    match = _OF.match(text)
    if match is None:
        if _lone_share(text):
            raise InputRefusedError(
                f"“{text[:40]}” says no count: 1 of 5 and 12 of 60 are both 20%", kept="Nothing was changed",
                next_step="Write it as 12 of 60, or 20% of 60",
            )  # fmt: skip
        return None
    of = read_count(match["whole"], "The count after “of”")
    part = read_number(match["part"])
    if part.value < 0:
        raise InputRefusedError(f"“{part.text}” is below nothing", next_step="Count from 0")
    if not part.percent and part.value == int(part.value):
        return counted(int(part.value), of, which)
    rate = part.value / 100 if part.percent else part.value
    return counted(_whole(rate, of, part.text), of, which)


def counted(successes: int, of: int, which: Which = "pilot") -> Numbers:
    """A share as two counts. 0 of 0 is kept as nothing counted; more than all of them is refused."""
    if successes > of:
        raise InputRefusedError(
            f"{successes:,} of {of:,} cannot be: that is more than all of them", kept="Nothing was changed",
            next_step="Correct one of the two",
        )  # fmt: skip
    return Numbers(which=which, successes=successes, of=of)


def _whole(rate: float, of: int, text: str) -> int:
    """The count that a share stands for, if it comes out whole as far as it was rounded."""
    count = round(rate * of)
    if rate > 1 or (of and abs(count / of - rate) > 0.0051):
        raise InputRefusedError(
            f"{text} of {of:,} comes to {rate * of:,.1f}, which is no count", kept="Nothing was changed",
            next_step="Write the two counts, such as 12 of 60",
        )  # fmt: skip
    return count


def _lone_share(text: str) -> bool:
    try:
        number = read_number(text)
    except UnclearNumberError:
        return False
    return number.percent or text not in _YES | _NO


def _answers(text: str, which: Which) -> Numbers:
    words = [word.strip().lower() for word in re.split(r"[\n;,\t]+", text) if word.strip()]
    return _of_answers(words, which)


def _of_answers(words: Sequence[str], which: Which, rows: Sequence[int] = ()) -> Numbers:
    for at, word in enumerate(words):
        if word not in _YES and word not in _NO:
            where = f"Row {rows[at]}: " if rows else ""
            raise InputRefusedError(
                f"{where}“{word[:40]}” is neither yes nor no", kept="Nothing was changed",
                next_step="Write 12 of 60, or one yes or no for each",
            )  # fmt: skip
    return counted(sum(word in _YES for word in words), len(words), which)


def _mean_of(text: str, unit: Unit | None, which: Which) -> Numbers | None:
    match = _MEAN.match(text)
    if (
        match is None
        or re.search(r"[;\n]", text)
        or not re.search(r"\b(?:n|of|from|over|mean|average|avg)\b", text, re.I)
    ):
        return None
    given = {"The mean": match["mean"].rstrip(",;")} | ({"The spread": match["sd"]} if match["sd"] else {})
    numbers = read_all(given, unit=unit)
    n = read_count(match["n"], "The count", least=0)
    _not_negative([numbers["The mean"]], unit)
    if numbers.get("The spread", 0) < 0:
        raise InputRefusedError("A spread is not below nothing", next_step="Give the standard deviation")
    return Numbers(which=which, mean=numbers["The mean"], n=n, sd=numbers.get("The spread"))


def _listed(text: str, kind: Kind, unit: Unit | None, which: Which) -> Numbers:
    """One value after the other; for times a plus says that it has not come to an end: 120+."""
    words = [
        word.strip() for word in re.split(r"[\n;\t]+|,\s+|(?<=[\d%+])\s+(?=[-$€£¥\d])", text) if word.strip()
    ]
    return _of_values([(n, word, word.endswith("+")) for n, word in enumerate(words, 1)], kind, unit, which)


def _of_values(
    found: Sequence[tuple[int, str, bool]], kind: Kind, unit: Unit | None, which: Which
) -> Numbers:
    written = {f"Value {row}": text.removesuffix("+") for row, text, _ in found}
    numbers = list(read_all(written, unit=unit).values())
    _not_negative(numbers, unit)
    waits = [kind == "time" and waiting for _, _, waiting in found]
    done = [value for value, waiting in zip(numbers, waits, strict=True) if not waiting]
    waiting = [value for value, still in zip(numbers, waits, strict=True) if still]
    if kind == "time" and any(value <= 0 for value in done):
        raise InputRefusedError(
            "A time is longer than nothing", kept="Nothing was changed",
            next_step="Leave out what has not begun; write 120+ for what has not ended",
        )  # fmt: skip
    if len(numbers) <= MOST_VALUES:
        return Numbers(which=which, values=tuple(done), waiting=tuple(waiting))
    return _summed(done, waiting, kind, which)


def _summed(done: Sequence[float], waiting: Sequence[float], kind: Kind, which: Which) -> Numbers:
    """Of times all that was waited by each that ended; of other values mean and standard deviation."""
    import statistics

    if kind == "time":
        ended = len(done)
        if not ended:
            return Numbers(which=which, waiting=(sum(waiting),))
        return Numbers(which=which, mean=(sum(done) + sum(waiting)) / ended, n=ended)
    return Numbers(which=which, mean=statistics.fmean(done), n=len(done), sd=statistics.stdev(done))


def _not_negative(values: Iterable[float], unit: Unit | None) -> None:
    for value in values:
        if value < 0 and unit != "currency":
            raise InputRefusedError(
                f"{value:g} is below nothing", kept="Nothing was changed", next_step="Correct the number"
            )


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a file is what, by position; `successes` and `of` are sums, `answer` is yes or no."""

    answer: int | None = None
    successes: int | None = None
    of: int | None = None
    waiting: int | None = None
    group: int | None = None


_NAMES: dict[str, tuple[str, ...]] = {
    "successes": ("successes", "success count", "wins", "hits", "yes", "second meetings", "converted", "renewed"),
    "of": ("of", "total", "opportunities", "n", "count", "out of", "meetings", "deals", "first meetings"),
    "answer": ("outcome", "result", "won", "won?", "success", "value", "days", "amount", "answer", "stage", "status",
               "duration", "ramp days", "time"),
    "waiting": ("waiting", "open", "censored", "still waiting", "not yet"),
    "group": ("group", "team", "which", "arm", "cohort"),
}  # fmt: skip


def read_csv(data: bytes, *, pilot: Pilot, name: str = "The file") -> tuple[Numbers, ...]:
    """The numbers of a CSV file: one row for each opportunity, or sums. Both groups, where a column tells them apart.

    Raises `InputRefusedError` naming the row for the first cell that cannot be used; nothing is taken then.
    """
    rows = _rows(data, name)
    kind = pilot.outcome.kind
    if kind is None:
        return (read_numbers("1", kind=None, unit=None),)
    header, first = _header(rows)
    columns = _columns(header, kind, name)
    found: list[Numbers] = []
    for which in ("pilot", "comparison"):
        mine = [
            (n, row) for n, row in enumerate(rows[first:], first + 1) if _which(row, columns, pilot) == which
        ]
        if mine:
            found.append(_of_rows(mine, columns, pilot, which))
    if not found:
        raise InputRefusedError(
            f"{name} has no row of {pilot.group.name or 'the pilot group'}", kept="Nothing was changed",
            next_step="Name the group in the column as the pilot does, or leave that column out",
        )  # fmt: skip
    return tuple(found)


def _rows(data: bytes, name: str) -> list[list[str]]:
    if b"\x00" in data[:4_096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputRefusedError(f"{name} is no text", next_step="Save the sheet as CSV first")
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:4_096], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = [row for row in csv.reader(io.StringIO(text), dialect) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputRefusedError(f"{name} is no CSV ({error})", next_step="Save the sheet as CSV") from error
    if not rows:
        raise InputRefusedError(f"{name} is empty", next_step="Save the sheet as CSV with one row for each")
    if len(rows) > MOST_ROWS:
        raise InputRefusedError(f"{name} has more than {MOST_ROWS:,} rows", next_step="Give the sums instead")
    return rows


def _header(rows: Sequence[Sequence[str]]) -> tuple[list[str], int]:
    first = [" ".join(cell.lower().replace("_", " ").split()) for cell in rows[0]]
    known = {name for names in _NAMES.values() for name in names}
    worded = not any(re.search(r"\d", cell) for cell in first) and not set(first) <= _YES | _NO | {""}
    return (first, 1) if worded or known & set(first) - _YES - _NO else ([], 0)


def _columns(header: Sequence[str], kind: Kind, name: str) -> Columns:
    if not header:
        return Columns(answer=0)
    at = {part: next((header.index(n) for n in names if n in header), None) for part, names in _NAMES.items()}
    sums = at["successes"] is not None and at["of"] is not None and kind == "proportion"
    answer = at["answer"] if at["answer"] is not None else 0 if len(header) == 1 else None
    if not sums and answer is None:
        raise InputRefusedError(
            f"{name} has no column that could be the {'result' if kind == 'proportion' else 'value'}",
            kept="Nothing was changed",
            next_step="Call it “value”, or “outcome” with yes and no, or “successes” beside “of”",
        )  # fmt: skip
    if sums:
        return Columns(successes=at["successes"], of=at["of"], group=at["group"])
    return Columns(answer=answer, waiting=at["waiting"], group=at["group"])


def _which(row: Sequence[str], columns: Columns, pilot: Pilot) -> Which | Literal["other"]:
    if columns.group is None:
        return "pilot"
    said = _cell(row, columns.group).lower()
    other = pilot.comparison.name if pilot.comparison else None
    if said in {"comparison", "control", (other or "comparison").lower()}:
        return "comparison"
    return "pilot" if pilot.group.name is None or said in {"pilot", pilot.group.name.lower()} else "other"


def _of_rows(
    rows: Sequence[tuple[int, Sequence[str]]], columns: Columns, pilot: Pilot, which: Which
) -> Numbers:
    kind, unit = pilot.outcome.kind or "mean", pilot.outcome.unit
    try:
        if columns.successes is not None and columns.of is not None:
            parts = [_sums(row, n, columns) for n, row in rows]
            return counted(sum(part for part, _ in parts), sum(of for _, of in parts), which)
        cells = [(n, _cell(row, columns.answer or 0), _waits(row, columns)) for n, row in rows]
        cells = [cell for cell in cells if cell[1]]
        if kind == "proportion":
            return _of_answers([text.lower() for _, text, _ in cells], which, [n for n, _, _ in cells])
        return _of_values(
            [(n, text, waits or text.endswith("+")) for n, text, waits in cells], kind, unit, which
        )
    except UnclearNumberError as error:
        raise InputRefusedError(
            error.what.replace("Value ", "Row "), kept="Nothing was changed", next_step=error.next_step
        ) from error


def _sums(row: Sequence[str], n: int, columns: Columns) -> tuple[int, int]:
    part = read_count(_cell(row, columns.successes or 0) or "0", f"Row {n}")
    of = read_count(_cell(row, columns.of or 0) or "0", f"Row {n}")
    if part > of:
        raise InputRefusedError(
            f"Row {n}: {part:,} of {of:,} cannot be", kept="Nothing was changed", next_step="Correct that row"
        )
    return part, of


def _waits(row: Sequence[str], columns: Columns) -> bool:
    return columns.waiting is not None and _cell(row, columns.waiting).lower() in _YES


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def shown(numbers: Iterable[Numbers]) -> Iterator[str]:
    """Each group's numbers as one reads them again: 12 of 60; 8 values, mean 104."""
    for each in numbers:
        if each.of is not None:
            yield f"{each.successes or 0:,} of {each.of:,}"
        elif each.mean is not None:
            yield f"mean {each.mean:,.4g}, n {each.n or 0:,}" + (f", sd {each.sd:,.4g}" if each.sd else "")
        else:
            values = [f"{value:g}" for value in each.values] + [f"{value:g}+" for value in each.waiting]
            yield "; ".join(values)
