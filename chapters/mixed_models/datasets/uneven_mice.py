"""Nine mice of one strain with very unequal numbers of cells, for the picture of shrinkage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from widgets.lmm import lmer

SEED = 28
"""Of the seeds 1 to 300, the one whose estimated mean and SDs lie nearest the true ones."""

CELLS = (2, 40, 3, 25, 4, 12, 2, 60, 6)
MEAN, SD_BETWEEN, SD_WITHIN = 10.0, 1.5, 2.0


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """Each mouse's cells, the mean of her cells, and what the mixed model predicts for her."""

    cells: tuple[int, ...]
    raw: NDArray[np.float64]
    predicted: NDArray[np.float64]
    overall: float
    """The estimated mean of all mice."""


def shrinkage() -> Shrinkage:
    """The mice, drawn and fitted by ``y ~ 1 + (1 | mouse)``."""
    rng = default_rng(SEED)
    mouse = np.repeat(np.arange(len(CELLS)), CELLS)
    level = rng.normal(MEAN, SD_BETWEEN, len(CELLS))
    y = level[mouse] + rng.normal(0, SD_WITHIN, len(mouse))
    fit = lmer("y ~ 1 + (1 | mouse)", {"y": y, "mouse": mouse})
    first = np.searchsorted(mouse, np.arange(len(CELLS)))
    raw = np.add.reduceat(y, first) / np.array(CELLS)
    return Shrinkage(CELLS, raw, np.asarray(fit.fitted)[first], fit.fixef["(Intercept)"])
