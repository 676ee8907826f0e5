"""Tweedie distributions with a power between 1 and 2: gamma amounts, Poisson many of them.

Dunn, P. K. & Smyth, G. K. (2005). Stat. Comput. 15:267, eq. (6)-(8): the part of the density that
does not depend on the mean is a series W = sum over j of z^j/(j! Gamma(-alpha j)),
alpha = (2 - p)/(1 - p).
"""

from __future__ import annotations

import numpy as np

from ..arrays import Floats
from ..distributions.polygamma import log_gamma
from .densities import tweedie_mean_part
from .taylor import Taylor

FEWEST, MOST = 20, 20_000
"""Terms of the series."""

WIDTH = 12.0
"""Standard deviations around the largest term that are summed."""


def density(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """The log-density; the further predictors are log phi and the logit of p - 1."""
    found = tweedie_mean_part(y, eta, further)
    rows = np.flatnonzero(y > 0)
    n = len(y)
    value, by_phi, by_power = np.zeros(n), np.zeros(n), np.zeros(n)
    log_phi, power = (np.broadcast_to(one.c[0], n)[rows] for one in further)
    if rows.size:
        value[rows], by_phi[rows], by_power[rows] = _series(y[rows], log_phi, power)
    zero = np.zeros(())
    return found + Taylor((value, zero, zero, zero), ((by_phi, zero, zero), (by_power, zero, zero)))


def _series(y: Floats, log_phi: Floats, power: Floats) -> tuple[Floats, Floats, Floats]:
    """log(W/y) and its derivatives by log phi and by the logit of p - 1, shapes of y."""
    q = 1 / (1 + np.exp(-power))  # p - 1
    rest = 1 - q  # 2 - p
    alpha = -rest / q
    log_y = np.log(y)
    log_z = -alpha * log_y + alpha * np.log(q) - (1 - alpha) * log_phi - np.log(rest)
    largest = np.exp(rest * log_y - log_phi) / rest
    m = np.max(largest + WIDTH * np.sqrt(largest)) + FEWEST
    j: Floats = np.arange(1, int(min(m, MOST)) + 1).astype(float)
    gamma = log_gamma(-alpha[:, None] * j)
    terms = j * log_z[:, None] - log_gamma(j + 1).value - gamma.value
    top = terms.max(axis=1)
    weight = np.exp(terms - top[:, None])
    total = weight.sum(axis=1)
    mean = (weight @ j) / total
    by_gamma = (weight * j * gamma.first).sum(axis=1) / total
    by_alpha = mean * (-log_y + np.log(q) + log_phi) + by_gamma
    # alpha = 1 - 1/q and rest = 1 - q
    by_q = by_alpha / q**2 + mean * (alpha / q + 1 / rest)
    return top + np.log(total) - log_y, -(1 - alpha) * mean, by_q * q * rest
