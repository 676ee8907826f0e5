"""Shrinkage: predictions as the engine and a long-hand formula have them, errors as theory has."""

from __future__ import annotations

import math
from typing import cast

import numpy as np
import pytest
from numpy.random import default_rng

from widgets.host import simulate
from widgets.lmm import lmer
from widgets.simulators import load
from widgets.simulators.shrinkage.model import Values, draw, estimates
from widgets.simulators.shrinkage.repeats import OTHERS, squared_errors

WIDGET = load("shrinkage")
EXPERIMENTS = 4000


def values(**changes: float | str) -> Values:
    return cast("Values", WIDGET.values(changes))


@pytest.mark.parametrize("seed", [1, 2, 989])
def test_partial_pooling_is_what_the_fitted_model_predicts(seed: int) -> None:
    sample = draw(values(), default_rng(seed))
    fit = lmer("y ~ 1 + (1 | mouse)", {"y": sample.y, "mouse": sample.mouse})
    first = np.searchsorted(sample.mouse, np.arange(len(sample.cells)))
    np.testing.assert_allclose(estimates(sample).partial, np.asarray(fit.fitted)[first], atol=1e-8)


def test_repeats_and_one_run_pool_alike() -> None:
    """One experiment by both ways: the same numbers of cells, the same formula."""
    rng = default_rng(4)
    cells = np.array((5, *OTHERS))
    mouse = np.repeat(np.arange(len(cells)), cells)
    true = 0.5 * rng.normal(size=(len(cells), 1))
    y = (true[mouse] + rng.normal(size=(len(mouse), 1)))[:, 0]
    fit = lmer("y ~ 1 + (1 | mouse)", {"y": y, "mouse": mouse})
    first = np.searchsorted(mouse, np.arange(len(cells)))
    expected = ((np.asarray(fit.fitted)[first] - true[:, 0]) ** 2).mean()
    errors = squared_errors({"n_cells": 5, "sd_between": 0.5}, default_rng(4), 1)
    assert errors["partial"][0] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("sd_between", [0.0, 0.5, 2.0])
def test_means_are_off_by_what_their_cells_allow(sd_between: float) -> None:
    """The mean of n cells of SD 1 has the variance 1/n; one mean for all, what theory gives it."""
    cells = np.array((2, *OTHERS))
    errors = squared_errors({"n_cells": 2, "sd_between": sd_between}, default_rng(3), EXPERIMENTS)
    share = cells / cells.sum()
    of_mean = sd_between**2 * (share**2).sum() + 1 / cells.sum()
    full = of_mean + sd_between**2 * (1 - 2 * share.mean())
    for name, expected in (("none", (1 / cells).mean()), ("full", full)):
        error = errors[name].std() / math.sqrt(EXPERIMENTS)
        assert errors[name].mean() == pytest.approx(expected, abs=4 * error)


def test_with_known_variances_no_estimate_could_be_much_nearer() -> None:
    """With τ and σ known the prediction's error is τ²/(nτ² + 1), and some more for the mean."""
    cells = np.array((2, *OTHERS))
    bound = (0.25 / (cells * 0.25 + 1)).mean()
    errors = squared_errors({"n_cells": 2, "sd_between": 0.5}, default_rng(5), EXPERIMENTS)
    assert bound < errors["partial"].mean() < 1.35 * bound


def test_the_first_frame_makes_the_point() -> None:
    opening = simulate(WIDGET, {})
    assert opening.verdict == "partial_best"
    off = {name: opening.readouts[f"{name}.error"] or 0 for name in ("none", "partial", "full")}
    assert off["partial"] < 0.75 * min(off["none"], off["full"])


def test_more_cells_of_the_first_mouse_leave_the_others_where_they_are() -> None:
    few, many = (draw(values(n_cells=n), default_rng(8)) for n in (2, 60))
    np.testing.assert_allclose(few.means[1:], many.means[1:])
    first = many.y[many.mouse == 0]
    np.testing.assert_allclose(first[:2], few.y[few.mouse == 0])
