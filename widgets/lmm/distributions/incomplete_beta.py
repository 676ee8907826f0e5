"""The regularised incomplete beta function, from which t and F probabilities follow."""

from __future__ import annotations

import math

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.distributions.stirling import log_ratio_deviance, stirling_error

MOST_STEPS = 20_000
TINY = 1e-300
EPSILON = 2e-15


def beta_tails(x: Floats, y: Floats, a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """I_x(a, b) and its complement, each accurate in its own tail.

    Parameters
    ----------
    x, y : arrays, equal shapes
        In [0, 1] with ``x + y == 1``; both are given because the smaller one carries the digits.
    a, b : arrays of that shape
        Positive, any size.

    Returns
    -------
    lower, upper : arrays
        Relative accuracy about 1e-13 where they do not underflow.

    Notes
    -----
    Continued fraction DLMF 8.17.22, on the side where it converges fast.
    """
    x, y, a, b = np.broadcast_arrays(x, y, a, b)
    left = x * (a + b + 2) <= a + 1
    p, q = np.where(left, x, y), np.where(left, y, x)
    c, d = np.where(left, a, b), np.where(left, b, a)
    near = np.where(p > 0, beta_density(p, q, c, d) * q / c * _fraction(p, c, d), 0.0)
    return np.where(left, near, 1 - near), np.where(left, 1 - near, near)


def beta_density(x: Floats, y: Floats, a: Floats, b: Floats) -> Floats:
    """``x**a * y**(b-1) / B(a, b)``: the density of the beta distribution times ``x``."""
    n = a + b
    exponent = (
        stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - log_ratio_deviance(a, n * x)
        - log_ratio_deviance(b, n * y)
    )
    density: Floats = np.exp(exponent) * np.sqrt(a * b / (n * 2 * math.pi))
    safe: Floats = np.where(y > 0, y, TINY)
    result: Floats = density / safe
    return result


def _fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    """The continued fraction, by Lentz's method as modified by Thompson and Barnett."""
    d = _guard(1.0 - (a + b) * x / (a + 1))
    c = np.ones_like(d)
    d = 1 / d
    value = d.copy()
    for m in range(1, MOST_STEPS):
        previous = value
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _guard(1 + numerator * d)
            c = _guard(1 + numerator / c)
            value = value * (c * d)
        if not np.any(np.abs(value - previous) > EPSILON * np.abs(value)):
            break
    return value


def _guard(denominator: Floats) -> Floats:
    return np.where(np.abs(denominator) < TINY, TINY, denominator)
