"""Five rats with 6,400 units each, whose response to the stimulus differs from rat to rat."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from chapters.mixed_models.datasets.electrodes import CHANNELS, RATS, UNITS
from widgets.lmm.distributions import t
from widgets.notation import text

SEED = 23
EXPERIMENTS = 10_000
SD_RAT, SD_UNIT = 0.15, 1.0
"""Of the difference on - off: between rats, and between the units of a rat."""


def values() -> dict[str, str]:
    """Return how many units there are, and false alarms counting units and counting rats."""
    each = CHANNELS * UNITS
    sd = np.hypot(SD_RAT, SD_UNIT / np.sqrt(each))
    means = default_rng(SEED).normal(0, sd, (EXPERIMENTS, RATS))
    mean, between = means.mean(axis=1), means.var(axis=1, ddof=1)
    by_units = abs(mean) / np.sqrt((SD_UNIT**2 + between) / (RATS * each))
    by_rats = abs(mean) / np.sqrt(between / RATS)
    return {
        "each": text(each, "count"),
        "units": text(RATS * each, "count"),
        "channels": text(RATS * CHANNELS, "count"),
        "df": text(RATS - 1, "count"),
        "by_units": _beyond(by_units, RATS * each - 1),
        "by_rats": _beyond(by_rats, RATS - 1),
    }


def _beyond(values: NDArray[np.float64], df: int) -> str:
    return text(float((values > float(t.ppf(0.975, df))).mean()), "percent")
