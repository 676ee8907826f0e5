"""The regularised incomplete beta function, from which t and F probabilities follow."""

from __future__ import annotations

import math

import numpy as np

from ..arrays import Floats
from .stirling import log_ratio_deviance, stirling_error

MOST_STEPS = 20_000
EPSILON = 1e-15


def beta_tails(x: Floats, y: Floats, a: Floats, b: Floats) -> tuple[Floats, Floats, Floats]:
    """I_x(a, b) and its complement, each accurate in its own tail, and x^a y^b / B(a, b).

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
    weight : array
        The derivative of the lower tail by log(x/y).

    Notes
    -----
    Continued fraction DLMF 8.17.22, on the side where it converges fast.
    """
    x, y, a, b = np.broadcast_arrays(x, y, a, b)
    weight = _weight(x, y, a, b)
    left = x * (a + b + 2) <= a + 1
    p, c, d = np.where(left, x, y), np.where(left, a, b), np.where(left, b, a)
    near = weight / c * _fraction(p, c, d)
    return np.where(left, near, 1 - near), np.where(left, 1 - near, near), weight


def _weight(x: Floats, y: Floats, a: Floats, b: Floats) -> Floats:
    """``x**a * y**b / B(a, b)``, from Stirling's formula without cancellation."""
    n = a + b
    of_n, of_a, of_b = stirling_error(np.stack([n, a, b]))
    by_a, by_b = log_ratio_deviance(np.stack([a, b]), np.stack([n * x, n * y]))
    result: Floats = np.exp(of_n - of_a - of_b - by_a - by_b) * np.sqrt(a * b / (n * 2 * math.pi))
    return result


def _fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    """The continued fraction 1/(1 + d1/(1 + d2/(1 + …))), its even part by Steed's method."""
    odd = -(a + b) * x / (a + 1)
    inverse = 1 / (1 + odd)
    step = value = inverse
    for m in range(1, MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        numerator = -odd * even
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        denominator = 1 + even + odd
        inverse = 1 / (denominator + numerator * inverse)
        step = step * (denominator * inverse - 1)
        value = value + step
        if not np.any(np.abs(step) > EPSILON * np.abs(value)):
            break
    return value
