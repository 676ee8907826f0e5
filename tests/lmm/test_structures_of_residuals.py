"""Structures of residuals in gls and lme: what must hold, and what they refuse."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from widgets.lmm import MethodError, ModelError, gls, lm, lme, lmer


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    rng = np.random.default_rng(9)
    g = np.repeat(np.arange(14), 4)
    t = np.tile(np.arange(4.0), 14)
    arm = np.array(["a", "b"])[g % 2]
    y = 0.3 * t + rng.normal(size=14)[g] + np.where(arm == "a", 1.0, 0.5) * rng.normal(size=56)
    kept = rng.random(56) > 0.1
    columns = {"y": y, "t": t, "day": 2.5 * t + (g % 3) * 0.1, "arm": arm, "g": g}
    return {name: values[kept] for name, values in columns.items()}


def test_compound_symmetry_is_a_random_intercept(data: dict[str, Any]) -> None:
    marginal, mixed = gls("y ~ t", data, "g", "CS"), lmer("y ~ t + (1 | g)", data)
    assert marginal.loglik == pytest.approx(mixed.loglik, abs=1e-7)
    assert marginal.fixef == pytest.approx(mixed.fixef, rel=1e-5)
    between = mixed.varcorr[0].vcov
    assert marginal.phi == pytest.approx(between / (between + mixed.sigma**2), rel=1e-4)


def test_car1_of_whole_times_is_ar1(data: dict[str, Any]) -> None:
    one, other = (gls("y ~ t", data, "g", kind, "t") for kind in ("AR1", "CAR1"))
    assert other.loglik == pytest.approx(one.loglik, abs=1e-7)
    assert other.phi == pytest.approx(one.phi, rel=1e-4)
    scaled = gls("y ~ t", {**data, "t3": 3 * data["t"]}, "g", "CAR1", "t3")
    assert scaled.phi == pytest.approx(np.cbrt(float(one.phi or 0)), rel=1e-4)


def test_an_unstructured_correlation_is_at_least_as_likely_as_any(data: dict[str, Any]) -> None:
    free = gls("y ~ t", data, "g", "UN", "t", variances="t")
    assert free.converged
    for kind in ("AR1", "CS"):
        assert free.loglik > gls("y ~ t", data, "g", kind, "t", variances="t").loglik
    R = free.correlation_matrix
    assert R is not None
    assert pytest.approx(R.T) == R
    assert np.diagonal(R) == pytest.approx(np.ones(4))
    assert np.linalg.eigvalsh(R).min() > 0
    assert free.df == 2 + 1 + 6 + 3
    assert "unstructured within g" in free.summary()


def test_variances_of_two_arms_are_those_of_two_fits(data: dict[str, Any]) -> None:
    fit = gls("y ~ arm", data, "g", None, variances="arm")
    sd = {arm: lm("y ~ 1", {"y": data["y"][data["arm"] == arm]}).sigma for arm in ("a", "b")}
    assert fit.sigma == pytest.approx(sd["a"], rel=1e-5)
    assert fit.variances is not None
    assert fit.variances["b"] == pytest.approx(sd["b"] / sd["a"], rel=1e-4)


def test_weights_of_gls_are_those_of_lm(data: dict[str, Any]) -> None:
    w = 1 + data["t"]
    one, other = gls("y ~ t", data, "g", None, REML=False, weights=w), lm("y ~ t", data, weights=w)
    assert one.loglik == pytest.approx(other.loglik, abs=1e-8)
    mixed = lme("y ~ t + (1 | g)", data, weights=w)
    assert mixed.loglik == pytest.approx(lmer("y ~ t + (1 | g)", data, weights=w).loglik)


def test_a_mixed_model_simulates_its_structure(data: dict[str, Any]) -> None:
    fit = lme("y ~ t + (1 | g)", data, variances="arm")
    assert fit.variances is not None
    assert fit.df == 2 + 1 + 1 + 1
    new = fit.simulate(np.random.default_rng(1), 4000) - fit.predict(random=False)[:, None]
    between = fit.varcorr[0].vcov
    for arm, ratio in fit.variances.items():
        expected = between + (fit.sigma * ratio) ** 2
        assert new[data["arm"] == arm].var() == pytest.approx(expected, rel=0.1)
    assert fit.coefficients()["t"].df > 0
    with pytest.raises(MethodError, match="use 'wald'"):
        fit.confint()
    with pytest.raises(MethodError, match="not defined here for residuals with a structure"):
        fit.coefficients("Kenward-Roger")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"correlation": "ARMA"}, "correlation must be one of 'AR1', 'CAR1', 'CS', 'UN', None"),
        ({"correlation": None, "time": "t"}, "time orders the rows of a correlation"),
        ({"correlation": "AR1", "time": "day"}, "every row needs the whole number of its visit"),
        ({"correlation": "CAR1", "time": "same"}, "has the value 1 twice in the group '0'"),
        ({"correlation": "UN", "time": "apart"}, "no level of 'g' has both the times"),
        ({"correlation": None, "variances": "one"}, "variances='one' has one level"),
        ({"correlation": None, "variances": "what"}, "the data have no column 'what'"),
        ({"correlation": None, "weights": "t"}, "weights are positive numbers"),
    ],
)
def test_what_cannot_be_estimated_is_refused(
    data: dict[str, Any], arguments: dict[str, Any], said: str
) -> None:
    n = len(data["y"])
    apart = np.where(data["g"] < 7, data["t"], data["t"] + 10)
    more = {**data, "one": ["x"] * n, "same": np.ones(n), "apart": apart}
    with pytest.raises(ModelError, match=re.escape(said)):
        gls("y ~ t", more, "g", **arguments)
