"""Small samples: shares of false alarms by formula against counted ones, curves against theirs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.random import default_rng

from widgets.host import simulate
from widgets.lmm import lmer
from widgets.lmm.distributions import t as student
from widgets.simulators import load
from widgets.simulators.small_sample.experiment import draw, layout
from widgets.simulators.small_sample.false_alarms import METHODS, exact
from widgets.simulators.small_sample.model import density
from widgets.simulators.small_sample.repeats import likelihood_ratio, run

WIDGET = load("small-sample")
EXPERIMENTS = 6000


@pytest.mark.parametrize(("mice", "cells"), [(4, 5), (6, 20), (12, 6)])
def test_false_alarms_by_formula_are_those_counted(mice: int, cells: int) -> None:
    given = WIDGET.values({"n_mice": mice, "m_cells": cells})
    tally = run(given, default_rng(mice), EXPERIMENTS)
    for name, share in exact(mice, cells).items():
        error = math.sqrt(share * (1 - share) / EXPERIMENTS)
        assert tally[name][0] / EXPERIMENTS == pytest.approx(share, abs=4 * error), name


def test_with_enough_cells_z_errs_as_a_t_on_mice_does() -> None:
    """Six mice leave four degrees of freedom: 2 P(t₄ > 1.96)."""
    expected = 2 * float(student.sf(1.959964, 4))
    assert exact(6, 60)["z"] == pytest.approx(expected, abs=5e-4)
    assert exact(6, 60)["kr"] == pytest.approx(0.05, abs=5e-4)


def test_the_likelihood_ratio_of_many_is_that_of_two_fits() -> None:
    given = WIDGET.values({"sizes": "unequal"})
    mouse, treated = layout(given)
    y = draw(given, default_rng(3), 4)
    gains = likelihood_ratio(mouse, treated, y.T)
    for one, gain in zip(y, gains, strict=True):
        data = {"y": one, "mouse": mouse, "treated": treated.astype(float)}
        logliks = [
            lmer(f"y ~ {fixed} + (1 | mouse)", data, REML=False).loglik
            for fixed in ("treated", "1")
        ]
        assert gain == pytest.approx(2 * (logliks[0] - logliks[1]), abs=1e-6)


@pytest.mark.parametrize("df", [2.0, 4.0, 38.0, math.inf])
def test_curves_are_densities(df: float) -> None:
    x = np.linspace(-1, 2, 3001)
    y = density(x, df)
    area = float((y[1:] + y[:-1]).sum() / 2 * (x[1] - x[0]))
    assert area == pytest.approx(float(student.cdf(2, df) - student.cdf(-1, df)), abs=1e-6)


def test_it_opens_on_a_false_alarm_of_z_alone() -> None:
    opening = simulate(WIDGET, {}).readouts
    significant = {name: (opening[f"{name}.p"] or 0) < 0.05 for name in METHODS}
    assert significant == {"z": True, "lrt": True, "satterthwaite": False, "kr": False}


def test_unequal_numbers_part_the_two_methods() -> None:
    apart = simulate(WIDGET, {"sizes": "unequal"})
    assert apart.verdict == "unequal"
    assert apart.readouts["z.false"] is None
    assert apart.readouts["kr.df"] != pytest.approx(apart.readouts["satterthwaite.df"], rel=0.01)
