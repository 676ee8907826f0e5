"""Links of the binomial: both probabilities and how they change with the linear predictor.

With log p and log q of success and failure and their first two derivatives by eta the likelihood
of any link is the same formula, and the expected information of one trial is -(log p)'(log q)'.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.distributions import normal

FAR = 35.0
"""From here on the asymptotic series of Mills' ratio is exact to double precision."""

MILLS = (1.0, 1.0, -2.0, 10.0, -74.0, 706.0)
"""phi(x)/(1 - Phi(x)) = x + 1/x - 2/x³ + 10/x⁵ - … (from DLMF 7.12.1)."""

LARGEST_LOG = 700.0
"""The exponential of more is beyond double precision."""


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
    below, above = mills_ratio(-eta), mills_ratio(eta)
    success = Tail(_log_tail(-eta, below), below, -below * (below + eta))
    failure = Tail(_log_tail(eta, above), -above, -above * (above - eta))
    return success, failure


def cloglog(eta: Floats) -> tuple[Tail, Tail]:
    """Probability 1 - exp(-exp(eta))."""
    t = np.exp(np.clip(eta, -LARGEST_LOG, LARGEST_LOG))
    bounded = np.minimum(t, LARGEST_LOG)
    slope = bounded / np.expm1(bounded)
    success = Tail(np.log(-np.expm1(-t)), slope, slope * (1 - bounded - slope))
    return success, Tail(-t, -t, -t)


def mills_ratio(x: Floats) -> Floats:
    """The density of the standard normal over its upper tail at x."""
    far = x > FAR
    near = np.where(far, 0.0, x)
    ratio = normal.pdf(near) / normal.sf(near)
    if not np.any(far):
        return ratio
    z = np.where(far, x, FAR)
    powers = sum(c / z ** (2 * i - 1) for i, c in enumerate(MILLS))
    return np.where(far, powers, ratio)


def _log_tail(x: Floats, ratio: Floats) -> Floats:
    """Log of the upper tail of the standard normal at x, from Mills' ratio where that is safe."""
    above = np.maximum(x, 0.0)
    by_ratio = -0.5 * above**2 - 0.5 * math.log(2 * math.pi) - np.log(np.where(x > 0, ratio, 1.0))
    by_complement = np.log1p(-normal.sf(-np.minimum(x, 0.0)))
    return np.where(x > 0, by_ratio, by_complement)


TAILS: dict[str, Tails] = {"logit": logit, "probit": probit, "cloglog": cloglog}
