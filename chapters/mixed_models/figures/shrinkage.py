"""Means of nine mice with few or many cells, and what the mixed model predicts for them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from chapters.mixed_models.datasets.uneven_mice import shrinkage
from generator.authoring.drawing import Scale, dot, drawing, group, label, line

SIZE = (480, 354)
TICKS = (8, 9, 10, 11, 12)
RANGE = (7.3, 12.5)
LEFT, RIGHT = 96, 466
TOP, ROW = 62, 28
LEGEND = 20


def figure(words: Mapping[str, str]) -> str:
    """Return the drawing as SVG text."""
    made = shrinkage()
    x = Scale(RANGE, (LEFT, RIGHT))
    order = np.argsort(made.cells, kind="stable")
    bottom = TOP + ROW * (len(order) - 1) + 18
    parts = [*_axis(x, bottom, words["x"]), *_legend(words)]
    overall = x(made.overall)
    parts.append(f'<path class="overall" d="M{overall:.1f} {TOP - 18}V{bottom}"/>')
    for row, mouse in enumerate(order):
        y = TOP + row * ROW
        raw, predicted = x(made.raw[mouse]), x(made.predicted[mouse])
        cells = words["cells"].format(cells=made.cells[mouse])
        parts += [
            label((LEFT - 14, y + 5), cells, "end quiet"),
            line([(raw, y), (predicted, y)], "pull"),
            dot((raw, y), 6, "raw"),
            dot((predicted, y), 6, "predicted"),
        ]
    return drawing("shrinkage", SIZE, words["alt"], parts)


def _axis(x: Scale, bottom: float, title: str) -> list[str]:
    ticks = [label((x(tick), bottom + 20), f"{tick}", "quiet") for tick in TICKS]
    return [
        f'<path class="axis" d="M{LEFT} {bottom}H{RIGHT}"/>',
        group("ticks", *ticks),
        label(((LEFT + RIGHT) / 2, bottom + 44), title, "quiet"),
    ]


def _legend(words: Mapping[str, str]) -> list[str]:
    return [
        dot((LEFT + 6, LEGEND - 5), 6, "raw"),
        label((LEFT + 20, LEGEND), words["raw"], "start"),
        dot((LEFT + 186, LEGEND - 5), 6, "predicted"),
        label((LEFT + 200, LEGEND), words["predicted"], "start"),
    ]
