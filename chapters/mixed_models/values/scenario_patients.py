"""Fifty patients over a year whose courses differ, a useless treatment, and three analyses."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from chapters.mixed_models.datasets.patients import MONTHS, PATIENTS, draw, treated
from widgets.lmm import lm_many, lmer_many
from widgets.notation import text

SEED = 21
EXPERIMENTS = 2_000


def values() -> dict[str, str]:
    """Return the shares of false alarms about the course.

    In these complete data the test of time:treat in the model with random slopes is the t-test on
    the slopes of the patients.
    """
    hba1c = draw(default_rng(SEED), 0.0, EXPERIMENTS)
    y = hba1c.reshape(EXPERIMENTS, -1).T
    time = np.arange(MONTHS) - (MONTHS - 1) / 2
    data = {
        "time": np.tile(time, PATIENTS),
        "treat": np.repeat(treated().astype(float), MONTHS),
        "patient": np.repeat(np.arange(PATIENTS), MONTHS),
    }
    data["both"] = data["time"] * data["treat"]
    fixed = "y ~ time + treat + both"
    slopes = hba1c @ time / (time @ time)
    of_slopes = lm_many("y ~ treat", {"treat": treated().astype(float)}, slopes.T)
    return {
        "rows": text(PATIENTS * MONTHS, "count"),
        "df": text(PATIENTS - 2, "count"),
        "rows_only": _alarms(lm_many(fixed, data, y).p["both"]),
        "intercept": _alarms(lmer_many(f"{fixed} + (1 | patient)", data, y).p["both"]),
        "slope": _alarms(of_slopes.p["treat"]),
    }


def _alarms(p: NDArray[np.float64]) -> str:
    return f"{100 * (p < 0.05).mean():.0f}%"  # noqa: PLR2004  the usual promise; more digits are chance
