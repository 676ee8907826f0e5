"""Hurdle models: whether there is anything, and how much of it if there is (Mullahy 1986)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ..arrays import Floats
from .conditional import Conditional, Derivatives, Further, Rows
from .tails import logit


@dataclass(frozen=True)
class Hurdle:
    """Zeros with probability pi, else a distribution without zeros.

    The first further predictor is logit(pi). Rows of zero say nothing of the others.

    Attributes
    ----------
    positive : the distribution without zeros, with ones in place of the zeros
    zero : shape (n,), which rows are zero
    """

    positive: Conditional
    zero: Rows

    def at(self, eta: Floats, further: Sequence[Floats] = ()) -> Derivatives:
        """The log-density and its derivatives, first by logit(pi)."""
        f = self.positive.at(eta, further[1:])
        nothing, some = logit(further[0])
        zero, none = self.zero, np.zeros_like(eta)

        def kept(value: Floats) -> Floats:
            return np.where(zero, 0.0, value)

        weight = kept(f.observed)
        by_zeta = Further(np.where(zero, nothing.slope, some.slope), none, none)
        return Derivatives(
            np.where(zero, nothing.log, some.log + f.loglik),
            kept(f.score),
            weight,
            weight,
            kept(f.change),
            (by_zeta, *(Further(*map(kept, one)) for one in f.further)),
        )

    def mean(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The expected response, zeros included."""
        some = np.exp(logit(further[0])[1].log)
        result: Floats = some * self.positive.mean(eta, further[1:])
        return result

    def variance(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The variance of the response, zeros included."""
        nothing, some = (np.exp(tail.log) for tail in logit(further[0]))
        mu = self.positive.mean(eta, further[1:])
        result: Floats = some * (self.positive.variance(eta, further[1:]) + nothing * mu**2)
        return result

    def draw(self, rng: Generator, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """New responses, some of them zero."""
        drawn = self.positive.draw(rng, eta, further[1:])
        nothing = rng.random(eta.shape) < np.exp(logit(further[0])[0].log)
        return np.where(nothing, 0.0, drawn)

    def saturated(self) -> Floats:
        """Not defined, as for the positive part."""
        return np.full(len(self.zero), np.nan)

    def ends(self) -> tuple[Rows, Rows]:
        """Which rows are as low as they can be: zeros, and the lowest of the others."""
        lowest, highest = self.positive.ends()
        return lowest | self.zero, highest | self.zero
