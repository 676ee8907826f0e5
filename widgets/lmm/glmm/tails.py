"""Links of the binomial: both probabilities and how they change with the linear predictor.

With log p and log q of success and failure and their first two derivatives by eta the likelihood
of any link is the same formula, and the expected information of one trial is -(log p)'(log q)'.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..distributions import normal
from ..families import LARGEST_LOG, exponential

FAR = 35.0
"""From here on the asymptotic series of Mills' ratio is exact to double precision."""

MILLS = (1.0, 1.0, -2.0, 10.0, -74.0, 706.0)
"""phi(x)/(1 - Phi(x)) = x + 1/x - 2/x³ + 10/x⁵ - … (from DLMF 7.12.1)."""

HALF_LOG_TWO_PI = 0.5 * math.log(2 * math.pi)


class Tail(NamedTuple):
    """Logarithm of a probability, its slope and its bend: derivatives by eta."""

    log: Floats
    slope: Floats
    bend: Floats


Tails = Callable[[Floats], tuple[Tail, Tail]]
"""From eta to success and failure."""


def logit(eta: Floats) -> tuple[Tail, Tail]:
    """Probability 1/(1 + exp(-eta))."""
    bounded = np.clip(eta, -LARGEST_LOG, LARGEST_LOG)
    p, q = 1 / (1 + np.exp(-bounded)), 1 / (1 + np.exp(bounded))
    bend = -p * q
    log_q = -np.logaddexp(0.0, bounded)
    return Tail(log_q + bounded, q, bend), Tail(log_q, -p, bend)


def probit(eta: Floats) -> tuple[Tail, Tail]:
    """Probability Phi(eta)."""
    x = np.abs(eta)
    tail = normal.sf(np.minimum(x, FAR))
    density = normal.pdf(np.minimum(x, FAR))
    small = np.where(x > FAR, _far_ratio(x), density / tail)
    log_small = -0.5 * x * x - HALF_LOG_TWO_PI - np.log(small)
    large = np.where(x > FAR, 0.0, density / (1 - tail))
    # the smaller probability and what is left, by x = |eta|
    less = Tail(log_small, -small, -small * (small - x))
    more = Tail(np.log1p(-tail), large, -large * (large + x))
    up = eta >= 0
    return _either(up, more, less), _either(up, less, more)


def _either(up: NDArray[np.bool_], first: Tail, second: Tail) -> Tail:
    """The first where eta is positive, the second (by -eta) elsewhere."""
    slope = np.where(up, first.slope, -second.slope)
    return Tail(np.where(up, first.log, second.log), slope, np.where(up, first.bend, second.bend))


def cloglog(eta: Floats) -> tuple[Tail, Tail]:
    """Probability 1 - exp(-exp(eta))."""
    t = exponential(eta)
    bounded = np.minimum(t, LARGEST_LOG)
    slope = bounded / np.expm1(bounded)
    success = Tail(np.log(-np.expm1(-t)), slope, slope * (1 - bounded - slope))
    return success, Tail(-t, -t, -t)


def _far_ratio(x: Floats) -> Floats:
    """The density of the standard normal over its upper tail, for x beyond ``FAR``."""
    z = np.maximum(x, FAR)
    ratio = np.zeros_like(z)
    for i, c in enumerate(MILLS):
        ratio = ratio + c / z ** (2 * i - 1)
    return ratio


TAILS: dict[str, Tails] = {"logit": logit, "probit": probit, "cloglog": cloglog}
