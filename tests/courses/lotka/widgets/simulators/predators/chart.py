"""Both numbers over the years. Build time only."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from generator.authoring.charts import ACCENT, INK, layered, table

SIZES = {"years": {"narrow": (320, 200), "wide": (560, 260)}}


def charts(words: Mapping[str, Mapping[str, str]]) -> dict[str, alt.LayerChart]:
    """Return the charts by name, with the words of one language."""
    return {"years": _years(words["years"])}


def _years(words: Mapping[str, str]) -> alt.LayerChart:
    x = alt.X("year:Q", axis=alt.Axis(title=words["x"], grid=False))
    y = alt.Y("number:Q", axis=alt.Axis(title=words["y"], grid=False))
    hares = alt.Chart(table("hares")).mark_line(color=ACCENT, strokeWidth=2)
    lynx = alt.Chart(table("lynx")).mark_line(color=INK, strokeWidth=2, strokeDash=[4, 3])
    return layered(hares.encode(x=x, y=y), lynx.encode(x=x, y=y))
