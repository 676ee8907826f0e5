"""Pictures: every mouse pulled towards the overall mean, and errors. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import (
    DOT,
    HAIRLINE,
    INK,
    LABEL_SIZE,
    PAPER,
    QUIET,
    coloured,
    layered,
    named_rows,
    table,
)

SIZES = {
    "mice": {"narrow": (320, 250), "wide": (430, 340)},
    "errors": {"narrow": (320, 130), "wide": (270, 340)},
    "long_run": {"narrow": (320, 150), "wide": (560, 190)},
}

COLOURS = {"none": "var(--means)", "partial": "var(--mixed)", "full": "var(--ols)"}
"""Means of mice, mixed model, all cells alike: the colours of these analyses elsewhere."""


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {
        "mice": _mice(words["mice"]),
        "errors": _errors(words["errors"]),
        "long_run": _long_run(words["long_run"]),
    }


def _mice(words: Mapping[str, str]) -> alt.LayerChart:
    mouse = alt.Y(
        "mouse:N",
        scale=alt.Scale(padding=0.5),
        axis=alt.Axis(
            title=None,
            grid=False,
            labelExpr=f"split(datum.value, ':')[1] + {words['cells']!r}",
            labelColor={
                "condition": {"test": "substring(datum.value, 0, 2) === '00'", "value": INK},
                "value": QUIET,
            },
            labelFontWeight={
                "condition": {"test": "substring(datum.value, 0, 2) === '00'", "value": "bold"},
                "value": "normal",
            },
        ),
    )
    scale = alt.Scale(nice=False, zero=False)
    x = alt.X("x:Q", scale=scale, axis=alt.Axis(title=words["x"], grid=False, tickCount=5))
    raw, true = alt.X("raw:Q", scale=scale), alt.X("true:Q", scale=scale)
    estimate = alt.X("estimate:Q", scale=scale)
    colour = coloured("pooling", COLOURS)
    rows = alt.Chart(table("mice"))
    size = alt.condition("datum.mine", alt.value(2.6 * DOT), alt.value(1.7 * DOT))
    return layered(
        alt.Chart(table("level_frame")).mark_point(opacity=0).encode(x),
        alt.Chart(table("centre")).mark_rule(color=HAIRLINE, strokeWidth=1.5).encode(x),
        rows.mark_rule(strokeWidth=2.5, opacity=0.5).encode(raw, mouse, colour, x2="estimate:Q"),
        rows.mark_point(filled=True, color=PAPER, stroke=QUIET, strokeWidth=1.5, opacity=1).encode(
            raw, mouse, size=size
        ),
        rows.mark_point(filled=True, opacity=1).encode(estimate, mouse, colour, size=size),
        rows.mark_tick(color=INK, thickness=2.5, size=17, orient="vertical").encode(true, mouse),
    )


def _errors(words: Mapping[str, str]) -> alt.LayerChart:
    scale = alt.Scale(nice=False, zero=True)
    axis = alt.Axis(title=words["x"], grid=False, tickCount=4)
    x = alt.X("error:Q", scale=scale, axis=axis)
    rows = alt.Chart(table("errors"))
    y = named_rows("pooling", words, COLOURS)
    colour = coloured("pooling", COLOURS)
    strength = alt.condition("datum.chosen", alt.value(1), alt.value(0.4))
    return layered(
        alt.Chart(table("error_frame")).mark_point(opacity=0).encode(x),
        rows.mark_bar(size=14, stroke=None).encode(x, y, colour, x2=alt.datum(0), opacity=strength),
        rows.mark_text(align="left", dx=6, fontSize=LABEL_SIZE, color=INK).encode(
            x, y, text="label:N"
        ),
    )


def _long_run(words: Mapping[str, str]) -> alt.LayerChart:
    scale = alt.Scale(nice=False, zero=True)
    axis = alt.Axis(title=words["x"], grid=False, tickCount=4)
    x = alt.X("error:Q", scale=scale, axis=axis)
    rows = alt.Chart(table("long_run"))
    y = named_rows("pooling", words, COLOURS)
    colour = coloured("pooling", COLOURS)
    return layered(
        alt.Chart(table("long_run_frame")).mark_point(opacity=0).encode(x),
        rows.mark_bar(size=14, stroke=None).encode(x, y, colour, x2=alt.datum(0)),
        rows.mark_rule(color=INK, strokeWidth=1.5).encode(
            alt.X("low:Q", scale=scale), y, x2="high:Q"
        ),
        rows.mark_text(align="left", dx=14, fontSize=LABEL_SIZE, color=INK).encode(
            alt.X("high:Q", scale=scale), y, text="label:N"
        ),
    )
