"""Convergence: the landscape is the likelihood's, and steepest descent does what theory says."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from widgets.host import simulate
from widgets.simulators import load
from widgets.simulators.convergence.descent import Quadratic, steepest_descent
from widgets.simulators.convergence.model import (
    PATIENTS,
    SD_BETWEEN,
    SD_RESIDUAL,
    Values,
    criterion,
    predictor,
    sample,
)

WIDGET = load("convergence")


def values(**changes: str | int) -> Values:
    return cast("Values", WIDGET.values(changes))


@pytest.mark.parametrize("given", [{}, {"centre": "mean"}, {"unit": "weeks"}])
def test_the_landscape_is_the_deviance_of_the_mixed_model(given: dict[str, str]) -> None:
    """Against V written out, at points around the optimum."""
    x, y = predictor(values(**given)), sample()
    surface = criterion(x)
    v = SD_RESIDUAL**2 * np.eye(len(x)) + SD_BETWEEN**2
    inverse = np.linalg.inv(v)

    def deviance(beta: NDArray[np.float64]) -> float:
        away = y - beta[0] - beta[1] * x
        return float(np.einsum("pi,ij,pj->", away, inverse, away))

    least = deviance(surface.top)
    for step in ([0.3, 0.0], [0.0, 0.05], [-0.2, 0.04]):
        beta = surface.top + np.array(step)
        assert deviance(beta) - least == pytest.approx(float(surface.height(beta)), rel=1e-6)
    assert len(y) == PATIENTS


def test_the_condition_number_is_that_of_numpy() -> None:
    surface = criterion(predictor(values()))
    assert surface.condition == pytest.approx(np.linalg.cond(surface.hessian), rel=1e-6)


def test_each_step_is_the_best_downhill_and_no_worse_than_theory_allows() -> None:
    surface = Quadratic(np.array([[2.0, 1.5], [1.5, 4.0]]), np.array([1.0, -1.0]))
    path = steepest_descent(surface, np.array([5.0, 3.0]), 12)
    heights = surface.height(path)
    k = surface.condition
    assert np.all(heights[1:] <= ((k - 1) / (k + 1)) ** 2 * heights[:-1] * (1 + 1e-9))
    for here, there in pairwise(path):
        across = surface.gradient(here) @ surface.gradient(there)
        assert across == pytest.approx(0, abs=1e-9 * float(surface.height(path[0])))


def test_it_opens_on_the_warning_that_centring_heals() -> None:
    assert simulate(WIDGET, {}).verdict == "stopped_narrow"
    centred = simulate(WIDGET, {"centre": "mean", "unit": "sd"})
    assert centred.verdict == "arrived_round"
    assert centred.readouts["steps_taken"] == 1


def test_the_optimum_does_not_depend_on_centre_or_unit() -> None:
    slopes = [
        simulate(WIDGET, {"centre": centre, "unit": unit}).readouts["slope.best"] or 0
        for centre in ("zero", "mean")
        for unit in ("days", "weeks", "sd")
    ]
    np.testing.assert_allclose(slopes, slopes[0], rtol=1e-9)
