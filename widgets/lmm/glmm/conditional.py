"""The distribution of each observation given the random effects, and its derivatives.

Everything the marginal likelihood and its gradient need of a family stands in one record: the
log-density with all constants, and its derivatives by the linear predictor eta. Distributions with
further parameters (dispersion, zero inflation) take them as further predictors.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ..arrays import Floats
from .tails import Tails

Rows = NDArray[np.bool_]

_log_gamma = np.frompyfunc(math.lgamma, 1, 1)


class Further(NamedTuple):
    """Derivatives of the log-density, the score and the weight by one further predictor."""

    loglik: Floats
    score: Floats
    weight: Floats


class Derivatives(NamedTuple):
    """What is known of the observations at one eta, arrays of the shape of eta.

    Attributes
    ----------
    loglik : log-density
    score : its derivative by eta
    observed : minus its second derivative
    weight : what stands for it in the determinant: ``observed``, or its expectation
    change : derivative of ``weight`` by eta
    further : derivatives by the further predictors
    """

    loglik: Floats
    score: Floats
    observed: Floats
    weight: Floats
    change: Floats
    further: tuple[Further, ...] = ()


class Conditional(Protocol):
    """A distribution of the response given eta and the further predictors."""

    def at(self, eta: Floats, further: Sequence[Floats] = ()) -> Derivatives:
        """The log-density and its derivatives; ``eta`` of shape (..., n)."""
        ...

    def mean(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The expected response (of the binomial: the expected share)."""
        ...

    def variance(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The variance of the response (of the binomial: of the share)."""
        ...

    def draw(self, rng: Generator, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """New responses (of the binomial: successes), shape of eta."""
        ...

    def saturated(self) -> Floats:
        """The largest log-density that each observation could have, shape (n,)."""
        ...

    def ends(self) -> tuple[Rows, Rows]:
        """Which observations are as low, and as high, as they can be, shapes (n,)."""
        ...


@dataclass(frozen=True)
class Binomial:
    """Successes and failures with a probability that a link gives.

    The weight is the expected (Fisher) information, as lme4 takes it; it is the observed one for
    the logit only.

    Attributes
    ----------
    successes, failures : shape (n,)
    tails : the link, as both probabilities by eta
    constant : shape (n,), logarithms of the binomial coefficients
    """

    successes: Floats
    failures: Floats
    tails: Tails
    constant: Floats

    def at(self, eta: Floats, further: Sequence[Floats] = ()) -> Derivatives:
        """The log-density and its derivatives."""
        del further
        y, rest = self.successes, self.failures
        p, q = self.tails(eta)
        return Derivatives(
            loglik=self.constant + y * p.log + rest * q.log,
            score=y * p.slope + rest * q.slope,
            observed=-(y * p.bend + rest * q.bend),
            weight=-(y + rest) * p.slope * q.slope,
            change=-(y + rest) * (p.bend * q.slope + p.slope * q.bend),
        )

    def mean(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The probability of success."""
        del further
        result: Floats = np.exp(self.tails(eta)[0].log)
        return result

    def variance(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The variance of the share of successes."""
        del further
        p, q = self.tails(eta)
        result: Floats = np.exp(p.log + q.log) / (self.successes + self.failures)
        return result

    def draw(self, rng: Generator, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """New successes."""
        trials = (self.successes + self.failures).astype(np.int64)
        return rng.binomial(trials, np.minimum(self.mean(eta, further), 1.0)).astype(float)

    def saturated(self) -> Floats:
        """The log-density at the observed shares."""
        y, rest = self.successes, self.failures
        return self.constant + y_log_y(y) + y_log_y(rest) - y_log_y(y + rest)

    def ends(self) -> tuple[Rows, Rows]:
        """Which observations have no success, and which no failure."""
        return self.successes == 0, self.failures == 0


def binomial(successes: Floats, trials: Floats, tails: Tails) -> Binomial:
    """The binomial distribution of so many successes out of trials, shapes (n,)."""
    failures = trials - successes
    constant = log_factorial(trials) - log_factorial(successes) - log_factorial(failures)
    return Binomial(successes, failures, tails, constant)


def log_factorial(x: Floats) -> Floats:
    """Log x! of whole numbers from 0 on."""
    return np.asarray(_log_gamma(x + 1), dtype=float)


def y_log_y(y: Floats) -> Floats:
    """``y log y``, zero at zero."""
    result: Floats = y * np.log(np.where(y > 0, y, 1.0))
    return result
