"""Mistakes that a biologist makes, and what she is told."""

from __future__ import annotations

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
    factor,
    icc,
    lm,
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


def test_as_many_random_effects_as_observations_are_refused() -> None:
    with pytest.raises(DesignError, match="48 random effects, but there are only 48 observations"):
        lmer(MODEL, data(mouse=np.arange(48)))


def test_aliased_columns_are_dropped_and_named() -> None:
    fit = lmer("y ~ x + twice + (1 | mouse)", data(twice=2 * data()["x"]))
    assert list(fit.fixef) == ["(Intercept)", "x"]
    assert "fixed-effect columns that depend on the others were dropped: twice" in fit.messages


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"y": np.ones(48)}, "constant"),
        ({"x": np.append(np.inf, np.zeros(47))}, "'x' is infinite in row 1"),
        ({"x": np.zeros(5)}, "others have"),
        ({"x": np.ones((48, 2))}, "one dimension"),
        ({"y": ["a", "b"] * 24}, "holds text"),
        ({"x": np.arange(48).astype("datetime64[D]")}, "'x' holds datetime64"),
        ({"x": np.ones(48) * 1j}, "'x' holds complex128 values"),
        ({"mouse": np.repeat(np.arange(6), 8) + 10**17}, "give them as text"),
    ],
)
def test_columns_that_cannot_be_used_are_named(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(DataError, match=says):
        lmer(MODEL, data(**changed))


@pytest.mark.parametrize("table", [None, 3.0])
def test_something_that_is_no_table_is_refused(table: Any) -> None:  # noqa: ANN401
    with pytest.raises(DataError, match=r"columns by name \(a dict or a DataFrame\)"):
        lmer(MODEL, table)


def test_an_offset_must_hold_numbers() -> None:
    with pytest.raises(DataError, match=r"offset\(treatment\) needs numbers"):
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
    with pytest.raises(DesignError, match="one grouping factor"):
        lme("y ~ x + (1 | mouse) + (1 | treatment)", data(), "AR1")


def test_samples_too_small_for_a_variance_are_refused() -> None:
    with pytest.raises(NotEstimableError):
        t_test([1.0])
    with pytest.raises(NotEstimableError):
        icc([1.0, 2.0], ["a", "b"])


def test_every_error_of_the_engine_is_a_value_error() -> None:
    assert issubclass(ModelError, ValueError)
