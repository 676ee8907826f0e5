"""False alarms of OLS on cells treated within mice, if effects are alike and if they differ."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator, default_rng

from widgets.lmm import lm_many
from widgets.lmm.arrays import Floats
from widgets.notation import text

SEED = 8
EXPERIMENTS = 10_000
MICE, CELLS = 8, 10
SD_BETWEEN, SD_WITHIN, SD_EFFECT = 1.0, 1.0, 1.0
LEVEL = 0.05


def values() -> dict[str, str]:
    """Return the shares with p < .05 where the effect is zero in every mouse, or on average."""
    return {
        "same": text(share(0.0), "percent"),
        "differ": text(share(SD_EFFECT), "percent"),
    }


def share(sd_effect: float) -> float:
    """Return how often OLS on cells rejects an average effect of zero."""
    treated = np.tile(np.repeat([0.0, 1.0], CELLS), MICE)
    y = draw(default_rng(SEED), sd_effect)
    p = lm_many("y ~ treatment", {"treatment": treated}, y).p["treatment"]
    return float((p < LEVEL).mean())


def draw(rng: Generator, sd_effect: float) -> Floats:
    """Return responses, shape (MICE * 2 * CELLS, EXPERIMENTS); controls come first."""
    baseline = rng.normal(0, SD_BETWEEN, (MICE, 1, 1, EXPERIMENTS))
    effect = rng.normal(0, sd_effect, (MICE, 1, EXPERIMENTS))
    y = baseline + rng.normal(0, SD_WITHIN, (MICE, 2, CELLS, EXPERIMENTS))
    y[:, 1] += effect
    return np.asarray(y.reshape(MICE * 2 * CELLS, EXPERIMENTS))
