"""Twelve mice, half of them on a drug, the expression of a gene once a week for five weeks.

``expr ~ treat + time + (1 + time | mouse)``: the data of the chapter's code examples.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import default_rng

SEED = 60
MICE, WEEKS = 12, 5
LEVEL, COURSE, EFFECT = 5.0, 0.3, 1.2
"""Mean expression at the start, its change a week, and what the drug adds."""

SD_LEVEL, SD_COURSE, SD_RESIDUAL = 0.8, 0.2, 0.5


def table() -> dict[str, list[Any]]:
    """The file's columns."""
    rng = default_rng(SEED)
    mouse = np.repeat(np.arange(MICE), WEEKS)
    time = np.tile(np.arange(WEEKS), MICE)
    level = LEVEL + EFFECT * (np.arange(MICE) % 2) + rng.normal(0, SD_LEVEL, MICE)
    course = COURSE + rng.normal(0, SD_COURSE, MICE)
    noise = rng.normal(0, SD_RESIDUAL, MICE * WEEKS)
    expression = level[mouse] + course[mouse] * time + noise
    return {
        "mouse": [f"M{number + 1:02d}" for number in mouse],
        "treat": ["drug" if number % 2 else "control" for number in mouse],
        "time": time.tolist(),
        "expr": np.round(expression, 2).tolist(),
    }
