"""How often a real variance between four mice is estimated as zero."""

from __future__ import annotations

from numpy.random import default_rng

from widgets.lmm import lmer_many
from widgets.notation import text
from widgets.simulators import load
from widgets.simulators.nested.analyses import FORMULA
from widgets.simulators.nested.experiment import draw, layout

SEED = 6
EXPERIMENTS = 10_000
SETTING = {"n_mice": 4, "m_cells": 5, "sd_between": 0.4}


def values() -> dict[str, str]:
    """Return the share of singular fits at the setting that the page links to."""
    values = load("nested").values(SETTING)
    design = layout(values)
    data = {"treatment": design.treatment, "mouse": design.mouse}
    fits = lmer_many(FORMULA, data, draw(values, default_rng(SEED), EXPERIMENTS))
    return {"n": text(EXPERIMENTS, "count"), "share": text(float(fits.singular.mean()), "percent")}
