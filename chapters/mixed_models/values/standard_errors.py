"""How much wider the mixed model's standard error is than that of OLS on cells."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from widgets.lmm import lm_many, lmer_many
from widgets.simulators import load
from widgets.simulators.nested.analyses import EFFECT, FIXED_FORMULA, FORMULA
from widgets.simulators.nested.experiment import draw, layout

SAMPLES = 2000


def values() -> dict[str, str]:
    """Return the median ratio of the standard errors with mice alike and unalike."""
    return {"alike": _ratio(0.2), "unalike": _ratio(2.5)}


def _ratio(sd_between: float) -> str:
    values = load("nested").values({"sd_between": sd_between})
    design = layout(values)
    data = {"treatment": design.treatment, "mouse": design.mouse}
    y = draw(values, default_rng(values["seed"]), SAMPLES)
    ratios = lmer_many(FORMULA, data, y).se[EFFECT] / lm_many(FIXED_FORMULA, data, y).se[EFFECT]
    return f"{np.median(ratios):.1f}"
