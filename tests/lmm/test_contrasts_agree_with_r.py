"""Ordered factors, contrasts that are asked for, and the tests of terms under them, as in R."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from validation.cases import REFERENCE, Case, columns_of
from widgets.lmm import (
    LinearMixedModel,
    MethodError,
    factor,
    geeglm,
    glmer,
    glmmTMB,
    gls,
    lm,
    lme,
    lmer,
)

FOUND = json.loads((REFERENCE / "contrasts.json").read_text("utf-8"))
MIXED: list[Case] = FOUND["mixed"]
GRADES = ["lo", "Mid", "high"]
ROWS: dict[str, Any] = {
    "y": [1.0, 2.0, 1.5, 3.0, 2.5, 4.0, 3.5, 1.0],
    "g": list("aabbccdd"),
    "k": list("pqpqpqpq"),
}
COUNTS: dict[str, Any] = ROWS | {"n": [1, 3, 2, 4, 1, 6, 9, 4]}


def school() -> dict[str, Any]:
    data: dict[str, Any] = dict(columns_of("school.csv"))
    return data | {"f": factor(data["f"], GRADES, ordered=True)}


@cache
def fit_of(number: int) -> LinearMixedModel:
    case = MIXED[number]
    asked = {name: kind.removeprefix("contr.") for name, kind in (case["contrasts"] or {}).items()}
    return lmer(case["formula"], school(), contrasts=asked)


@pytest.mark.parametrize("number", range(len(MIXED)))
def test_coefficients_under_contrasts_are_those_of_lme4(number: int) -> None:
    fit, case = fit_of(number), MIXED[number]
    assert list(fit.fixef) == list(case["fixef"])
    assert fit.loglik == pytest.approx(case["loglik"], abs=1e-6)
    assert fit.fixef == pytest.approx(case["fixef"], rel=1e-5, abs=1e-6)
    assert fit.se == pytest.approx(case["se"], rel=1e-5)
    if not fit.is_singular:
        assert fit.theta == pytest.approx(np.atleast_1d(case["theta"]), rel=1e-4)


@pytest.mark.parametrize("number", range(len(MIXED)))
def test_type_three_tests_under_contrasts_are_those_of_lmertest(number: int) -> None:
    rows, case = fit_of(number).anova("Satterthwaite"), MIXED[number]
    assert list(rows) == list(case["F"])
    for name, row in rows.items():
        assert pytest.approx(case["F"][name], rel=1e-4) == row.F
        assert row.sumsq == pytest.approx(case["sumsq"][name], rel=1e-4)
        # its derivatives are numerical; random slopes at the boundary have its least certain df
        if not fit_of(number).is_singular:
            assert row.dendf == pytest.approx(case["dendf"][name], rel=1e-3)


def test_five_levels_have_the_powers_of_r() -> None:
    data = FOUND["five"]["data"]
    fit = lm("y ~ dose", data | {"dose": factor(data["dose"], ordered=True)})
    assert list(fit.fixef) == ["(Intercept)", "dose.L", "dose.Q", "dose.C", "dose^4"]
    assert fit.fixef == pytest.approx(FOUND["five"]["coef"], rel=1e-10)


def test_an_ordered_categorical_of_pandas_is_an_ordered_factor() -> None:
    frame: Any = pd.DataFrame(ROWS)
    frame["g"] = pd.Categorical(frame["g"], categories=["d", "c", "b", "a"], ordered=True)
    fit = lm("y ~ g", frame)
    assert list(fit.fixef) == ["(Intercept)", "g.L", "g.Q", "g.C"]
    plain = ROWS | {"g": factor(ROWS["g"], ["d", "c", "b", "a"], ordered=True)}
    assert fit.fixef == lm("y ~ g", plain).fixef
    # the names of levels are enough for new rows
    assert fit.predict({"g": ["a", "d"]}) == pytest.approx([1.5, 2.25])


FITS: dict[str, Callable[[Any], Any]] = {
    "lm": lambda asked: lm("y ~ k", ROWS, contrasts=asked),
    "lmer": lambda asked: lmer("y ~ k + (1 | g)", ROWS, contrasts=asked),
    "lme": lambda asked: lme("y ~ k + (1 | g)", ROWS, contrasts=asked),
    "gls": lambda asked: gls("y ~ k", ROWS, "g", contrasts=asked),
    "geeglm": lambda asked: geeglm("y ~ k", ROWS, "g", contrasts=asked),
    "glmer": lambda asked: glmer("n ~ k + (1 | g)", COUNTS, "poisson", contrasts=asked),
    "glmmTMB": lambda asked: glmmTMB("n ~ k + (1 | g)", COUNTS, "poisson", contrasts=asked),
}


@pytest.mark.parametrize("function", FITS)
def test_every_function_takes_contrasts(function: str) -> None:
    plain, summed = (FITS[function](asked).fixef for asked in (None, {"k": "sum"}))
    assert summed["k1"] == pytest.approx(-plain["kq"] / 2, rel=1e-5, abs=1e-8)
    assert summed["(Intercept)"] == pytest.approx(plain["(Intercept)"] - summed["k1"], rel=1e-5)


@pytest.mark.parametrize("function", FITS)
def test_contrasts_that_cannot_be_are_told(function: str) -> None:
    for asked, says in (
        ({"k": "dummy"}, "coding of 'k' must be one of treatment, sum, helmert, poly, not 'dummy'"),
        ({"h": "sum"}, "'h' is no variable of the formula, which has k"),
        ("sum", "contrasts must name a coding for each variable"),
    ):
        with pytest.raises(MethodError, match=says):
            FITS[function](asked)


def test_numbers_have_no_contrasts() -> None:
    with pytest.raises(MethodError, match="'x' holds numbers; only categories have contrasts"):
        lm("y ~ x", ROWS | {"x": np.arange(8.0)}, contrasts={"x": "sum"})
