"""What the numbers can show, in words an executive understands."""

from collections.abc import Callable

from assistant.pilots.power import Power
from prompts import phrase


def in_words(power: Power, shown: Callable[[float], str]) -> list[str]:
    """Two or three sentences; `shown` writes a change in the metric's unit."""
    lines = []
    change = power.smallest_detectable_change
    if change is None:
        lines.append(phrase("pilots", "power-none"))
    else:
        lines.append(phrase("pilots", "power-change", change=shown(change)))
    lines.append(
        phrase("pilots", _chance(power.chance_to_see_target), chance=of_ten(power.chance_to_see_target))
    )
    return lines


def of_ten(chance: float) -> str:
    """A chance as "7 times in 10"."""
    if chance >= 0.985:
        return "nearly always"
    if chance < 0.05:
        return "hardly ever"
    tens = round(chance * 10)
    return "1 time in 10" if tens <= 1 else "9 times in 10" if tens >= 10 else f"{tens} times in 10"


def _chance(chance: float) -> str:
    return "power-good" if chance >= 0.8 else "power-fair" if chance >= 0.5 else "power-poor"
