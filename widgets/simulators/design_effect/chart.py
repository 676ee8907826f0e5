"""Two pictures: what clustering costs, and where more members stop helping. Build time only."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import altair as alt

from generator.authoring.charts import (
    ACCENT,
    DOT,
    INK,
    LABEL_SIZE,
    PAPER,
    QUIET,
    layered,
    quiet_axis,
    table,
)
from widgets.simulators.design_effect.model import FAMILY

SIZES = {
    "cost": {"narrow": (320, 190), "wide": (380, 320)},
    "worth": {"narrow": (320, 150), "wide": (300, 320)},
}

LEFT_EDGE = 6
"""Members per cluster below which a label at the left of the point would stand on the axis."""

SIZE_TICKS = [2, 5, 10, 20, 50, 100, 200]
COST_TICKS = [1, 2, 5, 10, 20, 50, 100]


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {"cost": _cost(words["cost"]), "worth": _worth(words["worth"])}


def _cost(words: Mapping[str, str]) -> alt.LayerChart:
    m = alt.X(
        "m:Q",
        scale=alt.Scale(type="log", domain=[2, 200], nice=False),
        axis=alt.Axis(title=words["x"], values=SIZE_TICKS, grid=False),
    )
    de = alt.Y(
        "de:Q",
        scale=alt.Scale(type="log", domainMin=1, nice=False),
        axis=quiet_axis(words["y"], values=COST_TICKS),
    )
    family = alt.Chart(table("family")).mark_line(strokeWidth=1.25, color=QUIET, opacity=0.55)
    ends = alt.Chart(table("family_ends")).mark_text(
        align="left", dx=10, fontSize=LABEL_SIZE - 1, color=QUIET
    )
    own = alt.Chart(table("own")).mark_line(strokeWidth=3, color=ACCENT)
    point = alt.Chart(table("point")).mark_point(
        filled=True, size=2 * DOT, color=ACCENT, stroke=PAPER, strokeWidth=2, opacity=1
    )
    figures = partial(alt.Chart.mark_text, fontSize=LABEL_SIZE + 3, fontWeight="bold", color=INK)
    label = alt.Chart(table("point"))
    beside = figures(
        label.transform_filter(f"datum.m >= {LEFT_EDGE}"), align="right", dx=-10, dy=-10
    )
    above = figures(label.transform_filter(f"datum.m < {LEFT_EDGE}"), align="left", dx=-6, dy=-20)
    return layered(
        family.encode(m, de, detail="icc:N"),
        ends.encode(m, de, text=alt.Text("icc:Q", format=".2~f")),
        ends.transform_filter(f"datum.icc === {max(FAMILY)}")
        .mark_text(align="left", dx=10, dy=-15, fontSize=LABEL_SIZE - 1, color=QUIET, text="ICC")
        .encode(m, de),
        own.encode(m, de),
        point.encode(m, de),
        beside.encode(m, de, text="label:N"),
        above.encode(m, de, text="label:N"),
    )


def _worth(words: Mapping[str, str]) -> alt.LayerChart:
    m = alt.X(
        "m:Q",
        scale=alt.Scale(domain=[0, 200], nice=False),
        axis=alt.Axis(title=words["x"], grid=False, values=[0, 50, 100, 150, 200]),
    )
    n = alt.Y(
        "n:Q", axis=quiet_axis(words["y"], tickCount=4), scale=alt.Scale(domainMin=0, nice=False)
    )
    counted = alt.Chart(table("counted")).mark_line(
        strokeWidth=1.25, strokeDash=[3, 3], color=QUIET
    )
    effective = alt.Chart(table("effective")).mark_line(strokeWidth=3, color=ACCENT)
    ceiling = alt.Chart(table("ceiling")).mark_rule(strokeWidth=1.5, color=INK)
    ceiling_label = (
        alt.Chart(table("ceiling"))
        .transform_calculate(label=f"{words['ceiling']!r} + ' ' + format(datum.n, ',.0f')")
        .mark_text(align="right", baseline="bottom", dy=-5, fontSize=LABEL_SIZE, color=INK)
    )
    point = alt.Chart(table("effective_point")).mark_point(
        filled=True, size=2 * DOT, color=ACCENT, stroke=PAPER, strokeWidth=2, opacity=1
    )
    return layered(
        alt.Chart(table("worth_frame")).mark_point(opacity=0).encode(y=n),
        counted.encode(m, n),
        ceiling.encode(y="n:Q"),
        ceiling_label.encode(x=alt.datum(200), y="n:Q", text="label:N"),
        effective.encode(m, n),
        point.encode(m, n),
    )
