"""Families of distributions with their links: what a generalised linear model is made of.

McCullagh, P. & Nelder, J. A. (1989). *Generalized Linear Models*, 2nd ed., §2.2: table 2.1 has the
variance functions and canonical links.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from .arguments import check_choice
from .arrays import Floats
from .distributions import normal

Function = Callable[[Floats], Floats]

LARGEST_LOG = 700.0
"""The exponential of more is beyond double precision."""

NEAREST = float(np.finfo(float).eps)
"""How near a probability comes to 0 and 1, as R's logit and probit keep it."""


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
    """A family with one link.

    Attributes
    ----------
    name : "gaussian", "binomial" or "poisson"
    link : the link in use
    variance : mu -> variance of one observation (of one trial, for the binomial) with dispersion 1
    """

    name: str
    link: Link
    variance: Function


def _identity(value: Floats) -> Floats:
    return value


def exponential(eta: Floats) -> Floats:
    """The exponential, kept positive and finite."""
    result: Floats = np.exp(np.clip(eta, -LARGEST_LOG, LARGEST_LOG))
    return result


def _logistic(eta: Floats) -> Floats:
    return np.clip(1 / (1 + exponential(-eta)), NEAREST, 1 - NEAREST)


def _logistic_slope(eta: Floats) -> Floats:
    mu = _logistic(eta)
    return mu * (1 - mu)


def _normal_cdf(eta: Floats) -> Floats:
    return np.clip(normal.cdf(eta), NEAREST, 1 - NEAREST)


def _normal_density(eta: Floats) -> Floats:
    return np.maximum(normal.pdf(eta), NEAREST)


def _log_odds(mu: Floats) -> Floats:
    result: Floats = np.log(mu) - np.log1p(-mu)
    return result


def _bernoulli_variance(mu: Floats) -> Floats:
    return mu * (1 - mu)


LINKS = {
    "identity": Link("identity", _identity, _identity, np.ones_like),
    "log": Link("log", np.log, exponential, exponential),
    "logit": Link("logit", _log_odds, _logistic, _logistic_slope),
    "probit": Link("probit", normal.ppf, _normal_cdf, _normal_density),
}

VARIANCES: dict[str, Function] = {
    "gaussian": np.ones_like,
    "binomial": _bernoulli_variance,
    "poisson": _identity,
}

LINKS_OF: dict[str, tuple[str, ...]] = {
    "gaussian": ("identity",),
    "binomial": ("logit", "probit"),
    "poisson": ("log",),
}
"""The links of each family, the canonical one first."""


def chosen_link(family: str, link: str | None, links: Mapping[str, tuple[str, ...]]) -> str:
    """The link of that name, or the family's canonical one.

    Parameters
    ----------
    links : of each family there is, the canonical one first

    Raises
    ------
    MethodError
        If there is no such family, or it has no such link.
    """
    check_choice("family", family, tuple(links))
    if link is None:
        return links[family][0]
    check_choice("link", link, links[family])
    return link


def family_of(name: str, link: str | None = None) -> Family:
    """The family with the link of that name, or with its canonical one.

    Raises
    ------
    MethodError
        If there is no such family, or it has no such link.
    """
    return Family(name, LINKS[chosen_link(name, link, LINKS_OF)], VARIANCES[name])
