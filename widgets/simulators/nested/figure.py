"""Where the marks of the figure stand: places and extents, no colours and no words."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from widgets.contract import Cell, Table
from widgets.simulators.nested.experiment import (
    BASELINE,
    Flags,
    Floats,
    Indices,
    Layout,
    Values,
)

GOLDEN = (math.sqrt(5) - 1) / 2
MOST_DOTS = 800
"""Cells drawn at most; beyond it each mouse shows its first ones only."""

FIRST_HUE = 250.0
"""Hue of the first mouse in degrees (oklch); each next one is turned by the golden angle."""

ARM_WIDTH = 0.46
DOTS_SHARE = 0.8
BAR_SHARE = 0.92
"""Shares of a mouse's place that its dots and the bar at its mean fill."""

USUAL_SPREAD = 4.0
"""The y axis reaches at least this far from the middle, so that it rests while sliders move."""

EFFECT_FRAME = (-2.0, 4.0)
EFFECT_FRAME_LIMIT = (-5.0, 8.0)
"""Intervals beyond the limit are cut there, and an arrow says so; the table has them in full."""


def drawn_cells(values: Values) -> int:
    """Return how many cells of each mouse are drawn."""
    return min(values["m_cells"], max(1, MOST_DOTS // values["n_mice"]))


def superplot(values: Values, layout: Layout, y: Floats) -> dict[str, Table]:
    """Return dots for the cells, a bar for each mouse's mean, and the corners of the frame."""
    cell = np.arange(len(y)) % values["m_cells"]
    shown = cell < drawn_cells(values)
    slot, width = _slots(values, layout.mouse, layout.treated)
    jitter = np.mod((cell + 1) * GOLDEN, 1) - 0.5
    x = slot + width * DOTS_SHARE * jitter
    hue = _hue(layout.mouse)
    middle = BASELINE + values["beta"] / 2
    spread = max(USUAL_SPREAD, math.ceil(np.abs(y - middle).max()))
    return {
        "cells": {
            "x": x[shown].tolist(),
            "y": y[shown].tolist(),
            "hue": hue[shown].tolist(),
            "mouse": (layout.mouse[shown] + 1).tolist(),
        },
        "mice": _bars(values, layout, y),
        "frame": {"x": [0.0, 1.0], "y": [middle - spread, middle + spread]},
    }


def intervals(estimates: Mapping[str, Mapping[str, float | None]], beta: float) -> dict[str, Table]:
    """Return the methods' intervals cut to the frame, arrows where they were cut, and the truth."""
    known = {name: row for name, row in estimates.items() if row["low"] is not None}
    ends = [end for row in known.values() for end in (row["low"], row["high"]) if end is not None]
    low = max(EFFECT_FRAME_LIMIT[0], min([EFFECT_FRAME[0], *(math.floor(end) for end in ends)]))
    high = min(EFFECT_FRAME_LIMIT[1], max([EFFECT_FRAME[1], *(math.ceil(end) for end in ends)]))
    rows: list[tuple[Cell, ...]] = []
    cuts: list[tuple[Cell, ...]] = []
    for name, row in known.items():
        start, end, estimate = row["low"], row["high"], row["estimate"]
        if start is None or end is None or estimate is None:
            continue
        rows.append((name, min(max(estimate, low), high), max(start, low), min(end, high)))
        cuts += [(name, low, -90)] if start < low else []
        cuts += [(name, high, 90)] if end > high else []
    return {
        "intervals": _columns(("method", "estimate", "low", "high"), rows),
        "cuts": _columns(("method", "end", "angle"), cuts),
        "truth": {"beta": [beta], "zero": [0.0]},
        "effect_frame": {"effect": [low, high]},
    }


def _slots(values: Values, mouse: Indices, treated: Flags) -> tuple[Floats, float]:
    """Return the middle of each mouse's place, from left (0) to right (1), and its width."""
    between = values["design"] == "between"
    in_arm = math.ceil(values["n_mice"] / 2) if between else values["n_mice"]
    width = ARM_WIDTH / in_arm
    rank = mouse // 2 if between else mouse
    return np.where(treated, 1 - ARM_WIDTH, 0.0) + width * (rank + 0.5), width


def _bars(values: Values, layout: Layout, y: Floats) -> Table:
    """Return one bar for each mouse in each arm that it has cells in."""
    group, member = np.unique(2 * layout.mouse + layout.treated, return_inverse=True)
    mean = np.bincount(member, weights=y) / np.bincount(member)
    mouse, treated = group // 2, group % 2 == 1
    middle, width = _slots(values, mouse, treated)
    half = width * BAR_SHARE / 2
    return {
        "mouse": (mouse + 1).tolist(),
        "x": (middle - half).tolist(),
        "x2": (middle + half).tolist(),
        "y": mean.tolist(),
        "hue": _hue(mouse).tolist(),
    }


def _hue(mouse: Indices) -> Floats:
    """Return hues in degrees; neighbours differ by the golden angle, so that forty stay apart."""
    return np.mod(FIRST_HUE + 360 * GOLDEN * mouse, 360)


def _columns(names: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Table:
    return {name: [row[index] for row in rows] for index, name in enumerate(names)}
