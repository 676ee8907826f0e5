"""Sixty cells from three mice: what the two intervals promise, and whether they keep it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.random import default_rng

from widgets.host import simulate
from widgets.simulators import load
from widgets.simulators.sixty_cells.model import Values, draw, intervals, miss_rate

WIDGET = load("sixty-cells")
EXPERIMENTS = 20_000


def values(mice_differ: float, count: str) -> Values:
    return {"mice_differ": mice_differ, "count": count, "seed": 0}


@pytest.mark.parametrize("mice_differ", [0.0, 0.3, 1.0, 2.0])
def test_the_shares_that_miss_are_those_of_many_experiments(mice_differ: float) -> None:
    y = draw(values(mice_differ, "cells"), default_rng(1), EXPERIMENTS)
    for count, rate in (("cells", miss_rate(mice_differ)), ("mice", 0.05)):
        share = intervals(y, count).missed.mean()
        assert share == pytest.approx(rate, abs=4 * math.sqrt(rate * (1 - rate) / EXPERIMENTS))


def test_it_opens_on_a_false_alarm_that_counting_mice_takes_back() -> None:
    assert simulate(WIDGET, {}).verdict == "cells_miss"
    assert simulate(WIDGET, {"count": "mice"}).verdict == "mice_hold"
    assert simulate(WIDGET, {"mice_differ": 0}).tables["pile"]["missed"][0] == 0


def test_cells_keep_their_distance_from_their_mouse_while_mice_move() -> None:
    near, far = (draw(values(sd, "cells"), default_rng(3)) for sd in (0.0, 2.0))
    within = [y - y.mean(axis=2, keepdims=True) for y in (near, far)]
    np.testing.assert_allclose(within[0], within[1], atol=1e-12)
    assert np.ptp(far.mean(axis=2)) > np.ptp(near.mean(axis=2))
