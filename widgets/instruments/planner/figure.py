"""The map of plans and the curve of power, drawn from an answer.

Drawn here and not by a chart's grammar, because the plan is dragged in the figure, the contours are
found rather than sampled, and both places that draw, build and browser, have this code.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from widgets.instruments.planner import svg
from widgets.instruments.planner.frame import Box, Ranges, log_ticks, ranges, ticks
from widgets.instruments.planner.results import Answer, as_normal, mean_size
from widgets.instruments.planner.svg import ACCENT, HAIRLINE, INK, PAPER, QUIET, WARN
from widgets.lmm.arrays import Floats
from widgets.lmm.planning.assumptions import Assumptions
from widgets.lmm.planning.power_map import power_map

Words = Mapping[str, str]

BANDS = tuple(k / 10 for k in range(1, 10))
LINES = (0.5, 0.8, 0.9)
COLUMNS, ROWS = 40, 36
APART = 34.0
"""Pixels between the labels of two lines."""

GAP = 15.0
"""Pixels between a dot and its label."""

EAST_ASIAN = 0x2E80
"""From this code point on a sign is as wide as it is high."""


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a figure in CSS pixels."""

    width: float
    map_height: float
    curve_width: float
    curve_height: float


SIZES = {"wide": Size(670, 470, 580, 250), "narrow": Size(340, 350, 340, 210)}


@dataclass(frozen=True, slots=True)
class Surface:
    """Power over a grid of plans: shape (rows of sizes, columns of units)."""

    units: Floats
    sizes: Floats
    power: Floats


def surface(given: Assumptions, shown: Ranges) -> Surface:
    """The power of plans all over the map, with even numbers of units."""
    step = 2 * max(1, math.ceil((shown.units[1] - shown.units[0]) / 2 / COLUMNS))
    units = np.arange(2, shown.units[1] + step, step)
    sizes = np.geomspace(*shown.sizes, ROWS)
    if given.design == "within":
        sizes = 2 * np.unique(np.rint(sizes / 2))
    power = power_map(replace(as_normal(given), m=2), units, sizes).T
    return Surface(units, sizes, np.nan_to_num(power, nan=0.0))


def crossing(made: Surface, level: float, ends: tuple[float, float]) -> list[tuple[float, float]]:
    """Where power passes a level: units by size, held within the ends of the axis.

    Power grows with units; between two columns its normal quantile is taken for straight.
    """
    found = []
    for size, row in zip(made.sizes, made.power, strict=True):
        k = int(np.argmax(row >= level))
        if row[k] < level:
            at = ends[1]
        elif k == 0:
            at = ends[0]
        else:
            low, high = (_logit(row[k - 1]), _logit(row[k]))
            share = (_logit(level) - low) / (high - low) if high > low else 1.0
            at = made.units[k - 1] + share * (made.units[k] - made.units[k - 1])
        found.append((min(max(float(at), ends[0]), ends[1]), float(size)))
    return found


def figures(answer: Answer, words: Words, size: str, held: Ranges | None = None) -> dict[str, str]:
    """The map and the curve of one size; ``held`` are the plans of the map that is being used."""
    shown = held or ranges(answer)
    made = surface(answer.given, shown)
    given = SIZES[size]
    return {
        "map": _map(answer, words, given, shown, made),
        "curve": _curve(answer, words, given, shown),
    }


def _map(answer: Answer, words: Words, size: Size, shown: Ranges, made: Surface) -> str:
    box = Box(46, 34, size.width - 14, size.map_height - 44, shown.units, shown.sizes, log_y=True)
    parts = [
        *_ground(box, made),
        *_contours(box, made, answer.settings.target_power),
        *_axes(box, words),
        *_budget(box, answer),
        *_plans(box, answer, words),
    ]
    return svg.drawing(
        size.width,
        size.map_height,
        parts,
        data_left=box.left,
        data_right=box.right,
        data_top=box.top,
        data_bottom=box.bottom,
        data_units=f"{shown.units[0]:g} {shown.units[1]:g}",
        data_sizes=f"{shown.sizes[0]:g} {shown.sizes[1]:g}",
    )


def _ground(box: Box, made: Surface) -> Iterator[str]:
    """The bands of power, each drawn over all that are lower."""
    yield svg.element(
        "rect",
        x=box.left,
        y=box.top,
        width=box.right - box.left,
        height=box.bottom - box.top,
        fill=_shade(0.0),
    )
    for level in BANDS:
        edge = [(box.across(x), box.up(y)) for x, y in crossing(made, level, box.x)]
        if any(x < box.right for x, _ in edge):
            corners = [(box.right, edge[-1][1]), (box.right, edge[0][1])]
            yield svg.element("path", d=svg.path([*edge, *corners]) + "Z", fill=_shade(level))


def _shade(level: float) -> str:
    """The colour of a band, on light paper and on dark."""
    return f"color-mix(in oklab, var(--accent) {round(6 + 62 * level)}%, var(--panel))"


def _contours(box: Box, made: Surface, target: float) -> Iterator[str]:
    """Lines of equal power, each with its label where it leaves the map at the top."""
    taken: list[float] = []
    levels = [target, *(level for level in LINES if abs(level - target) > 0.04)]  # noqa: PLR2004
    for level in levels:
        edge = [(x, y) for x, y in crossing(made, level, box.x) if box.x[0] < x < box.x[1]]
        if len(edge) < 2:  # noqa: PLR2004  no line on this map
            continue
        points = [(box.across(x), box.up(y)) for x, y in edge]
        heavy = level == target
        yield svg.line(points, stroke=INK, stroke_width=2.5 if heavy else 1)
        end = points[-1][0]
        if all(abs(end - other) > APART for other in taken):
            taken.append(end)
            yield svg.text(
                min(end, box.right - 12),
                box.top - 6,
                f"{100 * level:g}%",
                text_anchor="middle",
                fill=INK if heavy else QUIET,
                font_weight=650 if heavy else 400,
            )


def _axes(box: Box, words: Words) -> Iterator[str]:
    for value in ticks(*box.x, 8 if box.right > 400 else 5):  # noqa: PLR2004  wide or narrow
        at = box.across(value)
        yield svg.text(at, box.bottom + 18, f"{value:,.0f}", text_anchor="middle")
    for value in log_ticks(*box.y):
        yield svg.text(box.left - 7, box.up(value) + 4.5, f"{value:,.0f}", text_anchor="end")
    middle = (box.left + box.right) / 2
    yield svg.text(middle, box.bottom + 38, words["units_in_all"], text_anchor="middle")
    yield svg.text(4, 14, words["subunits_each"])


def _budget(box: Box, answer: Answer) -> Iterator[str]:
    """The line of all plans that cost the budget."""
    settings = answer.settings
    points = []
    for units in np.linspace(*box.x, 120):
        m = (settings.budget / units - settings.cost_unit) / settings.cost_subunit
        if box.y[0] <= m <= box.y[1]:
            points.append((box.across(float(units)), box.up(m)))
    if len(points) > 1:
        for colour, width in ((PAPER, 4.5), (WARN, 2.25)):
            yield svg.line(points, stroke=colour, stroke_width=width, stroke_dasharray="7 5")


def _plans(box: Box, answer: Answer, words: Words) -> Iterator[str]:
    """The best plan for the budget and the present one, with their labels."""
    above = []
    best = answer.best
    if best and _inside(box, best):
        x, y = box.across(best.n_units), box.up(mean_size(best))
        said = words["best"].replace("{plan}", _times(best))
        above.append((x, y, said, False))
    if answer.found:
        x = box.across(min(max(answer.given.n_units, box.x[0]), box.x[1]))
        y = box.up(min(max(mean_size(answer.given), box.y[0]), box.y[1]))
        above.append((x, y, words["present"].replace("{plan}", _times(answer.given)), True))
    close = len(above) > 1 and abs(above[0][1] - above[1][1]) < 24  # noqa: PLR2004  two lines of text
    for x, y, said, present in above:
        shift = 0.0 if not close else (-16.0 if present == (above[1][1] <= above[0][1]) else 16.0)
        at, anchor, down = _beside(box, x, said)
        yield svg.halo(
            at,
            y + 4.5 + (down or shift),
            said,
            fill=INK,
            font_weight=650,
            font_size=14,
            text_anchor=anchor,
        )
    for x, y, _, present in above:
        if present:
            yield _handle(x, y)
        else:
            yield svg.element("circle", cx=x, cy=y, r=7, fill=WARN, stroke=PAPER, stroke_width=2.5)


def _beside(box: Box, x: float, said: str) -> tuple[float, str, float]:
    """Where a label of a dot fits: to its right, to its left, or below it within the map."""
    width = sum(14.0 if ord(sign) >= EAST_ASIAN else 7.4 for sign in said)
    if x + GAP + width <= box.right:
        return x + GAP, "start", 0.0
    if x - GAP - width >= box.left:
        return x - GAP, "end", 0.0
    middle = min(max(x, box.left + width / 2), box.right - width / 2)
    return middle, "middle", 24.0


def _handle(x: float, y: float) -> str:
    """The present plan as a dot that can be dragged."""
    dot = svg.element("circle", cx=x, cy=y, r=8.5, fill=PAPER, stroke=INK, stroke_width=3)
    reach = svg.element("circle", cx=x, cy=y, r=22, fill=PAPER, fill_opacity=0)
    return svg.element("g", dot + reach, class_="planner-handle")


def _inside(box: Box, given: Assumptions) -> bool:
    low, high = box.x
    return low <= given.n_units <= high and box.y[0] <= mean_size(given) <= box.y[1]


def _times(given: Assumptions) -> str:
    return f"{given.n_units:,} × {mean_size(given):,.4g}"


def _curve(answer: Answer, words: Words, size: Size, shown: Ranges) -> str:
    """Power over units for the present sub-units, under the ceiling of endless ones."""
    box = Box(46, 14, size.curve_width - 14, size.curve_height - 44, shown.units, (0.0, 1.0))
    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        at = box.up(share)
        parts += [
            svg.line([(box.left, at), (box.right, at)], stroke=HAIRLINE),
            svg.text(box.left - 7, at + 4.5, f"{100 * share:.0f}%", text_anchor="end"),
        ]
    for value in ticks(*box.x, 8 if box.right > 400 else 5):  # noqa: PLR2004
        at = box.across(value)
        parts.append(svg.text(at, box.bottom + 18, f"{value:,.0f}", text_anchor="middle"))
    middle = (box.left + box.right) / 2
    parts += [
        svg.text(middle, box.bottom + 38, words["units_in_all"], text_anchor="middle"),
        *_lines(box, answer, words),
    ]
    return svg.drawing(size.curve_width, size.curve_height, parts)


def _lines(box: Box, answer: Answer, words: Words) -> Iterator[str]:
    given = answer.given
    step = 2 * max(1, math.ceil((box.x[1] - box.x[0]) / 120))
    units = np.arange(2.0, box.x[1] + 1, step)
    size = max(mean_size(given), 2.0 if given.design == "within" else 1.0)
    powers = power_map(replace(as_normal(given), m=2), units, np.array([size, 1e7])).T
    target = box.up(answer.settings.target_power)
    yield svg.line([(box.left, target), (box.right, target)], stroke=INK, stroke_dasharray="2 4")
    own, ceiling = (
        [(box.across(x), box.up(y)) for x, y in zip(units, row, strict=True) if not math.isnan(y)]
        for row in powers
    )
    if len(ceiling) > 1:
        yield svg.line(ceiling, stroke=QUIET, stroke_width=1.75, stroke_dasharray="5 4")
        yield svg.line(own, stroke=ACCENT, stroke_width=3)
        k = max(range(len(ceiling)), key=lambda one: own[one][1] - ceiling[one][1])
        x, y = ceiling[k]
        if own[k][1] - y > 9:  # noqa: PLR2004  pixels: else the two lines are one
            yield svg.halo(x - 8, y - 7, words["endless"], text_anchor="end")
    power = answer.plan.power if answer.plan else None
    if power is not None and box.x[0] <= given.n_units <= box.x[1]:
        yield svg.element(
            "circle",
            cx=box.across(given.n_units),
            cy=box.up(power),
            r=7,
            fill=PAPER,
            stroke=INK,
            stroke_width=2.5,
        )


def _logit(power: float) -> float:
    inside = min(max(float(power), 1e-9), 1 - 1e-9)
    return math.log(inside / (1 - inside))
