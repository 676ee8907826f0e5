"""The studentised range: the range of k independent normal means over an estimated deviation.

With W the range of k standard normals and s² an independent chi-square over its df (Tukey 1953;
Copenhaver & Holland 1988, J. Stat. Comput. Simul. 30:1, eq. (1) and (2)),

    P(W > w) = 1 - k integral of phi(z) (Phi(z + w) - Phi(z))^(k - 1) dz
    P(Q > q) = integral of the density of s times P(W > q s) ds.

Both are taken as integrals of tails, so that small probabilities keep their digits; k need not be
whole. Equidistant nodes have the integrals, both being smooth and negligible at their ends.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from ..arrays import Floats
from . import normal

HUGE = 1e7
"""From these degrees of freedom on the deviation counts as known: p moves by some 1e-6 p."""

WIDEST = 50.0
"""Of the range of normals; beyond, probabilities are below 1e-270."""

PANEL, DEGREE = 2.0, 24
"""Width of the pieces on which log P(W > w) is interpolated, and nodes on each."""

REACH, INNER = 8.5, 100
"""How far around -w/2 the inner integral goes, and how many nodes it has."""

OUTER = 320
"""Nodes of the outer integral."""

NEGLIGIBLE = 42.0
"""Logarithm of the share of the largest value below which the integrand is left out."""

MOST_STEPS = 100
CLOSE = 1e-11


def sf(q: float, k: float, df: float) -> float:
    """P(Q > q) for k means, about ten digits also where it is small.

    Parameters
    ----------
    q : the range over the estimated deviation of a mean
    k : number of means, from 1 on, not necessarily whole
    df : degrees of freedom of the deviation, positive; infinite where it is known

    Returns
    -------
    float in [0, 1], NaN if an argument is NaN or out of range
    """
    if not (k >= 1 and df > 0) or math.isnan(q):
        return math.nan
    if q <= 0 or k == 1:
        return 1.0 if q <= 0 else 0.0
    if df >= HUGE:
        return float(np.exp(_log_tail(np.array([q]), k)[0]))
    t = _nodes(q, k, df)
    return min(float(np.exp(_log_integrand(t, q, k, df)).sum() * (t[1] - t[0])), 1.0)


def cdf(q: float, k: float, df: float) -> float:
    """P(Q <= q)."""
    return 1 - sf(q, k, df)


def ppf(p: float, k: float, df: float) -> float:
    """The q with P(Q <= q) = p."""
    return isf(1 - p, k, df)


def isf(p: float, k: float, df: float) -> float:
    """The q with P(Q > q) = p, for p in (0, 1): false position on log P by log q."""
    if not (0 < p < 1 and k > 1 and df > 0):
        return math.nan
    goal = math.log(p)

    def above(x: float) -> float:
        return math.log(max(sf(math.exp(x), k, df), 1e-300)) - goal

    low, high = math.log(1e-3), math.log(4.0)
    while above(low) < 0:
        low -= 2
    while above(high) > 0:
        high += 1
    f_low, f_high = above(low), above(high)
    x, side = high, 0
    for _ in range(MOST_STEPS):
        x = (low * f_high - high * f_low) / (f_high - f_low)
        f = above(x)
        if abs(f) < CLOSE or high - low < CLOSE:
            break
        if f > 0:
            low, f_low = x, f
        else:
            high, f_high = x, f
        new = 1 if f > 0 else -1
        if new == side:  # the end that stays a second time counts half (Illinois)
            f_low, f_high = (f_low, f_high / 2) if new > 0 else (f_low / 2, f_high)
        side = new
    return math.exp(x)


def _log_integrand(t: Floats, q: float, k: float, df: float) -> Floats:
    """Log of the density of t = log s times P(W > q exp(t))."""
    half = df / 2
    constant = math.log(2) + half * math.log(half) - math.lgamma(half)
    density: Floats = constant + df * t - half * np.exp(2 * t)
    result: Floats = density + _log_tail(q * np.exp(t), k)
    return result


def _nodes(q: float, k: float, df: float) -> Floats:
    """Equidistant t that reach to where the integrand is negligible."""
    x = NEGLIGIBLE / df
    most = 1 + 2 * math.sqrt(x) + 2 * x  # of s² (Laurent & Massart 2000, Ann. Stat. 28:1302)
    low, high = -20.0, min(math.log(most) / 2, math.log(WIDEST / q))
    mode = low
    for _ in range(12):  # the integrand has one maximum
        grid = np.linspace(low, high, 21)
        best = int(np.argmax(_log_integrand(grid, q, k, df)))
        mode = float(grid[best])
        low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, 20)])

    def height(t: float) -> float:
        return float(_log_integrand(np.array([t]), q, k, df)[0])

    least, step = height(mode) - NEGLIGIBLE, 1 / math.sqrt(df + 1)
    ends = []
    for sign in (-1.0, 1.0):
        reach = step
        while height(mode + sign * reach) > least:
            reach *= 1.3
        ends.append(mode + sign * reach)
    return np.linspace(ends[0], ends[1], OUTER).astype(float)


def _log_tail(w: Floats, k: float) -> Floats:
    """Log P(W > w), shape of w; interpolated, and -1e4 beyond the widest."""
    result = np.full(w.shape, -1e4)
    inside = w < WIDEST
    panel = (w / PANEL).astype(int)
    for number in np.unique(panel[inside]).tolist():
        own = inside & (panel == number)
        result[own] = _interpolated(w[own], *_panel(k, number))
    return result


@lru_cache(maxsize=4096)
def _panel(k: float, number: int) -> tuple[Floats, Floats]:
    """Nodes of a panel, and log P(W > w) there."""
    w = PANEL * (number + 0.5 + 0.5 * _chebyshev())
    x = np.linspace(-REACH, REACH, INNER)
    z = -w[:, None] / 2 + x
    far, lower = normal.sf(z + w[:, None]), normal.sf(z)
    lost = -np.expm1((k - 1) * np.log1p(-np.minimum(far / lower, 1.0 - 1e-16)))
    terms = normal.pdf(z) * lower ** (k - 1) * lost
    return w, np.log(k * (x[1] - x[0]) * terms.sum(axis=1))


def _chebyshev() -> Floats:
    """Chebyshev's points of the second kind in [-1, 1]."""
    result: Floats = np.cos(np.pi * np.arange(DEGREE) / (DEGREE - 1))
    return result


def _interpolated(x: Floats, nodes: Floats, values: Floats) -> Floats:
    """The polynomial through the nodes, by the barycentric formula."""
    weight = (-1.0) ** np.arange(DEGREE)
    weight[[0, -1]] /= 2
    apart = x[:, None] - nodes
    exact = apart == 0
    share = weight / np.where(exact, 1.0, apart)
    found = (share @ values) / share.sum(axis=1)
    return np.where(exact.any(axis=1), values[exact.argmax(axis=1)], found)
