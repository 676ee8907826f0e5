"""Mistakes that a biologist makes, and what she is told."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from widgets.lmm import (
    DataError,
    DesignError,
    FormulaError,
    MethodError,
    ModelError,
    NotEstimableError,
    anova,
    degrees_of_freedom,
    factor,
    geeglm,
    geeglm_many,
    gls,
    icc,
    lm,
    lm_many,
    lme,
    lmer,
    t_test,
)

MODEL = "y ~ x + (1 | mouse)"


def data(**changed: Any) -> dict[str, Any]:  # noqa: ANN401
    rng = np.random.default_rng(5)
    mouse = np.repeat(np.arange(6), 8)
    y = rng.normal(size=6)[mouse] + rng.normal(size=48)
    treatment = np.where(mouse < 3, "ctrl", "drug")
    columns = {"y": y, "x": rng.normal(size=48), "mouse": mouse, "treatment": treatment}
    return {**columns, **changed}


@pytest.mark.parametrize(
    ("formula", "place", "says"),
    [
        ("y ~ x + (1 | mouse", 8, "never closed"),
        ("y ~ x + * z", 8, "found '*'"),
        ("y x + (1 | mouse)", 2, "'~' between the response and the terms"),
        ("y ~ x + (1 | mouse) +", 21, "the formula ends"),
        ("y ~ x + (1 mouse)", 11, "expected ')'"),
        ("y ~ x + 2 + (1 | mouse)", 8, "only 0 and 1 can stand alone"),
        ("y ~ x & z", 6, "'&' cannot stand"),
        ("y = x + (1 | mouse)", 2, "'=' cannot stand in a formula here; write '~'"),
        ("y ~ 'x' + (1 | mouse)", 4, "without quotation marks"),
        ("y ~ . + (1 | mouse)", 4, "name every column"),
        ("y ~ `cell size + (1 | mouse)", 4, "a name in backticks must end"),
        ("y ~ cell size + (1 | mouse)", 9, "a name with spaces stands in `backticks`"),
        ("y ~ x +（1 | mouse)", 7, "'（' cannot stand in a formula here; write '('"),
        ("y ～ x", 2, "write '~'"),
        ("y ~ treatment*", 14, "the formula ends"),
        ("y ~ treatment* + (1 | mouse)", 15, "a term is missing before this sign"),
        ("y ~ treatment**x", 14, "found '*'"),
        ("y ~ -x", 4, "a term is missing before this sign; put arithmetic inside I( )"),
        ("y ~ x + (1 | )", 13, "expected a column"),
        ("y ~ x + (1 | mouse * x)", 19, "a group is a column"),
        ("y ~ x * (1 | mouse)", 11, "stands in parentheses and is added"),
        ("", 0, "the formula ends"),
        ("y ~ x + (1 | log(mouse))", 13, "a group is a column"),
        ("y ~ x + 1 | mouse", 10, "stands in parentheses"),
    ],
)
def test_a_formula_that_cannot_be_read_has_a_caret_under_the_place(
    formula: str, place: int, says: str
) -> None:
    with pytest.raises(FormulaError) as caught:
        lmer(formula, data(z=1.0))
    problem, line, caret = str(caught.value).split("\n")
    assert says in problem
    assert line == f"    {formula}"
    assert caret == f"    {' ' * place}^"


def test_the_caret_stands_under_its_place_in_chinese_and_in_several_lines() -> None:
    with pytest.raises(FormulaError) as caught:
        lmer("反應 ~ 處理\n + (1 老鼠)", data())
    _, line, caret = str(caught.value).split("\n")
    assert line == "    反應 ~ 處理  + (1 老鼠)"
    assert caret == "    \u3000\u3000   \u3000\u3000       ^"


def test_columns_may_have_chinese_names() -> None:
    columns = {"反應": data()["y"], "處理": data()["treatment"], "老鼠": data()["mouse"]}
    assert list(lmer("反應 ~ 處理 + (1 | 老鼠)", columns).fixef) == ["(Intercept)", "處理drug"]
    with pytest.raises(DataError, match="no column '處裡'; they have 反應, 處理, 老鼠"):
        lmer("反應 ~ 處裡 + (1 | 老鼠)", columns)


def test_a_number_read_as_text_shows_in_the_coefficients() -> None:
    text = [f"{value:.1f}" for value in np.arange(48) / 10]
    with pytest.raises(
        NotEstimableError, match=r"48 coefficients \(\(Intercept\), x0.1, x0.2, …\)"
    ):
        lmer(MODEL, data(x=text))


def test_an_unknown_column_is_named_beside_those_there_are() -> None:
    with pytest.raises(DataError, match="no column 'z'; they have y, x, mouse, treatment"):
        lmer("y ~ z + (1 | mouse)", data())


def test_missing_values_are_left_out_and_counted() -> None:
    holes = data()
    holes["x"][:3] = np.nan
    holes["treatment"] = [None, *holes["treatment"][1:47], None]
    fit = lmer("y ~ x + treatment + (1 | mouse)", holes)
    assert fit.nobs == 44
    assert "4 rows with missing values were left out" in fit.messages


def test_a_group_with_one_level_is_refused() -> None:
    with pytest.raises(DesignError, match="only one level, 'a'"):
        lmer(MODEL, data(mouse=["a"] * 48))


@pytest.mark.parametrize("twice", ["(1 | mouse) + (1 | mouse)", "(x | mouse) + (1 | mouse)"])
def test_an_effect_in_two_random_terms_is_refused(twice: str) -> None:
    with pytest.raises(DesignError, match=r"two random terms of 'mouse' have the effect .Interc"):
        lmer(f"y ~ x + {twice}", data())


def test_as_many_random_effects_as_observations_are_refused() -> None:
    with pytest.raises(DesignError, match="48 random effects, but there are only 48 observations"):
        lmer(MODEL, data(mouse=np.arange(48)))


def test_aliased_columns_are_dropped_and_named() -> None:
    fit = lmer("y ~ x + twice + (1 | mouse)", data(twice=2 * data()["x"]))
    assert list(fit.fixef) == ["(Intercept)", "x"]
    assert "columns that depend on the others were dropped: twice" in fit.messages


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"y": np.ones(48)}, "constant"),
        ({"x": np.append(np.inf, np.zeros(47))}, "'x' is infinite in row 1"),
        ({"x": np.zeros(5)}, "'mouse' has 48 values, 'x' has 5"),
        ({"x": np.ones((48, 2))}, "one dimension"),
        ({"y": ["a", "b"] * 24}, "the response 'y' holds text such as 'a'"),
        ({"y": ["1,5", "2,5"] * 24}, "holds text such as '1,5'; it must hold numbers"),
        ({"y": np.array(["1.5", "NA"] * 24)}, "numbers as text, such as '1.5', and 'NA'"),
        ({"y": [1.5, "NA"] * 24}, "holds text such as 'NA' and float values"),
        ({"y": [True, False] * 24}, "holds truth values"),
        ({"y": [None] * 48}, "'y' has no value in any row"),
        ({"x": [np.nan] * 48}, "'x' has no value in any row"),
        ({"x": ["a", 1] * 24}, "holds text such as 'a' and int values"),
        ({"x": [Decimal(1)] * 48}, "holds Decimal values; it must hold only numbers"),
        ({"x": 3.0}, "must be a list or array with one value for each row, not 3.0"),
        ({"x": [[1.0], [1.0, 2.0]] * 24}, "must be a list or array with one value for each row"),
        ({"mouse": np.arange(40) // 8}, "'mouse' has 40 values, 'x' has 48"),
        ({"y": np.arange(40.0)}, "the response 'y' has 40 values, the others have 48"),
        ({"x": np.arange(48).astype("datetime64[D]")}, "'x' holds datetime64"),
        ({"x": np.ones(48) * 1j}, "'x' holds complex128 values"),
        ({"mouse": np.repeat(np.arange(6), 8) + 1e17}, "give such names as text"),
        ({"x": np.repeat(np.arange(6), 8) + 10**17}, "give them as text"),
        ({"x": [10**20, 10**20 + 1] * 24}, "give them as text"),
    ],
)
def test_columns_that_cannot_be_used_are_named(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(DataError, match=says):
        lmer(MODEL, data(**changed))


@pytest.mark.parametrize("table", [None, 3.0, "mice.csv", [{"y": 1.0}], np.zeros((3, 3))])
def test_something_that_is_no_table_is_refused(table: Any) -> None:  # noqa: ANN401
    with pytest.raises(DataError, match=r"columns by name \(a dict or a DataFrame\)"):
        lmer(MODEL, table)


def test_a_long_table_lists_its_first_columns_only() -> None:
    with pytest.raises(DataError, match=r"they have c0, c1, .*, c29, …$"):
        lmer(MODEL, {f"c{i}": [1.0] for i in range(1000)})
    with pytest.raises(DataError, match="no column 'y'; they have none"):
        lmer(MODEL, {})


def test_a_nan_among_text_is_missing_and_no_level() -> None:
    treatment = [float("nan"), *data()["treatment"][1:]]
    assert factor(treatment).levels == ("ctrl", "drug")
    fit = lmer("y ~ treatment + (1 | mouse)", data(treatment=treatment))
    assert (fit.nobs, list(fit.fixef)) == (47, ["(Intercept)", "treatmentdrug"])


def test_numbers_in_a_column_of_objects_are_numbers() -> None:
    x = np.array([None, *map(np.int64, range(47))], dtype=object)
    assert lmer(MODEL, data(x=x)).nobs == 47


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("y ~ I(x / zero) + (1 | mouse)", "x/zero is not finite for some rows"),
        ("y ~ I(x^0.5) + (1 | mouse)", "x^0.5 is not finite for some rows"),
        ("y ~ I(x + five) + (1 | mouse)", "x + five: the columns have 5 and 48 values"),
        ("y ~ I(x + treatment) + (1 | mouse)", "'treatment' holds text such as 'ctrl'"),
        ("y ~ scale(none) + (1 | mouse)", "scale(none): fewer than two values"),
        ("y ~ scale(zero) + (1 | mouse)", "scale(zero): all values are equal"),
        ("y ~ I(2) + (1 | mouse)", "I(2) names no column"),
        ("1 ~ x + (1 | mouse)", "1 names no column"),
        ("y ~ x + offset(2) + (1 | mouse)", "2 names no column"),
        ("y ~ lag(x, 2) + (1 | mouse)", "lag(x, 2) cannot be computed; known functions are I"),
        ("y ~ lm(x) + (1 | mouse)", "lm(x) cannot be computed"),
    ],
)
def test_arithmetic_that_cannot_be_done_is_explained(formula: str, says: str) -> None:
    extra = {"zero": np.zeros(48), "five": np.ones(5), "none": [None] * 48}
    with pytest.raises(ModelError, match=re.escape(says)):
        lmer(formula, data(**extra))


def test_a_level_that_new_data_could_have_but_have_not_is_no_new_level() -> None:
    fit = lmer("y ~ treatment + (1 | mouse)", data())
    possible = factor(["drug"], ["drug", "placebo"])
    assert fit.predict({"treatment": possible, "mouse": [1]}) == pytest.approx(
        fit.predict({"treatment": ["drug"], "mouse": [1]})
    )


def test_text_cannot_take_the_place_of_numbers_in_new_data() -> None:
    with pytest.raises(DataError, match="the new data's 'x' holds text such as 'a'"):
        lmer(MODEL, data()).predict({"x": ["a", "b"], "mouse": [1, 1]})


def test_groups_beside_the_formula_are_one_for_each_row() -> None:
    short, holes = np.arange(40) // 8, [None, *data()["mouse"][1:].tolist()]
    for groups, says in ((short, "has 40 values, the others have 48"), (holes, "missing values")):
        changed = data(mouse=groups)
        for fit in (
            lambda columns: gls("y ~ x", columns, "mouse"),
            lambda columns: geeglm("y ~ x", columns, "mouse"),
            lambda columns: geeglm_many("y ~ x", columns, "mouse", columns["y"][:, None]),
            lambda columns: lm("y ~ x", columns).cluster_robust(columns["mouse"]),
        ):
            with pytest.raises(DataError, match=says):
                fit(changed)


def test_comparisons_of_what_has_no_likelihood_are_refused() -> None:
    marginal = geeglm("y ~ x", data(), "mouse")
    for one in (marginal, "y ~ x"):
        with pytest.raises(MethodError, match=r"anova\(\) compares fits of lm, gls"):
            anova(one, one)  # type: ignore[call-overload]
    fit = lmer(MODEL, data())
    with pytest.raises(MethodError, match="ddf is for the F tests of one model"):
        anova(fit, fit, ddf="z")  # type: ignore[call-overload]


def test_an_offset_must_hold_numbers() -> None:
    with pytest.raises(DataError, match=r"offset\(treatment\) holds text such as 'ctrl'"):
        lmer("y ~ offset(treatment) + (1 | mouse)", data())


def test_successes_and_failures_belong_to_glmer() -> None:
    with pytest.raises(FormulaError, match=r"use glmer\(\)"):
        lmer("cbind(y, x) ~ 1 + (1 | mouse)", data())


def test_a_response_that_is_constant_in_every_group_is_explained() -> None:
    mouse = data()["mouse"]
    with pytest.raises(NotEstimableError, match="does not vary within the levels of 'mouse'"):
        lmer(MODEL, data(y=np.array([3.0, 1.0, 4.0, 1.5, 9.0, 2.6])[mouse]))


def test_a_logarithm_of_negative_numbers_is_refused() -> None:
    with pytest.raises(DataError, match=r"log\(x\) is not finite"):
        lmer("y ~ log(x) + (1 | mouse)", data())


def test_groups_used_up_by_the_fixed_effects_are_explained() -> None:
    with pytest.raises(NotEstimableError, match="nothing is left to tell how much 'mouse' varies"):
        lmer("y ~ factor(mouse) + (1 | mouse)", data())


def test_kenward_roger_of_a_maximum_likelihood_fit_is_refused() -> None:
    with pytest.raises(MethodError, match="REML=True"):
        lmer(MODEL, data(), REML=False).coefficients("Kenward-Roger")


def test_a_level_that_is_not_among_those_given_is_named() -> None:
    with pytest.raises(DataError, match="'c' is not among the levels a, b"):
        factor(["a", "b", "c"], ["a", "b"])


def test_a_new_level_of_a_fixed_effect_cannot_be_predicted() -> None:
    fit = lmer("y ~ treatment + (1 | mouse)", data())
    with pytest.raises(DataError, match="new level 'placebo'; known are ctrl, drug"):
        fit.predict({"treatment": ["placebo"], "mouse": [1]})


def test_the_wrong_function_for_a_model_names_the_right_one() -> None:
    with pytest.raises(DesignError, match=r"use lm\(\)"):
        lmer("y ~ x", data())
    with pytest.raises(DesignError, match=r"use lmer\(\)"):
        lm(MODEL, data())
    for many in (
        lambda: lm_many(MODEL, data(), data()["y"][:, None]),
        lambda: geeglm_many(MODEL, data(), "mouse", data()["y"][:, None]),
    ):
        with pytest.raises(DesignError, match=r"use lmer_many\(\)"):
            many()
    for formula in ("y ~ x", "y ~ x + (x | mouse)", "y ~ x + (1 | mouse) + (1 | treatment)"):
        with pytest.raises(DesignError, match=r"takes models with one \(1 \| group\)"):
            degrees_of_freedom(formula, data())
    with pytest.raises(DesignError, match="one grouping factor"):
        lme("y ~ x + (1 | mouse) + (1 | treatment)", data(), "AR1")


def test_groups_of_one_row_have_no_serial_correlation() -> None:
    with pytest.raises(NotEstimableError, match=r"every level of 'mouse' has one row.*use lm\(\)"):
        gls("y ~ x", data(mouse=np.arange(48)), "mouse")


def test_samples_too_small_for_a_variance_are_refused() -> None:
    with pytest.raises(NotEstimableError):
        t_test([1.0])
    with pytest.raises(NotEstimableError):
        icc([1.0, 2.0], ["a", "b"])


def test_every_error_of_the_engine_is_a_value_error() -> None:
    assert issubclass(ModelError, ValueError)
