"""Families of distributions with their canonical links.

McCullagh, P. & Nelder, J. A. (1989). *Generalized Linear Models*, 2nd ed., §2.2: table 2.1 has the
variance functions and canonical links.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.errors import check_choice

Function = Callable[[Floats], Floats]

LARGEST_LOG = 700.0
"""The exponential of more is beyond double precision."""

NEAREST = float(np.finfo(float).eps)
"""How near a probability comes to 0 and 1, as R's logit keeps it."""


@dataclass(frozen=True)
class Link:
    """eta = g(mu), by element.

    Attributes
    ----------
    name : as R calls it
    linear : mu -> eta
    mean : eta -> mu, always inside the range of mu
    slope : eta -> d mu / d eta, positive
    """

    name: str
    linear: Function
    mean: Function
    slope: Function


@dataclass(frozen=True)
class Family:
    """A family with its link.

    Attributes
    ----------
    name : "gaussian", "binomial" or "poisson"
    link : the canonical one
    variance : mu -> variance of one observation (of one trial, for the binomial) with dispersion 1
    """

    name: str
    link: Link
    variance: Function


def _identity(value: Floats) -> Floats:
    return value


def _exponential(eta: Floats) -> Floats:
    result: Floats = np.exp(np.clip(eta, -LARGEST_LOG, LARGEST_LOG))
    return result


def _logistic(eta: Floats) -> Floats:
    return np.clip(1 / (1 + _exponential(-eta)), NEAREST, 1 - NEAREST)


def _logistic_slope(eta: Floats) -> Floats:
    mu = _logistic(eta)
    return mu * (1 - mu)


def _log_odds(mu: Floats) -> Floats:
    result: Floats = np.log(mu) - np.log1p(-mu)
    return result


def _bernoulli_variance(mu: Floats) -> Floats:
    return mu * (1 - mu)


LOGIT = Link("logit", _log_odds, _logistic, _logistic_slope)

FAMILIES = {
    "gaussian": Family(
        "gaussian", Link("identity", _identity, _identity, np.ones_like), np.ones_like
    ),
    "binomial": Family("binomial", LOGIT, _bernoulli_variance),
    "poisson": Family("poisson", Link("log", np.log, _exponential, _exponential), _identity),
}


def family_of(name: str) -> Family:
    """The family of that name.

    Raises
    ------
    MethodError
        If there is none.
    """
    check_choice("family", name, tuple(FAMILIES))
    return FAMILIES[name]
