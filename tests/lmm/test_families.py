"""Links and variance functions against what defines them, and responses that a family can have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from widgets.lmm.data.outcome import outcome_of, with_outcome
from widgets.lmm.errors import DataError, FormulaError, MethodError
from widgets.lmm.families import LINKS, LINKS_OF, family_of
from widgets.lmm.formula import read_formula

ETA = np.linspace(-6, 6, 49)


@pytest.mark.parametrize("name", LINKS)
def test_a_link_undoes_its_mean(name: str) -> None:
    link = LINKS[name]
    assert link.linear(link.mean(ETA)) == pytest.approx(ETA, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("name", LINKS)
def test_a_slope_is_the_derivative_of_the_mean(name: str) -> None:
    link, h = LINKS[name], 1e-5
    difference = (link.mean(ETA + h) - link.mean(ETA - h)) / (2 * h)
    assert link.slope(ETA) == pytest.approx(difference, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", ["binomial", "poisson", "gaussian"])
def test_the_slope_of_a_canonical_link_is_the_variance(name: str) -> None:
    family = family_of(name)
    mu = family.link.mean(ETA)
    assert family.link.slope(ETA) == pytest.approx(family.variance(mu), rel=1e-12)


@pytest.mark.parametrize("name", [link for links in LINKS_OF.values() for link in links])
def test_a_mean_stays_finite_and_inside_its_range_far_out(name: str) -> None:
    link = LINKS[name]
    mu, slope = link.mean(np.array([-1e4, 1e4])), link.slope(np.array([-1e4, 1e4]))
    assert np.all(np.isfinite(mu))
    assert np.all(np.isfinite(link.linear(mu)))
    assert np.all(slope > 0)


def test_an_unknown_family_or_link_is_told_the_choices() -> None:
    with pytest.raises(MethodError, match="family must be one of 'gaussian', 'binomial'"):
        family_of("gamma")
    with pytest.raises(MethodError, match="link must be one of 'logit', 'probit'"):
        family_of("binomial", "log")


def test_cbind_gives_shares_and_trials() -> None:
    node = read_formula("cbind(dead, alive) ~ 1").response
    found = outcome_of(node, {"dead": [1, 0, 0], "alive": [3, 5, 0]}, "binomial")
    assert found.trials.tolist() == [4, 5, 0]
    assert found.y[:2].tolist() == [0.25, 0]
    assert np.isnan(found.y[2])


def test_the_second_level_of_a_binary_factor_is_success() -> None:
    node = read_formula("y ~ 1").response
    assert outcome_of(node, {"y": ["no", "yes", "no"]}, "binomial").y.tolist() == [0, 1, 0]


@pytest.mark.parametrize(
    ("formula", "family", "y", "says"),
    [
        ("y ~ x", "binomial", [0, 1, 2], "'y' has the value 2; a binomial response is 0 or 1"),
        ("y ~ x", "binomial", ["a", "b", "c"], "has 3 levels; a binomial response has two"),
        ("y ~ x", "poisson", [0, 1, 1.5], "'y' has the value 1.5; counts are whole numbers"),
        ("y ~ x", "poisson", [0, -1, 1], "'y' has the value -1; counts"),
        ("cbind(y, x) ~ 1", "binomial", [0, 0.5, 1], "'y' has the value 0.5; counts"),
        ("y ~ x", "poisson", ["a", "b", "c"], "holds text"),
        ("y ~ x", "binomial", [1, 1, 1], "constant"),
    ],
)
def test_a_response_that_a_family_cannot_have_is_refused(
    formula: str, family: str, y: list[Any], says: str
) -> None:
    with pytest.raises(DataError, match=says):
        with_outcome(read_formula(formula), {"y": y, "x": [1, 2, 3]}, family)


def test_cbind_belongs_to_the_binomial() -> None:
    node = read_formula("cbind(a, b) ~ 1").response
    with pytest.raises(FormulaError, match="family 'binomial'"):
        outcome_of(node, {"a": [1], "b": [2]}, "poisson")
