"""Two pictures: the landscape with the path, and the height after each step. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import ACCENT, DOT, INK, PAPER, QUIET, layered, quiet_axis, table

SIZES = {
    "landscape": {"narrow": (320, 260), "wide": (380, 350)},
    "descent": {"narrow": (320, 150), "wide": (320, 350)},
}


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {"landscape": _landscape(words["landscape"]), "descent": _descent(words["descent"])}


def _landscape(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "x:Q",
        scale=alt.Scale(nice=False),
        axis=alt.Axis(title=words["x"], grid=False, tickCount=5),
    )
    y = alt.Y("y:Q", scale=alt.Scale(nice=False), axis=quiet_axis(words["y"], tickCount=5))
    ends = alt.Chart(table("ends"))
    colour = alt.condition("datum.end", alt.value(ACCENT), alt.value(PAPER))
    best = alt.Chart(table("best"))
    return layered(
        alt.Chart(table("landscape_frame")).mark_point(opacity=0).encode(x, y),
        alt.Chart(table("contours"))
        .mark_line(color=QUIET, strokeWidth=1, opacity=0.6)
        .encode(x, y, detail="level:N", order="turn:Q"),
        best.mark_point(shape="cross", filled=True, color=INK, size=2.5 * DOT, opacity=1).encode(
            x, y
        ),
        alt.Chart(table("path"))
        .mark_line(color=ACCENT, strokeWidth=2, point={"color": ACCENT, "size": 14})
        .encode(x, y, order="step:Q"),
        ends.mark_point(
            filled=True, stroke=ACCENT, strokeWidth=2.5, size=2 * DOT, opacity=1
        ).encode(x, y, fill=colour),
    )


def _descent(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "step:Q",
        scale=alt.Scale(nice=False),
        axis=alt.Axis(title=words["x"], grid=False, tickCount=5, format="d"),
    )
    y = alt.Y(
        "height:Q",
        scale=alt.Scale(nice=False, domain=[-6, 2.5], clamp=True),
        axis=quiet_axis(
            words["y"],
            values=[-6, -4, -2, 0, 2],
            labelExpr="format(pow(10, datum.value), datum.value < -3 ? '.0e' : '~g')",
        ),
    )
    rows = alt.Chart(table("descent"))
    return layered(
        alt.Chart(table("descent_frame")).mark_point(opacity=0).encode(x),
        rows.mark_line(color=ACCENT, strokeWidth=2).encode(x, y, order="step:Q"),
        rows.mark_point(filled=True, color=ACCENT, size=22, opacity=1).encode(x, y),
    )
