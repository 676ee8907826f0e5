"""Counts given the random effects: Poisson and negative binomial with a logarithmic link."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ..arrays import Floats, Integers
from ..distributions.stirling import stirling_error
from ..families import LARGEST_LOG, exponential
from .conditional import Derivatives, Further, Rows, log_factorial


@dataclass(frozen=True)
class Poisson:
    """Counts with mean and variance mu = exp(eta).

    Attributes
    ----------
    y : shape (n,)
    log_y : shape (n,), log y, zero where y is
    best : shape (n,), the log-density at mu = y
    """

    y: Floats
    log_y: Floats
    best: Floats

    def at(self, eta: Floats, further: Sequence[Floats] = ()) -> Derivatives:
        """The log-density, from its distance to the best for the sake of large counts."""
        del further
        mu, above = exponential(eta), eta - self.log_y
        distance = np.where(self.y > 0, self.y * (np.expm1(above) - above), mu)
        return Derivatives(self.best - distance, self.y - mu, mu, mu, mu)

    def mean(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The expected count."""
        del further
        return exponential(eta)

    def variance(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The mean once more."""
        return self.mean(eta, further)

    def draw(self, rng: Generator, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """New counts."""
        return rng.poisson(self.mean(eta, further)).astype(float)

    def saturated(self) -> Floats:
        """The log-density at mu = y."""
        return self.best

    def ends(self) -> tuple[Rows, Rows]:
        """Which counts are zero; none is as high as it can be."""
        return self.y == 0, np.zeros(len(self.y), dtype=bool)


@dataclass(frozen=True)
class NegativeBinomial:
    """Counts with mean mu = exp(eta) and variance mu + mu²/theta; log theta is a further predictor.

    Attributes
    ----------
    y : shape (n,)
    steps : shape (max y + 1,), the whole numbers from 0 on
    count : shape (n,), y as positions in ``steps``
    constant : shape (n,), minus log y!
    """

    y: Floats
    steps: Floats
    count: Integers
    constant: Floats

    def at(self, eta: Floats, further: Sequence[Floats] = ()) -> Derivatives:
        """The log-density and its derivatives, with those by log theta.

        gamma(y + theta)/(gamma(theta) theta^y) is the product of 1 + j/theta for j < y, which loses
        nothing for large theta.
        """
        theta = math.exp(min(float(further[-1].flat[0]), LARGEST_LOG))
        total = self.y + theta
        share = 1 / (1 + theta * exponential(-eta))  # mu/(mu + theta)
        spread = share * (1 - share)
        rising = _sums_below(np.log1p(self.steps / theta))[self.count]
        falling = _sums_below(self.steps / (self.steps + theta))[self.count]
        mean_part = np.log1p(exponential(eta) / theta)
        weight = total * spread
        change = weight * (1 - 2 * share)
        by_log_theta = Further(
            loglik=-falling - theta * mean_part + total * share,
            score=weight - theta * share,
            weight=theta * spread - change,
        )
        loglik = self.constant + rising + self.y * eta - total * mean_part
        score = self.y - total * share
        return Derivatives(loglik, score, weight, weight, change, (by_log_theta,))

    def mean(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The expected count."""
        del further
        return exponential(eta)

    def variance(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """Variance mu + mu²/theta."""
        mu = exponential(eta)
        result: Floats = mu + mu * mu / np.exp(further[-1])
        return result

    def draw(self, rng: Generator, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """New counts: Poisson with means from a gamma distribution of shape theta."""
        theta = np.exp(further[-1])
        mixed = rng.gamma(np.broadcast_to(theta, eta.shape)) / theta
        counts: Floats = rng.poisson(self.mean(eta) * mixed).astype(float)
        return counts

    def saturated(self) -> Floats:
        """Not defined: theta has no best value for a single count."""
        return np.full(len(self.y), np.nan)

    def ends(self) -> tuple[Rows, Rows]:
        """Which counts are zero; none is as high as it can be."""
        return self.y == 0, np.zeros(len(self.y), dtype=bool)


def poisson(y: Floats) -> Poisson:
    """The Poisson distribution of the counts y, shape (n,)."""
    some = np.where(y > 0, y, 1.0)
    best = np.where(y > 0, -0.5 * np.log(2 * math.pi * some) - stirling_error(some), 0.0)
    return Poisson(y, np.log(some), best)


def negative_binomial(y: Floats) -> NegativeBinomial:
    """The negative binomial distribution of the counts y, shape (n,)."""
    return NegativeBinomial(y, np.arange(y.max() + 1), y.astype(np.intp), -log_factorial(y))


def _sums_below(terms: Floats) -> Floats:
    """For each position the sum of the terms before it."""
    result: Floats = np.cumsum(terms) - terms
    return result
