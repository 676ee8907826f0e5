"""geeglm of geepack 1.3-9: coefficients, both covariances, correlation and scale."""

from __future__ import annotations

import numpy as np
import pytest

from tests.lmm.marginal import case_name, fit_of_more, more_cases
from tests.lmm.reference import cases
from validation.cases import Case
from validation.differences import apart, largest
from validation.fits import marginal_fit

CLOSE = 1e-8


@cases("gee")
def test_a_marginal_model_is_that_of_geepack(case: Case) -> None:
    fit, expected = marginal_fit(case), case["expected"]
    names = expected["coef_names"]
    assert fit.converged
    assert fit.messages == ()
    assert list(fit.fixef) == names
    assert largest(list(fit.se.values()), [expected["se_robust"][n] for n in names]) < CLOSE
    assert largest(list(fit.se_naive.values()), [expected["se_naive"][n] for n in names]) < CLOSE
    assert (fit.nobs, fit.nclusters) == (expected["nobs"], expected["nclusters"])
    assert max(fit.cluster_sizes.values()) == expected["max_cluster_size"]
    assert fit.fitted[:10] == pytest.approx(expected["fitted"]["first10"], rel=CLOSE)
    assert fit.fitted[-10:] == pytest.approx(expected["fitted"]["last10"], rel=CLOSE)


@cases("gee")
def test_independence_alone_has_no_correlation(case: Case) -> None:
    assert (marginal_fit(case).alpha is None) == (case["expected"].get("alpha") is None)


@cases("gee")
def test_wald_tests_are_those_of_geepack(case: Case) -> None:
    expected = case["expected"]
    for name, row in marginal_fit(case).coefficients().items():
        assert row.df == np.inf
        assert row.t**2 == pytest.approx(expected["wald_chisq"][name], rel=CLOSE)
        assert row.p == pytest.approx(expected["p"][name], rel=1e-6, abs=1e-15)


@pytest.mark.parametrize("case", more_cases(), ids=case_name)
def test_trials_offsets_and_formulas_of_all_kinds_are_those_of_geepack(case: Case) -> None:
    fit = fit_of_more(case)
    assert fit.converged
    assert fit.fixef == pytest.approx(case["coef"], rel=CLOSE)
    assert apart(fit.vcov_robust, case["vcov_robust"]) < CLOSE
    assert apart(fit.vcov_naive, case["vcov_naive"]) < CLOSE
    assert fit.scale == pytest.approx(case["scale"], rel=CLOSE)
    assert fit.alpha == (None if case["alpha"] is None else pytest.approx(case["alpha"], rel=CLOSE))
