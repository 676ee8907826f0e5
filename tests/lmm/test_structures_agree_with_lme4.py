"""Random terms and formulas of every kind, against lme4, lmerTest and pbkrtest.

``reference/make_structures.R`` made the numbers; there bobyqa stops at 1e-9 without further
polish, so theta and what follows from it are good to about 1e-5 only.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from validation.cases import REFERENCE, Case, columns_of
from widgets.lmm import LinearMixedModel, anova, factor, lmer
from widgets.lmm.arrays import Floats

STRUCTURES = json.loads((REFERENCE / "structures.json").read_text("utf-8"))


def name(case: Case) -> str:
    return (
        f"{case['data'].removesuffix('.csv')}: {case['formula']} {'REML' if case['REML'] else 'ML'}"
    )


def flat(case: Case) -> bool:
    """Whether four parameters stand for three variances, so that any theta on a line will do."""
    return "(condition || mouse)" in case["formula"]


structures = pytest.mark.parametrize("case", [pytest.param(c, id=name(c)) for c in STRUCTURES])
with_tests = pytest.mark.parametrize(
    "case", [pytest.param(c, id=name(c)) for c in STRUCTURES if c["REML"]]
)


def fit_of(case: Case) -> LinearMixedModel:
    return fit_of_number(STRUCTURES.index(case))


@cache
def fit_of_number(number: int) -> LinearMixedModel:
    case = STRUCTURES[number]
    data: dict[str, Any] = dict(columns_of(case["data"]))
    for column in case["factors"]:
        data[column] = factor(data[column])
    return lmer(case["formula"], data, REML=case["REML"])


def numbers(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in {None, "NA", "NaN"}}


@structures
def test_the_optimum_is_that_of_lme4_or_better(case: Case) -> None:
    fit = fit_of(case)
    assert fit.converged
    assert fit.loglik == pytest.approx(case["loglik"], abs=1e-6)
    assert fit.loglik >= case["loglik"] - 1e-7
    assert list(fit.fixef) == list(case["fixef"])
    scale = max(fit.se.values())
    for key, value in case["fixef"].items():
        assert fit.fixef[key] == pytest.approx(value, rel=1e-4, abs=1e-5 * scale)
        assert fit.se[key] == pytest.approx(case["se"][key], rel=1e-4)
    assert fit.sigma == pytest.approx(case["sigma"], rel=1e-5)


@pytest.mark.parametrize("case", [pytest.param(c, id=name(c)) for c in STRUCTURES if not flat(c)])
def test_theta_is_in_the_order_of_lme4(case: Case) -> None:
    fit = fit_of(case)
    assert [term.group for term in fit.data.terms] == case["groups"]
    theta = np.atleast_1d(case["theta"])
    assert fit.theta == pytest.approx(theta, rel=1e-3, abs=2e-3 * max(1.0, float(theta.max())))


@pytest.mark.parametrize("case", [pytest.param(c, id=name(c)) for c in STRUCTURES if flat(c)])
def test_where_theta_is_not_unique_the_covariance_of_the_cells_is(case: Case) -> None:
    fit = fit_of(case)
    assert any("flat" in message for message in fit.messages)
    assert cells(fit.theta) == pytest.approx(cells(case["theta"]), rel=1e-4)


def cells(theta: Any) -> Floats:  # noqa: ANN401  a list of R's or an array
    """The covariance of the two conditions of a mouse, over the residual variance."""
    intercept, first, lower, second = theta
    T = np.array([[first, 0.0], [lower, second]])
    return np.asarray(intercept**2 + T @ T.T)


@structures
def test_rows_and_the_boundary_are_those_of_lme4(case: Case) -> None:
    fit = fit_of(case)
    assert fit.nobs == case["nobs"]
    assert fit.is_singular == case["singular"]


@pytest.mark.parametrize("case", [pytest.param(c, id=name(c)) for c in STRUCTURES if "r2" in c])
def test_explained_variance_is_that_of_performance(case: Case) -> None:
    r2, expected = fit_of(case).r2(), case["r2"]
    assert r2.marginal == pytest.approx(expected["marginal"], rel=1e-4)
    if isinstance(expected["conditional"], float):
        assert r2.conditional == pytest.approx(expected["conditional"], rel=1e-4)
    else:  # a singular fit has none
        assert r2.conditional is None


@with_tests
def test_degrees_of_freedom_are_those_of_lmertest_and_pbkrtest(case: Case) -> None:
    fit = fit_of(case)
    for ddf, key in (("Kenward-Roger", "kenward_roger"), ("Satterthwaite", "satterthwaite")):
        table = fit.coefficients(ddf)  # type: ignore[arg-type]
        for coefficient, df in numbers(case[key]).items():
            assert table[coefficient].df == pytest.approx(df, rel=2e-4)


@with_tests
def test_type_three_tests_are_those_of_lmertest(case: Case) -> None:
    fit = fit_of(case)
    for ddf, key in (("Kenward-Roger", "kenward_roger"), ("Satterthwaite", "satterthwaite")):
        table, expected = anova(fit, ddf=ddf), case[f"anova_{key}"]  # type: ignore[call-overload]
        assert list(table) == list(expected)
        for term, row in expected.items():
            for field, value in numbers(row).items():
                assert getattr(table[term], field) == pytest.approx(value, rel=2e-4)
