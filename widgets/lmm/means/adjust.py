"""p-values and intervals of several contrasts at once.

Tukey (1953) by the studentised range; Šidák (1967, J. Am. Stat. Assoc. 62:626); Bonferroni; Holm
(1979, Scand. J. Stat. 6:65), whose intervals are Bonferroni's; and "dunnettx", the approximation of
R's emmeans to Dunnett's test, P(max |T| > t) = w P(Q > sqrt(2) t) + (1 - w)(1 - P(|T| <= t)^n) with
Q the studentised range of (1 + sqrt(1 + 8 n))/2 means and w = (n - 1)/n.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import numpy as np

from ..arrays import Floats
from ..distributions import studentised_range
from ..distributions import t as student

Adjust = Literal["tukey", "holm", "bonferroni", "sidak", "none", "dunnettx"]

ADJUSTMENTS = ("tukey", "holm", "bonferroni", "sidak", "none", "dunnettx")

CLOSE = 1e-10


def adjusted(p: Floats, t: Floats, df: Floats, adjust: Adjust, means: int) -> Floats:
    """The adjusted p-values of n contrasts, shape (n,).

    Parameters
    ----------
    p, t, df : of each contrast by itself, shape (n,)
    means : how many means are compared, for Tukey
    """
    n = len(p)
    if adjust in {"tukey", "dunnettx"}:
        tail = _tail(adjust, n, means)
        return np.array([tail(abs(one), nu) for one, nu in zip(t, df, strict=True)])
    if adjust == "bonferroni":
        return np.minimum(n * p, 1.0)
    if adjust == "sidak":
        sidak: Floats = -np.expm1(n * np.log1p(-np.minimum(p, 1 - 1e-16)))
        return sidak
    if adjust == "holm":
        order = np.argsort(p, kind="stable")
        result = np.empty(n)
        result[order] = np.minimum(np.maximum.accumulate((n - np.arange(n)) * p[order]), 1.0)
        return result
    return p


def quantiles(df: Floats, level: float, adjust: Adjust, n: int, means: int) -> Floats:
    """How many standard errors an interval reaches to each side, shape of ``df``."""
    rounded = tuple(round(float(nu), 10) for nu in df)
    found = {nu: _quantile(nu, level, adjust, n, means) for nu in dict.fromkeys(rounded)}
    return np.array([found[nu] for nu in rounded])


@lru_cache(maxsize=1024)
def _quantile(df: float, level: float, adjust: Adjust, n: int, means: int) -> float:
    if math.isnan(df):
        return math.nan
    if adjust == "tukey" and means > 2:  # noqa: PLR2004  two means have Student's t
        return studentised_range.isf(1 - level, means, df) / math.sqrt(2)
    upper = (1 - level) / 2
    if adjust in {"bonferroni", "holm"}:
        upper /= n
    elif adjust == "sidak":
        upper = -math.expm1(math.log(level) / n) / 2
    bound = float(student.isf(upper, df))
    if adjust != "dunnettx" or n == 1:
        return bound
    return _root(_tail(adjust, n, means), df, 1 - level, bound)


def _root(tail: Callable[[float, float], float], df: float, goal: float, start: float) -> float:
    """The t with the given tail, by bisection and secant steps on its logarithm."""
    low, high = start, start * 1.2
    while tail(high, df) > goal:
        low, high = high, high * 1.3
    f_low, f_high = (math.log(tail(x, df) / goal) for x in (low, high))
    for _ in range(60):
        x = low + (high - low) * f_low / (f_low - f_high)
        if not low < x < high:
            x = (low + high) / 2
        f = math.log(tail(x, df) / goal)
        if abs(f) < CLOSE:
            return x
        if f > 0:
            low, f_low = x, f
        else:
            high, f_high = x, f
    return (low + high) / 2


def _tail(adjust: str, n: int, means: int) -> Callable[[float, float], float]:
    """P(max |T| > t) by t and df."""
    k = means if adjust == "tukey" else (1 + math.sqrt(1 + 8 * n)) / 2

    def alone(t: float, df: float) -> float:
        return float(student.two_sided(t, df))

    def tukey(t: float, df: float) -> float:
        return studentised_range.sf(math.sqrt(2) * t, k, df) if k > 2 else alone(t, df)  # noqa: PLR2004

    def dunnett(t: float, df: float) -> float:
        w = (n - 1) / n
        rest = -math.expm1(n * math.log1p(-min(alone(t, df), 1 - 1e-16)))
        return w * tukey(t, df) + (1 - w) * rest

    return tukey if adjust == "tukey" else dunnett
