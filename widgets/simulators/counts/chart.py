"""Pictures: counts with a fitted family, three intervals, and shares that miss. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import (
    ACCENT,
    DOT,
    PAPER,
    QUIET,
    interval_rows,
    layered,
    quiet_axis,
    share_rows,
    table,
)

SIZES = {
    "histogram": {"narrow": (320, 220), "wide": (400, 330)},
    "intervals": {"narrow": (320, 150), "wide": (300, 330)},
    "counted": {"narrow": (320, 170), "wide": (560, 200)},
}

COLOURS = {"poisson": "var(--ols)", "nbinom": "var(--mixed)", "zip": "var(--gee)"}


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {
        "histogram": _histogram(words["histogram"]),
        "intervals": interval_rows(words["intervals"], COLOURS),
        "counted": share_rows(words["counted"], COLOURS),
    }


def _histogram(words: Mapping[str, str]) -> alt.LayerChart:
    scale = alt.Scale(domain=[-0.6, 20.6], nice=False)
    axis = alt.Axis(title=words["x"], grid=False, values=[0, 5, 10, 15, 20])
    x, k = alt.X("x:Q", scale=scale, axis=axis), alt.X("k:Q", scale=scale, axis=axis)
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(nice=False, domainMin=0),
        axis=quiet_axis(words["y"], tickCount=5, format="%"),
    )
    shade = alt.condition("datum.zero", alt.value(0.75), alt.value(0.4))
    expected = alt.Chart(table("expected"))
    return layered(
        alt.Chart(table("share_frame")).mark_point(opacity=0).encode(y=y),
        alt.Chart(table("bars"))
        .mark_bar(color=QUIET, stroke=None)
        .encode(x, y, x2="x2:Q", y2=alt.datum(0), opacity=shade),
        expected.mark_line(color=ACCENT, strokeWidth=2).encode(k, y),
        expected.mark_point(
            filled=True, color=ACCENT, stroke=PAPER, strokeWidth=1, size=DOT, opacity=1
        ).encode(k, y),
    )
