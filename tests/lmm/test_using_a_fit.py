"""What can be done with a fit: prediction, simulation, bootstrap, tests, the printed table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from validation.calls import call_cases, data_of_calls
from validation.cases import all_cases, data_of
from validation.fits import linear_fit
from widgets.lmm import (
    DesignError,
    Factor,
    MethodError,
    anova,
    bootstrap,
    factor,
    gls,
    lm,
    lme,
    lmer,
    refit,
)

SLEEP = "sleepstudy-slope-reml"


def sleepstudy() -> dict[str, Any]:
    return data_of(all_cases()[SLEEP])


def test_old_rows_are_predicted_as_they_were_fitted() -> None:
    fit = linear_fit(all_cases()[SLEEP])
    assert fit.predict() == pytest.approx(fit.fitted, abs=1e-9)
    data = sleepstudy()
    some = {
        "Days": data["Days"][:15],
        "Subject": Factor(data["Subject"].codes[:15], data["Subject"].levels),
    }
    assert fit.predict(some) == pytest.approx(fit.fitted[:15], abs=1e-9)


def test_an_unknown_group_is_predicted_by_the_fixed_effects() -> None:
    fit = linear_fit(all_cases()[SLEEP])
    new = {"Days": [0.0, 3.0], "Subject": ["nobody", "nobody"]}
    plain = fit.predict({"Days": [0.0, 3.0]}, random=False)
    assert fit.predict(new) == pytest.approx(plain)
    assert plain[1] - plain[0] == pytest.approx(3 * fit.fixef["Days"])


def test_scaling_and_levels_are_remembered_for_new_rows() -> None:
    rng = np.random.default_rng(1)
    g = np.repeat(np.arange(5), 8)
    x = rng.normal(3, 2, 40)
    data = {"y": rng.normal(size=40), "x": x, "f": list("abcd") * 10, "g": g}
    fit = lmer("y ~ scale(x) + f + (1 | g)", data)
    one = {"x": x[2:3], "f": ["c"], "g": [0]}
    assert fit.predict(one)[0] == pytest.approx(fit.fitted[2])


def test_simulated_responses_have_the_covariance_of_the_model() -> None:
    fit = linear_fit(all_cases()["dyestuff-reml"])
    drawn = fit.simulate(np.random.default_rng(4), 20_000)
    assert drawn.shape == (30, 20_000)
    covariance = np.cov(drawn[:6])
    between, within = fit.varcorr[0].vcov, fit.sigma**2
    expected = between * (np.arange(6)[:, None] // 5 == np.arange(6) // 5) + within * np.eye(6)
    # 20,000 draws: a variance has a relative standard error of 1 per cent
    assert covariance == pytest.approx(expected, abs=0.05 * (between + within))
    assert drawn.mean() == pytest.approx(fit.fixef["(Intercept)"], rel=0.01)


def test_equal_generators_give_equal_bootstraps() -> None:
    fit = linear_fit(all_cases()["dyestuff-reml"])
    one, other = (bootstrap(fit, np.random.default_rng(8), 40) for _ in range(2))
    assert np.array_equal(one.fixef["(Intercept)"], other.fixef["(Intercept)"])
    interval = one.intervals["(Intercept)"]
    assert interval.low < fit.fixef["(Intercept)"] < interval.high
    assert set(one.sd) == {"(Intercept) | Batch", "Residual"}
    assert one.converged == 40


def test_a_refit_to_the_same_response_is_the_same_fit() -> None:
    fit = linear_fit(all_cases()[SLEEP])
    again = refit(fit, sleepstudy()["Reaction"])
    assert again.loglik == pytest.approx(fit.loglik, abs=1e-9)


def test_a_refit_is_asked_about_its_own_response() -> None:
    data = sleepstudy()
    small, full = "Reaction ~ 1 + (1 | Subject)", "Reaction ~ Days + (1 | Subject)"
    y = lmer(full, data).simulate(np.random.default_rng(2))[:, 0]
    changed = data | {"Reaction": y}
    again = [refit(lmer(formula, data), y) for formula in (small, full)]
    anew = [lmer(formula, changed) for formula in (small, full)]
    assert anova(again[0], again[1]).chisq == pytest.approx(anova(anew[0], anew[1]).chisq, abs=1e-8)
    mine, expected = again[1].confint()["sigma"], anew[1].confint()["sigma"]
    assert (mine.low, mine.high) == pytest.approx((expected.low, expected.high), rel=1e-6)


def test_models_of_different_responses_are_not_compared() -> None:
    data = sleepstudy()
    models = lm("Reaction ~ 1", data), lm("log(Reaction) ~ Days", data)
    with pytest.raises(DesignError, match="different responses"):
        anova(*models)


def test_a_contrast_of_one_coefficient_is_its_t_test() -> None:
    fit = linear_fit(all_cases()[SLEEP])
    for ddf in ("Kenward-Roger", "Satterthwaite"):
        row, test = fit.coefficients(ddf)["Days"], fit.test(np.array([[0.0, 1.0]]), ddf)
        assert pytest.approx(row.t**2, rel=1e-9) == test.F
        assert [test.numdf, test.dendf, test.p] == pytest.approx([1, row.df, row.p], rel=1e-9)


def test_a_likelihood_ratio_test_refits_reml_and_says_so() -> None:
    data = sleepstudy()
    full = lmer("Reaction ~ Days + (Days | Subject)", data)
    plain = lmer("Reaction ~ Days + (1 | Subject)", data)
    test = anova(full, plain)
    assert test.df == 2
    assert "REML fits were refitted by maximum likelihood" in test.messages
    assert any("boundary" in message for message in test.messages)
    none = anova(lm("Reaction ~ Days", data), plain)
    assert none.df == 1
    assert none.chisq > 0


def test_a_data_frame_is_as_good_as_a_dict() -> None:
    data = sleepstudy()
    subject = [data["Subject"].levels[code] for code in data["Subject"].codes]
    frame = pd.DataFrame({"Reaction": data["Reaction"], "Days": data["Days"], "Subject": subject})
    frame["Subject"] = pd.Categorical(frame["Subject"])
    fit = lmer("Reaction ~ Days + (Days | Subject)", frame)  # type: ignore[arg-type]
    assert fit.loglik == pytest.approx(linear_fit(all_cases()[SLEEP]).loglik, abs=1e-9)


def test_missing_values_of_pandas_are_left_out() -> None:
    data = sleepstudy()
    frame = pd.DataFrame({"Reaction": data["Reaction"], "Days": data["Days"]})
    frame["Subject"] = pd.Series([data["Subject"].levels[c] for c in data["Subject"].codes])
    frame["Subject"] = frame["Subject"].astype("string").where(frame.index != 3)
    frame["late"] = (frame["Days"] > 5).astype("boolean").where(frame.index != 7)
    fit = lmer("Reaction ~ late + (1 | Subject)", frame)  # type: ignore[arg-type]
    assert list(fit.fixef) == ["(Intercept)", "lateTRUE"]
    assert fit.nobs == 178
    assert fit.messages == ("2 rows with missing values were left out",)


def test_a_model_without_fixed_effects_can_be_asked_everything() -> None:
    fit = lmer("Reaction ~ 0 + (1 | Subject)", sleepstudy())
    assert not fit.coefficients("Satterthwaite")
    assert not fit.coefficients("inner-outer")
    assert not fit.anova()
    assert fit.confint().keys() == {"sd_(Intercept)|Subject", "sigma"}
    assert fit.predict(random=False) == pytest.approx(np.zeros(180))
    assert "Number of obs: 180" in fit.summary()


def test_interval_levels_are_those_asked_for() -> None:
    fit = linear_fit(all_cases()[SLEEP])
    narrow, wide = fit.coefficients(level=0.5)["Days"], fit.coefficients(level=0.99)["Days"]
    assert wide.low < narrow.low < fit.fixef["Days"] < narrow.high < wide.high


def test_the_reference_level_is_the_first_given() -> None:
    data: dict[str, Any] = {"y": [1.0, 2, 4, 3, 5, 9], "f": factor(["a", "b"] * 3, ["b", "a"])}
    assert list(lm("y ~ f", data).fixef) == ["(Intercept)", "fa"]


def test_the_summary_has_the_table_that_r_users_know() -> None:
    text = linear_fit(all_cases()[SLEEP]).summary()
    for line in (
        "Linear mixed model fit by REML. T-tests use Kenward-Roger's method",
        "REML criterion at convergence: 1743.6283",
        "Subject  (Intercept)   612.09   24.740",
        "         Days          35.072   5.9221 0.07",
        "Number of obs: 180, groups: Subject, 18",
        "Days          10.467     1.5458 17.0000   6.771 3.26e-06",
        "Days      -0.138",
    ):
        assert line in text


def test_the_summary_of_a_linear_model_is_that_of_r() -> None:
    # summary(lm(Reaction ~ Days, sleepstudy))
    text = lm("Reaction ~ Days", sleepstudy()).summary()
    for line in (
        "(Intercept)   251.41     6.6102  38.033   <2e-16",
        "Days          10.467     1.2382   8.454 9.89e-15",
        "Residual standard error: 47.71 on 178 degrees of freedom",
        "Multiple R-squared: 0.2865, adjusted R-squared: 0.2825",
        "F-statistic: 71.46 on 1 and 178 DF, p-value: 9.89e-15",
    ):
        assert line in text


def test_the_summary_of_a_gls_fit_says_phi_and_its_groups() -> None:
    fit = gls("Reaction ~ Days", sleepstudy(), "Subject")
    text = fit.summary()
    assert "Generalized least squares fit by REML" in text
    assert f"Correlation structure: AR(1) within Subject\nPhi: {fit.phi:.7f}" in text
    assert "Degrees of freedom: 180 total; 178 residual; groups: Subject, 18" in text
    assert f"{fit.aic:.4f} {fit.bic:.4f} {fit.loglik:.4f}" in text


def test_the_summary_of_a_model_with_serial_correlation_says_phi() -> None:
    fit = lme("Reaction ~ Days + (1 | Subject)", sleepstudy(), "AR1")
    text = fit.summary()
    assert "T-tests use inner-outer degrees of freedom" in text
    assert f"Correlation structure: AR(1)\nPhi: {fit.phi:.7f}" in text


def test_the_effects_of_some_grouping_factors_are_those_of_lme4() -> None:
    case = call_cases()["predict-some-groups"]
    fit = lmer("strength ~ 1 + (1 | batch) + (1 | sample)", data_of_calls(case))
    new = case["call"][1]["arguments"]["newdata"]
    for name, random in (("all", True), ("some", ["batch"]), ("fixed.estimate", False)):
        found = fit.predict(new, random=random)
        assert found == pytest.approx(case["expect"][name], rel=2e-5)
    batches = fit.predict({"batch": ["A", "Z"]}, random=["batch"])
    assert batches == pytest.approx(np.array(case["expect"]["some"])[[0, 3]], rel=2e-5)
    with pytest.raises(MethodError, match="random must be True, False or some of sample, batch"):
        fit.predict(new, random=["cask"])
