"""How often the tests of a two-arm plan reject, by formula."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from ..arrays import Floats
from ..distributions import noncentral_t, normal
from ..distributions import t as student
from ..distributions.quadratic_form import positive_probability

GRID = (160, 64)
"""Points of the trapezoidal rules over the mean squares between and within units. Errors are below
1e-6, and with fewer than five degrees of freedom in either below 5e-5: the bound has a kink where
the mean squares are equal."""

LOG_SMALL = 37.0
FAR = 9.0
"""Ends of the rule: the density has fallen below the last digit there."""


def t_power(delta: float, df: float, alpha: float) -> float:
    """P(|T| > t_{df, 1 − α/2}) for T noncentral with ``delta`` and ``df``; 1 if delta is infinite.

    Parameters
    ----------
    delta : noncentrality, of either sign
    df : degrees of freedom, at least 1
    alpha : of the two-sided test, in (0, 1)
    """
    if math.isinf(delta):
        return 1.0
    critical = critical_t(alpha, df)
    above, below = noncentral_t.sf([critical, critical], df, [delta, -delta])
    return float(min(1.0, above + below))


def mixed_power(
    delta: float,
    df: int,
    df_within: float,
    ratio: float,
    alpha: float,
    grid: tuple[int, int] = GRID,
) -> float:
    """Power of the mixed model with units of equal size, whose variance cannot be negative.

    Where the mean square between units is below the one within, REML puts the variance between
    units to zero; the standard error is then that of the pooled mean square, while the degrees of
    freedom of Kenward and Roger stay those between units.

    Parameters
    ----------
    delta : noncentrality of the t test on the units' means
    df, df_within : degrees of freedom between and within units
    ratio : σ_w² / (σ_w² + m σ_b²), the mean squares' ratio of expectations, in [0, 1]
    alpha : of the two-sided test
    grid : points of the rules over the mean squares between and within units
    """
    if df_within <= 0 or ratio == 0 or math.isinf(delta):
        return t_power(delta, df, alpha)
    critical = critical_t(alpha, df)
    between, density = log_chi2_rule(df, grid[0])
    within, density_within = log_chi2_rule(df_within, grid[1])
    pooled = (between[:, None] + ratio * within) / (df + df_within)
    bound = critical * np.sqrt(np.maximum(between[:, None] / df, pooled))
    rejected = normal.sf_tabulated(bound - delta) + normal.sf_tabulated(bound + delta)
    return float(density @ rejected @ density_within)


@lru_cache(maxsize=1024)
def critical_t(alpha: float, df: float) -> float:
    """The bound of a two-sided t test."""
    return float(student.isf(alpha / 2, df))


@lru_cache(maxsize=4096)
def log_chi2_rule(
    df: float, points: int, small: float = LOG_SMALL, far: float = FAR
) -> tuple[Floats, Floats]:
    """Values of a chi-squared variable and their probabilities: the trapezoidal rule in its log.

    Parameters
    ----------
    df : degrees of freedom, above 0
    points : number of values
    small, far : where the rule ends, as minus the log of the density that is left out and in
        standard deviations
    """
    a = df / 2
    low = -max(small / a, far / math.sqrt(a))
    high = math.log1p(far / math.sqrt(a) + small / a)
    z = np.linspace(low, high, points)
    weight = np.exp(a * (z - np.expm1(z)))
    values, probabilities = df * np.exp(z), weight / weight.sum()
    for kept in (values, probabilities):
        kept.flags.writeable = False
    return values, probabilities


def naive_power(
    lead: float, delta: float, error: tuple[tuple[float, float], ...], rows: float, alpha: float
) -> float:
    """Share of rejections by the t test on rows as if they were independent.

    Parameters
    ----------
    lead : variance that the square of the difference is scaled by
    delta : expected difference in units of its standard deviation
    error : weights and degrees of freedom of the chi-squared parts of the error sum of squares
    rows : number of rows N
    alpha : of the two-sided test

    Notes
    -----
    P(lead χ²₁(δ²) > F_{1, N−2, 1−α} / (N − 2) · Σ w_k χ²(df_k)), by Imhof's integral.
    """
    critical = critical_t(alpha, rows - 2) ** 2 / (rows - 2)
    weights = [lead, *(-critical * weight for weight, _ in error)]
    df = [1.0, *(df for _, df in error)]
    return positive_probability(weights, df, [delta**2, *(0.0 for _ in error)])
