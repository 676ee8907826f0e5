"""Inference with AR(1) residuals, against the dense likelihood and nlme."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize

from validation.cases import all_cases, data_of
from widgets.lmm import LinearMixedModel, MethodError, anova, gls, lme, refit

GROUPS, TIMES = 9, 8


@cache
def columns() -> dict[str, Any]:
    """Nine mice on eight days each, with intercepts of their own and serial residuals."""
    rng = np.random.default_rng(53)
    e = rng.standard_normal((GROUPS, TIMES))
    for t in range(1, TIMES):
        e[:, t] = 0.4 * e[:, t - 1] + math.sqrt(1 - 0.4**2) * e[:, t]
    mouse, day = np.repeat(np.arange(GROUPS), TIMES), np.tile(np.arange(TIMES), GROUPS)
    y = 5 + 0.3 * day + 1.5 * rng.standard_normal(GROUPS)[mouse] + e.reshape(-1)
    return {"y": y, "day": day.astype(float), "mouse": mouse}


@cache
def fit() -> LinearMixedModel:
    return lme("y ~ day + (1 | mouse)", columns(), "AR1", REML=False)


def covariance(sd: float, sigma: float, phi: float) -> Any:  # noqa: ANN401
    """Of the observations of one mouse."""
    lag = np.abs(np.subtract.outer(np.arange(TIMES), np.arange(TIMES)))
    return sd**2 + sigma**2 * phi**lag


def deviance(values: dict[str, float]) -> float:
    """Minus twice the log-likelihood, from the covariance matrix itself."""
    V = covariance(values["sd_(Intercept)|mouse"], values["sigma"], values["phi"])
    data = columns()
    free = data["y"] - values["(Intercept)"] - values["day"] * data["day"]
    rest = free.reshape(GROUPS, TIMES)
    _, logdet = np.linalg.slogdet(V)
    quadratic = float(np.sum(rest * np.linalg.solve(V, rest.T).T))
    return GROUPS * (TIMES * math.log(2 * math.pi) + float(logdet)) + quadratic


def smallest(held: dict[str, float]) -> float:
    """The deviance minimised over all parameters that are not held."""
    start = {
        "sd_(Intercept)|mouse": fit().varcorr[0].sdcor,
        "sigma": fit().sigma,
        "phi": fit().phi or 0.0,
        **fit().fixef,
    }
    free = [name for name in start if name not in held]

    def of(x: Any) -> float:  # noqa: ANN401
        values = start | dict(zip(free, x, strict=True)) | held
        bad = values["sigma"] <= 0 or not -1 < values["phi"] < 1
        return 1e6 if bad else deviance(values)

    options = {"xatol": 1e-8, "fatol": 1e-10, "maxiter": 10_000, "maxfev": 10_000}
    begin = [start[name] for name in free]
    return float(minimize(of, begin, method="Nelder-Mead", options=options).fun)


def test_the_likelihood_is_that_of_the_covariance_matrix() -> None:
    assert smallest({}) == pytest.approx(fit().deviance, abs=1e-7)


@pytest.mark.parametrize("name", ["sd_(Intercept)|mouse", "sigma", "phi", "(Intercept)", "day"])
def test_the_ends_of_a_profile_interval_cost_the_chi_square_quantile(name: str) -> None:
    ends = fit().confint()[name]
    for end in (ends.low, ends.high):
        # qchisq(0.95, 1); the search over the others is good to about 1e-6
        assert smallest({name: end}) - fit().deviance == pytest.approx(3.841459, abs=1e-4)


def test_simulated_responses_have_the_serial_covariance() -> None:
    drawn = fit().simulate(np.random.default_rng(3), 20_000)
    sd, phi = fit().varcorr[0].sdcor, fit().phi
    assert phi is not None
    expected = covariance(sd, fit().sigma, phi)
    # 20,000 draws: a variance has a relative standard error of 1 per cent
    assert np.cov(drawn[:TIMES]) == pytest.approx(expected, abs=0.05 * expected[0, 0])
    between_mice = np.cov(drawn[0], drawn[TIMES])[0, 1]
    assert between_mice == pytest.approx(0, abs=0.05 * expected[0, 0])


def test_a_refit_keeps_the_serial_correlation() -> None:
    again = refit(fit(), columns()["y"])
    assert again.phi == pytest.approx(fit().phi, abs=1e-8)
    other = refit(fit(), fit().simulate(np.random.default_rng(5))[:, 0])
    assert other.phi != pytest.approx(fit().phi, abs=1e-3)
    assert other.fitted + other.residuals == pytest.approx(
        fit().simulate(np.random.default_rng(5))[:, 0]
    )


Ask = Callable[[LinearMixedModel], object]


@pytest.mark.parametrize(
    "ask",
    [
        lambda model: model.coefficients("Kenward-Roger"),
        lambda model: model.coefficients("Satterthwaite"),
        lambda model: model.anova("Kenward-Roger"),
    ],
)
def test_methods_for_independent_residuals_are_refused_with_the_one_to_use(ask: Ask) -> None:
    with pytest.raises(MethodError, match="use 'inner-outer' or 'z'"):
        ask(fit())


def test_tests_of_terms_are_those_of_nlme() -> None:
    # nlme: anova(lme(Reaction ~ Days, random = ~1 | Subject, correlation = corAR1(form = ~1 |
    # Subject), data = sleepstudy), type = "marginal")
    data = data_of(all_cases()["sleepstudy-slope-reml"])
    test = anova(lme("Reaction ~ Days + (1 | Subject)", data, "AR1"))["Days"]
    assert (test.numdf, test.dendf) == (1, 161)
    assert pytest.approx(60.6434, abs=2e-4) == test.F


def test_serial_correlation_is_tested_as_nlme_tests_it() -> None:
    # nlme: anova() of fits by ML to sleepstudy, Reaction ~ Days: lme with and without corAR1;
    # gls with corAR1 and lme with both
    data = data_of(all_cases()["sleepstudy-slope-reml"])
    formula = "Reaction ~ Days + (1 | Subject)"
    serial = lme(formula, data, "AR1")
    test = anova(lme(formula, data), serial)
    assert test.chisq == pytest.approx(49.24855, abs=1e-4)
    assert test.df == 1
    test = anova(gls("Reaction ~ Days", data, "Subject"), serial)
    assert test.chisq == pytest.approx(3.283727, abs=1e-5)
    assert test.messages[0] == "REML fits were refitted by maximum likelihood"


def test_rows_and_columns_left_out_are_told_by_gls_too() -> None:
    day = columns()["day"]
    holes = {**columns(), "day": np.where(day == 3, np.nan, day), "twice": 2 * day}
    found = gls("y ~ day + twice", holes, "mouse")
    assert found.messages == (
        "9 rows with missing values were left out",
        "columns that depend on the others were dropped: twice",
        "without time= the rows before and after one that was left out count as neighbours",
    )
