"""Weights of rows: what they mean in each function, and what they cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from widgets.lmm import DataError, geeglm, glmer, lm, lmer


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    rng = np.random.default_rng(8)
    g = np.repeat(np.arange(9), 5)
    x, w = rng.normal(size=45), rng.uniform(0.2, 4, 45)
    y = x + rng.normal(size=9)[g] + rng.normal(size=45) / np.sqrt(w)
    n = rng.integers(1, 6, 45)
    return {"y": y, "x": x, "g": g, "w": w, "n": n, "k": rng.poisson(2.0, 45), "share": 1 / n}


def test_whole_weights_of_lm_are_rows_written_as_often(data: dict[str, Any]) -> None:
    weighted = lm("y ~ x", data, weights="n")
    often = {name: np.repeat(values, data["n"]) for name, values in data.items()}
    assert weighted.fixef == pytest.approx(lm("y ~ x", often).fixef)
    robust = weighted.cluster_robust(data["g"], "CR0")["x"].se
    assert robust == pytest.approx(lm("y ~ x", often).cluster_robust(often["g"], "CR0")["x"].se)


def test_weights_of_one_are_none(data: dict[str, Any]) -> None:
    ones = np.ones(45)
    formula = "y ~ x + (1 | g)"
    assert lmer(formula, data, weights=ones).loglik == pytest.approx(lmer(formula, data).loglik)
    assert lm("y ~ x", data, weights=ones).r_squared == pytest.approx(lm("y ~ x", data).r_squared)


def test_ten_times_the_weights_change_sigma_alone(data: dict[str, Any]) -> None:
    one = lmer("y ~ x + (1 | g)", data, weights="w")
    ten = lmer("y ~ x + (1 | g)", data, weights=1e4 * data["w"])
    assert ten.sigma == pytest.approx(100 * one.sigma, rel=1e-6)
    assert ten.fixef == pytest.approx(one.fixef, rel=1e-7)
    assert ten.varcorr[0].vcov == pytest.approx(one.varcorr[0].vcov, rel=1e-6)
    assert ten.loglik == pytest.approx(one.loglik, abs=1e-7)
    few, many = (fit.coefficients("Kenward-Roger")["x"].df for fit in (one, ten))
    assert many == pytest.approx(few, rel=1e-6)


def test_profile_intervals_know_the_weights(data: dict[str, Any]) -> None:
    fit = lmer("y ~ x + (1 | g)", data, REML=False, weights="w")
    end = fit.confint()["x"]
    assert end.low < fit.fixef["x"] < end.high
    assert end.high - end.low == pytest.approx(2 * 1.96 * fit.se["x"], rel=0.1)


def test_simulated_rows_vary_by_their_weights(data: dict[str, Any]) -> None:
    fit = lmer("y ~ x + (1 | g)", data, weights=np.where(data["x"] > 0, 100.0, 1.0))
    new = fit.simulate(np.random.default_rng(1), 500)
    within = new - np.array([new[data["g"] == j].mean(axis=0) for j in range(9)])[data["g"]]
    heavy = within[data["x"] > 0].std()
    assert heavy < within[data["x"] <= 0].std()


def test_trials_of_shares_are_those_of_cbind(data: dict[str, Any]) -> None:
    both = {**data, "one": np.ones(45), "rest": data["n"] - 1}
    share = glmer("share ~ x + (1 | g)", both, weights="n")
    counts = glmer("cbind(one, rest) ~ x + (1 | g)", both)
    assert share.loglik == pytest.approx(counts.loglik)
    marginal = geeglm("share ~ x", both, "g", family="binomial", weights="n")
    assert marginal.se == pytest.approx(
        geeglm("cbind(one, rest) ~ x", both, "g", family="binomial").se
    )


def test_a_row_whose_weight_is_missing_is_left_out(data: dict[str, Any]) -> None:
    w = data["w"].copy()
    w[3] = np.nan
    fit = lmer("y ~ x + (1 | g)", data, weights=w)
    assert fit.nobs == 44
    assert "1 rows with missing values were left out" in fit.messages[0]


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (np.zeros(45), "weights='weights' has the value 0; weights are positive numbers"),
        (np.full(45, -2.0), "has the value -2"),
        (np.full(45, np.inf), "has the value inf"),
        (np.ones(44), "weights has 44 values, the response has 45"),
        ("heavy", "the data have no column 'heavy'"),
        (["a"] * 45, "'weights' holds text"),
    ],
)
@pytest.mark.parametrize(
    "fit",
    [
        lambda data, w: lm("y ~ x", data, weights=w),
        lambda data, w: lmer("y ~ x + (1 | g)", data, weights=w),
        lambda data, w: glmer("k ~ x + (1 | g)", data, "poisson", weights=w),
        lambda data, w: geeglm("y ~ x", data, "g", weights=w),
    ],
)
def test_what_is_no_weight_is_refused(
    data: dict[str, Any],
    fit: Callable[[dict[str, Any], object], object],
    weights: object,
    said: str,
) -> None:
    with pytest.raises(DataError, match=re.escape(said)):
        fit(data, weights)


def test_shares_that_are_no_whole_successes_are_refused(data: dict[str, Any]) -> None:
    with pytest.raises(DataError, match=r"successes are not whole"):
        glmer("share ~ x + (1 | g)", data, weights="w")
    with pytest.raises(DataError, match=r"it is a share, from 0 to 1"):
        glmer("y ~ x + (1 | g)", data, weights="n")
