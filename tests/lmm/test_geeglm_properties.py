"""What holds for every marginal model, whatever the numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.lmm import MarginalModel, geeglm, lm

Columns = dict[str, Any]

SLOW = settings(max_examples=15, deadline=None, derandomize=True)

FAMILIES = st.sampled_from(["gaussian", "binomial", "poisson"])
STRUCTURES = st.sampled_from(["independence", "exchangeable", "ar1"])


@st.composite
def clustered(draw: st.DrawFn, family: str) -> Columns:
    """Clusters of unequal size with a covariate of rows and one of clusters, from a drawn seed."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    J = draw(st.integers(8, 20))
    cluster = np.repeat(np.arange(J), rng.integers(2, 7, J))
    x, z = rng.normal(size=len(cluster)), np.arange(J)[cluster] % 2
    eta = 0.3 * x + 0.3 * z + 0.4 * rng.normal(size=J)[cluster]
    y = {
        "gaussian": eta + rng.normal(size=len(x)),
        "binomial": rng.random(len(x)) < 1 / (1 + np.exp(-eta)),
        "poisson": rng.poisson(np.exp(1 + eta)),
    }[family]
    return {"y": y.astype(float), "x": x, "z": z, "cluster": cluster}


def same(a: MarginalModel, b: MarginalModel) -> None:
    assert a.fixef == pytest.approx(b.fixef, rel=1e-7, abs=1e-9)
    assert a.vcov_robust == pytest.approx(b.vcov_robust, rel=1e-6, abs=1e-9)
    assert a.vcov_naive == pytest.approx(b.vcov_naive, rel=1e-6, abs=1e-9)
    assert (a.alpha or 0.0) == pytest.approx(b.alpha or 0.0, rel=1e-6, abs=1e-9)
    assert a.scale == pytest.approx(b.scale, rel=1e-8)


@SLOW
@given(st.data(), FAMILIES, STRUCTURES)
def test_rows_of_a_cluster_need_not_stand_together(
    drawn: st.DataObject, family: str, corstr: str
) -> None:
    data = drawn.draw(clustered(family))
    # mixed among clusters, in order within each
    keys = np.random.default_rng(1).random(len(data["y"]))
    for j in np.unique(data["cluster"]):
        keys[data["cluster"] == j] = np.sort(keys[data["cluster"] == j])
    order = np.argsort(keys)
    mixed = {name: column[order] for name, column in data.items()}
    one = geeglm("y ~ x + z", data, "cluster", family, corstr)
    other = geeglm("y ~ x + z", mixed, "cluster", family, corstr)
    same(one, other)
    assert one.fitted[order] == pytest.approx(other.fitted, rel=1e-7)


@SLOW
@given(st.data(), FAMILIES, st.sampled_from(["independence", "exchangeable"]))
def test_order_within_clusters_matters_for_ar1_only(
    drawn: st.DataObject, family: str, corstr: str
) -> None:
    data = drawn.draw(clustered(family))
    order = np.random.default_rng(2).permutation(len(data["y"]))
    shuffled = {name: column[order] for name, column in data.items()}
    same(
        geeglm("y ~ x + z", data, "cluster", family, corstr),
        geeglm("y ~ x + z", shuffled, "cluster", family, corstr),
    )


@SLOW
@given(st.data(), FAMILIES, STRUCTURES, st.sampled_from([1e-3, 40.0]))
def test_a_covariate_in_other_units_has_the_same_tests(
    drawn: st.DataObject, family: str, corstr: str, unit: float
) -> None:
    data = drawn.draw(clustered(family))
    one = geeglm("y ~ x + z", data, "cluster", family, corstr)
    other = geeglm("y ~ x + z", {**data, "x": unit * data["x"]}, "cluster", family, corstr)
    for bias in (None, "MD", "KC", "FG"):
        a, b = one.coefficients(bias), other.coefficients(bias)
        assert b["x"].estimate * unit == pytest.approx(a["x"].estimate, rel=1e-6, abs=1e-9)
        for name, row in a.items():
            assert b[name].t == pytest.approx(row.t, rel=1e-6, abs=1e-8)


@SLOW
@given(st.data(), FAMILIES, STRUCTURES)
def test_the_estimating_equations_are_solved(
    drawn: st.DataObject, family: str, corstr: str
) -> None:
    fit = geeglm("y ~ x + z", drawn.draw(clustered(family)), "cluster", family, corstr)
    assert fit.converged
    scores, size = fit.sandwich.scores.sum(axis=0), np.abs(fit.sandwich.scores).sum(axis=0)
    assert np.all(np.abs(scores) < 1e-8 * size)


@SLOW
@given(st.data())
def test_gaussian_independence_is_least_squares_with_the_sandwich(drawn: st.DataObject) -> None:
    data = drawn.draw(clustered("gaussian"))
    marginal = geeglm("y ~ x + z", data, "cluster", corstr="independence")
    plain = lm("y ~ x + z", data)
    assert marginal.fixef == pytest.approx(plain.fixef)
    robust = plain.cluster_robust(data["cluster"], "CR0")
    assert marginal.se == pytest.approx({name: row.se for name, row in robust.items()})


@SLOW
@given(st.data())
def test_trials_counted_in_one_row_are_rows_of_one_cluster(drawn: st.DataObject) -> None:
    data = drawn.draw(clustered("binomial"))
    codes = data["cluster"]
    wins = np.bincount(codes, data["y"])
    counted = {
        "wins": wins,
        "losses": np.bincount(codes) - wins,
        "z": np.arange(len(wins)) % 2,
        "cluster": np.arange(len(wins)),
    }
    rows = geeglm("y ~ z", data, "cluster", "binomial", "independence")
    sums = geeglm("cbind(wins, losses) ~ z", counted, "cluster", "binomial", "independence")
    assert sums.fixef == pytest.approx(rows.fixef, rel=1e-7, abs=1e-9)
    assert sums.vcov_robust == pytest.approx(rows.vcov_robust, rel=1e-7)
