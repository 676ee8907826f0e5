"""Every Gaussian mixed model of the reference: lme4 1.1-31, lmerTest 3.1-3, pbkrtest 0.5.2.

Tolerances are those of validation/reference/README.md unless a reason stands beside them. What
``validation`` compares, such as log-likelihoods and degrees of freedom, is held in
``tests/validation``; here is the rest of what R answered.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.lmm.reference import cases
from validation.cases import Case, data_of
from validation.differences import largest
from validation.fits import linear_fit, profile_intervals
from widgets.lmm import anova, lmer


@cases("lmm", "logLik")
def test_what_follows_from_the_likelihood_is_that_of_lme4(case: Case) -> None:
    fit, expected = linear_fit(case), case["expected"]
    assert fit.deviance == pytest.approx(expected["deviance_or_REMLcrit"], abs=1e-6)
    assert fit.aic == pytest.approx(expected["AIC"], abs=1e-6)
    assert fit.bic == pytest.approx(expected["BIC"], abs=1e-6)
    assert (fit.df, fit.nobs, fit.ngroups) == (
        expected["npar"],
        expected["nobs"],
        expected["ngroups"],
    )
    assert fit.is_singular == expected["singular"]
    assert fit.converged


@cases("lmm", "fixef")
def test_coefficients_and_their_covariance_are_those_of_lme4(case: Case) -> None:
    fit, expected = linear_fit(case), case["expected"]
    assert list(fit.fixef) == expected["coef_names"]
    scale = np.sqrt(np.outer(np.diag(expected["vcov"]), np.diag(expected["vcov"])))
    assert largest(fit.vcov / scale, np.array(expected["vcov"]) / scale, floor=1) < 1e-6


@cases("lmm", "varcorr")
def test_variance_components_are_those_of_lme4(case: Case) -> None:
    fit, expected = linear_fit(case), case["expected"]
    assert fit.sigma == pytest.approx(expected["sigma"], rel=1e-5)
    for mine, theirs in zip(fit.varcorr, expected["varcorr"], strict=True):
        assert (mine.group, mine.term1, mine.term2) == tuple(
            theirs[key] for key in ("group", "term1", "term2")
        )
        assert mine.vcov == pytest.approx(theirs["vcov"], rel=1e-5, abs=1e-12)
        assert mine.sdcor == pytest.approx(theirs["sdcor"], rel=1e-5, abs=1e-6)


@cases("lmm", "ranef")
def test_random_effects_have_the_names_of_lme4(case: Case) -> None:
    fit, expected = linear_fit(case), case["expected"]
    for mine, theirs in ((fit.ranef, expected["ranef"]), (fit.condvar, expected["condvar"])):
        assert mine.keys() == theirs.keys()
        for group in theirs:
            assert mine[group].keys() == theirs[group].keys()
            for level, terms in theirs[group].items():
                assert list(mine[group][level]) == list(terms)


@cases("lmm", "condcov_first_level")
def test_the_conditional_covariance_of_a_level_is_that_of_lme4(case: Case) -> None:
    fit = linear_fit(case)
    first = next(iter(fit.condcov.values()))[0]
    expected = np.array(case["expected"]["condcov_first_level"])
    assert largest(first, expected, floor=np.abs(expected).max()) < 1e-6


@cases("lmm", "fitted")
def test_fitted_values_are_those_of_lme4(case: Case) -> None:
    fit, expected = linear_fit(case), case["expected"]["fitted"]
    assert largest(fit.fitted[:10], expected["first10"]) < 1e-6
    assert largest(fit.fitted[-10:], expected["last10"]) < 1e-6


@cases("lmm", "wald95")
def test_wald_intervals_are_those_of_lme4(case: Case) -> None:
    for name, interval in linear_fit(case).confint("wald").items():
        low, high = case["expected"]["wald95"][name]
        assert [interval.low, interval.high] == pytest.approx([low, high], rel=1e-6)


@cases("lmm", "kenward_roger")
def test_kenward_roger_is_that_of_pbkrtest(case: Case) -> None:
    fit, expected = linear_fit(case), case["expected"]
    table = fit.coefficients("Kenward-Roger")
    for name, theirs in expected["kenward_roger"].items():
        assert table[name].t == pytest.approx(theirs["t"], rel=1e-6)
        # p of 1e-33 moves 30 times as much as t does, relatively
        assert table[name].p == pytest.approx(theirs["p"], rel=1e-5)
    assert largest(fit.vcov_kr, expected["vcov_kr"], floor=np.abs(expected["vcov_kr"]).max()) < 1e-6


@cases("lmm", "satterthwaite")
def test_satterthwaite_is_that_of_lmertest(case: Case) -> None:
    table = linear_fit(case).coefficients("Satterthwaite")
    exact = case["expected"].get("satterthwaite_df_analytic", {})
    for name, theirs in case["expected"]["satterthwaite"].items():
        assert table[name].p == pytest.approx(theirs["p"], rel=1e-5)
        if name in exact:
            assert table[name].df == pytest.approx(exact[name], rel=1e-6)


@cases("lmm", "anova3_kenward_roger")
@pytest.mark.parametrize("ddf", ["Kenward-Roger", "Satterthwaite"])
def test_type_three_tests_are_those_of_lmertest(case: Case, ddf: str) -> None:
    key = {"Kenward-Roger": "anova3_kenward_roger", "Satterthwaite": "anova3_satterthwaite"}[ddf]
    mine = linear_fit(case).anova(ddf)  # type: ignore[arg-type]
    assert list(mine) == list(case["expected"][key])
    for name, theirs in case["expected"][key].items():
        for field in ("sumsq", "meansq", "numdf", "p"):
            assert getattr(mine[name], field) == pytest.approx(theirs[field], rel=1e-5)


@cases("lmm", "lrt")
def test_likelihood_ratio_tests_are_those_of_lme4(case: Case) -> None:
    full, expected = linear_fit(case), case["expected"]["lrt"]
    null = lmer(case["formula_null"], data_of(case), REML=False)
    test = anova(null, full)
    assert test.chisq == pytest.approx(expected["chisq"], abs=2e-6)
    assert test.df == expected["df"]
    assert test.p == pytest.approx(expected["p"], rel=1e-5)
    assert test.loglik_null == pytest.approx(expected["logLik_null"], abs=1e-6)


@cases("lmm", "profile95")
def test_profile_intervals_are_those_of_lme4(case: Case) -> None:
    fit = linear_fit(case)
    mine, size = profile_intervals(case), {**fit.fixef, "sigma": fit.sigma}
    assert list(mine) == list(case["expected"]["profile95"])
    # lme4 interpolates the profile with a spline, which is worst where a variance reaches zero on
    # the way (mice-unbalanced-ml); ours are roots of the profile itself
    tolerance = 5e-4 if fit.is_singular else 2e-4
    for name, (low, high) in case["expected"]["profile95"].items():
        scale = max(abs(size.get(name, 0)), (high - low) / 4)
        assert mine[name].low == pytest.approx(low, abs=tolerance * scale)
        assert mine[name].high == pytest.approx(high, abs=tolerance * scale)


@cases("lmm", "icc")
def test_explained_variance_is_that_of_performance(case: Case) -> None:
    fit, expected = linear_fit(case), dict(case["expected"]["icc"])
    if "||" in case["formula"] and not fit.is_singular:
        expected = _johnson(case)
    icc, r2 = fit.icc(), fit.r2()
    mine = {
        "icc_adjusted": icc.adjusted,
        "icc_unadjusted": icc.unadjusted,
        "r2_marginal": r2.marginal,
        "r2_conditional": r2.conditional,
    }
    assert mine.keys() == expected.keys()
    for name, value in expected.items():
        if value is None:
            assert mine[name] is None
        else:
            assert mine[name] == pytest.approx(value, rel=1e-6, abs=1e-12)


def _johnson(case: Case) -> dict[str, float]:
    """Johnson (2014), from lme4's variances of ``(1 + Days || Subject)``.

    performance 0.10.2 leaves the variance of the second term of a group out, and says 0.49 where
    the formula that it cites gives 0.72.
    """
    intercept, slope, residual = (v["vcov"] for v in case["expected"]["varcorr"])
    days = np.asarray(data_of(case)["Days"])
    fixed = float(np.var(case["expected"]["fixef"]["Days"] * days, ddof=1))
    random = intercept + slope * float(np.mean(days**2))
    total = fixed + random + residual
    return {
        "icc_adjusted": random / (random + residual),
        "icc_unadjusted": random / total,
        "r2_marginal": fixed / total,
        "r2_conditional": (fixed + random) / total,
    }
