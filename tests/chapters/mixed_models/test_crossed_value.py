from __future__ import annotations

import numpy as np
import pytest
from numpy.random import default_rng

from chapters.mixed_models.values.crossed import PICTURES, READERS, draw, kind
from widgets.lmm import lmer, t_test


def test_with_readers_and_pictures_crossed_the_kind_is_tested_on_the_means_of_pictures() -> None:
    y = draw(default_rng(1), experiments=1)[0]
    data = {
        "y": y.ravel(),
        "kind": np.tile(kind(), READERS),
        "reader": np.repeat(np.arange(READERS), PICTURES),
        "picture": np.tile(np.arange(PICTURES), READERS),
    }
    fit = lmer("y ~ kind + (1 | reader) + (1 | picture)", data)
    row = fit.coefficients("Kenward-Roger")["kind"]
    means = y.mean(axis=0)
    by_hand = t_test(means[kind() == 1], means[kind() == 0])
    assert (row.t, row.df, row.p) == pytest.approx((by_hand.t, by_hand.df, by_hand.p), rel=1e-4)
