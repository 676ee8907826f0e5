"""Autocorrelation: misses by formula against counted ones, the correlogram against the truth."""

from __future__ import annotations

import math
from typing import cast

import numpy as np
import pytest
from numpy.random import default_rng

from widgets.host import simulate
from widgets.lmm import lmer_many
from widgets.simulators import load
from widgets.simulators.autocorrelation.experiment import Values, draw, miss_rate
from widgets.simulators.autocorrelation.model import by_ar1, correlogram
from widgets.simulators.autocorrelation.repeats import serial_p

WIDGET = load("autocorrelation")
EXPERIMENTS = 3000


def values(**changes: float | str) -> Values:
    return cast("Values", WIDGET.values(changes))


@pytest.mark.parametrize(("rho", "n_visits"), [(0.0, 10), (0.6, 10), (0.9, 7)])
def test_a_random_intercept_misses_as_often_as_is_said(rho: float, n_visits: int) -> None:
    visits = draw(values(rho=rho, n_visits=n_visits), default_rng(1), EXPERIMENTS)
    p = lmer_many("y ~ time + (1 | patient)", visits.design, visits.rows.T).p["time"]
    rate = miss_rate(rho, n_visits)
    error = math.sqrt(rate * (1 - rate) / EXPERIMENTS)
    assert (p < 0.05).mean() == pytest.approx(rate, abs=4 * error)


def test_residuals_are_alike_by_the_power_of_their_distance() -> None:
    visits = draw(values(rho=0.6, missed=0.4), default_rng(2), EXPERIMENTS)
    residual = np.where(visits.seen, visits.y, np.nan).reshape(-1, visits.y.shape[2])
    np.testing.assert_allclose(
        [one or 0 for one in correlogram(residual)], 0.6 ** np.arange(1, 7), atol=0.02
    )


def test_rows_that_close_up_look_less_alike_than_neighbours_are() -> None:
    gaps = [simulate(WIDGET, {"missed": 0.5, "seed": seed}).readouts for seed in range(8)]
    by_time, by_row = (np.mean([one[name] or 0 for one in gaps]) for name in ("by_time", "by_row"))
    assert by_row < by_time - 0.1


def test_it_opens_on_a_false_alarm_that_an_ar1_takes_back() -> None:
    assert simulate(WIDGET, {}).verdict == "intercept_miss"
    assert simulate(WIDGET, {"model": "ar1"}).verdict == "ar1_hold"


@pytest.mark.parametrize(("rho", "missed"), [(0.0, 0.0), (0.6, 0.4), (0.9, 0.0)])
def test_batches_are_fitted_as_the_engine_fits_one(rho: float, missed: float) -> None:
    """φ comes from a parabola, so p may differ a little."""
    visits = draw(values(rho=rho, missed=missed), default_rng(6), 5)
    expected = [by_ar1(visits, y)[0].p for y in visits.rows]
    np.testing.assert_allclose(serial_p(visits), expected, atol=2e-3)
