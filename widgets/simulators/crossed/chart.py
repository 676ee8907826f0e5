"""Two pictures: the ratings with the means at their margins, three intervals. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import INK, LABEL_SIZE, interval_rows, layered, table

SIZES = {
    "ratings": {"narrow": (320, 230), "wide": (400, 340)},
    "intervals": {"narrow": (320, 150), "wide": (300, 340)},
}

COLOURS = {"none": "var(--means)", "reader": "var(--ols)", "both": "var(--mixed)"}
SHADE = "'color-mix(in oklab, var(--accent) ' + datum.shade + '%, var(--panel))'"


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {
        "ratings": _ratings(words["ratings"]),
        "intervals": interval_rows(words["intervals"], COLOURS),
    }


def _ratings(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "x:Q",
        scale=alt.Scale(nice=False),
        axis=alt.Axis(title=words["x"], labels=False, grid=False),
    )
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(nice=False),
        axis=alt.Axis(title=words["y"], labels=False, grid=False),
    )
    ratings = alt.Chart(table("ratings")).transform_calculate(colour=SHADE)
    names = f"datum.kind ? {words['second']!r} : {words['first']!r}"
    return layered(
        alt.Chart(table("heat_frame")).mark_point(opacity=0).encode(x, y),
        ratings.mark_rect(stroke=None).encode(
            x, y, alt.Color("colour:N", scale=None), x2="x2:Q", y2="y2:Q"
        ),
        alt.Chart(table("halves")).mark_rule(color=INK, strokeWidth=2).encode(x),
        alt.Chart(table("kinds"))
        .transform_calculate(name=names)
        .mark_text(baseline="bottom", dy=-2, color=INK, fontSize=LABEL_SIZE, fontWeight="bold")
        .encode(x, y=alt.value(0), text="name:N"),
    )
