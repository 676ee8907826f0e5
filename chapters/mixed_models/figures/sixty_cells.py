"""The picture that is the whole idea: sixty cells as one cloud, and as three mice.

The heights are drawn by the model that the simulator runs, so that the picture is true.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from widgets.simulators import load
from widgets.simulators.nested.experiment import draw, layout

MICE, CELLS = 3, 20
SEED = 275
WIDTH, HEIGHT = 640, 250
PLOT_TOP, PLOT_BOTTOM = 16, 196
LABEL_Y = 236
CLOUD = (40, 240)
COLUMNS = ((400, 64), (492, 64), (584, 64))
"""Middle and width of each mouse's column."""

GOLDEN = (5**0.5 - 1) / 2


def figure(words: Mapping[str, str]) -> str:
    """Return the drawing as SVG text."""
    shares, mice = sample()
    heights = PLOT_BOTTOM - shares * (PLOT_BOTTOM - PLOT_TOP)
    spread = np.mod(np.arange(1, MICE * CELLS + 1) * GOLDEN, 1)
    cloud = CLOUD[0] + spread * (CLOUD[1] - CLOUD[0])
    parts = [
        (
            f'<svg class="sixty-cells" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="{escape(words["alt"])}">'
        ),
        '<g class="crowd">',
        *(_dot(x, y) for x, y in zip(cloud, heights, strict=True)),
        "</g>",
        '<path class="arrow" d="M278 106h54m-9-7 9 7-9 7"/>',
    ]
    for mouse, (middle, width) in enumerate(COLUMNS):
        mine = heights[mice == mouse]
        places = middle + (spread[:CELLS] - 0.5) * width * 0.84
        mean = mine.mean()
        parts += [
            f'<g class="mouse mouse-{mouse + 1}">',
            *(_dot(x, y) for x, y in zip(places, mine, strict=True)),
            f'<path d="M{middle - width / 2:.1f} {mean:.1f}h{width:.0f}"/>',
            "</g>",
        ]
    few = sum(middle for middle, _ in COLUMNS) / len(COLUMNS)
    parts += [
        f'<text class="many" x="{sum(CLOUD) / 2:.0f}" y="{LABEL_Y}">{escape(words["many"])}</text>',
        f'<text class="few" x="{few:.0f}" y="{LABEL_Y}">{escape(words["few"])}</text>',
        "</svg>",
    ]
    return "".join(parts)


def sample() -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return each cell's height, from 0 for the lowest to 1 for the highest, and its mouse."""
    values = load("nested").values(
        {"n_mice": MICE, "m_cells": CELLS, "beta": 0, "sd_between": 2, "sd_within": 1}
    )
    y = draw(values, default_rng(SEED), experiments=1)[:, 0]
    return (y - y.min()) / (y.max() - y.min()), layout(values).mouse


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
