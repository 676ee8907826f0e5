"""What can be done with a generalised fit, and what is said where there is no finite estimate."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from validation.cases import REFERENCE, all_cases, data_of
from validation.fits import generalised_fit
from widgets.lmm import (
    DataError,
    DesignError,
    FormulaError,
    MethodError,
    anova,
    glmer,
    glmmTMB,
    lmer,
)

CBPP = all_cases()["cbpp-laplace"]
EPIL = "y ~ lbase * trt + lage + V4 + (1 | subject)"


def mice(**changed: Any) -> dict[str, Any]:  # noqa: ANN401
    rng = np.random.default_rng(5)
    mouse = np.repeat(np.arange(8), 10)
    x = rng.normal(size=80)
    eta = x + rng.normal(size=8)[mouse]
    alive = rng.random(80) < 1 / (1 + np.exp(-eta))
    treatment = np.where(mouse < 4, "ctrl", "drug")
    columns = {"alive": alive * 1, "count": rng.poisson(np.exp(eta)), "x": x, "mouse": mouse}
    return {**columns, "treatment": treatment, **changed}


def test_new_rows_are_predicted_on_both_scales() -> None:
    fit = generalised_fit(CBPP)
    data = data_of(CBPP)
    some = {"period": np.array(["1", "4"]), "herd": np.array(["1", "unknown"])}
    eta, p = fit.predict(some), fit.predict(some, type="response")
    assert p == pytest.approx(1 / (1 + np.exp(-eta)), rel=1e-12)
    assert p[0] == pytest.approx(fit.fitted[0])
    assert eta[1] == pytest.approx(fit.fixef["(Intercept)"] + fit.fixef["period4"])
    assert fit.predict(data, random=False) == pytest.approx(fit.linear_predictor)


def test_added_zeros_and_offsets_count_in_predictions() -> None:
    case = all_cases()["epil-nbinom2-zi"]
    fit = generalised_fit(case)
    pi = 1 / (1 + math.exp(-fit.zi_fixef["(Intercept)"]))
    assert fit.predict(type="response") == pytest.approx((1 - pi) * np.exp(fit.predict()))
    data = mice(minutes=np.full(80, 2.0))
    rate = glmer("count ~ x + offset(log(minutes)) + (1 | mouse)", data, "poisson")
    one = {"x": [0.0], "minutes": [6.0], "mouse": ["new"]}
    assert rate.predict(one, type="response") == pytest.approx(
        6 * math.exp(rate.fixef["(Intercept)"])
    )


@pytest.mark.parametrize("name", ["cbpp-laplace", "epil-nbinom2-zi"])
def test_simulated_responses_have_the_mean_of_the_population(name: str) -> None:
    fit = generalised_fit(all_cases()[name])
    trials = np.asarray(data_of(CBPP)["size"]) if fit.family == "binomial" else 1
    drawn = fit.simulate(np.random.default_rng(2), 4000)
    assert drawn.shape == (fit.nobs, 4000)
    total = drawn.sum(axis=0)
    # five Monte Carlo standard errors
    assert total.mean() == pytest.approx(
        float((fit.population_mean() * trials).sum()), abs=5 * float(total.std()) / 4000**0.5
    )


def test_the_population_sees_a_smaller_effect_than_a_mouse_does() -> None:
    fit = generalised_fit(all_cases()["mice-binary-aghq25"])
    table = fit.population_averaged()
    drug = table["treatmentdrug"]
    assert drug.conditional == fit.fixef["treatmentdrug"]
    sd, u = fit.theta[0], np.linspace(-10, 10, 20001)
    density = np.exp(-u * u / 2) / math.sqrt(2 * math.pi) * (u[1] - u[0])
    a = fit.fixef["(Intercept)"]
    p0, p1 = (
        float(density @ (1 / (1 + np.exp(-(eta + sd * u))))) for eta in (a, a + drug.conditional)
    )
    logit = math.log(p1 / (1 - p1)) - math.log(p0 / (1 - p0))
    assert drug.marginal == pytest.approx(logit, rel=1e-10)
    assert drug.attenuated == pytest.approx(
        drug.conditional / math.sqrt(1 + (16 * math.sqrt(3) / 15 / math.pi * sd) ** 2), rel=1e-12
    )
    assert drug.attenuated == pytest.approx(drug.marginal, rel=0.03)


@pytest.mark.parametrize("sd", [0.3, 3.0, 10.0])
def test_the_mean_of_the_population_is_the_integral(sd: float) -> None:
    fit = generalised_fit(all_cases()["mice-binary-laplace"])
    x = fit.optimum.at.x.copy()
    x[0] = sd
    wide = replace(fit, optimum=replace(fit.optimum, at=fit.ready.marginal.evaluate(x)))
    u = np.linspace(-12, 12, 100_001)
    density = np.exp(-u * u / 2) / math.sqrt(2 * math.pi) * (u[1] - u[0])
    p = 1 / (1 + np.exp(-(fit.linear_predictor[:1, None] + sd * u)))
    assert wide.population_mean()[0] == pytest.approx(float((p @ density)[0]), rel=1e-11)


def test_the_attenuation_of_the_probit_is_exact() -> None:
    table = generalised_fit(all_cases()["cbpp-probit-laplace"]).population_averaged()
    for one in table.values():
        assert one.marginal == pytest.approx(one.attenuated, rel=1e-7)


def test_profile_intervals_are_those_of_lme4() -> None:
    """From ``confint`` of lme4, which interpolates the profile by a spline, at tolPwrss 1e-10."""
    ends = {
        "sd_(Intercept)|herd": (0.348801552, 1.111292060),
        "(Intercept)": (-1.904682928, -0.946213473),
        "period2": (-1.616083925, -0.406610978),
        "period3": (-1.800408191, -0.510450245),
        "period4": (-2.500192338, -0.799592253),
    }
    found = generalised_fit(all_cases()["cbpp-aghq9"]).confint()
    assert list(found) == list(ends)
    for name, (low, high) in ends.items():
        assert (found[name].low, found[name].high) == pytest.approx((low, high), abs=1e-5)


def test_profile_intervals_of_a_slope_are_those_of_lme4() -> None:
    ends = {
        "sd_(Intercept)|subject": (0.4330518772, 0.6879317036),
        "cor_V4.(Intercept)|subject": (-1.0, -0.2746065591),
        "sd_V4|subject": (0.0693056401, 0.4257668544),
        "trtprogabide": (-0.6513617426, -0.0916557272),
    }
    found = generalised_fit(all_cases()["epil-poisson-slope-laplace"]).confint()
    for name, (low, high) in ends.items():
        # lme4's spline bends where the correlation reaches one on the way
        assert (found[name].low, found[name].high) == pytest.approx((low, high), abs=5e-4)


def test_profile_intervals_are_those_of_lme4_where_a_variance_is_zero_at_the_optimum() -> None:
    case = json.loads((REFERENCE / "further.json").read_text("utf-8"))["profile_of_counts"]
    fit = glmer(case["formula"], case["counts"], "poisson")
    assert fit.is_singular
    found = fit.confint()
    for name, ends in case["intervals"].items():
        assert [found[name].low, found[name].high] == pytest.approx(ends, abs=1e-4)


def test_wald_intervals_are_those_of_the_table() -> None:
    fit = generalised_fit(CBPP)
    table = fit.coefficients(level=0.9)
    for name, interval in fit.confint("wald", level=0.9).items():
        assert (interval.low, interval.high) == (table[name].low, table[name].high)
        assert math.isinf(table[name].df)


def test_the_summary_is_the_one_r_users_know() -> None:
    text = generalised_fit(all_cases()["epil-nbinom2-zi"]).summary()
    for part in (
        "Laplace",
        "nbinom2 (log)",
        "Zero-inflation model",
        "z value",
        "subject, 59",
        "theta",
    ):
        assert part in text
    assert "nAGQ = 9" in generalised_fit(all_cases()["cbpp-aghq9"]).summary()


def test_dispersion_and_zeros_are_tested_against_the_smaller_model() -> None:
    data = data_of(all_cases()["epil-nbinom2"])
    found = anova(glmmTMB(EPIL, data, "poisson"), generalised_fit(all_cases()["epil-nbinom2"]))
    assert found.df == 1
    assert any("boundary" in message for message in found.messages)


def test_models_of_other_kinds_are_not_compared() -> None:
    data = mice()
    binary = glmer("alive ~ x + (1 | mouse)", data)
    with pytest.raises(DesignError, match="shares and one of counts"):
        anova(binary, glmer("count ~ 1 + (1 | mouse)", data, "poisson"))
    with pytest.raises(DesignError, match="counts and one of measurements"):
        anova(
            glmer("count ~ x + (1 | mouse)", data, "poisson"),
            lmer("count ~ 1 + (1 | mouse)", data, REML=False),
        )
    with pytest.raises(DesignError, match="nAGQ = 1 and 5"):
        anova(binary, glmer("alive ~ 1 + (1 | mouse)", data, nAGQ=5))


def test_text_and_truth_values_are_responses_as_in_r() -> None:
    data = mice()
    one = glmer("alive ~ x + (1 | mouse)", data)
    text = np.where(data["alive"] == 1, "yes", "no")
    for response in (text, data["alive"] == 1):
        other = glmer("alive ~ x + (1 | mouse)", {**data, "alive": response})
        assert other.fixef == one.fixef


def test_every_row_may_have_its_own_random_effect() -> None:
    data = mice(row=np.arange(80))
    fit = glmer("count ~ x + (1 | mouse) + (1 | row)", data, "poisson")
    assert fit.ngroups == {"row": 80, "mouse": 8}
    assert fit.converged


def test_separation_is_noticed_and_said() -> None:
    data = mice()
    data["alive"] = np.where(data["treatment"] == "drug", 1, data["alive"])
    fit = glmer("alive ~ x + treatment + (1 | mouse)", data)
    assert not fit.converged
    assert any("separation" in m and "treatmentdrug has no finite" in m for m in fit.messages)
    assert math.isinf(fit.se["treatmentdrug"])
    assert fit.coefficients()["treatmentdrug"].p == 1
    without = glmer("count ~ treatment + (1 | mouse)", mice(), "poisson")
    assert not any("separation" in message for message in without.messages)
    zero = mice()
    zero["count"] = np.where(zero["treatment"] == "drug", 0, zero["count"])
    fit = glmer("count ~ treatment + (1 | mouse)", zero, "poisson")
    assert any("separation" in message for message in fit.messages)


def test_separation_by_a_covariate_alone_is_noticed() -> None:
    data = mice()
    data["alive"] = (data["x"] > 0.1) * 1
    fit = glmer("alive ~ x + (1 | mouse)", data)
    assert any("separation" in message for message in fit.messages)


def test_a_variance_without_end_is_said() -> None:
    data = mice()
    data["alive"] = (data["mouse"] % 2 == 0) * 1
    for points in (1, 9):
        fit = glmer("alive ~ 1 + (1 | mouse)", data, nAGQ=points)
        assert not fit.converged
        assert any("so alike within the levels of mouse" in message for message in fit.messages)


def test_counts_without_dispersion_or_added_zeros_have_the_poisson_fit() -> None:
    rng = np.random.default_rng(8)
    data = mice(count=3 + rng.binomial(6, 0.5, 80))
    plain = glmer("count ~ x + (1 | mouse)", data, "poisson")
    negative = glmmTMB("count ~ x + (1 | mouse)", data, "nbinom2", "~ 1")
    assert negative.loglik == pytest.approx(plain.loglik, abs=1e-6)
    assert negative.df == plain.df + 2
    assert negative.nbinom2_theta == math.inf
    assert negative.zi_fixef == {"(Intercept)": -math.inf}
    assert any("has no finite estimate" in message for message in negative.messages)
    assert any("no zero inflation" in message for message in negative.messages)
    assert "infinite" in negative.summary()


def test_zeros_that_a_group_never_adds_have_no_finite_standard_error() -> None:
    rng = np.random.default_rng(3)
    mouse, drug = np.repeat(np.arange(10), 12), np.repeat([0, 1], 60)
    count = rng.poisson(8 * np.exp(0.3 * rng.normal(size=10))[mouse])
    data = {"n": np.where((drug == 1) & (rng.random(120) < 0.4), 0, count), "drug": drug}
    data = {**data, "mouse": mouse, "arm": np.where(drug == 1, "drug", "ctrl")}
    one, other = (
        glmmTMB("n ~ arm + (1 | mouse)", data, "poisson", zeros) for zeros in ("~ arm", "~ 0 + arm")
    )
    assert one.loglik == pytest.approx(other.loglik, abs=1e-6)
    assert all(math.isinf(se) for se in one.zi_se.values())
    assert one.zi_coefficients()["armdrug"].p == 1
    assert math.isinf(other.zi_se["armctrl"])
    assert other.zi_se["armdrug"] == pytest.approx(0.26, abs=0.03)
    assert all(math.isfinite(se) for se in one.se.values())
    assert any("some rows have no added zeros" in message for message in one.messages)


def test_large_counts_lose_no_digits() -> None:
    rng = np.random.default_rng(4)
    mouse = np.repeat(np.arange(6), 5)
    mean = 1e6 * np.exp(0.02 * rng.normal(size=6)[mouse])
    fit = glmer("y ~ 1 + (1 | mouse)", {"y": rng.poisson(mean), "mouse": mouse}, "poisson")
    assert fit.converged
    assert 0.01 < fit.theta[0] < 0.03


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda d: glmer("x ~ 1 + (1 | mouse)", d), DataError, "binomial response is 0 or 1"),
        (lambda d: glmer("x ~ 1 + (1 | mouse)", d, "poisson"), DataError, "counts are whole"),
        (lambda d: glmer("alive ~ x", d), DesignError, r"no random term .* geeglm\(\)"),
        (lambda d: glmer("alive ~ x + (1 | mouse)", d, "gamma"), MethodError, "family must be"),
        (
            lambda d: glmer("alive ~ x + (1 | mouse)", d, link="log"),
            MethodError,
            "'logit', 'probit'",
        ),
        (lambda d: glmer("alive ~ x + (1 | mouse)", d, nAGQ=0), MethodError, "from 1 to 100"),
        (lambda d: glmer("alive ~ x + (1 | mouse)", d, nAGQ=2.5), MethodError, "not 2.5"),  # type: ignore[arg-type]
        (lambda d: glmer("alive ~ x + (x | mouse)", d, nAGQ=5), MethodError, "one random effect"),
        (
            lambda d: glmer("alive ~ x + (1 | mouse) + (1 | treatment)", d, nAGQ=5),
            MethodError,
            r"\(\(Intercept\) \| treatment\)",
        ),
        (
            lambda d: glmmTMB("alive ~ x + (1 | mouse)", d, "betabinomial"),
            MethodError,
            "family must be",
        ),
        (lambda d: glmmTMB("count ~ (1 | mouse)", d, ziformula="x"), FormulaError, "one-sided"),
        (
            lambda d: glmmTMB("count ~ (1 | mouse)", d, ziformula="~ (1 | mouse)"),
            DesignError,
            "fixed effects only",
        ),
        (
            lambda d: glmer("count ~ x + (1 | mouse)", {**d, "count": np.zeros(80)}, "poisson"),
            DataError,
            "constant",
        ),
    ],
)
def test_what_cannot_be_fitted_is_refused_in_clear_words(call: Any, error: Any, says: str) -> None:  # noqa: ANN401
    with pytest.raises(error, match=says):
        call(mice())


def test_methods_that_a_generalised_fit_does_not_have_are_refused() -> None:
    fit = generalised_fit(CBPP)
    with pytest.raises(MethodError, match="ddf must be one of 'z'"):
        fit.coefficients("Kenward-Roger")  # type: ignore[arg-type]
    with pytest.raises(MethodError, match="'link', 'response'"):
        fit.predict(type="terms")  # type: ignore[call-overload]
    with pytest.raises(MethodError, match="between 0 and 1"):
        fit.confint(level=95)
    with pytest.raises(MethodError, match="no agreed"):
        generalised_fit(all_cases()["epil-nbinom2-zi"]).icc()
    with pytest.raises(MethodError, match="logit and probit"):
        generalised_fit(all_cases()["epil-poisson-laplace"]).population_averaged()


def test_rows_with_a_missing_predictor_of_the_zeros_are_left_out() -> None:
    data = mice(z=np.append(np.full(3, np.nan), np.linspace(-1, 1, 77)))
    fit = glmmTMB("count ~ x + (1 | mouse)", data, "poisson", "~ z")
    assert fit.nobs == 77
    assert "3 rows with missing values were left out" in fit.messages
