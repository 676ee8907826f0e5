"""How much wider the mixed model's standard error is than that of OLS on cells."""

from __future__ import annotations

import numpy as np

from widgets.host import simulate
from widgets.simulators import load

SAMPLES = 200


def claim() -> dict[str, str]:
    """Return the median ratio of the standard errors with mice alike and unalike."""
    return {"alike": _ratio(0.2), "unalike": _ratio(2.5)}


def _ratio(sd_between: float) -> str:
    nested = load("nested")
    ratios = []
    for seed in range(SAMPLES):
        readouts = simulate(nested, {"sd_between": sd_between, "seed": seed}).readouts
        ratios.append(float(readouts["mixed.se"] or 0) / float(readouts["ols.se"] or 1))
    return f"{np.median(ratios):.1f}"
