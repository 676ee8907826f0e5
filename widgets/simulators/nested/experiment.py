"""The experiment: mice, cells in each mouse, a treatment given to whole mice or to single cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

BASELINE = 10.0
"""Mean response of control cells, in arbitrary units."""

ARMS = ("control", "treated")

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]


class Values(TypedDict):
    """What the reader sets."""

    design: Literal["between", "within"]
    n_mice: int
    m_cells: int
    beta: float
    sd_between: float
    sd_within: float
    seed: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Who is measured: one entry a cell, cells of a mouse together, in the order they are drawn."""

    mouse: Indices
    """Number of the cell's mouse, from 0; shape (n_mice * m_cells,)."""

    treated: Flags
    """Whether the cell is treated; shape (n_mice * m_cells,)."""

    @property
    def treatment(self) -> list[str]:
        """The arm of each cell, by name."""
        return [ARMS[int(treated)] for treated in self.treated]


def layout(values: Values) -> Layout:
    """Return who is measured and treated.

    Between mice, mice are alternately control and treated. Within mice, the cells of every mouse
    are, so that an odd number leaves one control cell more.
    """
    mouse, cell = np.divmod(np.arange(values["n_mice"] * values["m_cells"]), values["m_cells"])
    return Layout(mouse, (mouse if values["design"] == "between" else cell) % 2 == 1)


def draw(values: Values, rng: Generator, experiments: int) -> Floats:
    """Return responses of fresh mice and cells, shape (n_mice * m_cells, experiments).

    The model is y = BASELINE + beta * treated + b[mouse] + e with b ~ N(0, sd_between²) and
    e ~ N(0, sd_within²), all independent.
    """
    design = layout(values)
    b = rng.normal(0, values["sd_between"], (experiments, values["n_mice"]))
    e = rng.normal(0, values["sd_within"], (experiments, len(design.mouse)))
    mean = BASELINE + values["beta"] * design.treated
    return np.asarray(mean + b[:, design.mouse] + e).T
