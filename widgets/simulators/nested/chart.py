"""Three pictures: each mouse's cells, three intervals, the p of many repeats. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import (
    DOT,
    HAIRLINE,
    INK,
    LABEL_SIZE,
    QUIET,
    UNIT_BAR_COLOUR,
    UNIT_COLOUR,
    layered,
    quiet_axis,
    table,
)
from widgets.simulators.nested.analyses import METHODS

SIZES = {
    "superplot": {"narrow": (320, 210), "wide": (440, 330)},
    "intervals": {"narrow": (320, 120), "wide": (260, 330)},
    "histogram": {"narrow": (320, 200), "wide": (560, 240)},
}

ARM_CENTRES = (0.23, 0.77)
ARROW_ROOM = 14
"""Pixels between a method's name and the axis: the arrow of an interval cut at the left fits in."""

P_LABEL = "replace(format(datum.value, '~f'), /^0/, '')"
METHOD_COLOURS = tuple(f"var(--{method})" for method in METHODS)
"""An analysis keeps one colour through the whole site."""

METHOD_LABEL_COLOUR = {
    "condition": [
        {"test": f"datum.value === {method!r}", "value": colour}
        for method, colour in zip(METHODS, METHOD_COLOURS, strict=True)
    ],
    "value": INK,
}
METHOD = alt.Scale(domain=list(METHODS), range=list(METHOD_COLOURS))


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {
        "superplot": _superplot(words["superplot"]),
        "intervals": _intervals(words["intervals"]),
        "histogram": _histogram(words["histogram"]),
    }


def _superplot(words: Mapping[str, str]) -> alt.LayerChart:
    arms = alt.Axis(
        title=None,
        grid=False,
        values=list(ARM_CENTRES),
        labelExpr=f"datum.value < 0.5 ? {words['control']!r} : {words['treated']!r}",
        labelColor=INK,
        labelFontSize=LABEL_SIZE + 1,
        labelFontWeight="bold",
    )
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1]), axis=arms)
    y = alt.Y(
        "y:Q", scale=alt.Scale(zero=False, nice=False), axis=quiet_axis(words["y"], tickCount=5)
    )
    colour = alt.Color("colour:N", scale=None)
    cells = alt.Chart(table("cells")).transform_calculate(colour=UNIT_COLOUR)
    mice = alt.Chart(table("mice")).transform_calculate(colour=UNIT_BAR_COLOUR)
    frame = alt.Chart(table("frame"))
    return layered(
        frame.mark_point(opacity=0).encode(x, y),
        cells.mark_point(filled=True, size=26, opacity=0.6).encode(x, y, colour),
        mice.mark_rule(strokeWidth=3.5, strokeCap="round").encode(x, y, colour, x2="x2:Q"),
    )


def _intervals(words: Mapping[str, str]) -> alt.LayerChart:
    names = " : ".join(f"datum.value === {method!r} ? {words[method]!r}" for method in METHODS)
    method = alt.Y(
        "method:N",
        sort=list(METHODS),
        scale=alt.Scale(domain=list(METHODS), padding=0.5),
        axis=alt.Axis(
            title=None,
            grid=False,
            labelExpr=f"{names} : ''",
            labelFontSize=LABEL_SIZE,
            labelFontWeight="bold",
            labelColor=METHOD_LABEL_COLOUR,
            labelPadding=ARROW_ROOM,
        ),
    )
    effect = alt.Scale(nice=False, zero=False)
    x = alt.X("low:Q", axis=alt.Axis(title=words["x"], grid=False, tickCount=5), scale=effect)
    colour = alt.Color("method:N", scale=METHOD, legend=None)
    rows, cuts = alt.Chart(table("intervals")), alt.Chart(table("cuts"))
    truth = alt.Chart(table("truth"))
    return layered(
        alt.Chart(table("effect_frame"))
        .mark_point(opacity=0)
        .encode(x=alt.X("effect:Q", scale=effect)),
        truth.mark_rule(color=QUIET, strokeDash=[2, 3]).encode(x="zero:Q"),
        truth.mark_rule(color=INK, strokeWidth=1.5).encode(x="beta:Q"),
        truth.mark_text(
            align="left",
            dx=5,
            dy=-2,
            baseline="top",
            color=INK,
            fontSize=LABEL_SIZE,
            text=words["truth"],
        ).encode(x="beta:Q", y=alt.value(0)),
        rows.mark_rule(strokeWidth=6, opacity=0.45, strokeCap="round").encode(
            x, method, colour, x2="high:Q"
        ),
        cuts.mark_point(filled=True, shape="triangle-up", size=2 * DOT, opacity=1).encode(
            alt.X("end:Q", scale=effect), method, colour, angle=alt.Angle("angle:Q", scale=None)
        ),
        rows.mark_point(filled=True, size=2.5 * DOT, opacity=1).encode(
            alt.X("estimate:Q", scale=effect), method, colour
        ),
    )


def _histogram(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "p:Q",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(
            title=words["x"], grid=False, values=[0.05, 0.25, 0.5, 0.75, 1], labelExpr=P_LABEL
        ),
    )
    share = alt.Y(
        "share:Q",
        axis=quiet_axis(words["y"], tickCount=4, format="%"),
        scale=alt.Scale(domainMin=0, nice=False),
    )
    colour = alt.Color("method:N", scale=METHOD, legend=None)
    bars, bands = alt.Chart(table("histogram")), alt.Chart(table("bands"))
    names = f"datum.method === 'ols' ? {words['ols']!r} : {words['mixed']!r}"
    return layered(
        alt.Chart(table("histogram_frame")).mark_point(opacity=0).encode(y=share),
        bars.mark_bar(stroke=None).encode(
            x,
            share,
            colour,
            x2="p2:Q",
            y2=alt.datum(0),
            opacity=alt.condition("datum.p < 0.05", alt.value(1), alt.value(0.4)),
        ),
        alt.Chart(table("histogram")).mark_rule(color=HAIRLINE).encode(y=alt.datum(0)),
        alt.Chart(table("histogram"))
        .mark_rule(color=INK, strokeDash=[2, 3])
        .encode(y=alt.datum(0.05)),
        bands.mark_rule(color=INK, strokeWidth=1.5).encode(x, alt.Y("low:Q"), alt.Y2("high:Q")),
        bands.transform_calculate(name=names)
        .mark_text(align="left", dx=12, dy=-11, fontSize=LABEL_SIZE, fontWeight="bold")
        .encode(x, share, colour, text="name:N"),
    )
