"""The numbers under the picture of shrinkage, and what shrinkage is good for on average."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from chapters.mixed_models.datasets.uneven_mice import CELLS, MEAN, SD_BETWEEN, SD_WITHIN, shrinkage
from widgets.lmm import lmer_many
from widgets.notation import text

SEED = 8
EXPERIMENTS = 10_000


def values() -> dict[str, str]:
    """Return the means and predictions of three mice, and by how much the error shrinks."""
    made = shrinkage()
    few, many = int(np.argmin(made.cells)), int(np.argmax(made.cells))
    of_raw, of_predicted = _errors()
    return {
        "overall": text(made.overall, "decimal"),
        "few_cells": str(made.cells[few]),
        "few_raw": text(float(made.raw[few]), "decimal"),
        "few_predicted": text(float(made.predicted[few]), "decimal"),
        "many_cells": str(made.cells[many]),
        "many_raw": text(float(made.raw[many]), "decimal"),
        "many_predicted": text(float(made.predicted[many]), "decimal"),
        "n": text(EXPERIMENTS, "count"),
        "less": f"{100 * (1 - of_predicted / of_raw):.0f}%",
    }


def _errors() -> tuple[float, float]:
    """Mean squared distances of raw means and of predictions from the mice's true levels."""
    rng, n = default_rng(SEED), np.array(CELLS)
    mouse = np.repeat(np.arange(len(n)), n)
    true = rng.normal(MEAN, SD_BETWEEN, (EXPERIMENTS, len(n)))
    y = true[:, mouse] + rng.normal(0, SD_WITHIN, (EXPERIMENTS, len(mouse)))
    fits = lmer_many("y ~ 1 + (1 | mouse)", {"mouse": mouse}, y.T)
    raw = np.add.reduceat(y, np.searchsorted(mouse, np.arange(len(n))), axis=1) / n
    weight = n * fits.sd[:, None] ** 2 / (n * fits.sd[:, None] ** 2 + fits.sigma[:, None] ** 2)
    overall = fits.estimate["(Intercept)"][:, None]
    predicted = overall + weight * (raw - overall)
    return float(((raw - true) ** 2).mean()), float(((predicted - true) ** 2).mean())
