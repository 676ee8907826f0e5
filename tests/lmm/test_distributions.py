"""Normal, t, F and chi-square against scipy, into the far tails and for any degrees of freedom."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import scipy.stats

from widgets.lmm.distributions import chi2, f, normal, t

DF = np.array([0.3, 1, 1.5, 2, 3.7, 10, 28.4, 150, 1000.5, 7998])[:, None]
X = np.array([0.05, 0.5, 1, 2, 5, 12, 40, 300.0])[None]
Q = np.array([1e-30, 1e-12, 1e-5, 0.01, 0.025, 0.2, 0.4, 0.6, 0.9, 0.975, 0.9999])


def differs(mine: Any, theirs: Any) -> float:  # noqa: ANN401
    """The largest relative difference where scipy's number does not underflow."""
    a, b = np.broadcast_arrays(mine, theirs)
    kept = np.abs(b) > 1e-280
    return float(np.max(np.abs(a[kept] / b[kept] - 1)))


def test_the_normal_distribution_is_scipys() -> None:
    z = np.linspace(-37, 37, 75)
    assert differs(normal.sf(z), scipy.stats.norm.sf(z)) < 1e-12
    assert differs(normal.cdf(z), scipy.stats.norm.cdf(z)) < 1e-12
    assert differs(normal.ppf(Q), scipy.stats.norm.ppf(Q)) < 1e-12
    assert normal.isf(1e-300) == pytest.approx(scipy.stats.norm.isf(1e-300), rel=1e-12)


def test_the_t_distribution_is_scipys() -> None:
    assert differs(t.sf(X, DF), scipy.stats.t.sf(X, DF)) < 1e-11
    assert differs(t.cdf(X, DF), scipy.stats.t.cdf(X, DF)) < 1e-11
    assert differs(t.two_sided(-X, DF), 2 * scipy.stats.t.sf(X, DF)) < 1e-11


def test_the_f_distribution_is_scipys() -> None:
    for numerator in (1, 2, 5.5, 40):
        # scipy itself is off by 1e-11 at 1000 degrees of freedom and more
        assert differs(f.sf(X, numerator, DF), scipy.stats.f.sf(X, numerator, DF)) < 1e-10
        assert differs(f.cdf(X, numerator, DF), scipy.stats.f.cdf(X, numerator, DF)) < 1e-10


def test_the_chi_square_distribution_is_scipys() -> None:
    x = np.concatenate([X, 50 * X], axis=1)
    assert differs(chi2.sf(x, DF), scipy.stats.chi2.sf(x, DF)) < 1e-11
    assert differs(chi2.cdf(x, DF), scipy.stats.chi2.cdf(x, DF)) < 1e-11


@pytest.mark.parametrize("df", [0.7, 1.0, 4.0, 33.3, 2000.0])
def test_quantiles_lead_back_to_their_probabilities(df: float) -> None:
    for quantile, below, above in (
        (t.ppf(Q, df), t.cdf, t.sf),
        (chi2.ppf(Q, df), chi2.cdf, chi2.sf),
    ):
        lower = Q <= 0.5
        assert differs(below(quantile[lower], df), Q[lower]) < 1e-10
        assert differs(above(quantile[~lower], df), 1 - Q[~lower]) < 1e-10


def test_f_quantiles_lead_back_to_their_probabilities() -> None:
    for numerator, denominator in ((1.0, 4.0), (3.0, 1.0), (7.5, 120.0)):
        upper = f.isf(Q, numerator, denominator)
        lower = Q <= 0.5
        assert differs(f.sf(upper[lower], numerator, denominator), Q[lower]) < 1e-10


def test_published_percentage_points_are_met() -> None:
    assert float(t.ppf(0.975, 4)) == pytest.approx(2.7764451051977987, rel=1e-13)
    assert float(t.ppf(0.975, 1)) == pytest.approx(math.tan(0.475 * math.pi), rel=1e-12)
    assert float(chi2.isf(0.05, 1)) == pytest.approx(3.841458820694124, rel=1e-13)
    assert float(f.isf(0.05, 2, 10)) == pytest.approx(4.102821015128888, rel=1e-12)


def test_the_t_distribution_with_infinite_degrees_of_freedom_is_normal() -> None:
    assert float(t.sf(1.96, math.inf)) == float(normal.sf(1.96))
    assert float(t.ppf(0.975, math.inf)) == pytest.approx(float(normal.ppf(0.975)), rel=1e-14)


def test_impossible_degrees_of_freedom_give_nan() -> None:
    assert np.isnan(t.sf(1.0, -1.0))
    assert np.isnan(f.sf(1.0, 2.0, 0.0))
    assert np.isnan(chi2.sf(1.0, -2.0))
