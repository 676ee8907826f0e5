"""The logarithm of the gamma function and its first three derivatives, for positive arguments.

Abramowitz & Stegun (1972), 6.1.41, 6.3.18, 6.4.11: asymptotic series, from 10 on; below it by
recurrence. Relative accuracy about 1e-14.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ..arrays import Floats

FAR = 10
"""From here on the series is exact to double precision."""

BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6)
"""B_2, B_4, …"""


class LogGamma(NamedTuple):
    """Log gamma and its derivatives: digamma, trigamma, tetragamma."""

    value: Floats
    first: Floats
    second: Floats
    third: Floats


def log_gamma(x: Floats) -> LogGamma:
    """All four at x > 0, shapes of x."""
    x = np.asarray(x, dtype=float)
    near = x < FAR
    if not np.any(near):
        return _far(x)
    if np.all(near):
        return _near(x)
    found = [np.empty_like(x) for _ in range(4)]
    for rows, parts in ((near, _near(x[near])), (~near, _far(x[~near]))):
        for one, part in zip(found, parts, strict=True):
            one[rows] = part
    return LogGamma(*found)


def _near(x: Floats) -> LogGamma:
    """By recurrence from the series at x + FAR."""
    product = x.copy()
    inverse = 1 / x
    first, second, third = inverse.copy(), inverse**2, inverse**3
    for k in range(1, FAR):
        z = x + k
        inverse = 1 / z
        product *= z
        square = inverse * inverse
        first += inverse
        second += square
        third += square * inverse
    far = _far(x + FAR)
    return LogGamma(
        far.value - np.log(product), far.first - first, far.second + second, far.third - 2 * third
    )


def _far(z: Floats) -> LogGamma:
    """The series at z >= FAR."""
    r, log = 1 / z, np.log(z)
    r2 = r * r
    value = (z - 0.5) * log - z + 0.5 * math.log(2 * math.pi)
    one, two, three = log - 0.5 * r, r + 0.5 * r2, -r2 - r2 * r
    power = r
    for k, b in enumerate(BERNOULLI, 1):
        m = 2 * k
        value = value + b * power / (m * (m - 1))
        one = one - b * power * r / m
        two = two + b * power * r2
        three = three - (m + 1) * b * power * r2 * r
        power = power * r2
    return LogGamma(value, one, two, three)
