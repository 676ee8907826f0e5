"""REML and maximum likelihood: how far off the variance between six mice is on average."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from widgets.lmm import lmer, lmer_many
from widgets.notation import text
from widgets.simulators import load
from widgets.simulators.nested.analyses import FORMULA
from widgets.simulators.nested.experiment import draw, layout

SEED = 2
EXPERIMENTS = 500


def values() -> dict[str, str]:
    """Return the mean estimates of a variance that is 1, at the simulator's defaults."""
    values = load("nested").values({})
    design = layout(values)
    data = {"treatment": design.treatment, "mouse": design.mouse}
    samples = draw(values, default_rng(SEED), EXPERIMENTS)
    ml = [lmer(FORMULA, data | {"y": y}, REML=False).varcorr[0].vcov for y in samples.T]
    return {
        "n": text(EXPERIMENTS, "count"),
        "reml": text(float((lmer_many(FORMULA, data, samples).sd ** 2).mean()), "decimal"),
        "ml": text(float(np.mean(ml)), "decimal"),
    }
