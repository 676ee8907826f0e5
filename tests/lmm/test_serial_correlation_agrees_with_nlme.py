"""lme and gls of nlme 3.1-162 with AR(1) residuals, at the optimum of the exact likelihood."""

from __future__ import annotations

import numpy as np
import pytest

from tests.lmm.reference import cases
from validation.cases import Case
from validation.differences import largest
from validation.fits import serial_fit
from widgets.lmm import LinearMixedModel


@cases("gls-ar1", "logLik")
def test_serial_correlation_is_that_of_nlme(case: Case) -> None:
    fit, expected = serial_fit(case), case["expected"]
    assert fit.converged
    assert fit.loglik == pytest.approx(expected["logLik"], abs=1e-6)
    assert fit.aic == pytest.approx(expected["AIC"], abs=1e-6)
    assert fit.bic == pytest.approx(expected["BIC"], abs=1e-6)
    names = expected["coef_names"]
    assert list(fit.fixef) == names
    assert largest(list(fit.fixef.values()), [expected["fixef"][n] for n in names]) < 1e-6
    assert largest(list(fit.se.values()), [expected["se"][n] for n in names]) < 1e-6
    assert fit.sigma == pytest.approx(expected["sigma"], rel=1e-5)
    if expected["phi"] is not None:
        assert fit.phi == pytest.approx(expected["phi"], rel=1e-5)
    assert largest(fit.fitted[:10], expected["fitted"]["first10"]) < 1e-5


@cases("gls-ar1", "sd_random", "nlme_df")
def test_random_effects_beside_serial_correlation_are_those_of_nlme(case: Case) -> None:
    fit, expected = serial_fit(case), case["expected"]
    assert isinstance(fit, LinearMixedModel)
    sd = {one.term1: one.sdcor for one in fit.varcorr if one.term1 is not None}
    for name, value in expected["sd_random"].items():
        assert sd[name] == pytest.approx(value, rel=1e-5, abs=1e-12)
    table = fit.coefficients("inner-outer")
    for name, df in expected["nlme_df"].items():
        assert table[name].df == df
        assert table[name].t == pytest.approx(expected["nlme_t"][name], rel=1e-6)
        assert table[name].p == pytest.approx(expected["nlme_p"][name], rel=1e-4)
    if "ranef" in expected:
        mine, theirs = fit.ranef[case["group"]], expected["ranef"][case["group"]]
        assert mine.keys() == theirs.keys()
        size = float(np.std([list(v.values()) for v in theirs.values()]))
        for level, effects in theirs.items():
            for name, value in effects.items():
                assert mine[level][name] == pytest.approx(value, abs=1e-5 * size)
