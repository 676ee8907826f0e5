"""The experiment: mice in two arms, cells of each, and a treatment that does nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.simulators.small_sample.false_alarms import SD_BETWEEN

FEWEST, MOST = 0.2, 1.8
"""Cells of the smallest and of the largest mouse of an arm, in units of the mean."""


def sizes(values: Mapping[str, Any]) -> NDArray[np.intp]:
    """Return the cells of each mouse, control mice first."""
    arm = values["n_mice"] // 2
    if values["sizes"] == "equal":
        return np.full(2 * arm, values["m_cells"])
    shares = np.linspace(FEWEST, MOST, arm)
    return np.tile(np.maximum(1, np.rint(shares * values["m_cells"]).astype(np.intp)), 2)


def layout(values: Mapping[str, Any]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the number of each cell's mouse, and whether it is treated."""
    cells = sizes(values)
    mouse = np.repeat(np.arange(len(cells)), cells)
    return mouse, mouse >= len(cells) // 2


def draw(values: Mapping[str, Any], rng: Generator, count: int) -> NDArray[np.float64]:
    """Return responses without an effect, shape (count, cells)."""
    mouse, _ = layout(values)
    mice = SD_BETWEEN * rng.normal(size=(count, values["n_mice"]))
    return np.asarray(mice[:, mouse] + rng.normal(size=(count, len(mouse))))
