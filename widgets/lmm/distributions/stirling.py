"""The error of Stirling's formula, from which gamma and beta densities follow without cancellation.

Loader, C. (2000). *Fast and accurate computation of binomial probabilities*.
"""

from __future__ import annotations

import math

import numpy as np

from ..arrays import Floats

LARGE = 10
"""From here on the asymptotic series has full double precision."""

SHIFTS = np.arange(float(LARGE))

BERNOULLI = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
"""Coefficients of 1/x, 1/x³, … in the asymptotic series (DLMF 5.11.1)."""

NEAR = 0.1
"""Where the plain formula for the deviance would lose digits."""

ODD = tuple(1 / (2 * k + 1) for k in range(8, 0, -1))
"""Coefficients of artanh beyond the first, highest power first, as many as NEAR needs."""


def stirling_error(x: Floats) -> Floats:
    """Log gamma(x) minus ((x - 1/2) log x - x + log(2 pi)/2).

    Parameters
    ----------
    x : array, any shape
        Positive.

    Returns
    -------
    array of the same shape, absolute accuracy about 1e-14
    """
    x = np.asarray(x, dtype=float)
    small = x < LARGE
    shifted = np.where(small, x + LARGE, x)
    inverse = 1 / shifted
    square = inverse * inverse
    total = np.zeros_like(x)
    for coefficient in reversed(BERNOULLI):
        total = total * square + coefficient
    total = total * inverse
    if not np.any(small):
        return total
    # gamma(x) = gamma(x + 10) / (x (x + 1) … (x + 9))
    product = np.prod(np.where(small, x, 1.0)[..., None] + SHIFTS, axis=-1)
    between = (shifted - 0.5) * np.log(shifted) - (x - 0.5) * np.log(x) - LARGE
    return np.where(small, total + between - np.log(product), total)


def log_ratio_deviance(value: Floats, mean: Floats) -> Floats:
    """``value log(value/mean) + mean - value`` without cancellation near ``value == mean``.

    Both arguments are arrays that broadcast, ``value`` positive, ``mean`` not negative.
    """
    value, mean = np.broadcast_arrays(value, mean)
    difference = (value - mean) / (value + mean)
    plain = value * np.log(value / np.where(mean > 0, mean, value)) + mean - value
    plain = np.where(mean > 0, plain, math.inf)
    near = np.abs(difference) < NEAR
    if not np.any(near):
        return plain
    v = np.where(near, difference, 0.0)
    # log(value/mean) = 2 artanh(v); the odd powers beyond the first are summed
    series, square = np.zeros_like(v), v * v
    for coefficient in ODD:
        series = (series + coefficient) * square
    return np.where(near, (value - mean) * v + 2 * value * v * series, plain)
