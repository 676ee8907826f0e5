"""Mistakes in marginal models, and what one is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from widgets.lmm import DataError, DesignError, MethodError, NotEstimableError, geeglm


def data(**changed: Any) -> dict[str, Any]:  # noqa: ANN401
    rng = np.random.default_rng(5)
    mouse = np.repeat(np.arange(6), 8)
    y = rng.normal(size=6)[mouse] + rng.normal(size=48)
    arm = np.where(mouse < 3, "ctrl", "drug")
    return {"y": y, "x": rng.normal(size=48), "mouse": mouse, "arm": arm, **changed}


def test_one_cluster_is_refused() -> None:
    with pytest.raises(DesignError, match="only one level, 'a'; robust standard errors"):
        geeglm("y ~ x", data(mouse=["a"] * 48), "mouse")


def test_a_row_without_a_cluster_is_refused() -> None:
    mouse = data()["mouse"].astype(float)
    mouse[3] = np.nan
    with pytest.raises(DataError, match="'mouse' has missing values; every row needs a group"):
        geeglm("y ~ x", data(mouse=mouse), "mouse")


def test_a_missing_cluster_in_a_row_that_is_left_out_does_no_harm() -> None:
    mouse, x = data()["mouse"].astype(float), data()["x"]
    mouse[3] = x[3] = np.nan
    fit = geeglm("y ~ x", data(mouse=mouse, x=x), "mouse")
    assert fit.nobs == 47
    assert fit.messages == ("1 rows with missing values were left out",)


@pytest.mark.parametrize("wrong", ["nobody", ["a", "b"] * 3])
def test_clusters_that_are_not_a_column_of_the_data_are_refused(wrong: Any) -> None:  # noqa: ANN401
    with pytest.raises(DataError, match=r"no column 'nobody'|has 6 values, the others have 48"):
        geeglm("y ~ x", data(), wrong)


@pytest.mark.parametrize(("family", "y"), [("binomial", 1), ("poisson", 5)])
def test_separation_is_noticed_and_said(family: str, y: int) -> None:
    response = np.where(data()["arm"] == "drug", 0, y * (np.arange(48) % 2))
    with pytest.raises(NotEstimableError, match=r"always 0.*so that armdrug would be infinite"):
        geeglm("y ~ arm", data(y=response), "mouse", family)


def test_separation_by_a_number_is_noticed_and_said() -> None:
    with pytest.raises(NotEstimableError, match=r"complete separation.*x would be infinite"):
        geeglm("y ~ x", data(y=1 * (data()["x"] > 0.3)), "mouse", "binomial")


def test_coefficients_that_run_to_infinity_with_a_correlation_alone_are_refused() -> None:
    rng = np.random.default_rng(23)
    mouse = np.repeat(np.arange(5), [30, 3, 2, 4, 1])
    x, between, arm = rng.normal(size=40), 2 * rng.normal(size=5)[mouse], rng.integers(0, 3, 40)
    dead = rng.binomial(6, 1 / (1 + np.exp(-between - x)))
    cells = {"dead": dead, "alive": 6 - dead, "x": x, "arm": arm, "mouse": mouse}
    formula = "cbind(dead, alive) ~ x * factor(arm)"
    assert geeglm(formula, cells, "mouse", "binomial", "independence").converged
    with pytest.raises(NotEstimableError, match=r"run to infinity; use corstr='independence'"):
        geeglm(formula, cells, "mouse", "binomial", "ar1")


def test_a_perfect_fit_is_refused() -> None:
    with pytest.raises(NotEstimableError, match="fits every response exactly"):
        geeglm("y ~ x", data(y=3 + 2 * data()["x"]), "mouse")


@pytest.mark.parametrize("terms", ["factor(mouse)", "x + factor(mouse)"])
def test_clusters_used_up_by_the_coefficients_are_explained(terms: str) -> None:
    with pytest.raises(NotEstimableError, match="fit the clusters' means"):
        geeglm(f"y ~ {terms}", data(), "mouse")


def contrary() -> dict[str, Any]:
    """Pairs that differ more than is possible between twelve rows."""
    mouse = np.repeat(np.arange(5), [2, 2, 2, 2, 12])
    y = np.concatenate([[3, -3] * 4, np.tile([1.0, -1.0], 6)]) + 0.01 * np.arange(20)
    x = np.tile([1.0, -1.0, -1.0, 1.0], 5)
    return {"y": y, "x": x, "mouse": mouse}


def test_a_working_correlation_that_cannot_be_is_told() -> None:
    fit = geeglm("y ~ 0 + x", contrary(), "mouse")
    assert any("is not possible in clusters of this size" in message for message in fit.messages)


def test_a_working_correlation_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(NotEstimableError, match="impossible in a cluster of 12 rows"):
        geeglm("y ~ 1", contrary(), "mouse")


def test_dependent_columns_are_dropped_and_named() -> None:
    fit = geeglm("y ~ x + twice", data(twice=2 * data()["x"]), "mouse")
    assert list(fit.fixef) == ["(Intercept)", "x"]
    assert "columns that depend on the others were dropped: twice" in fit.messages


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            {"corstr": "toeplitz"},
            "'independence', 'exchangeable', 'ar1', 'unstructured', not 'toeplitz'",
        ),
        ({"family": "Gamma"}, "family must be one of 'gaussian', 'binomial', 'poisson'"),
    ],
)
def test_what_there_is_not_is_told_from_what_there_is(given: dict[str, Any], says: str) -> None:
    with pytest.raises(MethodError, match=says):
        geeglm("y ~ x", data(), "mouse", **given)


def test_an_unknown_correction_is_told_the_choices() -> None:
    fit = geeglm("y ~ x", data(), "mouse")
    with pytest.raises(MethodError, match="bias must be one of None, 'MD', 'KC', 'FG', not 'CR2'"):
        fit.coefficients("CR2")  # type: ignore[arg-type]


@pytest.mark.parametrize("formula", ["y ~ x + (1 | mouse)", "y ~ 0"])
def test_formulas_without_a_marginal_model_are_refused(formula: str) -> None:
    with pytest.raises(DesignError, match=r"has a random term|has no coefficient"):
        geeglm(formula, data(), "mouse")
