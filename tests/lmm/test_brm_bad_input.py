"""Mistakes in Bayesian models, and what one is told."""

from __future__ import annotations

import numpy as np
import pytest

from validation.cases import columns_of
from widgets.lmm import DataError, DesignError, MethodError, NotEstimableError, brm
from widgets.lmm.bayes.priors import exponential, read_prior

DYESTUFF = columns_of("dyestuff.csv")
MODEL = "Yield ~ 1 + (1 | Batch)"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("cauchy(0, 1)", r"prior 'cauchy\(0, 1\)' is not known; known are student_t\(df, 0, scale"),
        ("normal 0 1", "is not known"),
        ("normal(0, -1)", r"must be normal\(0, scale\) with positive numbers"),
        ("normal(1)", r"must be normal\(0, scale\)"),
        ("normal(3, 1)", r"must be normal\(0, scale\)"),
        ("student_t(3, 0, x)", r"must be student_t\(df, 0, scale\)"),
        ("exponential(inf)", r"must be exponential\(rate\)"),
        ("inv_gamma(0, 1)", r"must be inv_gamma\(shape, scale\)"),
    ],
)
def test_a_prior_that_cannot_be_is_told_what_it_must_be(text: str, says: str) -> None:
    with pytest.raises(MethodError, match=says):
        brm(MODEL, DYESTUFF, text)


@pytest.mark.parametrize(
    "text", ["student_t(3, 0, 2.5)", "normal(0, 1)", "exponential(0.5)", "inv_gamma(2, 0.1)"]
)
def test_a_prior_is_called_as_it_was_written(text: str) -> None:
    assert read_prior(text).name == text
    assert brm(MODEL, DYESTUFF, f" {text} ").priors["sd"] == text


def test_a_prior_may_be_given_as_a_value() -> None:
    one, other = brm(MODEL, DYESTUFF, exponential(0.1)), brm(MODEL, DYESTUFF, "exponential(0.1)")
    assert one.mean == other.mean


@pytest.mark.parametrize(
    "formula", ["y ~ x + (x | g)", "y ~ x + (1 | g) + (1 | h)", "y ~ x + (0 + x | g)", "y ~ x"]
)
def test_other_random_terms_are_refused(formula: str) -> None:
    rng = np.random.default_rng(1)
    data = {"y": rng.normal(size=30), "x": rng.normal(size=30), "g": np.arange(30) // 5}
    with pytest.raises(DesignError, match=r"one \(1 \| group\) and no other random term"):
        brm(formula, {**data, "h": np.arange(30) % 4})


def test_a_perfect_fit_is_refused() -> None:
    data = {"y": np.arange(12.0), "x": np.arange(12), "g": np.arange(12) // 3}
    with pytest.raises(NotEstimableError, match="fit the response exactly"):
        brm("y ~ x + (1 | g)", data)


def test_an_unknown_quantity_is_told_the_known_ones() -> None:
    fit = brm(MODEL, DYESTUFF)
    for ask in (fit.density, fit.quantile):
        with pytest.raises(MethodError, match=r"quantity must be one of '\(Intercept\)', 'sd', 's"):
            ask("tau", 0.5)


def test_a_quantile_of_an_impossible_probability_is_refused() -> None:
    with pytest.raises(DataError, match="between 0 and 1"):
        brm(MODEL, DYESTUFF).quantile("sd", [0.5, 1.0])


def test_missing_rows_and_dependent_columns_are_told() -> None:
    data = dict(columns_of("mice_unbalanced.csv"))
    data["y"] = np.append(np.nan, data["y"][1:])
    data["twice"] = 2 * data["depth"]
    fit = brm("y ~ depth + twice + (1 | mouse)", data)
    assert fit.nobs == 72
    assert fit.messages == (
        "1 rows with missing values were left out",
        "columns that depend on the others were dropped: twice",
    )
