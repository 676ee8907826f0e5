"""Unbalanced data against R: lm, gls and lme with AR(1), nlme's degrees of freedom, prediction.

``validation/reference/make_further.R`` made the numbers.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from validation.cases import REFERENCE, Case, columns_of
from validation.differences import largest
from widgets.lmm import gls, lm, lme, lmer

FURTHER = json.loads((REFERENCE / "further.json").read_text("utf-8"))


def by_formula(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [pytest.param(c, id=c["formula"]) for c in cases])


@by_formula(FURTHER["lm"])
def test_least_squares_is_that_of_lm(case: Case) -> None:
    fit = lm(case["formula"], columns_of("school.csv"))
    assert fit.fixef == pytest.approx(case["coef"], rel=1e-9)
    assert fit.se == pytest.approx(case["se"], rel=1e-9)
    assert fit.loglik == pytest.approx(case["loglik"], rel=1e-12)
    assert fit.r_squared == pytest.approx(case["r_squared"], rel=1e-9)
    assert fit.adjusted_r_squared == pytest.approx(case["adjusted"], rel=1e-9)
    whole = fit.f_test
    assert whole is not None
    assert [whole.F, whole.numdf, whole.dendf] == pytest.approx(case["fstatistic"], rel=1e-9)


def complete(*names: str) -> dict[str, Any]:
    """Columns of holes.csv, the rows that are complete in x, f, w, y and the groups."""
    columns = columns_of("holes.csv")
    kept = np.all([present(columns[n]) for n in ("y", "x", "f", "w", "cid", "sid")], axis=0)
    return {name: columns[name][kept] for name in names}


def present(values: Any) -> Any:  # noqa: ANN401  numbers or text
    return ~np.isnan(values) if values.dtype.kind == "f" else values != np.array(None)


@pytest.mark.parametrize("case", FURTHER["gls"].values(), ids=FURTHER["gls"])
def test_gls_with_unequal_groups_is_that_of_nlme(case: Case) -> None:
    fit = gls(case["formula"], complete("y", "x", "f", "cid"), case["group"], REML=case["REML"])
    check_serial(fit, case)


@pytest.mark.parametrize("case", FURTHER["lme"].values(), ids=FURTHER["lme"])
def test_lme_with_unequal_groups_is_that_of_nlme(case: Case) -> None:
    fit = lme(case["formula"], complete("y", "x", "w", "sid"), "AR1", REML=case["REML"])
    check_serial(fit, case)


def check_serial(fit: Any, case: Case) -> None:  # noqa: ANN401  of gls or lme
    assert fit.nobs == case["nobs"]
    assert fit.loglik == pytest.approx(case["loglik"], abs=1e-8)
    assert fit.phi == pytest.approx(case["phi"], abs=1e-5)
    assert fit.sigma == pytest.approx(case["sigma"], rel=1e-5)
    assert fit.fixef == pytest.approx(case["coef"], rel=1e-5)


def test_inner_outer_degrees_of_freedom_are_nlmes_for_groups_nested_three_deep() -> None:
    case = FURTHER["nested"]
    fit = lmer(case["formula"], columns_of("school.csv"))
    assert {n: row.df for n, row in fit.coefficients("inner-outer").items()} == case["df"]
    for term, row in case["anova"].items():
        test = fit.anova("inner-outer")[term]
        assert (test.numdf, test.dendf) == (row["numdf"], row["dendf"])
        assert largest([test.F], [row["F"]]) < 1e-5  # nlme's optimum is that good


@by_formula(FURTHER["without_intercept"])
def test_inner_outer_degrees_of_freedom_are_nlmes_without_an_intercept(case: Case) -> None:
    fit = lmer(case["formula"], columns_of("school.csv"))
    assert {n: row.df for n, row in fit.coefficients("inner-outer").items()} == case["df"]
    for term, row in case["anova"].items():
        test = fit.anova("inner-outer")[term]
        assert (test.numdf, test.dendf) == (row["numdf"], row["dendf"])
        assert largest([test.F], [row["F"]]) < 1e-5  # nlme's optimum is that good


def test_profile_intervals_are_those_of_lme4_where_a_variance_is_zero_at_the_optimum() -> None:
    case = FURTHER["profile"]
    fit = lmer(case["formula"], columns_of("holes.csv"), REML=False)
    assert fit.is_singular
    found = fit.confint()
    assert list(found) == list(case["intervals"])
    for name, ends in case["intervals"].items():
        assert [found[name].low, found[name].high] == pytest.approx(ends, rel=5e-4)


def test_prediction_and_conditional_covariances_are_those_of_lme4() -> None:
    case = FURTHER["predict"]
    fit = lmer(case["formula"], columns_of("met_at_random.csv"))
    new = {name: np.array(values) for name, values in case["new"].items()}
    assert fit.predict(new) == pytest.approx(np.array(case["conditional"]), abs=1e-6)
    assert fit.predict(new, random=False) == pytest.approx(np.array(case["marginal"]), abs=1e-6)
    place = list(fit.ranef["a"]).index(case["level"])
    assert fit.condcov["a"][place] == pytest.approx(np.array(case["condcov"]), rel=1e-5)
