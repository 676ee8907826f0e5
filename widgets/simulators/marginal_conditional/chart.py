"""Two pictures: the curves of patients with their average, and two odds ratios. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import (
    DOT,
    HAIRLINE,
    INK,
    QUIET,
    coloured,
    layered,
    named_rows,
    quiet_axis,
    table,
)

SIZES = {
    "curves": {"narrow": (320, 230), "wide": (410, 340)},
    "ratios": {"narrow": (320, 140), "wide": (290, 340)},
}

COLOURS = {"glmm": "var(--mixed)", "gee": "var(--gee)"}
TICKS = [
    -0.6931471805599453,
    0,
    0.6931471805599453,
    1.3862943611198906,
    2.0794415416798357,
    2.772588722239781,
]
"""Logarithms of a half, one, two, four, eight, sixteen."""


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {"curves": _curves(words["curves"]), "ratios": _ratios(words["ratios"])}


def _curves(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "dose:Q",
        scale=alt.Scale(domain=[-5, 5], nice=False),
        axis=alt.Axis(title=words["x"], grid=False, values=[-4, -2, 0, 1, 2, 4]),
    )
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=quiet_axis(words["y"], values=[0, 0.25, 0.5, 0.75, 1], format="%"),
    )
    return layered(
        alt.Chart(table("doses")).mark_rule(color=INK, strokeDash=[2, 3]).encode(x),
        alt.Chart(table("patients"))
        .mark_line(color=QUIET, strokeWidth=1, opacity=0.45)
        .encode(x, y, detail="patient:N"),
        alt.Chart(table("mine")).mark_line(color=COLOURS["glmm"], strokeWidth=3).encode(x, y),
        alt.Chart(table("average")).mark_line(color=COLOURS["gee"], strokeWidth=4.5).encode(x, y),
    )


def _ratios(words: Mapping[str, str]) -> alt.LayerChart:
    scale = alt.Scale(nice=False, zero=False)
    x = alt.X(
        "effect:Q",
        scale=scale,
        axis=alt.Axis(
            title=words["x"], grid=False, values=TICKS, labelExpr="format(exp(datum.value), '.2~g')"
        ),
    )
    rows = alt.Chart(table("ratios"))
    method, colour = named_rows("method", words, COLOURS), coloured("method", COLOURS)
    return layered(
        alt.Chart(table("ratio_frame")).mark_point(opacity=0).encode(x),
        alt.Chart(table("one")).mark_rule(color=HAIRLINE, strokeWidth=1.5).encode(x),
        rows.mark_rule(strokeWidth=7, strokeCap="round", opacity=0.5).encode(
            alt.X("low:Q", scale=scale), method, colour, x2="high:Q"
        ),
        rows.mark_tick(color=INK, thickness=2.5, size=34, orient="vertical").encode(
            alt.X("true:Q", scale=scale), method
        ),
        rows.mark_point(filled=True, size=2.5 * DOT, opacity=1).encode(
            alt.X("estimate:Q", scale=scale), method, colour
        ),
    )
