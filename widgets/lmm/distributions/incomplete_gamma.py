"""The regularised incomplete gamma functions, from which chi-square probabilities follow."""

from __future__ import annotations

import math

import numpy as np

from ..arrays import Floats
from .stirling import log_ratio_deviance, stirling_error

MOST_STEPS = 20_000
TINY = 1e-300
EPSILON = 2e-15


def gamma_tails(a: Floats, x: Floats) -> tuple[Floats, Floats, Floats]:
    """P(a, x) and Q(a, x) = 1 - P, each accurate in its own tail, and x^a e^-x / gamma(a).

    Parameters
    ----------
    a, x : arrays, equal shapes
        ``a`` positive, ``x`` not negative.

    Returns
    -------
    lower, upper : arrays
    weight : array
        The derivative of the lower tail by log x.

    Notes
    -----
    Series DLMF 8.7.1 below ``x = a + 1``, continued fraction DLMF 8.9.2 above.
    """
    a, x = np.broadcast_arrays(a, x)
    below = x < a + 1
    weight = _weight(a, x)
    series = weight / a * _series(a, np.where(below, x, 0.0))
    fraction = weight * _fraction(a, np.where(below, a + 1, x))
    return np.where(below, series, 1 - fraction), np.where(below, 1 - series, fraction), weight


def _weight(a: Floats, x: Floats) -> Floats:
    """``x**a * exp(-x) / gamma(a)``, from Stirling's formula without cancellation."""
    exponent = -stirling_error(a) - log_ratio_deviance(a, x)
    result: Floats = np.exp(exponent) * np.sqrt(a / (2 * math.pi))
    return result


def _series(a: Floats, x: Floats) -> Floats:
    term = np.ones_like(x)
    total = term
    for n in range(1, MOST_STEPS):
        term = term * x / (a + n)
        total = total + term
        if not np.any(term > EPSILON * total):
            break
    return total


def _fraction(a: Floats, x: Floats) -> Floats:
    """``1/(x+1-a- 1(1-a)/(x+3-a- …))`` by the modified method of Lentz."""
    b = x + 1 - a
    c = np.full_like(b, 1 / TINY)
    d = 1 / _guard(b)
    value = d
    for n in range(1, MOST_STEPS):
        numerator = -n * (n - a)
        b = b + 2
        d = 1 / _guard(numerator * d + b)
        c = _guard(b + numerator / c)
        step = c * d
        value = value * step
        if not np.any(np.abs(step - 1) > EPSILON):
            break
    return value


def _guard(denominator: Floats) -> Floats:
    return np.where(np.abs(denominator) < TINY, TINY, denominator)
