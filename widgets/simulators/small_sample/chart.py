"""Pictures: a statistic under its curve, false alarms by formula, and counted. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import (
    ACCENT,
    INK,
    LABEL_SIZE,
    QUIET,
    coloured,
    layered,
    named_rows,
    share_axis,
    share_rows,
    table,
)

SIZES = {
    "curve": {"narrow": (320, 210), "wide": (410, 320)},
    "shares": {"narrow": (320, 170), "wide": (290, 320)},
    "counted": {"narrow": (320, 190), "wide": (560, 220)},
}

COLOURS = {
    "z": "var(--ols)",
    "lrt": "var(--ols)",
    "satterthwaite": "var(--mixed)",
    "kr": "var(--mixed)",
}


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {
        "curve": _curve(words["curve"]),
        "shares": _shares(words["shares"]),
        "counted": share_rows(words["counted"], COLOURS),
    }


def _curve(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "x:Q",
        scale=alt.Scale(nice=False),
        axis=alt.Axis(title=words["x"], grid=False, values=[-6, -4, -2, 0, 2, 4, 6]),
    )
    y = alt.Y("y:Q", scale=alt.Scale(nice=False), axis=None)
    observed = alt.Chart(table("observed"))
    return layered(
        alt.Chart(table("curve_frame")).mark_point(opacity=0).encode(x, y),
        alt.Chart(table("mice_curve"))
        .mark_line(color=QUIET, strokeWidth=1.5, strokeDash=[5, 3])
        .encode(x, y),
        alt.Chart(table("tails")).mark_area(color=ACCENT, opacity=0.4).encode(x, y),
        alt.Chart(table("curve")).mark_line(color=ACCENT, strokeWidth=3).encode(x, y),
        observed.mark_rule(color=INK, strokeWidth=2).encode(x),
        observed.mark_text(
            align="left", baseline="top", dx=5, color=INK, fontSize=LABEL_SIZE
        ).encode(x, y=alt.value(0), text=alt.value(words["observed"])),
    )


def _shares(words: Mapping[str, str]) -> alt.LayerChart:
    x = share_axis(words["x"])
    rows = alt.Chart(table("shares"))
    method = named_rows("method", words, COLOURS)
    strength = alt.condition("datum.chosen", alt.value(1), alt.value(0.4))
    return layered(
        alt.Chart(table("share_frame")).mark_point(opacity=0).encode(x),
        rows.mark_bar(size=14, stroke=None).encode(
            x, method, coloured("method", COLOURS), x2=alt.datum(0), opacity=strength
        ),
        rows.mark_text(align="left", dx=6, fontSize=LABEL_SIZE, color=INK).encode(
            x, method, text="label:N"
        ),
        alt.Chart(table("level")).mark_rule(color=INK, strokeDash=[2, 3]).encode(x),
    )
