"""Distributions with a dispersion: a density with its mean, variance and draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ..arrays import Floats
from ..families import exponential
from . import conway_maxwell, densities, tweedie
from .conditional import Derivatives, Rows
from .densities import Density
from .taylor import derivatives, predictors

Moment = Callable[[Floats, Sequence[Floats]], Floats]
"""From eta and the further predictors to a mean or a variance."""

Draw = Callable[[Generator, Floats, Sequence[Floats]], Floats]


@dataclass(frozen=True)
class Kind:
    """A family.

    Attributes
    ----------
    density, mean, variance, draw : of one row
    """

    density: Density
    mean: Moment
    variance: Moment
    draw: Draw


@dataclass(frozen=True)
class Dispersed:
    """A distribution of the response (n,) with further predictors.

    Attributes
    ----------
    y : shape (n,)
    kind : the family
    lowest : shape (n,), which responses are as low as they can be
    """

    y: Floats
    kind: Kind
    lowest: Rows

    def at(self, eta: Floats, further: Sequence[Floats] = ()) -> Derivatives:
        """The log-density and its derivatives, by Taylor arithmetic."""
        first, *rest = predictors(eta, tuple(further))
        return derivatives(self.kind.density(self.y, first, tuple(rest)))

    def mean(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The expected response."""
        return self.kind.mean(eta, further)

    def variance(self, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """The variance of the response."""
        return self.kind.variance(eta, further)

    def draw(self, rng: Generator, eta: Floats, further: Sequence[Floats] = ()) -> Floats:
        """New responses."""
        return self.kind.draw(rng, eta, further)

    def saturated(self) -> Floats:
        """Not defined: a dispersion has no best value for a single response."""
        return np.full(len(self.y), np.nan)

    def ends(self) -> tuple[Rows, Rows]:
        """Which responses are as low as they can be; none is as high."""
        return self.lowest, np.zeros(len(self.y), dtype=bool)


def _logistic(eta: Floats) -> Floats:
    return 1 / (1 + exponential(-eta))


def _mean_of_log(eta: Floats, further: Sequence[Floats]) -> Floats:
    del further
    return exponential(eta)


def _mean_of_logit(eta: Floats, further: Sequence[Floats]) -> Floats:
    del further
    return _logistic(eta)


def _mean_of_identity(eta: Floats, further: Sequence[Floats]) -> Floats:
    del further
    return eta


def _negative_binomial(rng: Generator, mu: Floats, theta: Floats) -> Floats:
    mixed = rng.gamma(np.broadcast_to(theta, mu.shape)) / theta
    counts: Floats = rng.poisson(mu * mixed).astype(float)
    return counts


def _draw_nbinom2(rng: Generator, eta: Floats, further: Sequence[Floats]) -> Floats:
    return _negative_binomial(rng, exponential(eta), np.exp(further[0]))


def _draw_nbinom1(rng: Generator, eta: Floats, further: Sequence[Floats]) -> Floats:
    mu = exponential(eta)
    return _negative_binomial(rng, mu, mu / np.exp(further[0]))


def _draw_poisson(rng: Generator, eta: Floats, further: Sequence[Floats]) -> Floats:
    del further
    return rng.poisson(exponential(eta)).astype(float)


def _from_one(draw: Draw) -> Draw:
    """Draws, repeated where they are zero."""

    def again(rng: Generator, eta: Floats, further: Sequence[Floats]) -> Floats:
        found = draw(rng, eta, further)
        for _ in range(10_000):
            zero = found == 0
            if not np.any(zero):
                break
            found = np.where(zero, draw(rng, eta, further), found)
        return np.maximum(found, 1.0)

    return again


def _nothing(name: str) -> Moment:
    """The probability of zero before truncation."""

    def poisson(eta: Floats, further: Sequence[Floats]) -> Floats:
        del further
        none: Floats = np.exp(-exponential(eta))
        return none

    def nbinom2(eta: Floats, further: Sequence[Floats]) -> Floats:
        theta = np.exp(further[0])
        none: Floats = np.exp(-theta * np.log1p(exponential(eta) / theta))
        return none

    def nbinom1(eta: Floats, further: Sequence[Floats]) -> Floats:
        phi = np.exp(further[0])
        none: Floats = np.exp(-exponential(eta) / phi * np.log1p(phi))
        return none

    return {"poisson": poisson, "nbinom2": nbinom2, "nbinom1": nbinom1}[name]


def _spread(name: str) -> Moment:
    """The variance of counts."""

    def poisson(eta: Floats, further: Sequence[Floats]) -> Floats:
        del further
        return exponential(eta)

    def nbinom2(eta: Floats, further: Sequence[Floats]) -> Floats:
        mu = exponential(eta)
        spread: Floats = mu + mu * mu / np.exp(further[0])
        return spread

    def nbinom1(eta: Floats, further: Sequence[Floats]) -> Floats:
        spread: Floats = exponential(eta) * (1 + np.exp(further[0]))
        return spread

    return {"poisson": poisson, "nbinom2": nbinom2, "nbinom1": nbinom1}[name]


def _truncated(name: str, density: Density, draw: Draw) -> Kind:
    nothing, spread = _nothing(name), _spread(name)

    def mean(eta: Floats, further: Sequence[Floats]) -> Floats:
        return exponential(eta) / (1 - nothing(eta, further))

    def variance(eta: Floats, further: Sequence[Floats]) -> Floats:
        mu = exponential(eta)
        whole = (spread(eta, further) + mu * mu) / (1 - nothing(eta, further))
        result: Floats = whole - mean(eta, further) ** 2
        return result

    return Kind(density, mean, variance, _from_one(draw))


def _ordered(eta: Floats, further: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
    """Probabilities of zero and of one, and the mean between."""
    _, lower, distance = further
    return _logistic(lower - eta), _logistic(eta - lower - np.exp(distance)), _logistic(eta)


def _mean_ordered(eta: Floats, further: Sequence[Floats]) -> Floats:
    zero, one, mu = _ordered(eta, further)
    return one + (1 - zero - one) * mu


def _variance_ordered(eta: Floats, further: Sequence[Floats]) -> Floats:
    zero, one, mu = _ordered(eta, further)
    square = mu * (1 - mu) / (1 + np.exp(further[0])) + mu * mu
    found: Floats = one + (1 - zero - one) * square - _mean_ordered(eta, further) ** 2
    return found


def _draw_beta(rng: Generator, eta: Floats, further: Sequence[Floats]) -> Floats:
    phi = np.exp(further[0])
    return np.asarray(rng.beta(_logistic(eta) * phi, _logistic(-eta) * phi), dtype=float)


def _draw_ordered(rng: Generator, eta: Floats, further: Sequence[Floats]) -> Floats:
    zero, one, _ = _ordered(eta, further)
    u, between = rng.random(eta.shape), _draw_beta(rng, eta, further)
    return np.where(u < zero, 0.0, np.where(u > 1 - one, 1.0, between))


def _draw_tweedie(rng: Generator, eta: Floats, further: Sequence[Floats]) -> Floats:
    phi, q = np.exp(further[0]), _logistic(np.asarray(further[1]))
    mu, rest = exponential(eta), 1 - q
    events = rng.poisson(mu**rest / (phi * rest))
    amount = rng.gamma(np.where(events > 0, events * rest / q, 1.0))
    return np.where(events > 0, amount * phi * q * mu**q, 0.0)


def _variance_tweedie(eta: Floats, further: Sequence[Floats]) -> Floats:
    result: Floats = np.exp(further[0]) * exponential(eta) ** (
        1 + _logistic(np.asarray(further[1]))
    )
    return result


def _draw_conway_maxwell(rng: Generator, eta: Floats, further: Sequence[Floats]) -> Floats:
    nu = np.broadcast_to(np.exp(-further[0]), eta.shape)
    return conway_maxwell.draw(rng.random(eta.shape), exponential(eta), nu)


def _variance_conway_maxwell(eta: Floats, further: Sequence[Floats]) -> Floats:
    nu = np.broadcast_to(np.exp(-further[0]), eta.shape)
    return conway_maxwell.variance(exponential(eta), nu)


KINDS: Mapping[str, Kind] = {
    "gaussian": Kind(
        densities.gaussian,
        _mean_of_identity,
        lambda eta, further: np.exp(further[0]) * np.ones_like(eta),
        lambda rng, eta, further: eta + np.exp(further[0] / 2) * rng.standard_normal(eta.shape),
    ),
    "Gamma": Kind(
        densities.gamma,
        _mean_of_log,
        lambda eta, further: exponential(2 * eta - further[0]),
        lambda rng, eta, further: (
            rng.gamma(np.exp(further[0]) * np.ones_like(eta)) * exponential(eta - further[0])
        ),
    ),
    "beta": Kind(
        densities.beta,
        _mean_of_logit,
        lambda eta, further: _logistic(eta) * _logistic(-eta) / (1 + np.exp(further[0])),
        _draw_beta,
    ),
    "ordbeta": Kind(densities.ordbeta, _mean_ordered, _variance_ordered, _draw_ordered),
    "nbinom2": Kind(densities.nbinom2, _mean_of_log, _spread("nbinom2"), _draw_nbinom2),
    "nbinom1": Kind(densities.nbinom1, _mean_of_log, _spread("nbinom1"), _draw_nbinom1),
    "truncated_poisson": _truncated("poisson", densities.truncated_poisson, _draw_poisson),
    "truncated_nbinom2": _truncated("nbinom2", densities.truncated_nbinom2, _draw_nbinom2),
    "truncated_nbinom1": _truncated("nbinom1", densities.truncated_nbinom1, _draw_nbinom1),
    "tweedie": Kind(tweedie.density, _mean_of_log, _variance_tweedie, _draw_tweedie),
    "compois": Kind(
        conway_maxwell.density, _mean_of_log, _variance_conway_maxwell, _draw_conway_maxwell
    ),
}
"""By glmmTMB's names."""


def dispersed(family: str, y: Floats) -> Dispersed:
    """The distribution of a family for the responses y, shape (n,)."""
    lowest = {"gaussian": -np.inf, "Gamma": -np.inf, "beta": -np.inf, "ordbeta": -np.inf}
    least = lowest.get(family, 1.0 if family.startswith("truncated") else 0.0)
    return Dispersed(y, KINDS[family], y <= least)
