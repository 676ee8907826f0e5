"""Functions of columns in a formula: what they give, keep for new data, and refuse."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from widgets.lmm import ModelError, lm, lmer


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    rng = np.random.default_rng(2)
    x = rng.uniform(0, 10, 60)
    diet = np.array(["hay", "mix", "oats"])[rng.integers(0, 3, 60)]
    y = np.sin(x) + (diet == "mix") + rng.normal(size=60)
    return {"y": y, "x": x, "diet": diet, "g": np.arange(60) % 8}


@pytest.mark.parametrize(
    ("formula", "same_as"),
    [
        ("y ~ I(x > 5)", {"I(x > 5)TRUE": lambda d: d["x"] > 5}),
        ("y ~ I(!(x <= 5))", {"I(!(x <= 5))TRUE": lambda d: d["x"] > 5}),
        ("y ~ I(x > 2 & x < 5)", {"I(x > 2 & x < 5)TRUE": lambda d: (d["x"] > 2) & (d["x"] < 5)}),
        (
            'y ~ I(diet == "mix" | x > 9)',
            {'I(diet == "mix" | x > 9)TRUE': lambda d: (d["diet"] == "mix") | (d["x"] > 9)},
        ),
        (
            'y ~ I(diet %in% c("mix", "oats"))',
            {'I(diet %in% c("mix", "oats"))TRUE': lambda d: d["diet"] != "hay"},
        ),
        ("y ~ ifelse(x > 5, x, 5)", {"ifelse(x > 5, x, 5)": lambda d: np.maximum(d["x"], 5)}),
        (
            "y ~ ifelse(x > 5, 'b', 'a')",
            {'ifelse(x > 5, "b", "a")b': lambda d: d["x"] > 5},
        ),
        ("y ~ I((x > 5) * (x - 5))", {"I((x > 5) * (x - 5))": lambda d: np.maximum(d["x"] - 5, 0)}),
        ("y ~ sin(2 * pi * x)", {"sin(2 * pi * x)": lambda d: np.sin(2 * np.pi * d["x"])}),
        ("y ~ log(x + 1, 2)", {"log(x + 1, 2)": lambda d: np.log2(d["x"] + 1)}),
        (
            "y ~ relevel(diet, ref = 'oats')",
            {
                'relevel(diet, ref = "oats")hay': lambda d: d["diet"] == "hay",
                'relevel(diet, ref = "oats")mix': lambda d: d["diet"] == "mix",
            },
        ),
        (
            "y ~ cut(x, c(0, 2.5, 10))",
            {"cut(x, c(0, 2.5, 10))(2.5,10]": lambda d: d["x"] > 2.5},
        ),
        (
            "y ~ poly(x, 2, raw = TRUE)",
            {
                "poly(x, 2, raw = TRUE)1": lambda d: d["x"],
                "poly(x, 2, raw = TRUE)2": lambda d: d["x"] ** 2,
            },
        ),
    ],
)
def test_a_function_gives_the_column_that_one_could_have_made(
    data: dict[str, Any], formula: str, same_as: dict[str, Any]
) -> None:
    fit = lm(formula, data)
    made = {f"c{i}": make(data).astype(float) for i, make in enumerate(same_as.values())}
    other = lm("y ~ " + " + ".join(made), {**data, **made})
    assert list(fit.fixef) == ["(Intercept)", *same_as]
    assert list(fit.fixef.values()) == pytest.approx(list(other.fixef.values()))


@pytest.mark.parametrize(
    "term",
    [
        "poly(x, 3)",
        "ns(x, df = 4)",
        "bs(x, df = 5)",
        "bs(x, knots = c(3, 6), degree = 2)",
        "cut(x, 4)",
        "I(x > 5)",
        "relevel(diet, ref = 'mix')",
        "ifelse(diet == 'hay', 'a', 'b')",
    ],
)
def test_new_rows_are_coded_as_the_first_were(data: dict[str, Any], term: str) -> None:
    fit = lmer(f"y ~ {term} + (1 | g)", data)
    rows = [4, 11]
    few = {name: values[rows] for name, values in data.items()}
    assert fit.predict(few) == pytest.approx(fit.predict()[rows])


@pytest.mark.parametrize("basis", ["poly(x, 3)", "bs(x, df = 3)"])
def test_both_bases_of_a_cubic_fit_alike_within_and_beyond_the_data(
    data: dict[str, Any], basis: str
) -> None:
    raw, other = lm("y ~ x + I(x^2) + I(x^3)", data), lm(f"y ~ {basis}", data)
    new = {"x": [-2.0, 0.5, 7.7, 13.0]}
    assert other.predict(new) == pytest.approx(raw.predict(new))


def test_a_natural_spline_is_straight_beyond_its_ends(data: dict[str, Any]) -> None:
    far = lm("y ~ ns(x, df = 4)", data).predict({"x": [11.0, 12.0, 13.0, -3.0, -4.0, -5.0]})
    assert np.diff(far[:3])[0] == pytest.approx(np.diff(far[:3])[1])
    assert np.diff(far[3:])[0] == pytest.approx(np.diff(far[3:])[1])


def test_orthogonal_polynomials_are_orthonormal(data: dict[str, Any]) -> None:
    X = lm("y ~ poly(x, 4)", data).fixed.X
    assert X[:, 1:].T @ X[:, 1:] == pytest.approx(np.eye(4), abs=1e-12)
    assert X[:, 1:].sum(axis=0) == pytest.approx(np.zeros(4), abs=1e-12)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("y ~ poly(few, 3)", "poly(few, 3): the column has 3 different values, and 3 columns"),
        ("y ~ poly(x, 2.5)", "degree must be a whole number from 1 to 30, not 2.5"),
        ("y ~ poly(x, order = 2)", "poly( ) takes x, degree, raw, each once"),
        ("y ~ ns(df = 3)", "ns( ) needs a column"),
        ("y ~ bs(x, df = 2)", "df must be at least 3, the degree, not 2"),
        ("y ~ bs(x, knots = c(2, 40))", "knots must lie inside"),
        ("y ~ poly(diet, 2)", "column 'diet' holds text"),
        ("y ~ I(diet > 3)", "categories can be compared by == and != only"),
        ("y ~ ifelse(x, 1, 0)", ""),
        ("y ~ ifelse(diet, 1, 0)", "the test must be true or false"),
        ("y ~ ifelse(x > 1, 1)", "ifelse( ) takes a test"),
        ("y ~ relevel(diet, ref = 'straw')", "there is no level 'straw'; there are hay, mix, oats"),
        ("y ~ relevel(diet)", "relevel( ) needs the reference"),
        ("y ~ cut(x)", "cut( ) needs breaks"),
        ("y ~ cut(x, 1)", "the number of intervals must be whole, and at least 2"),
        ("y ~ cut(x, c(1, 1, 4))", "the breaks must differ"),
        ("y ~ mean(x)", "mean(x) cannot be computed; known functions are I, log"),
        ("y ~ x > 5", "'>' cannot stand in a formula here"),
        ("y ~ I(x = 5)", "x = 5 cannot be computed"),
        ("y ~ I(x >)", "expected a column, a number or '('"),
    ],
)
def test_what_a_function_cannot_use_is_refused(
    data: dict[str, Any], formula: str, said: str
) -> None:
    if not said:
        assert lm(formula, {**data, "x": (data["x"] > 5).astype(float)}).nobs == 60
        return
    with pytest.raises(ModelError, match=re.escape(said)):
        lm(formula, {**data, "few": data["g"] % 3})
