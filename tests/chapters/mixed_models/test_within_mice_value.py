"""False alarms of a t-test on cells treated within mice, by the engine and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from chapters.mixed_models.values import within_mice
from widgets.lmm import wilson
from widgets.lmm.distributions import t

MICE, CELLS, TRIALS = 8, 10, 5000


@pytest.mark.parametrize("sd_effect", [0.0, 1.0])
def test_the_share_is_that_of_two_samples_compared_by_hand(sd_effect: float) -> None:
    rng = np.random.default_rng(3)
    baseline = rng.normal(0, 1, (TRIALS, MICE, 1))
    effect = rng.normal(0, sd_effect, (TRIALS, MICE, 1))
    arms = [baseline, baseline + effect]
    control, treated = (
        (mean + rng.normal(0, 1, (TRIALS, MICE, CELLS))).reshape(TRIALS, -1) for mean in arms
    )
    pooled = (control.var(axis=1, ddof=1) + treated.var(axis=1, ddof=1)) / 2
    difference = treated.mean(axis=1) - control.mean(axis=1)
    ratio = difference / np.sqrt(pooled * 2 / (MICE * CELLS))
    bound = float(t.isf(0.025, 2 * MICE * CELLS - 2))
    _, low, high = wilson(int((abs(ratio) > bound).sum()), TRIALS, level=0.999)
    assert low < within_mice.share(sd_effect) < high


def test_the_same_test_is_too_timid_and_too_sure() -> None:
    assert within_mice.share(0.0) < within_mice.LEVEL / 2
    assert within_mice.share(1.0) > 4 * within_mice.LEVEL
