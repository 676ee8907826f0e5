"""Student's t distribution with any positive degrees of freedom (``inf`` is the normal)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Floats
from . import normal
from .incomplete_beta import beta_tails
from .quantile import Tails, positive_quantile_of_tail

HUGE = 1e12
"""From here on t and normal probabilities agree to double precision for any usual t."""


def cdf(t: ArrayLike, df: ArrayLike) -> Floats:
    """P(T <= t)."""
    return sf(-np.asarray(t, dtype=float), df)


def sf(t: ArrayLike, df: ArrayLike) -> Floats:
    """P(T > t), accurate in the tail.

    Parameters
    ----------
    t, df : array-like that broadcast
        ``df`` positive, not necessarily whole; NaN where it is not positive.
    """
    t, df = np.broadcast_arrays(np.asarray(t, dtype=float), np.asarray(df, dtype=float))
    half = 0.5 * two_sided(t, df)
    return np.where(t >= 0, half, 1 - half)


def two_sided(t: ArrayLike, df: ArrayLike) -> Floats:
    """P(T < -|t| or T > |t|), the usual p-value."""
    t, df = np.broadcast_arrays(np.asarray(t, dtype=float), np.asarray(df, dtype=float))
    valid = (df > 0) & ~np.isnan(t)
    finite = valid & (df < HUGE) & np.isfinite(t)
    nu, square = np.where(finite, df, 1.0), np.where(finite, t, 0.0) ** 2
    p, _, _ = beta_tails(nu / (nu + square), square / (nu + square), nu / 2, np.full_like(nu, 0.5))
    if not np.all(finite):
        p = np.where(finite, p, 2 * normal.sf(np.abs(np.where(valid, t, 0.0))))
    return np.where(valid, p, np.nan)


def ppf(q: ArrayLike, df: ArrayLike) -> Floats:
    """The t with P(T <= t) = q."""
    q = np.asarray(q, dtype=float)
    return np.where(q <= 0.5, -isf(q, df), isf(1 - q, df))  # noqa: PLR2004  the median


def isf(q: ArrayLike, df: ArrayLike) -> Floats:
    """The t with P(T > t) = q, accurate for small ``q``."""
    q, df = np.broadcast_arrays(np.asarray(q, dtype=float), np.asarray(df, dtype=float))
    valid, finite = df > 0, (df > 0) & (df < HUGE)
    nu = np.where(finite, df, 1.0)
    upper = np.minimum(q, 1 - q)
    z = normal.isf(upper)

    def tails(t: Floats) -> Tails:
        s = nu + t * t
        outer, inner, weight = beta_tails(nu / s, t * t / s, nu / 2, np.full_like(nu, 0.5))
        return inner, outer, 2 * weight

    t = positive_quantile_of_tail(2.0 * upper, tails, _near(np.where(upper > 0, z, 1.0), nu))
    t = np.where(finite, t, z)
    return np.where(valid, np.where(q > 0.5, -t, t), np.nan)  # noqa: PLR2004  the median


def _near(z: Floats, nu: Floats) -> Floats:
    """A value near the t with the upper tail of z, to start from (Abramowitz & Stegun 26.7.5)."""
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    expanded = z + sum(term / nu**k for k, term in enumerate(terms, 1))
    return np.maximum(np.where(nu > z * z, expanded, z), 0.1)
