"""Fourteen mice, half of them on a drug, foci counted in ten fields of view each.

``foci ~ treat + (1 | mouse)`` with a log link, negative binomial, and zero besides in every field
that the stain did not reach.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import default_rng

SEED = 14
MICE, FIELDS = 14, 10
FOCI, RATIO = 8.0, 0.5
"""Mean count of a stained field in a typical mouse, and what the drug multiplies it by."""

SD_MOUSE, SIZE, UNSTAINED = 0.3, 4.0, 0.2
"""SD between mice on the log scale; the variance is mean + mean²/size; share of blank fields."""


def table() -> dict[str, list[Any]]:
    """The file's columns."""
    rng = default_rng(SEED)
    drug = np.arange(MICE) % 2
    level = np.log(FOCI) + np.log(RATIO) * drug + rng.normal(0, SD_MOUSE, MICE)
    mean = rng.gamma(SIZE, np.exp(level)[:, None] / SIZE, (MICE, FIELDS))
    stained = rng.uniform(size=mean.shape) >= UNSTAINED
    mouse = np.repeat(np.arange(MICE), FIELDS)
    return {
        "mouse": [f"M{number + 1:02d}" for number in mouse],
        "treat": ["drug" if drug[number] else "control" for number in mouse],
        "field": np.tile(np.arange(FIELDS) + 1, MICE).tolist(),
        "foci": (rng.poisson(mean) * stained).ravel().tolist(),
    }
