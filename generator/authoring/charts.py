"""The style that the charts of all simulators share: quiet axes, direct labels, page colours.

Colours are CSS custom properties, so that a figure follows the page's theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import altair as alt

INK = "var(--ink)"
QUIET = "var(--ink-quiet)"
HAIRLINE = "var(--hairline)"
ACCENT = "var(--accent)"
PAPER = "var(--panel)"

UNIT_COLOUR = "'oklch(var(--unit-lightness) var(--unit-chroma) ' + datum.hue + ')'"
UNIT_BAR_COLOUR = f"'color-mix(in oklab, var(--ink) 40%, ' + {UNIT_COLOUR} + ')'"
"""Vega expressions: the colour of a unit whose row has a ``hue`` in degrees, of its dots and of its
mean."""

LABEL_SIZE = 13
DOT = 60


def layered(*layers: alt.Chart) -> alt.LayerChart:
    """The layers, first at the back, with quiet axes and without a frame."""
    chart = alt.layer(*layers).configure(
        padding={"left": 4, "right": 4, "top": 8, "bottom": 4},
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            domain=False,
            ticks=False,
            gridColor=HAIRLINE,
            labelColor=QUIET,
            labelFlush=False,
            labelFontSize=LABEL_SIZE,
            labelPadding=6,
            titleColor=QUIET,
            titleFontSize=LABEL_SIZE,
            titleFontWeight="normal",
        ),
    )
    return cast("alt.LayerChart", chart)


def quiet_axis(title: str, **more: Any) -> alt.Axis:  # noqa: ANN401  handed on to Altair as they are
    """A y axis whose title lies flat above it, at the left."""
    return alt.Axis(
        title=title,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleBaseline="bottom",
        titleX=0,
        titleY=-10,
        **more,
    )


def table(name: str) -> alt.NamedData:
    """The named data set that takes a table of the model's result."""
    return alt.NamedData(name=name)


def named_rows(field: str, words: Mapping[str, str], colours: Mapping[str, str]) -> alt.Y:
    """A y axis with a row for each name, written as ``words`` say and in its colour."""
    names = " : ".join(f"datum.value === {name!r} ? {words[name]!r}" for name in colours)
    tests = [
        {"test": f"datum.value === {name!r}", "value": colour} for name, colour in colours.items()
    ]
    return alt.Y(
        f"{field}:N",
        sort=list(colours),
        scale=alt.Scale(domain=list(colours), padding=0.5),
        axis=alt.Axis(
            title=None,
            grid=False,
            labelExpr=f"{names} : ''",
            labelFontWeight="bold",
            labelColor=cast("Any", {"condition": tests, "value": INK}),
            labelPadding=10,
        ),
    )


def coloured(field: str, colours: Mapping[str, str]) -> alt.Color:
    """The colour of each name."""
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color(f"{field}:N", scale=scale, legend=None)


def interval_rows(words: Mapping[str, str], colours: Mapping[str, str]) -> alt.LayerChart:
    """An estimate with its interval in each row, and a line at the truth.

    Draws the tables ``intervals`` (``method estimate low high chosen``), ``effect_frame``
    (``effect``, the ends of the axis) and ``truth`` (``effect``); of the words it takes ``x``,
    ``truth`` and one for each method.
    """
    scale = alt.Scale(nice=False, zero=False)
    axis = alt.Axis(title=words["x"], grid=False, tickCount=4, labelOverlap=True)
    effect = alt.X("effect:Q", scale=scale, axis=axis)
    rows, truth = alt.Chart(table("intervals")), alt.Chart(table("truth"))
    method, colour = named_rows("method", words, colours), coloured("method", colours)
    strength = alt.condition("datum.chosen", alt.value(0.6), alt.value(0.25))
    return layered(
        alt.Chart(table("effect_frame")).mark_point(opacity=0).encode(effect),
        truth.mark_rule(color=INK, strokeWidth=1.5).encode(effect),
        truth.mark_text(
            align="left", dx=5, dy=-2, baseline="top", color=INK, fontSize=LABEL_SIZE
        ).encode(effect, y=alt.value(0), text=alt.value(words["truth"])),
        rows.mark_rule(strokeWidth=7, strokeCap="round").encode(
            alt.X("low:Q", scale=scale), method, colour, x2="high:Q", opacity=strength
        ),
        rows.mark_point(filled=True, size=2.5 * DOT, opacity=1).encode(
            alt.X("estimate:Q", scale=scale), method, colour
        ),
    )


def share_axis(title: str) -> alt.X:
    """An x axis for shares, from zero on."""
    return alt.X(
        "share:Q",
        scale=alt.Scale(nice=False, domainMin=0),
        axis=alt.Axis(title=title, grid=False, tickCount=4, format="%"),
    )


def share_rows(
    words: Mapping[str, str], colours: Mapping[str, str], *marks: alt.Chart
) -> alt.LayerChart:
    """A counted share with its Monte Carlo band in each row, and a line at what was promised.

    Draws the tables ``counted`` (``method share low high label``), ``counted_frame`` (``share``,
    the ends of the axis) and ``promise`` (``share``), which a simulator has from
    :mod:`widgets.simulators.counted_shares`; of the words it takes ``x`` and one for each method.
    ``marks`` are drawn above the rows.
    """
    x, rows = share_axis(words["x"]), alt.Chart(table("counted"))
    method = named_rows("method", words, colours)
    return layered(
        alt.Chart(table("counted_frame")).mark_point(opacity=0).encode(x),
        rows.mark_bar(size=14, stroke=None, opacity=0.8).encode(
            x, method, coloured("method", colours), x2=alt.datum(0)
        ),
        rows.mark_rule(color=INK, strokeWidth=1.5).encode(alt.X("low:Q"), method, x2="high:Q"),
        rows.mark_text(align="left", dx=6, fontSize=LABEL_SIZE, color=INK).encode(
            alt.X("high:Q"), method, text="label:N"
        ),
        *marks,
        alt.Chart(table("promise")).mark_rule(color=INK, strokeDash=[2, 3]).encode(x),
    )
