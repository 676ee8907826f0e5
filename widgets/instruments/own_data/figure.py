"""The SuperPlot, and the intervals of the three analyses."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from widgets import notation
from widgets.instruments.own_data import svg
from widgets.instruments.own_data.analyses import Analysis
from widgets.instruments.own_data.design import Design, crossed
from widgets.instruments.own_data.rows import Codes, Floats, Rows, joined, means
from widgets.lmm import ModelError, t_test
from widgets.lmm.coefficients import Coefficient

Words = Mapping[str, str]

SIZES: Mapping[str, tuple[int, int]] = {"wide": (640, 420), "narrow": (344, 360)}
INTERVALS: Mapping[str, tuple[int, int]] = {"wide": (360, 236), "narrow": (344, 210)}

MOST_DOTS = 1500
"""Dots drawn; of more rows a part, as the page says."""

MOST_SLOTS = 10
"""Units in an arm that have a place of their own beside each other."""

GOLDEN = 0.6180339887498949

COLOURS = {"naive": "var(--ols)", "means": "var(--means)", "mixed": "var(--mixed)"}


@dataclass(frozen=True)
class Frame:
    """Where values lie in a drawing: pixels of the sides, and the values at bottom and top."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


def thinned(rows: Rows) -> Codes:
    """The numbers of the rows that are drawn: all, or every k-th of them."""
    return np.arange(0, len(rows.y), max(1, math.ceil(len(rows.y) / MOST_DOTS)))


def superplot(design: Design, words: Words, size: str) -> str:
    """Rows as dots by unit, units' means as large marks, arms' means with 95 % intervals."""
    width, height = SIZES[size]
    rows = design.rows
    frame = _frame(rows.y, (50, width - 8, 14, height - 58))
    centres, slot = _places(design, frame)
    pairs = joined(rows.unit, rows.arm)
    first = np.unique(pairs.codes, return_index=True)[1]
    unit, arm = rows.unit.codes[first], rows.arm.codes[first]
    mean = means(pairs.codes, rows.y, len(pairs.levels))
    parts = [*_axis(frame, rows, words), *_bands(design, frame, mean, arm)]
    parts += _dots(rows, frame, centres, slot)
    if design.kind == "within":
        parts += _joins(frame, centres, unit, arm, mean)
    parts += _marks(design, frame, centres, (unit, arm, mean))
    parts += _names(design, frame, centres, words)
    return svg.drawing(width, height, parts)


def _frame(y: Floats, sides: tuple[float, float, float, float]) -> Frame:
    low, high = float(y.min()), float(y.max())
    margin = 0.04 * (high - low) or abs(high) * 0.1 or 1.0
    return Frame(*sides, low - margin, high + margin)


def _places(design: Design, frame: Frame) -> tuple[Floats, float]:
    """The middle of each unit in each arm, shape (units, arms), and the width of its dots."""
    table = crossed(design.rows.unit, design.rows.arm) > 0
    arms = table.shape[1]
    band = (frame.right - frame.left) / arms
    centres = np.full(table.shape, math.nan)
    most = int(table.sum(axis=0).max())
    for arm in range(arms):
        # within units a unit has the same place in every arm, so that the joins are seen
        present = (
            np.arange(len(table)) if design.kind == "within" else np.flatnonzero(table[:, arm])
        )
        count = max(len(present), 1)
        share = (np.arange(count) + 0.5) / count
        centres[present, arm] = frame.left + band * (arm + 0.08 + 0.84 * share)
    centres[~table] = math.nan
    return centres, 0.84 * band / max(most, 1)


def _axis(frame: Frame, rows: Rows, words: Words) -> list[str]:
    marks = (
        svg.logarithmic_ticks(frame.low, frame.high)
        if rows.is_log
        else svg.ticks(frame.low, frame.high)
    )
    parts = []
    for value in marks:
        y = frame.y(value)
        shown = math.exp(value) if rows.is_log else value
        parts.append(svg.line(frame.left, y, frame.right, y, stroke=svg.HAIRLINE))
        label = svg.shortened(svg.number(float(f"{shown:.6g}")), frame.left)
        parts.append(svg.text(frame.left - 7, y + 4, label, anchor="end"))
    name = rows.response + (f" · {words['log_scale']}" if rows.is_log else "")
    title = svg.shortened(name, frame.right - frame.left)
    return [*parts, svg.text(0, 10, title, anchor="start")]


def _bands(design: Design, frame: Frame, mean: Floats, arm: Codes) -> list[str]:
    """For each arm the mean of its units with its interval."""
    arms = len(design.rows.arm.levels)
    band = (frame.right - frame.left) / arms
    parts = []
    for one in range(arms):
        own = mean[arm == one]
        x, width = frame.left + band * (one + 0.04), band * 0.92
        try:
            found = t_test(own)
        except ModelError:
            found = None
        if found and math.isfinite(found.low):
            top = max(frame.y(found.high), frame.top)
            bottom = min(frame.y(found.low), frame.bottom)
            parts.append(
                svg.element(
                    "rect",
                    x=x,
                    y=top,
                    width=width,
                    height=max(bottom - top, 0.5),
                    rx=6,
                    fill=svg.TINT,
                )
            )
        y = frame.y(float(own.mean()))
        parts.append(svg.line(x, y, x + width, y, stroke=svg.INK, stroke_width=2))
    return parts


def _dots(rows: Rows, frame: Frame, centres: Floats, slot: float) -> list[str]:
    """The rows, spread evenly and always alike in the place of their unit; a path for each unit."""
    drawn = thinned(rows)
    radius = 2.6 if len(drawn) <= 200 else 1.9 if len(drawn) <= 700 else 1.4  # noqa: PLR2004
    spread = slot * 0.7 * (np.modf((np.arange(len(drawn)) + 1) * GOLDEN)[0] - 0.5)
    paths: dict[int, list[str]] = {}
    for place, row in enumerate(drawn):
        unit = int(rows.unit.codes[row])
        x = centres[unit, rows.arm.codes[row]] + spread[place]
        paths.setdefault(unit, []).append(svg.mark(x, frame.y(rows.y[row]), radius, unit))
    return [
        svg.element("path", d="".join(path), fill=svg.colour(unit), fill_opacity=0.55)
        for unit, path in sorted(paths.items())
    ]


def _joins(frame: Frame, centres: Floats, unit: Codes, arm: Codes, mean: Floats) -> list[str]:
    """Lines between the means of a unit in neighbouring arms."""
    at = {(u, a): m for u, a, m in zip(unit.tolist(), arm.tolist(), mean.tolist(), strict=True)}
    return [
        svg.line(
            centres[u, a],
            frame.y(m),
            centres[u, a + 1],
            frame.y(at[u, a + 1]),
            stroke=svg.colour(u),
            stroke_width=1.2,
            stroke_opacity=0.7,
        )
        for (u, a), m in at.items()
        if (u, a + 1) in at
    ]


def _marks(
    design: Design, frame: Frame, centres: Floats, at: tuple[Codes, Codes, Floats]
) -> list[str]:
    levels = design.rows.unit.levels
    size = 6.5 if len(levels) <= 3 * MOST_SLOTS else 4.0
    parts = []
    for unit, arm, mean in zip(*(one.tolist() for one in at), strict=True):
        path = svg.mark(centres[unit, arm], frame.y(mean), size, unit)
        shown = notation.text(math.exp(mean) if design.rows.is_log else mean, "decimal")
        title = svg.element("title", svg.escape(f"{levels[unit]}: {shown}"))
        parts.append(
            svg.element(
                "path",
                title,
                d=path,
                fill=svg.colour(unit),
                stroke=svg.INK,
                stroke_width=1.3,
                data_unit=levels[unit],
                class_="unit-mark",
            )
        )
    return parts


def _names(design: Design, frame: Frame, centres: Floats, words: Words) -> list[str]:
    """Under each unit its rows, under each arm its name and its units."""
    rows, parts = design.rows, []
    table = crossed(rows.unit, rows.arm)
    band = (frame.right - frame.left) / table.shape[1]
    if (table > 0).sum(axis=0).max() <= MOST_SLOTS and band / MOST_SLOTS > 12:  # noqa: PLR2004
        for unit, arm in zip(*np.nonzero(table), strict=True):
            count = f"{table[unit, arm]:,}"
            parts.append(svg.text(centres[unit, arm], frame.bottom + 18, count, font_size=12))
    for arm, name in enumerate(rows.arm.levels):
        x = frame.left + band * (arm + 0.5)
        n = words["units"].replace("{n}", str(design.units_by_arm[arm]))
        shown = svg.shortened(name, band - 6)
        parts.append(svg.text(x, frame.bottom + 37, shown, font_weight=600, fill=svg.INK))
        parts.append(svg.text(x, frame.bottom + 53, svg.shortened(n, band - 4)))
    return parts


def intervals(rows: Rows, analyses: Mapping[str, Analysis], words: Words, size: str) -> str:
    """The effect by each analysis with its 95 % interval; of several arms the farthest apart."""
    width, height = INTERVALS[size]
    shown = {name: one.effects for name, one in analyses.items() if one.effects}
    if not shown:
        return ""
    most = max(len(one) for one in shown.values())
    pick = (
        0
        if most == 1
        else int(np.argmax([abs(one.t) for one in shown.get("mixed", next(iter(shown.values())))]))
    )
    found = {name: one[pick] for name, one in shown.items() if pick < len(one)}
    finite = {k: v for k, v in found.items() if math.isfinite(v.low) and math.isfinite(v.high)}
    if not finite:
        return ""
    low = min(0.0, *(one.low for one in finite.values()))
    high = max(0.0, *(one.high for one in finite.values()))
    margin = 0.06 * (high - low) or 1.0
    low, high = low - margin, high + margin
    left, right, bottom = 8.0, width - 8.0, height - 42.0

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    parts = []
    marks = svg.logarithmic_ticks(low, high) if rows.is_log else svg.ticks(low, high, 4)
    for value in marks:
        label = svg.number(float(f"{math.exp(value) if rows.is_log else value:.6g}"))
        parts.append(svg.text(x(value), bottom + 17, label, font_size=12))
    parts.append(svg.line(x(0), 4, x(0), bottom, stroke=svg.QUIET, stroke_dasharray="2 3"))
    step = bottom / max(len(finite), 1)
    for place, (name, one) in enumerate(finite.items()):
        y = step * (place + 0.66)
        parts += _interval(
            x, y, one, COLOURS[name], p=f"p {notation.relation(one.p, 'p')}", width=width
        )
    named = (rows.arm.levels[pick + 1], rows.arm.levels[0])
    sentence = words["ratio" if rows.is_log else "difference"]
    label = sentence.replace("{arm}", named[0]).replace("{reference}", named[1])
    parts.append(svg.text(width / 2, height - 6, svg.shortened(label, width - 12)))
    return svg.drawing(width, height, parts)


def _interval(
    x: Callable[[float], float], y: float, one: Coefficient, fill: str, *, p: str, width: float
) -> list[str]:
    middle = min(max(x(one.estimate), 48.0), width - 48.0)
    return [
        svg.element(
            "rect",
            x=x(one.low),
            y=y - 3.5,
            width=max(x(one.high) - x(one.low), 1.0),
            height=7,
            rx=3.5,
            fill=fill,
            fill_opacity=0.4,
        ),
        svg.element("circle", cx=x(one.estimate), cy=y, r=6, fill=fill),
        svg.text(middle, y - 13, p, fill=fill, font_weight=600, font_size=14),
    ]
