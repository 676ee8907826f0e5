"""Rows that count more than once: a log-density and its derivatives times a weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from ..arrays import Floats
from .conditional import Conditional, Derivatives, Further, Rows


@dataclass(frozen=True)
class Weighted:
    """A distribution whose log-density is multiplied by weights, as R's glmer and glmmTMB do.

    Attributes
    ----------
    alone : the distribution of a row that counts once
    weights : shape (n,)
    """

    alone: Conditional
    weights: Floats

    def at(self, eta: Floats, further: Sequence[Floats] = ()) -> Derivatives:
        """The weighted log-density and its derivatives."""
        found, w = self.alone.at(eta, further), self.weights
        observed = w * found.observed
        same = found.weight is found.observed
        return Derivatives(
            w * found.loglik,
            w * found.score,
            observed,
            observed if same else w * found.weight,
            w * found.change,
            tuple(Further(*(w * part for part in one)) for one in found.further),
        )

    def mean(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The expected response."""
        return self.alone.mean(eta, further)

    def variance(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The variance of the response of a row that counts once."""
        return self.alone.variance(eta, further)

    def draw(self, rng: Generator, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """New responses."""
        return self.alone.draw(rng, eta, further)

    def saturated(self) -> Floats:
        """The weighted largest log-density."""
        return self.weights * self.alone.saturated()

    def ends(self) -> tuple[Rows, Rows]:
        """Which observations are as low, and as high, as they can be."""
        return self.alone.ends()


def weighted(alone: Conditional, weights: Floats | None) -> Conditional:
    """The distribution with weights; itself without any."""
    return alone if weights is None else Weighted(alone, weights)
