"""Likelihoods with more than one optimum: the fit is at the best one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from widgets.lmm import lmer
from widgets.lmm.likelihood.model import mixed_data, problem_of


def slopes_far_from_zero(centre: float) -> dict[str, Any]:
    """Eleven groups whose lines meet at x = centre, far from where x is zero."""
    rng = np.random.default_rng(690)
    g = np.repeat(np.arange(11), 11)
    x = centre + np.tile(np.linspace(-1, 1, 11), 11)
    y = 2 * rng.normal(size=11)[g] * (x - centre) + 0.1 * rng.normal(size=121)
    return {"y": y, "x": x, "g": g}


@pytest.mark.parametrize("centre", [5.0, 15.0, 40.0])
def test_uncorrelated_effects_that_cancel_are_found(centre: float) -> None:
    data, formula = slopes_far_from_zero(centre), "y ~ x + (x || g)"
    fit = lmer(formula, data)
    assert fit.converged
    problem = problem_of(mixed_data(formula, data), REML=True)
    sizes = np.concatenate([[0.0], np.geomspace(1e-2, 1e4, 61)])
    grid = [problem.evaluate(np.array([a, b])).value for a in sizes for b in sizes]
    assert fit.deviance <= min(grid) + 1e-9


def test_no_point_of_a_coarse_grid_is_better_than_the_fit() -> None:
    rng = np.random.default_rng(8)
    worse = 0
    for _ in range(20):
        g = rng.integers(0, 4, 28)
        columns = {"y": rng.normal(size=28), "x": rng.normal(size=28), "g": g}
        problem = problem_of(mixed_data("y ~ x + (x | g)", columns), REML=False)
        fit = lmer("y ~ x + (x | g)", columns, REML=False)
        sizes = np.linspace(0, 1.5, 7)
        grid = [
            problem.evaluate(np.array([a, b, c])).value
            for a in sizes
            for b in np.linspace(-1.5, 1.5, 9)
            for c in sizes
        ]
        worse += fit.deviance > min(grid) + 1e-9
    assert worse == 0
