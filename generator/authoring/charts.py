"""The style that the charts of all simulators share: quiet axes, direct labels, page colours.

Colours are CSS custom properties, so that a figure follows the page's theme.
"""

from __future__ import annotations

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
