"""Pictures: the clusters of one sample, false alarms by formula, and counted. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import (
    DOT,
    INK,
    LABEL_SIZE,
    PAPER,
    UNIT_BAR_COLOUR,
    UNIT_COLOUR,
    coloured,
    layered,
    named_rows,
    quiet_axis,
    share_rows,
    table,
)

SIZES = {
    "arms": {"narrow": (320, 160), "wide": (290, 330)},
    "curves": {"narrow": (320, 220), "wide": (410, 330)},
    "counted": {"narrow": (320, 190), "wide": (560, 220)},
}

COLOURS = {
    "ignored": "var(--ols)",
    "plain": "var(--warn)",
    "kc": "var(--gee)",
    "md": "var(--mixed)",
}


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {
        "arms": _arms(words["arms"]),
        "curves": _curves(words["curves"]),
        "counted": _counted(words["counted"]),
    }


def _arms(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[0, 2]),
        axis=alt.Axis(
            title=None,
            grid=False,
            values=[0.5, 1.5],
            labelExpr=f"datum.value < 1 ? {words['control']!r} : {words['treated']!r}",
            labelColor=INK,
        ),
    )
    y = alt.Y("y:Q", scale=alt.Scale(nice=False), axis=quiet_axis(words["y"], tickCount=5))
    colour = alt.Color("colour:N", scale=None)
    members = alt.Chart(table("members")).transform_calculate(colour=UNIT_COLOUR)
    clusters = alt.Chart(table("clusters")).transform_calculate(colour=UNIT_BAR_COLOUR)
    return layered(
        alt.Chart(table("arm_frame")).mark_point(opacity=0).encode(x, y),
        members.mark_point(filled=True, size=16, opacity=0.5).encode(x, y, colour),
        clusters.mark_rule(strokeWidth=3.5, strokeCap="round").encode(x, y, colour, x2="x2:Q"),
    )


def _curves(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "clusters:Q",
        scale=alt.Scale(domain=[0, 60], nice=False),
        axis=alt.Axis(title=words["x"], grid=False, values=[4, 10, 20, 30, 40, 50, 60]),
    )
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(nice=False, domainMin=0),
        axis=quiet_axis(words["y"], tickCount=5, format="%"),
    )
    colour = coloured("method", COLOURS)
    point = alt.Chart(table("point"))
    return layered(
        alt.Chart(table("share_frame")).mark_point(opacity=0).encode(y=y),
        alt.Chart(table("level")).mark_rule(color=INK, strokeDash=[2, 3]).encode(y=y),
        alt.Chart(table("curves")).mark_line(strokeWidth=2.5).encode(x, y, colour),
        point.mark_point(filled=True, size=3 * DOT, stroke=PAPER, strokeWidth=2, opacity=1).encode(
            x, y, colour
        ),
        point.mark_text(
            align="left", dx=9, dy=-9, color=INK, fontSize=LABEL_SIZE, fontWeight="bold"
        ).encode(x, y, text="label:N"),
    )


def _counted(words: Mapping[str, str]) -> alt.LayerChart:
    formula = alt.Chart(table("counted")).mark_tick(
        color=INK, thickness=2.5, size=22, orient="vertical"
    )
    method = named_rows("method", words, COLOURS)
    return share_rows(words, COLOURS, formula.encode(alt.X("formula:Q"), method))
