"""How often each simulated learner ends a rehearsal well, as a picture: a bar for each, and where it should lie."""

from collections.abc import Sequence

from assistant.documents.chart import Palette
from assistant.rehearsal.realism import Row

_TITLE = "Meetings that end well (pale: where the share should lie, on normal)"


def realism_svg(rows: Sequence[Row], palette: Palette | None = None) -> str:
    """The chart as SVG: one block of bars for each level, in the order of `rows`."""
    import altair as alt
    import vl_convert as vlc

    colours = palette or Palette()
    data = alt.InlineData(values=[_values(row) for row in rows])
    learner = alt.Y("learner:N", title=None, sort=list(dict.fromkeys(row.kind for row in rows)))
    share = alt.X(
        "share:Q", title=_TITLE, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=10)
    )
    base = alt.Chart().encode(y=learner)
    layers = alt.layer(
        base.mark_bar(color=colours.band, size=18).encode(x="least:Q", x2="most:Q"),
        base.mark_bar(color=colours.line, size=8).encode(x=share),
        base.mark_text(align="left", dx=6, color=colours.text).encode(x="share:Q", text="shown:N"),
        data=data,
    ).properties(width=420, height=alt.Step(26))
    levels = list(dict.fromkeys(row.level for row in rows))
    chart = layers.facet(row=alt.Row("level:N", title=None, sort=levels)).configure(
        font=colours.font, background=colours.page
    )
    return str(vlc.vegalite_to_svg(chart.to_json()))


def _values(row: Row) -> dict[str, str | float | None]:
    bars = row.level == "normal"
    return {
        "level": row.level, "learner": row.kind.replace("-", " "), "share": row.share, "shown": f"{row.share:.0%}",
        "least": row.least if bars else None, "most": row.most if bars else None,
    }  # fmt: skip
