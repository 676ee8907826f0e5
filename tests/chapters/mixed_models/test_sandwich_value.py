"""False alarms of sandwiches, by formula and by the engine's estimating equations."""

from __future__ import annotations

import numpy as np
import pytest

from chapters.mixed_models.values import sandwich
from widgets.lmm import geeglm_many, wilson
from widgets.lmm.gee.sandwich import Bias

CLUSTERS, SIZE, TRIALS = 10, 3, 4000
POWERS: dict[Bias | None, int] = {None: 0, "KC": 1, "MD": 2}


@pytest.mark.parametrize("bias", POWERS)
def test_the_share_is_that_of_simulated_trials(bias: Bias | None) -> None:
    rng = np.random.default_rng(6)
    cluster = np.repeat(np.arange(CLUSTERS), SIZE)
    levels = rng.standard_normal((CLUSTERS, TRIALS))
    y = levels[cluster] + rng.standard_normal((CLUSTERS * SIZE, TRIALS))
    data = {"arm": (cluster < CLUSTERS // 2).astype(float), "cluster": cluster}
    fits = geeglm_many("y ~ arm", data, "cluster", y, bias=bias)
    alarms = int((fits.p["arm"] < 0.05).sum())
    _, low, high = wilson(alarms, TRIALS, level=0.999)
    assert low < sandwich.share(CLUSTERS // 2, POWERS[bias]) < high
