"""Twenty clinics, ten in each arm of a trial, a hundred patients in each.

``score ~ arm + age + (1 | clinic)``, and the same with a logit link for ``recovered``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

SEED = 20
CLINICS, PATIENTS = 20, 100
MEAN, EFFECT, PER_YEAR, SD = 60.0, 3.0, -0.15, 10.0
"""Mean score at the mean age, effect of the new care, change with a year of age, residual SD."""

ICC = 0.05
AGES = (62.0, 11.0)
LOGIT, LOGIT_EFFECT, LOGIT_PER_YEAR, LOGIT_SD = 0.2, 0.5, -0.02, 0.45
"""The same for the log-odds of recovery; the last is the SD between clinics."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The sample in the file, clinics in rows and their patients in columns."""

    new: NDArray[np.bool_]
    """Whether each clinic gives the new care."""

    age: NDArray[np.float64]
    score: NDArray[np.float64]
    recovered: NDArray[np.bool_]


def trial() -> Trial:
    """The trial in the file."""
    rng = default_rng(SEED)
    new = np.arange(CLINICS) % 2 == 1
    clinic = rng.normal(0, 1, (CLINICS, 1))
    age = np.round(rng.normal(*AGES, (CLINICS, PATIENTS)))
    older = age - AGES[0]
    sd_clinic = SD * np.sqrt(ICC / (1 - ICC))
    score = MEAN + EFFECT * new[:, None] + PER_YEAR * older + sd_clinic * clinic
    score = np.round(score + rng.normal(0, SD, age.shape), 1)
    logit = LOGIT + LOGIT_EFFECT * new[:, None] + LOGIT_PER_YEAR * older + LOGIT_SD * clinic
    recovered = rng.uniform(size=age.shape) < 1 / (1 + np.exp(-logit))
    return Trial(new, age, score, recovered)


def table() -> dict[str, list[Any]]:
    """The file's columns."""
    made = trial()
    clinic = np.repeat(np.arange(CLINICS), PATIENTS)
    return {
        "clinic": [f"C{number + 1:02d}" for number in clinic],
        "arm": ["new" if made.new[number] else "usual" for number in clinic],
        "age": made.age.astype(int).ravel().tolist(),
        "score": made.score.ravel().tolist(),
        "recovered": made.recovered.astype(int).ravel().tolist(),
    }
