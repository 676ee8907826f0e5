"""Corrections for few clusters, against clubSandwich and against the formulas as published."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.lmm.marginal import case_name, dense_covariance, fit_of_more, more_cases
from validation.cases import Case
from validation.differences import apart
from widgets.lmm import MarginalModel, NotEstimableError, geeglm, t_test

BIASES = (None, "MD", "KC", "FG")
Columns = dict[str, Any]


def corrected(*needs: str) -> pytest.MarkDecorator:
    chosen = [case for case in more_cases() if all(need in case for need in needs)]
    return pytest.mark.parametrize("case", chosen, ids=case_name)


@corrected("md")
def test_mancl_and_derouens_correction_is_cr3_of_clubsandwich(case: Case) -> None:
    assert apart(fit_of_more(case).sandwich.robust("MD"), case["md"]) < 1e-8


@corrected("kc")
def test_kauermann_and_carrolls_correction_is_cr2_of_clubsandwich(case: Case) -> None:
    assert apart(fit_of_more(case).sandwich.robust("KC"), case["kc"]) < 1e-8


def clustered(family: str) -> tuple[Columns, np.ndarray[Any, Any]]:
    """Clusters of unequal size, rows of a cluster not together, and the model matrix."""
    rng = np.random.default_rng(20)
    cluster = np.repeat(np.arange(9), [3, 5, 2, 8, 4, 6, 1, 5, 7])
    shuffled = rng.permutation(len(cluster))
    cluster = cluster[shuffled]
    x, z = rng.normal(size=len(cluster)), (cluster % 2).astype(float)
    eta = 0.4 * x - 0.3 * z + 0.5 * rng.normal(size=9)[cluster]
    y = {
        "gaussian": eta + rng.normal(size=len(x)),
        "binomial": (rng.random(len(x)) < 1 / (1 + np.exp(-eta))).astype(float),
        "poisson": rng.poisson(np.exp(eta)).astype(float),
    }[family]
    data = {"y": y, "x": x, "z": z, "cluster": cluster}
    return data, np.column_stack([np.ones(len(x)), x, z])


@pytest.mark.parametrize("bias", BIASES)
@pytest.mark.parametrize("corstr", ["independence", "exchangeable", "ar1"])
@pytest.mark.parametrize("family", ["gaussian", "binomial", "poisson"])
def test_corrections_are_the_published_formulas(family: str, corstr: str, bias: Any) -> None:  # noqa: ANN401
    data, X = clustered(family)
    fit = geeglm("y ~ x + z", data, "cluster", family, corstr)
    dense = dense_covariance(fit, X, data["y"], data["cluster"], bias)
    assert apart(fit.sandwich.robust(bias), dense) < 1e-10
    table = fit.coefficients(bias)
    assert [row.se for row in table.values()] == pytest.approx(np.sqrt(np.diagonal(dense)))
    assert {row.df for row in table.values()} == {np.inf if bias is None else 6.0}


def two_arms(seed: int, per_arm: int = 4, m: int = 6) -> Columns:
    rng = np.random.default_rng(seed)
    mouse = np.repeat(np.arange(2 * per_arm), m)
    y = rng.normal(size=2 * per_arm)[mouse] + rng.normal(size=len(mouse))
    return {"y": y, "mouse": mouse, "arm": np.where(mouse < per_arm, "a", "b")}


def test_kauermann_and_carroll_of_equal_clusters_in_two_arms_is_the_t_test_on_means() -> None:
    data = two_arms(3)
    means = np.array([data["y"][data["mouse"] == j].mean() for j in range(8)])
    plain = t_test(means[4:], means[:4])
    row = geeglm("y ~ arm", data, "mouse").coefficients("KC")["armb"]
    assert row.df == plain.df
    assert row.t == pytest.approx(plain.t)
    assert row.p == pytest.approx(plain.p)


def test_corrections_are_ordered_and_vanish_with_many_clusters() -> None:
    few, many = (geeglm("y ~ arm", two_arms(5, J), "mouse") for J in (4, 400))
    se = [few.coefficients(bias)["armb"].se for bias in (None, "KC", "MD")]
    assert se == sorted(se)
    plain = many.coefficients()["armb"].se
    for bias in ("MD", "KC", "FG"):
        assert many.coefficients(bias)["armb"].se == pytest.approx(plain, rel=0.01)


def fit_with_a_lone_cluster() -> MarginalModel:
    data = two_arms(7)
    data["arm"] = np.where(data["mouse"] == 0, "alone", data["arm"])
    return geeglm("y ~ arm", data, "mouse")


@pytest.mark.parametrize("bias", ["MD", "KC"])
def test_a_cluster_that_alone_determines_a_coefficient_is_named(bias: Any) -> None:  # noqa: ANN401
    with pytest.raises(NotEstimableError, match="cluster '0' alone determines a coefficient"):
        fit_with_a_lone_cluster().coefficients(bias)


def test_fay_and_graubards_bound_keeps_a_lone_cluster_finite() -> None:
    fit = fit_with_a_lone_cluster()
    assert all(np.isfinite(row.se) for row in fit.coefficients("FG").values())


def test_a_t_reference_needs_more_clusters_than_coefficients() -> None:
    data = two_arms(9, per_arm=1)
    fit = geeglm("y ~ arm", data, "mouse", corstr="independence")
    assert "2 clusters are too few for robust standard errors of 2 coefficients" in fit.messages
    with pytest.raises(NotEstimableError, match="more clusters than coefficients"):
        fit.coefficients("FG")
