"""lm, cluster-robust errors, t-tests and one-way ICC of R 4.2.2."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.lmm.reference import cases
from validation.cases import Case, data_of
from validation.differences import largest
from widgets.lmm import Factor, design_effect, icc, lm, lmer, t_test


@cases("ols", "coef")
def test_least_squares_is_that_of_lm(case: Case) -> None:
    fit, expected = lm(case["formula"], data_of(case)), case["expected"]
    table = fit.coefficients()
    assert list(table) == expected["coef_names"]
    for name in table:
        assert table[name].estimate == pytest.approx(expected["coef"][name], rel=1e-10)
        assert table[name].se == pytest.approx(expected["se"][name], rel=1e-10)
        assert table[name].t == pytest.approx(expected["t"][name], rel=1e-10)
        assert table[name].p == pytest.approx(expected["p"][name], rel=1e-9)
    assert (fit.df_residual, fit.nobs) == (expected["df_residual"], expected["nobs"])
    assert fit.sigma == pytest.approx(expected["sigma"], rel=1e-10)
    assert fit.r_squared == pytest.approx(expected["r_squared"], rel=1e-10)
    assert [fit.loglik, fit.aic, fit.bic] == pytest.approx(
        [expected["logLik"], expected["AIC"], expected["BIC"]], rel=1e-10
    )


@cases("ols", "cluster_robust_se_cr0")
@pytest.mark.parametrize("correction", ["CR0", "CR1"])
def test_cluster_robust_errors_follow_their_formula(case: Case, correction: Any) -> None:  # noqa: ANN401
    data = data_of(case)
    cluster = data[case["cluster"]]
    assert not isinstance(cluster, Factor)
    table = lm(case["formula"], data).cluster_robust(cluster, correction)
    expected = case["expected"][f"cluster_robust_se_{correction.lower()}"]
    mine = [table[name].se for name in expected]
    # where one cluster makes up a group its error is zero, and R's number rounding
    assert largest(mine, list(expected.values()), floor=1e-3) < 1e-9


@cases("ols", "cluster_means")
@pytest.mark.parametrize("test", ["pooled", "welch"])
def test_t_tests_on_means_and_on_rows_are_those_of_r(case: Case, test: str) -> None:
    data, expected = data_of(case), case["expected"]
    y = np.asarray(data[case["formula"].split(" ~ ")[0]])
    group = data[case["group"]]
    assert isinstance(group, Factor)
    means = expected["cluster_means"]
    cluster = np.asarray(data[case["cluster"]])
    rows = [y[group.codes == code] for code in (0, 1)]
    by_group = [
        np.array([y[cluster == m].mean() for m in means if group.codes[cluster == m][0] == code])
        for code in (0, 1)
    ]
    for samples, unit in ((by_group, "cluster_means"), (rows, "rows")):
        theirs = expected.get(f"ttest_{unit}_{test}")
        if not theirs:  # one mean in a group has no variance of its own
            continue
        mine = t_test(*samples, var_equal=test == "pooled")
        assert [mine.t, mine.df, mine.p, mine.se] == pytest.approx(
            [theirs[key] for key in ("t", "df", "p", "stderr")], rel=1e-9
        )
        assert [mine.low, mine.high] == pytest.approx(theirs["conf95"], rel=1e-9)


@cases("icc", "icc_anova")
def test_the_one_way_icc_is_that_of_r(case: Case) -> None:
    data, expected = data_of(case), case["expected"]
    group = data[case["group"]]
    assert isinstance(group, Factor)
    found = icc(np.asarray(data[case["response"]]), group.codes)
    for name, key in (
        ("icc", "icc_anova"),
        ("icc_of_mean", "icc_of_group_mean"),
        ("ms_between", "ms_between"),
        ("ms_within", "ms_within"),
        ("n0", "n0"),
        ("F", "F"),
        ("p", "p"),
        ("mean_size", "mean_group_size"),
    ):
        assert getattr(found, name) == pytest.approx(expected[key], rel=1e-9)
    assert [found.interval.low, found.interval.high] == pytest.approx(
        expected["icc_anova_ci95_F"], rel=1e-9
    )


@cases("icc", "icc_reml")
def test_icc_and_design_effect_from_a_mixed_model_are_those_of_r(case: Case) -> None:
    data, expected = data_of(case), case["expected"]
    for REML, key in ((True, "icc_reml"), (False, "icc_ml")):
        fit = lmer(case["formula"], data, REML=REML)
        between, within = fit.varcorr[0].vcov, fit.sigma**2
        share = between / (between + within)
        assert share == pytest.approx(expected[key], rel=1e-6, abs=1e-12)
        if REML:
            sizes = np.array(list(expected["group_sizes"].values()))
            m, cv = sizes.mean(), sizes.std() / sizes.mean()
            assert design_effect(m, share) == pytest.approx(
                expected["design_effect_reml_mean_size"], rel=1e-6
            )
            assert design_effect(m, share, cv) == pytest.approx(
                expected["design_effect_reml_weighted_size"], rel=1e-6
            )


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("I(x/100000)", "I(x/1e+05)"),
        ("I(0.0001*x)", "I(1e-04 * x)"),
        ("I(x/123456)", "I(x/123456)"),
        ("I(2 * (x + 1) / 3)", "I(2 * (x + 1)/3)"),
        ("I(x^0.5)", "I(x^0.5)"),
    ],
)
def test_numbers_in_the_names_of_coefficients_are_written_as_r_writes_them(
    term: str, name: str
) -> None:
    data = {"y": [1.0, 2.0, 4.0, 3.0, 5.0], "x": [1.0, 2.0, 3.0, 4.0, 6.0]}
    assert list(lm(f"y ~ {term}", data).fixef) == ["(Intercept)", name]
