"""A question about power as it is typed on the command line."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.errors import InputRefusedError
from assistant.pilots.amounts import UnclearNumberError, Unit, read_all, read_count, read_number, show_change
from assistant.pilots.power import Kind, Power, power_of

_KINDS: dict[str, Kind] = {"proportion": "proportion", "mean": "mean", "time": "time"}


@dataclass(frozen=True, slots=True)
class AskedPower:
    """The answer, and the unit its change is in: that of the baseline as it was typed."""

    power: Power
    unit: str
    shown: Callable[[float], str]


def asked_power(
    kind: str, *, n: str, baseline: str, target: str, comparison_n: str | None = None, sd: str | None = None
) -> AskedPower:
    """Reads the numbers as people write them. Raises `InputRefusedError` for what makes no sense."""
    chosen = _KINDS.get(kind.strip().lower())
    if chosen is None:
        raise InputRefusedError(f"There is no kind “{kind[:40]}”", next_step="Use proportion, mean or time")
    percent = chosen == "proportion" or "%" in baseline + target
    numbers = read_all({"--baseline": baseline, "--target": target}, unit="percent" if percent else None)
    fractions = chosen == "proportion" and _fractions(baseline, target)
    scale = 100.0 if chosen == "proportion" else 1.0
    found = power_of(
        chosen,
        n=_count(n, "--n"),
        baseline=numbers["--baseline"] / scale,
        target=numbers["--target"] / scale,
        comparison_n=None if comparison_n is None else _count(comparison_n, "--comparison-n"),
        sd=None if sd is None else _positive(sd),
    )
    back = 1.0 if fractions else scale
    change = found.smallest_detectable_change
    power = Power(None if change is None else change * back, found.chance_to_see_target, found.test, found.method,
                  found.false_alarm_chance)  # fmt: skip
    unit = "fraction" if fractions else "percentage points" if percent else "as given"
    show_in: Unit | None = "percent" if percent else None
    return AskedPower(
        power, unit, lambda change: show_change(change * (100.0 if fractions else 1.0), show_in)
    )


def _count(text: str, name: str) -> int:
    try:
        return read_count(text, name, least=1)
    except UnclearNumberError as error:
        raise InputRefusedError(f"{name}: “{text[:40]}” is no number of opportunities",
                                next_step="Give a whole number of at least 1") from error  # fmt: skip


def _positive(text: str) -> float:
    value = read_number(text).value
    if value <= 0:
        raise InputRefusedError("--sd: a spread is above nothing", next_step="Give the standard deviation")
    return value


def _fractions(*texts: str) -> bool:
    numbers = [read_number(text) for text in texts]
    return all(not number.percent and abs(number.value) <= 1 for number in numbers) and any(
        0 < number.value < 1 for number in numbers
    )
