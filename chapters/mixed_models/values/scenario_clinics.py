"""Twenty clinics with a hundred patients each, ICC .05: what 2,000 patients are worth."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from chapters.mixed_models.datasets.clinics import CLINICS, ICC, PATIENTS
from widgets.lmm.distributions import normal
from widgets.lmm.linear.design_effect import design_effect
from widgets.notation import text

SEED = 22
EXPERIMENTS = 100_000


def values() -> dict[str, str]:
    """Return the design effect, the effective number, and false alarms with clinics left out."""
    de = float(design_effect(PATIENTS, ICC))
    return {
        "patients": text(CLINICS * PATIENTS, "count"),
        "de": text(de, "decimal"),
        "effective": text(CLINICS * PATIENTS / de, "count"),
        "df": text(CLINICS - 2, "count"),
        "ceiling": text(CLINICS / ICC, "count"),
        "ignored": text(_false_alarms(), "percent"),
    }


def _false_alarms() -> float:
    """Share of |z| > 1.96 when z divides the arms' difference by its SE for independent patients.

    The variance of all observations is taken as known, as it nearly is with 2,000 of them.
    """
    new = np.arange(CLINICS) % 2 == 1
    sd = np.sqrt(ICC + (1 - ICC) / PATIENTS)
    means = default_rng(SEED).normal(0, sd, (EXPERIMENTS, CLINICS))
    difference = means[:, new].mean(axis=1) - means[:, ~new].mean(axis=1)
    se = np.sqrt(2 / (CLINICS / 2 * PATIENTS))
    return float((abs(difference) / se > float(normal.ppf(0.975))).mean())
