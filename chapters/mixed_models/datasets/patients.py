"""Fifty patients with diabetes, HbA1c once a month for a year.

``hba1c ~ time + treat + time:treat + (1 + time | patient)``: every patient has a level and a course
of his or her own; in half of them a treatment lowers the course.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

SEED = 13
PATIENTS, MONTHS = 50, 12
LEVEL, COURSE, EFFECT = 8.6, 0.01, -0.06
"""Mean HbA1c in % at the start, its change a month, and what the treatment adds to that change."""

SD_LEVEL, SD_COURSE, SD_RESIDUAL = 0.6, 0.05, 0.3

Floats = NDArray[np.float64]


def treated() -> NDArray[np.bool_]:
    """Whether each patient is treated: every second one."""
    return np.asarray(np.arange(PATIENTS) % 2 == 1)


def draw(rng: Generator, effect: float, experiments: int) -> Floats:
    """HbA1c of fresh patients, shape (experiments, PATIENTS, MONTHS)."""
    shape = (experiments, PATIENTS, 1)
    level = LEVEL + rng.normal(0, SD_LEVEL, shape)
    course = COURSE + effect * treated()[:, None] + rng.normal(0, SD_COURSE, shape)
    noise = rng.normal(0, SD_RESIDUAL, (experiments, PATIENTS, MONTHS))
    return np.asarray(level + course * np.arange(MONTHS) + noise)


def sample() -> Floats:
    """HbA1c of the patients in the file, shape (PATIENTS, MONTHS)."""
    return np.asarray(np.round(draw(default_rng(SEED), EFFECT, 1)[0], 2))


def table() -> dict[str, list[Any]]:
    """The file's columns."""
    patient = np.repeat(np.arange(PATIENTS), MONTHS)
    return {
        "patient": [f"P{number + 1:02d}" for number in patient],
        "treat": ["new" if treated()[number] else "usual" for number in patient],
        "time": np.tile(np.arange(MONTHS), PATIENTS).tolist(),
        "hba1c": sample().ravel().tolist(),
    }
