"""The numbers under the picture of shrinkage, and what shrinkage is good for on average."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator, default_rng

from generator.datasets.uneven_mice import CELLS, MEAN, SD_BETWEEN, SD_WITHIN, shrinkage
from widgets.lmm import lmer
from widgets.notation import text

SEED = 8
EXPERIMENTS = 1_000


def claim() -> dict[str, str]:
    """Return the means and predictions of three mice, and by how much the error shrinks."""
    made = shrinkage()
    few, many = int(np.argmin(made.cells)), int(np.argmax(made.cells))
    rng = default_rng(SEED)
    errors = np.mean([_errors(rng) for _ in range(EXPERIMENTS)], axis=0)
    return {
        "overall": text(made.overall, "decimal"),
        "few_cells": str(made.cells[few]),
        "few_raw": text(float(made.raw[few]), "decimal"),
        "few_predicted": text(float(made.predicted[few]), "decimal"),
        "many_cells": str(made.cells[many]),
        "many_raw": text(float(made.raw[many]), "decimal"),
        "many_predicted": text(float(made.predicted[many]), "decimal"),
        "n": text(EXPERIMENTS, "count"),
        "less": f"{100 * (1 - errors[1] / errors[0]):.0f}%",
    }


def _errors(rng: Generator) -> tuple[float, float]:
    """Mean squared distances of raw means and of predictions from the mice's true levels."""
    mouse = np.repeat(np.arange(len(CELLS)), CELLS)
    true = rng.normal(MEAN, SD_BETWEEN, len(CELLS))
    y = true[mouse] + rng.normal(0, SD_WITHIN, len(mouse))
    first = np.searchsorted(mouse, np.arange(len(CELLS)))
    raw = np.add.reduceat(y, first) / np.array(CELLS)
    predicted = np.asarray(lmer("y ~ 1 + (1 | mouse)", {"y": y, "mouse": mouse}).fitted)[first]
    return float(((raw - true) ** 2).mean()), float(((predicted - true) ** 2).mean())
