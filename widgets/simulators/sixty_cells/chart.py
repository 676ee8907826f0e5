"""Two pictures: the sixty cells of one experiment, and the intervals of twenty. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import (
    INK,
    LABEL_SIZE,
    QUIET,
    UNIT_BAR_COLOUR,
    UNIT_COLOUR,
    layered,
    quiet_axis,
    table,
)
from widgets.simulators.sixty_cells.model import EXPERIMENTS, MICE

SIZES = {
    "cells": {"narrow": (320, 210), "wide": (330, 300)},
    "pile": {"narrow": (320, 170), "wide": (370, 300)},
}

MISSED, HELD = "var(--danger)", QUIET


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {"cells": _cells(words["cells"]), "pile": _pile(words["pile"])}


def _cells(words: Mapping[str, str]) -> alt.LayerChart:
    names = " : ".join(
        f"datum.value < {mouse + 1} ? {words['mouse']!r} + ' {mouse + 1}'" for mouse in range(MICE)
    )
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[0, MICE]),
        axis=alt.Axis(
            title=None,
            grid=False,
            values=[mouse + 0.5 for mouse in range(MICE)],
            labelExpr=f"{names} : ''",
            labelColor=INK,
        ),
    )
    y = alt.Y("y:Q", scale=alt.Scale(nice=False), axis=quiet_axis(words["y"], tickCount=5))
    colour = alt.Color("colour:N", scale=None)
    cells = alt.Chart(table("cells")).transform_calculate(colour=UNIT_COLOUR)
    mice = alt.Chart(table("mice")).transform_calculate(colour=UNIT_BAR_COLOUR)
    return layered(
        alt.Chart(table("frame")).mark_point(opacity=0).encode(x, y),
        alt.Chart(table("truth")).mark_rule(color=INK, strokeWidth=1.5).encode(y=y),
        cells.mark_point(filled=True, size=36, opacity=0.6).encode(x, y, colour),
        mice.mark_rule(strokeWidth=4, strokeCap="round").encode(x, y, colour, x2="x2:Q"),
    )


def _pile(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "experiment:Q",
        scale=alt.Scale(domain=[0, EXPERIMENTS + 1], nice=False),
        axis=alt.Axis(
            title=words["x"], grid=False, values=[1, 5, 10, 15, EXPERIMENTS], labelFlush=False
        ),
    )
    y = alt.Y("y:Q", scale=alt.Scale(nice=False), axis=quiet_axis(words["y"], tickCount=5))
    colour = alt.condition("datum.missed", alt.value(MISSED), alt.value(HELD))
    width = alt.condition("datum.shown", alt.value(7), alt.value(3.5))
    rows = alt.Chart(table("pile"))
    truth = alt.Chart(table("truth"))
    return layered(
        alt.Chart(table("pile_frame")).mark_point(opacity=0).encode(y=y),
        truth.mark_rule(color=INK, strokeWidth=1.5).encode(y=y),
        truth.mark_text(
            align="right", baseline="bottom", dy=-4, color=INK, fontSize=LABEL_SIZE
        ).encode(x=alt.datum(EXPERIMENTS + 1), y=y, text=alt.value(words["truth"])),
        rows.mark_rule(strokeCap="round", opacity=0.8).encode(
            x, alt.Y("low:Q"), y2="high:Q", color=colour, strokeWidth=width
        ),
        rows.mark_point(filled=True, size=40, opacity=1).encode(
            x, alt.Y("estimate:Q"), color=colour
        ),
    )
