"""The chi-square distribution with any positive degrees of freedom."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Floats
from .incomplete_gamma import gamma_tails
from .quantile import Tails, positive_quantile, positive_quantile_of_tail


def cdf(x: ArrayLike, df: ArrayLike) -> Floats:
    """P(X <= x)."""
    return _tails(x, df)[0]


def sf(x: ArrayLike, df: ArrayLike) -> Floats:
    """P(X > x), accurate in the tail.

    Parameters
    ----------
    x, df : array-like that broadcast
        ``df`` positive, not necessarily whole; NaN where it is not positive.
    """
    return _tails(x, df)[1]


def ppf(q: ArrayLike, df: ArrayLike) -> Floats:
    """The x with P(X <= x) = q."""
    q, k = np.broadcast_arrays(np.asarray(q, dtype=float), np.asarray(df, dtype=float))
    return positive_quantile(q, lambda x: _tails(x, k), k)


def isf(q: ArrayLike, df: ArrayLike) -> Floats:
    """The x with P(X > x) = q, accurate for small ``q``."""
    q, k = np.broadcast_arrays(np.asarray(q, dtype=float), np.asarray(df, dtype=float))
    return positive_quantile_of_tail(q, lambda x: _tails(x, k), k)


def _tails(x: ArrayLike, df: ArrayLike) -> Tails:
    """Lower and upper tail, and the derivative of the lower one by log x."""
    x, k = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(df, dtype=float))
    valid = (k > 0) & ~np.isnan(x)
    finite = np.isfinite(x)
    safe = np.where(valid & finite, np.maximum(x, 0.0), 0.0)
    lower, upper, slope = gamma_tails(np.where(valid, k, 1.0) / 2, safe / 2)
    lower, upper = np.where(finite | (x < 0), lower, 1.0), np.where(finite | (x < 0), upper, 0.0)
    return np.where(valid, lower, np.nan), np.where(valid, upper, np.nan), slope
