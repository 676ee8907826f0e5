"""Two pictures: the mice of one sample, and the log-likelihood over the SD between them."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import (
    ACCENT,
    DOT,
    INK,
    LABEL_SIZE,
    PAPER,
    QUIET,
    UNIT_BAR_COLOUR,
    UNIT_COLOUR,
    layered,
    quiet_axis,
    table,
)

SIZES = {
    "mice": {"narrow": (320, 170), "wide": (330, 320)},
    "profile": {"narrow": (320, 210), "wide": (370, 320)},
}


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {"mice": _mice(words["mice"]), "profile": _profile(words["profile"])}


def _mice(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X("x:Q", scale=alt.Scale(nice=False, zero=True), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(nice=False), axis=quiet_axis(words["y"], tickCount=5))
    colour = alt.Color("colour:N", scale=None)
    cells = alt.Chart(table("cells")).transform_calculate(colour=UNIT_COLOUR)
    mice = alt.Chart(table("mice")).transform_calculate(colour=UNIT_BAR_COLOUR)
    return layered(
        alt.Chart(table("frame")).mark_point(opacity=0).encode(x, y),
        cells.mark_point(filled=True, size=22, opacity=0.55).encode(x, y, colour),
        mice.mark_rule(strokeWidth=4, strokeCap="round").encode(x, y, colour, x2="x2:Q"),
    )


def _profile(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X(
        "sd:Q",
        scale=alt.Scale(nice=False, zero=True),
        axis=alt.Axis(title=words["x"], grid=False, tickCount=5),
    )
    y = alt.Y(
        "height:Q",
        scale=alt.Scale(nice=False),
        axis=quiet_axis(words["y"], tickCount=4),
    )
    curves = alt.Chart(table("curves"))
    other = curves.transform_filter("datum.curve === 'other'")
    chosen = curves.transform_filter("datum.curve === 'chosen'")
    true = alt.Chart(table("true"))
    return layered(
        alt.Chart(table("profile_frame")).mark_point(opacity=0).encode(x, y),
        alt.Chart(table("drop")).mark_rule(color=QUIET, strokeDash=[2, 3]).encode(y=y),
        true.mark_rule(color=INK, strokeWidth=1.5).encode(x=x),
        true.mark_text(
            align="left", baseline="bottom", dx=5, dy=-3, color=INK, fontSize=LABEL_SIZE
        ).encode(x=x, y=alt.datum(-6), text=alt.value(words["truth"])),
        other.mark_line(strokeWidth=1.5, color=QUIET, strokeDash=[5, 3]).encode(x, y),
        chosen.mark_line(strokeWidth=3, color=ACCENT).encode(x, y),
        alt.Chart(table("top"))
        .mark_point(
            filled=True, size=2.5 * DOT, color=ACCENT, stroke=PAPER, strokeWidth=2, opacity=1
        )
        .encode(x, y),
    )
