"""A t-value read as a normal deviate, by formula and by the engine's mixed models."""

from __future__ import annotations

import pytest
from numpy.random import default_rng

from chapters.mixed_models.values import t_as_z
from widgets.lmm import lmer_many, wilson
from widgets.simulators import load
from widgets.simulators.nested.analyses import EFFECT, FORMULA
from widgets.simulators.nested.experiment import draw, layout

EXPERIMENTS = 5000


@pytest.mark.parametrize("bound", [t_as_z.NORMAL, t_as_z.critical(4)])
def test_the_share_is_that_of_simulated_experiments(bound: float) -> None:
    values = load("nested").values({"beta": 0})
    design = layout(values)
    data = {"treatment": design.treatment, "mouse": design.mouse}
    fits = lmer_many(FORMULA, data, draw(values, default_rng(1), EXPERIMENTS))
    alarms = int((abs(fits.t[EFFECT]) > bound).sum())
    _, low, high = wilson(alarms, EXPERIMENTS, level=0.999)
    assert low < t_as_z.share(bound, 4) < high
