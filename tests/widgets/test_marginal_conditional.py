"""Conditional and marginal odds ratios: the average by quadrature, by sampling, and by formula."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.random import default_rng

from chapters.mixed_models.values import conditional_marginal
from widgets.host import simulate
from widgets.notation import text
from widgets.simulators import load
from widgets.simulators.marginal_conditional.model import (
    NODES,
    average,
    draw,
    expit,
)

WIDGET = load("marginal-conditional")
PEOPLE = 400_000
SAMPLES = 24


@pytest.mark.parametrize("sd", [0.0, 1.0, 4.0])
def test_the_average_is_that_of_very_many_patients(sd: float) -> None:
    dose = np.array([-3.0, 0.0, 1.0])
    b = sd * default_rng(2).normal(size=(PEOPLE, 1))
    shares = expit(b + 1.5 * dose)
    error = shares.std(axis=0) / math.sqrt(PEOPLE)
    assert np.all(np.abs(average(dose, sd, 1.5) - shares.mean(axis=0)) <= 4 * error + 1e-6)


def test_the_marginal_ratio_is_the_one_of_the_text() -> None:
    """The chapter computes 2.72 and 1.84 with sixty nodes of its own."""
    opening = simulate(WIDGET, {}).readouts
    assert text(opening["glmm.true"], "decimal") == conditional_marginal.values()["conditional"]
    assert text(opening["gee.true"], "decimal") == conditional_marginal.values()["marginal"]
    assert NODES != conditional_marginal.NODES


def test_each_analysis_estimates_its_own_ratio() -> None:
    """Over many samples: GLMMs lie around 2.72, GEEs around 1.84."""
    found = [simulate(WIDGET, {"seed": seed}).readouts for seed in range(SAMPLES)]
    for name in ("glmm", "gee"):
        logs = [math.log((r[f"{name}.estimate"] or 1) / (r[f"{name}.true"] or 1)) for r in found]
        error = float(np.std(logs)) / math.sqrt(SAMPLES)
        assert np.mean(logs) == pytest.approx(0, abs=3 * error), name


def test_gee_is_the_ratio_of_the_pooled_odds() -> None:
    """With as many observations of each patient at each dose, the average needs no weights."""
    observed = draw(WIDGET.defaults, default_rng(WIDGET.defaults["seed"]))
    share = observed.successes.sum(axis=0) / 400
    pooled = share[1] / (1 - share[1]) / (share[0] / (1 - share[0]))
    assert simulate(WIDGET, {}).readouts["gee.estimate"] == pytest.approx(pooled, rel=1e-6)


def test_the_average_is_flatter_where_patients_differ() -> None:
    ratios = [simulate(WIDGET, {"sd_between": sd}).readouts["gee.true"] or 0 for sd in (0, 1, 2, 4)]
    assert ratios[0] == pytest.approx(math.e)
    assert ratios == sorted(ratios, reverse=True)
