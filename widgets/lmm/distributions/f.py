"""Fisher's F distribution with any positive degrees of freedom (denominator ``inf`` allowed)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Floats
from . import chi2
from .incomplete_beta import beta_tails
from .quantile import Tails, positive_quantile, positive_quantile_of_tail

HUGE = 1e12


def cdf(x: ArrayLike, df1: ArrayLike, df2: ArrayLike) -> Floats:
    """P(F <= x)."""
    return _tails(x, df1, df2)[0]


def sf(x: ArrayLike, df1: ArrayLike, df2: ArrayLike) -> Floats:
    """P(F > x), accurate in the tail.

    Parameters
    ----------
    x, df1, df2 : array-like that broadcast
        Degrees of freedom positive, not necessarily whole; NaN where they are not positive.
    """
    return _tails(x, df1, df2)[1]


def ppf(q: ArrayLike, df1: ArrayLike, df2: ArrayLike) -> Floats:
    """The x with P(F <= x) = q."""
    q, m, n = _arrays(q, df1, df2)
    return positive_quantile(q, lambda x: _tails(x, m, n), np.ones_like(m))


def isf(q: ArrayLike, df1: ArrayLike, df2: ArrayLike) -> Floats:
    """The x with P(F > x) = q, accurate for small ``q``."""
    q, m, n = _arrays(q, df1, df2)
    return positive_quantile_of_tail(q, lambda x: _tails(x, m, n), np.ones_like(m))


def _arrays(x: ArrayLike, df1: ArrayLike, df2: ArrayLike) -> tuple[Floats, Floats, Floats]:
    x, m, n = np.broadcast_arrays(*(np.asarray(v, dtype=float) for v in (x, df1, df2)))
    return x, m, np.minimum(n, HUGE)


def _tails(x: ArrayLike, df1: ArrayLike, df2: ArrayLike) -> Tails:
    """Lower and upper tail, and the derivative of the lower one by log x."""
    x, m, n = _arrays(x, df1, df2)
    valid = (m > 0) & (n > 0) & ~np.isnan(x)
    m, n = np.where(valid, m, 1.0), np.where(valid, n, 1.0)
    finite = np.isfinite(x)
    x = np.where(valid & finite, np.maximum(x, 0.0), 0.0)
    s = n + m * x
    lower, upper, slope = beta_tails(m * x / s, n / s, m / 2, n / 2)
    lower, upper = np.where(finite, lower, 1.0), np.where(finite, upper, 0.0)
    if np.any(n >= HUGE):
        limit = n >= HUGE
        lower = np.where(limit, chi2.cdf(x * m, m), lower)
        upper = np.where(limit, chi2.sf(x * m, m), upper)
    return np.where(valid, lower, np.nan), np.where(valid, upper, np.nan), slope
