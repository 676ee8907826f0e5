"""Pictures: residuals along time, their correlogram, two intervals. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import (
    DOT,
    HAIRLINE,
    INK,
    PAPER,
    QUIET,
    UNIT_BAR_COLOUR,
    interval_rows,
    layered,
    quiet_axis,
    share_rows,
    table,
)

SIZES = {
    "residuals": {"narrow": (320, 150), "wide": (240, 330)},
    "correlogram": {"narrow": (320, 140), "wide": (220, 330)},
    "intervals": {"narrow": (320, 110), "wide": (240, 330)},
    "counted": {"narrow": (320, 140), "wide": (560, 160)},
}

COLOURS = {"intercept": "var(--ols)", "ar1": "var(--mixed)"}


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {
        "residuals": _residuals(words["residuals"]),
        "correlogram": _correlogram(words["correlogram"]),
        "intervals": interval_rows(words["intervals"], COLOURS),
        "counted": share_rows(words["counted"], COLOURS),
    }


def _residuals(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "visit:Q",
        scale=alt.Scale(nice=False, zero=False),
        axis=alt.Axis(title=words["x"], grid=False, tickMinStep=1, tickCount=5),
    )
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(nice=False),
        axis=quiet_axis(words["y"], labels=False, grid=False),
    )
    colour = alt.Color("colour:N", scale=None)
    rows = alt.Chart(table("residuals")).transform_calculate(colour=UNIT_BAR_COLOUR)
    return layered(
        alt.Chart(table("strip_frame")).mark_point(opacity=0).encode(x, y),
        alt.Chart(table("strips")).mark_rule(color=HAIRLINE).encode(y=y),
        rows.mark_rule(strokeWidth=2, opacity=0.6).encode(x, alt.Y("zero:Q"), colour, y2="y:Q"),
        rows.mark_point(filled=True, size=26, opacity=1).encode(x, y, colour),
    )


def _correlogram(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "lag:Q",
        scale=alt.Scale(nice=False, domain=[0, 6.4]),
        axis=alt.Axis(title=words["x"], grid=False, values=[1, 2, 3, 4, 5, 6]),
    )
    y = alt.Y(
        "r:Q", scale=alt.Scale(nice=False), axis=quiet_axis(words["y"], values=[-0.5, 0, 0.5, 1])
    )
    by_row = alt.Chart(table("by_row"))
    return layered(
        alt.Chart(table("correlogram_frame")).mark_point(opacity=0).encode(x, y),
        alt.Chart(table("true_curve")).mark_line(color=INK, strokeWidth=1.5).encode(x, y),
        by_row.mark_point(
            filled=True, color=PAPER, stroke=QUIET, strokeWidth=2, size=1.6 * DOT, opacity=1
        ).encode(x, y),
        alt.Chart(table("by_time"))
        .mark_point(filled=True, color=COLOURS["ar1"], size=1.6 * DOT, opacity=1)
        .encode(x, y),
    )
