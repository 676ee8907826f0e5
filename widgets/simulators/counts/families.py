"""Two arms of counts by maximum likelihood: Poisson, negative binomial, zero-inflated Poisson.

The engine's models of counts have random effects; here whole samples are fitted at once and none is
needed. Arm a has the mean μ_a. Negative binomial: variance μ + φ μ², the estimated mean is that of
the counts, φ solves its score (Lawless 1987, Can. J. Stat. 15:209). Zero-inflated Poisson (Lambert
1992, Technometrics 34:1): a count is zero with probability π, else Poisson of mean λ_a; by the EM
algorithm, standard errors from the observed information.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.lmm.distributions import normal

Floats = NDArray[np.float64]

FAMILIES = ("poisson", "nbinom", "zip")
LEAST, MOST = 1e-6, 1e3
"""Between these φ is sought; below it is 0."""

HALVINGS = 50
EM_STEPS = 400
FEW = 0.5
"""Of an arm without a single event this many are counted, so that its rate has a logarithm."""


@dataclass(frozen=True, slots=True)
class Fits:
    """One family fitted to F samples."""

    log_ratio: Floats
    """Of the rates of the two arms, shape (F,)."""

    se: Floats
    rates: Floats
    """Means of the arms, of the Poisson part where zeros are inflated, shape (F, 2)."""

    extra: Floats
    """φ of the negative binomial, π of the zero-inflated, else 0; shape (F,)."""

    @property
    def interval(self) -> tuple[Floats, Floats]:
        """The ends of the 95% interval of the log ratio."""
        reach = float(normal.isf(0.025)) * self.se
        return self.log_ratio - reach, self.log_ratio + reach


def fit(y: NDArray[np.intp], family: str) -> Fits:
    """Return the fits of one family to counts of shape (F, 2, n)."""
    return {"poisson": _poisson, "nbinom": _negative_binomial, "zip": _zero_inflated}[family](y)


def _totals(y: NDArray[np.intp]) -> Floats:
    return np.asarray(np.maximum(y.sum(axis=2), FEW))


def _poisson(y: NDArray[np.intp]) -> Fits:
    total = _totals(y)
    return _fits(total / y.shape[2], (1 / total).sum(axis=1), np.zeros(len(y)))


def _negative_binomial(y: NDArray[np.intp]) -> Fits:
    n, mean = y.shape[2], _totals(y) / y.shape[2]
    beyond = (y.reshape(len(y), -1, 1) > np.arange(max(1, int(y.max())))).sum(axis=1)
    low, high = np.full(len(y), math.log(LEAST)), np.full(len(y), math.log(MOST))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        too_small = _score(np.exp(middle), mean, n, beyond) > 0
        low, high = np.where(too_small, middle, low), np.where(too_small, high, middle)
    phi = np.exp(high)
    phi = np.where(phi < 2 * LEAST, 0.0, phi)
    return _fits(mean, ((1 / mean + phi[:, None]) / n).sum(axis=1), phi)


def _score(phi: Floats, mean: Floats, n: int, beyond: NDArray[np.intp]) -> Floats:
    """Return the derivative of the log-likelihood by φ at the means, times a positive number.

    ``beyond`` counts the observations above 0, 1, 2, …; with θ = 1/φ the sum of ψ(y + θ) - ψ(θ) is
    that of their shares 1/(θ + k).
    """
    theta = 1 / phi
    of_counts = (beyond / (theta[:, None] + np.arange(beyond.shape[1]))).sum(axis=1)
    of_means = (n * np.log1p(mean / theta[:, None])).sum(axis=1)
    return np.asarray(of_means - of_counts)


def _zero_inflated(y: NDArray[np.intp]) -> Fits:
    n, zeros, total = y.shape[2], (y == 0).sum(axis=2), _totals(y)
    pi, rate = np.full((len(y), 1), 0.2), total / np.maximum(n - 0.5 * zeros, 1)
    for _ in range(EM_STEPS):
        extra = zeros * pi / (pi + (1 - pi) * np.exp(-rate))
        pi = extra.sum(axis=1, keepdims=True) / (2 * n)
        rate = total / (n - extra)
    none = np.exp(-rate)
    zero = pi + (1 - pi) * none
    by_rate = total / rate**2 - zeros * pi * (1 - pi) * none / zero**2
    by_both = -zeros * none / zero**2
    by_pi = (zeros * ((1 - none) / zero) ** 2 + (n - zeros) / (1 - pi) ** 2).sum(axis=1)
    left = by_pi - (by_both**2 / by_rate).sum(axis=1)
    slope = np.array([-1.0, 1.0]) / rate
    shared = (slope * by_both / by_rate).sum(axis=1) ** 2 / left
    variance = (slope**2 / by_rate).sum(axis=1) + shared
    return _fits(rate, variance, pi[:, 0])


def _fits(rates: Floats, variance: Floats, extra: Floats) -> Fits:
    return Fits(np.log(rates[:, 1] / rates[:, 0]), np.sqrt(variance), rates, extra)


def probabilities(rate: float, phi: float, pi: float, most: int) -> Floats:
    """Return the probabilities of 0 to ``most`` of a negative binomial with extra zeros."""
    k = np.arange(most + 1)
    factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most + 1)))])
    if phi == 0:
        log = k * math.log(rate) - rate - factorial
    else:
        theta = 1 / phi
        rising = np.concatenate([[0.0], np.cumsum(np.log(theta + np.arange(most)))])
        log = rising - factorial + k * math.log(rate / (rate + theta))
        log = log - theta * math.log1p(rate / theta)
    shares = (1 - pi) * np.exp(log)
    shares[0] += pi
    return np.asarray(shares)
