"""A pilot's numbers as an executive likes them: one line, its plausible range, where it came from, where it shall go."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Any

from assistant.pilots.days import show_date
from assistant.pilots.model import Pilot
from assistant.pilots.reading import Reading
from assistant.pilots.told import amount


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a chart: the line, its range, the quiet parts, and what it is written in."""

    line: str = "#2c6159"
    band: str = "#cfe0da"
    quiet: str = "#5d6665"
    grid: str = "#e6e2d8"
    text: str = "#22282a"
    goal: str = "#a4661f"
    font: str = "Liberation Sans, Arial, sans-serif"
    page: str = "#ffffff"


DARK = Palette(line="#8cc5ba", band="#2c4742", quiet="#a3a9a6", grid="#343a3b", text="#e8e6e0", goal="#d9a566",
               page="#16191a")  # fmt: skip


def chart(
    pilot: Pilot,
    reading: Reading,
    *,
    width: int | str = 620,
    height: int = 260,
    palette: Palette | None = None,
) -> Any:
    """An Altair chart of all points of the reading; None where nothing was counted."""
    import altair as alt

    points = [point for point in reading.points if point.value is not None]
    if not points:
        return None
    colours = palette or Palette()
    start = pilot.start or points[0].on - timedelta(days=14)
    end = max(filter(None, (pilot.outcome.by, points[-1].on)))
    x = alt.X("on:T", title=None, scale=alt.Scale(domain=[_time(min(start, points[0].on)), _time(end)]),
              axis=alt.Axis(format="%-d %b", grid=False, tickCount=6, labelFlush=False))  # fmt: skip
    low, high = _limits(pilot, reading)
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=[low, high], clamp=True),
              axis=alt.Axis(tickCount=4, labelExpr=_label(pilot), domain=False, ticks=False))  # fmt: skip
    rows = [_row(pilot, point) for point in points]
    base = alt.Chart(_data(rows))
    tip = [alt.Tooltip("day:N", title="Day"), alt.Tooltip("shown:N", title="So far"),
           alt.Tooltip("n:Q", title="Counted"), alt.Tooltip("range:N", title="Plausible range")]  # fmt: skip
    layers = [base.mark_area(color=colours.band, opacity=1).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")]
    if len(points) == 1:
        layers = [
            base.mark_rule(color=colours.band, strokeWidth=10).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
        ]
    layers += _marks(pilot, colours)
    if any(point.other is not None for point in points):
        layers += _comparison(pilot, rows, x, colours, room=(high - low) / 8)
    layers += [
        base.mark_line(color=colours.line, strokeWidth=2.5).encode(x=x, y=y),
        base.mark_circle(color=colours.line, size=55, opacity=1).encode(x=x, y=y, tooltip=tip),
        alt.Chart(_data(rows[-1:]))
        .mark_text(align="left", dx=9, color=colours.line, fontSize=15, fontWeight="bold")
        .encode(x=x, y=y, text="shown:N"),
    ]
    return alt.layer(*layers).properties(width=width, height=height).configure(
        font=colours.font, background=colours.page, padding={"left": 4, "right": 76, "top": 10, "bottom": 4},
    ).configure_view(stroke=None).configure_axis(
        labelColor=colours.quiet, gridColor=colours.grid, domainColor=colours.grid, tickColor=colours.grid,
        labelFontSize=12,
    )  # fmt: skip


def chart_png(
    pilot: Pilot, reading: Reading, *, scale: float = 2.5, width: int = 620, height: int = 230
) -> bytes | None:
    """The chart as a PNG; None where nothing was counted. Nothing is fetched: the renderer brings its own fonts."""
    import vl_convert

    drawn = chart(pilot, reading, width=width, height=height)
    if drawn is None:
        return None
    return bytes(vl_convert.vegalite_to_png(drawn.to_json(), scale=scale, allowed_base_urls=[]))


def chart_svg(pilot: Pilot, reading: Reading, *, width: int = 620, height: int = 230) -> str | None:
    """The chart as SVG; None where nothing was counted."""
    import vl_convert

    drawn = chart(pilot, reading, width=width, height=height)
    return None if drawn is None else str(vl_convert.vegalite_to_svg(drawn.to_json(), allowed_base_urls=[]))


def in_a_sentence(pilot: Pilot, reading: Reading) -> str:
    """The chart for who cannot see it."""
    points = [point for point in reading.points if point.value is not None]
    told = [f"{show_date(point.on)}: {amount(pilot, point.value)} ({point.n:,} counted)" for point in points]
    marks = [
        f"before: {amount(pilot, pilot.outcome.baseline)}",
        f"target: {amount(pilot, pilot.outcome.target)}",
    ]
    return "; ".join([*told, *marks])


def _marks(pilot: Pilot, colours: Palette) -> list[Any]:
    """The baseline and the target, each with its name on the line."""
    import altair as alt

    found = []
    outcome = pilot.outcome
    for value, name, colour, dash in (
        (outcome.baseline, "before", colours.quiet, [4, 4]),
        (outcome.target, "target", colours.goal, [1, 0]),
    ):
        if value is None:
            continue
        data = _data([{"value": value, "text": f"{name} {amount(pilot, value)}"}])
        line = alt.Chart(data).mark_rule(color=colour, strokeDash=dash, strokeWidth=1.3)
        text = alt.Chart(data).mark_text(
            align="left", baseline="bottom", dx=4, dy=-3, color=colour, fontSize=12
        )
        found += [line.encode(y="value:Q"), text.encode(x=alt.value(0), y="value:Q", text="text:N")]
    return found


def _comparison(
    pilot: Pilot, rows: list[dict[str, Any]], x: Any, colours: Palette, *, room: float
) -> list[Any]:
    """The other group's line; its name stands beside it where there is room below or above ours."""
    import altair as alt

    rows = [row for row in rows if row["other"] is not None]
    name = (pilot.comparison.name if pilot.comparison else None) or "comparison"
    last = [{**rows[-1], "text": name if len(name) <= 12 else f"{name[:11]}…"}]
    line = alt.Chart(_data(rows)).mark_line(color=colours.quiet, strokeWidth=1.3, opacity=0.8)
    text = alt.Chart(_data(last)).mark_text(align="left", dx=9, color=colours.quiet, fontSize=12)
    if abs(rows[-1]["other"] - rows[-1]["value"]) < room:
        return [line.encode(x=x, y="other:Q")]
    return [line.encode(x=x, y="other:Q"), text.encode(x=x, y="other:Q", text="text:N")]


def _row(pilot: Pilot, point: Any) -> dict[str, Any]:
    high = None if point.high == inf else point.high
    around = f"{amount(pilot, point.low)} to {amount(pilot, point.high)}"
    return {
        "on": _time(point.on), "day": show_date(point.on), "value": point.value, "low": point.low,
        "high": 1e12 if high is None else high, "other": point.other, "n": point.n,
        "shown": amount(pilot, point.value), "range": around,
    }  # fmt: skip


def _limits(pilot: Pilot, reading: Reading) -> tuple[float, float]:
    """A scale that holds all that matters: a wide first range may be cut, the line and the marks never."""
    marks = [each for each in (pilot.outcome.baseline, pilot.outcome.target) if each is not None]
    values = [each for point in reading.points for each in (point.value, point.other) if each is not None]
    last = reading.points[-1]
    edges = [edge for edge in (last.low, last.high) if edge != inf]
    top, bottom = max(marks + values + edges), min([0.0, *marks, *values])
    top = top * 1.12 if top > 0 else 1.0
    return bottom, min(top, 100.0) if pilot.outcome.unit == "percent" else top


def _label(pilot: Pilot) -> str:
    unit, money = pilot.outcome.unit, pilot.outcome.money or "$"
    return {
        "percent": "datum.label + '%'",
        "currency": f"'{money if money in '$€£¥' else '$'}' + datum.label",
        "days": "datum.label + ' d'",
    }.get(unit or "", "datum.label")


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"


def _data(rows: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Data(values=rows)  # type: ignore[no-untyped-call]  # generated from the schema without types
