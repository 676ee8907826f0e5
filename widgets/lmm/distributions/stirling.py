"""The error of Stirling's formula, from which gamma and beta densities follow without cancellation.

Loader, C. (2000). *Fast and accurate computation of binomial probabilities*.
"""

from __future__ import annotations

import math

import numpy as np

from widgets.lmm.arrays import Floats

LARGE = 16.0
"""From here on the asymptotic series has full double precision."""
SHIFTS = np.arange(LARGE)

BERNOULLI = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
"""Coefficients of 1/x, 1/x³, … in the asymptotic series (DLMF 5.11.1)."""


def stirling_error(x: Floats) -> Floats:
    """Log gamma(x) minus ((x - 1/2) log x - x + log(2 pi)/2).

    Parameters
    ----------
    x : array, any shape
        Positive.

    Returns
    -------
    array of the same shape, relative accuracy about 1e-14
    """
    x = np.asarray(x, dtype=float)
    small = x < LARGE
    total, shifted = np.zeros_like(x), x
    if np.any(small):
        # delta(x) = delta(x + 1) + (x + 1/2) log(1 + 1/x) - 1, from gamma(x + 1) = x gamma(x)
        steps = np.where(small, x, LARGE)[..., np.newaxis] + SHIFTS
        added = ((steps + 0.5) * np.log1p(1 / steps) - 1).sum(axis=-1)
        total, shifted = np.where(small, added, 0.0), np.where(small, x + LARGE, x)
    power = 1 / shifted
    inverse_square = power * power
    for coefficient in BERNOULLI:
        total = total + coefficient * power
        power = power * inverse_square
    return total


def log_ratio_deviance(value: Floats, mean: Floats) -> Floats:
    """``value log(value/mean) + mean - value`` without cancellation near ``value == mean``.

    Both arguments are arrays that broadcast, ``value`` positive, ``mean`` not negative.
    """
    value, mean = np.broadcast_arrays(value, mean)
    difference = (value - mean) / (value + mean)
    near = np.abs(difference) < 0.1  # noqa: PLR2004  beyond it, the plain formula loses nothing
    plain = value * np.log(value / np.where(mean > 0, mean, value)) + mean - value
    plain = np.where(mean > 0, plain, math.inf)
    v = np.where(near, difference, 0.0)
    # log(value/mean) = 2 artanh(v); the odd powers beyond the first are summed
    series = np.zeros_like(v)
    power = 2 * value * v
    for k in range(1, 12):
        power = power * v * v
        series += power / (2 * k + 1)
    return np.where(near, (value - mean) * v + series, plain)
