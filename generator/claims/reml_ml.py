"""REML and maximum likelihood: how far off the variance between six mice is on average."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from widgets.lmm import lmer
from widgets.notation import text
from widgets.simulators import load
from widgets.simulators.nested.analyses import FORMULA
from widgets.simulators.nested.experiment import Floats, Layout, draw, layout

SEED = 2
EXPERIMENTS = 500


def claim() -> dict[str, str]:
    """Return the mean estimates of a variance that is 1, at the simulator's defaults."""
    values = load("nested").values({})
    design = layout(values)
    samples = draw(values, default_rng(SEED), EXPERIMENTS).T
    means = {
        name: np.mean([_between(y, design, REML=reml) for y in samples])
        for name, reml in (("reml", True), ("ml", False))
    }
    return {"n": text(EXPERIMENTS, "count")} | {
        name: text(float(mean), "decimal") for name, mean in means.items()
    }


def _between(y: Floats, design: Layout, *, REML: bool) -> float:  # noqa: N803  as in R
    """The estimated variance between mice."""
    data = {"y": y, "treatment": design.treatment, "mouse": design.mouse}
    return lmer(FORMULA, data, REML=REML).varcorr[0].vcov
