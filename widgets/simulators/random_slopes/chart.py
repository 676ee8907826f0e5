"""Two pictures: the lines of eight patients with their average, two intervals. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import (
    INK,
    UNIT_BAR_COLOUR,
    UNIT_COLOUR,
    interval_rows,
    layered,
    quiet_axis,
    table,
)

SIZES = {
    "lines": {"narrow": (320, 240), "wide": (410, 340)},
    "intervals": {"narrow": (320, 140), "wide": (290, 340)},
}

COLOURS = {"intercepts": "var(--ols)", "slopes": "var(--mixed)"}


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {
        "lines": _lines(words["lines"]),
        "intervals": interval_rows(words["intervals"], COLOURS),
    }


def _lines(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "time:Q",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(
            title=None,
            grid=False,
            values=[0, 1],
            labelExpr=f"datum.value < 0.5 ? {words['start']!r} : {words['end']!r}",
        ),
    )
    y = alt.Y("y:Q", scale=alt.Scale(nice=False), axis=quiet_axis(words["y"], tickCount=5))
    colour = alt.Color("colour:N", scale=None)
    visits = alt.Chart(table("visits")).transform_calculate(colour=UNIT_COLOUR)
    lines = alt.Chart(table("lines")).transform_calculate(colour=UNIT_BAR_COLOUR)
    average = alt.Chart(table("average"))
    return layered(
        alt.Chart(table("frame")).mark_point(opacity=0).encode(x, y),
        average.mark_area(color=INK, opacity=0.16).encode(x, alt.Y("low:Q"), y2="high:Q"),
        visits.mark_point(filled=True, size=22, opacity=0.55).encode(x, y, colour),
        lines.mark_rule(strokeWidth=1.5).encode(alt.X("start:Q"), y, colour, x2="end:Q", y2="y2:Q"),
        average.mark_line(color=INK, strokeWidth=3).encode(x, y),
    )
