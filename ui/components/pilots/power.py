"""What the numbers can show, behind one click: a sentence, a line of chance, and a picture of what looks like luck."""

from html import escape

import streamlit as st

from assistant.pilots.scope import change_shown, power_for
from assistant.pilots.told import amount
from assistant.pilots.words import in_words
from ui.components.pilots.acts import Desk


def show_power(desk: Desk) -> None:
    """Closed until somebody asks."""
    with st.expander("What could the numbers show?", key="pilot-power"):
        power = power_for(desk.pilot)
        if power is None:
            st.html(
                '<p class="cp-quiet">Give today\'s figure, the target and how many opportunities there will be, and it stands here.</p>'
            )
            return
        lines = in_words(power, lambda change: change_shown(desk.pilot, change))
        st.html(
            "".join(f"<p>{escape(line)}</p>" for line in lines)
            + _dots(power.chance_to_see_target)
            + _line(desk, power.smallest_detectable_change)
        )
        better = (
            "More opportunities (a later end), an earlier sign, or a comparison team would make it better."
            if power.chance_to_see_target < 0.8
            else ""
        )
        st.html(f'<p class="cp-quiet">{better} Method: {escape(power.test)}; {escape(power.method)}. Where nothing changed, it would '
                f"cry wolf {power.false_alarm_chance:.0%} of the time.</p>")  # fmt: skip


def _dots(chance: float) -> str:
    """Of ten pilots that reach the target in truth, how many would show it."""
    seen = round(chance * 10)
    dots = "".join(f'<span class="cp-dot{" cp-dot-on" if n < seen else ""}"></span>' for n in range(10))
    return (f'<div class="cp-dots" role="img" aria-label="Of ten pilots that reach the target, {seen} would show it">{dots}</div>'
            f'<p class="cp-quiet">Of ten such pilots that reach the target in truth, {seen} would show it.</p>')  # fmt: skip


def _line(desk: Desk, change: float | None) -> str:
    """Today and the target on one line, with the stretch that looks like luck."""
    outcome = desk.pilot.outcome
    base, target = outcome.baseline, outcome.target
    if change is None or base is None or target is None:
        return ""
    edge = base + change if target > base else base - change
    low, high = min(base, target, edge), max(base, target, edge)
    room = (high - low) * 0.15 or 1.0
    low, high = low - room, high + room

    def place(value: float) -> float:
        return round((value - low) / (high - low) * 100, 1)

    left, width = min(place(base), place(edge)), abs(place(edge) - place(base))
    label = f"Today {amount(desk.pilot, base)}, target {amount(desk.pilot, target)}; up to {amount(desk.pilot, edge)} looks like luck"
    return (f'<div class="cp-scale" role="img" aria-label="{escape(label, quote=True)}">'
            f'<span class="cp-luck" style="left:{left}%;width:{width}%"></span>'
            f'<span class="cp-mark" style="left:{place(base)}%"><b></b>today {escape(amount(desk.pilot, base))}</span>'
            f'<span class="cp-mark cp-goal" style="left:{place(target)}%"><b></b>target {escape(amount(desk.pilot, target))}</span>'
            f'</div><p class="cp-quiet">The shaded stretch, up to {escape(amount(desk.pilot, edge))}, could be luck.</p>')  # fmt: skip
