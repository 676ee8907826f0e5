"""Counts with more zeros: with probability pi a row is zero whatever its count would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ..arrays import Floats
from ..families import exponential
from .conditional import Conditional, Derivatives, Further, Rows
from .tails import logit


@dataclass(frozen=True)
class ZeroInflated:
    """A count distribution mixed with zeros; the first further predictor is logit(pi).

    A zero has the density pi + (1 - pi) f(0); with rho = (1 - pi) f(0) over it, the probability
    that the zero is a count, all derivatives follow from those of log f and rho' = rho (1 - rho)
    times the change of log f(0) - logit(pi) (Lambert 1992, Technometrics 34:1).

    Attributes
    ----------
    counts : the distribution of the counts
    zero : shape (n,), which rows are zero
    """

    counts: Conditional
    zero: Rows

    def at(self, eta: Floats, further: Sequence[Floats] = ()) -> Derivatives:
        """The log-density and its derivatives, first by logit(pi), then by those of the counts."""
        zeta = further[0]
        f = self.counts.at(eta, further[1:])
        always, never = logit(zeta)
        rho = np.where(self.zero, 1 / (1 + exponential(zeta - f.loglik)), 1.0)
        slope = rho * (1 - rho)
        bend = slope * (1 - 2 * rho)
        s, w = f.score, f.observed  # products from the left: a bend of zero stands for far out
        mixed = np.logaddexp(always.log, never.log + f.loglik)
        weight = rho * w - slope * s * s
        by_zeta = Further(
            loglik=np.where(self.zero, 1 - rho, 0.0) + never.slope,
            score=-slope * s,
            weight=bend * s * s - slope * w,
        )
        return Derivatives(
            loglik=np.where(self.zero, mixed, never.log + f.loglik),
            score=rho * s,
            observed=weight,
            weight=weight,
            change=rho * f.change + 3 * slope * s * w - bend * s * s * s,
            further=(by_zeta, *(_mixed(rho, f, one) for one in f.further)),
        )

    def mean(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The expected count times 1 - pi."""
        never = logit(further[0])[1]
        result: Floats = np.exp(never.log) * self.counts.mean(eta, further[1:])
        return result

    def variance(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """Variance (1 - pi)(variance of the counts + pi mean²)."""
        always, never = (np.exp(tail.log) for tail in logit(further[0]))
        mu = self.counts.mean(eta, further[1:])
        result: Floats = never * (self.counts.variance(eta, further[1:]) + always * mu**2)
        return result

    def draw(self, rng: Generator, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """New counts, some of them zero whatever their mean."""
        counts = self.counts.draw(rng, eta, further[1:])
        always = rng.random(eta.shape) < np.exp(logit(further[0])[0].log)
        return np.where(always, 0.0, counts)

    def saturated(self) -> Floats:
        """Not defined, as for the counts with a dispersion."""
        return np.full(len(self.zero), np.nan)

    def ends(self) -> tuple[Rows, Rows]:
        """Which counts are zero; none is as high as it can be."""
        return self.counts.ends()


def _mixed(rho: Floats, f: Derivatives, one: Further) -> Further:
    """Derivatives by a parameter of the counts."""
    slope = rho * (1 - rho)
    bend = slope * (1 - 2 * rho)
    s, w, moved = f.score, f.observed, one.loglik
    return Further(
        loglik=rho * moved,
        score=rho * one.score + slope * moved * s,
        weight=rho * one.weight + slope * (moved * w - 2 * s * one.score) - bend * moved * s * s,
    )
