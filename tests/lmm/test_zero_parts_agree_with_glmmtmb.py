"""Zero-inflated counts with predictors of the zeros: the best of several optima is the fit."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from validation.cases import Case, columns_of, read
from widgets.lmm import GeneralizedLinearMixedModel, glmmTMB
from widgets.lmm.likelihood.estimate import estimate

CASES = read("zero_parts.json")
DATA = "salamanders_sites.csv"


@cache
def fit_of(number: int) -> GeneralizedLinearMixedModel:
    case = CASES[number]
    return glmmTMB(case["formula"], columns_of(DATA), case["family"], case["ziformula"])


def name(case: Case) -> str:
    return f"{case['formula']}, zeros {case['ziformula']}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_best_optimum_is_that_of_glmmtmb_from_several_starts(case: Case) -> None:
    fit = fit_of(CASES.index(case))
    assert fit.converged
    assert fit.messages == ()
    assert fit.loglik == pytest.approx(case["loglik"], abs=1e-5)
    # its Hessian is by differences here: standard errors to four digits
    for mine, theirs in ((fit.fixef, case["fixef"]), (fit.zi_fixef, case["zi_fixef"])):
        assert mine == pytest.approx(theirs, rel=1e-4, abs=1e-5)
    for mine, theirs in ((fit.se, case["se"]), (fit.zi_se, case["zi_se"])):
        assert mine == pytest.approx(theirs, rel=1e-3)


def test_a_lesser_optimum_is_left() -> None:
    # from moments alone the search ends at -862.2587, where the intercept of the zeros is -12.6
    fit = fit_of(0)
    alone = estimate(fit.ready.marginal, fit.ready.start)
    assert -alone.at.value / 2 < fit.loglik - 0.05
    assert np.all(np.isfinite(list(fit.zi_se.values())))


def test_rows_without_added_zeros_are_told_as_such() -> None:
    # EC-L and others: glmmTMB reports -761.44 for this model, where its own likelihood is -836
    fit = glmmTMB("count ~ mined + (1 | site)", columns_of(DATA), "nbinom2", "~ spp")
    assert fit.loglik == pytest.approx(-835.503, abs=2e-3)
    assert any("some rows have no added zeros" in message for message in fit.messages)
    assert not any("tell some parameters apart" in message for message in fit.messages)
    assert np.isinf(max(fit.zi_se.values()))
