"""Log-densities with a dispersion, as formulas whose derivatives are taken by Taylor arithmetic.

Each takes the response, the linear predictor and the further predictors; the first of these is
the dispersion's, on the scale of glmmTMB 1.1-5 (Brooks et al. 2017, R Journal 9:378):

=================== ==================================== =======================================
name                mean                                 exp(first further predictor)
=================== ==================================== =======================================
gaussian            eta                                  variance
Gamma               mu = exp(eta)                        shape, variance mu²/shape
beta                mu = logistic(eta)                   precision phi, variance mu(1-mu)/(1+phi)
nbinom2             mu = exp(eta)                        theta, variance mu + mu²/theta
nbinom1             mu = exp(eta)                        phi, variance mu (1 + phi)
truncated_…         mean before truncation               as without truncation
tweedie             mu = exp(eta)                        phi, variance phi mu^p
ordbeta             beta between its cutpoints           precision of the beta
compois             mu = exp(eta)                        1/nu
=================== ==================================== =======================================
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from ..arrays import Floats
from ..distributions.polygamma import log_gamma
from .taylor import (
    Taylor,
    exp,
    lgamma,
    log1mexp,
    logistic,
    reciprocal,
    rising,
    softplus,
    where,
)

Density = Callable[[Floats, Taylor, tuple[Taylor, ...]], Taylor]
"""From the response (n,), eta and the further predictors to the log-density."""


def gaussian(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """The normal distribution; the predictor of the dispersion is the log variance."""
    (s,) = further
    rest: Taylor = eta - y
    return (s + rest * rest * exp(-s) + math.log(2 * math.pi)) * -0.5


def gamma(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """The gamma distribution of a shape."""
    (log_shape,) = further
    shape = exp(log_shape)
    log_y = np.log(y)
    inner = log_shape - eta - exp(-eta) * y + log_y
    return shape * inner - lgamma(shape) - log_y


def beta(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """The beta distribution of a mean and a precision (Ferrari & Cribari-Neto 2004)."""
    phi = exp(further[0])
    a, b = logistic(eta) * phi, logistic(-eta) * phi
    log_y, log_rest = np.log(y), np.log1p(-y)
    found = lgamma(phi) - lgamma(a) - lgamma(b) + a * log_y + b * log_rest
    result: Taylor = found - (log_y + log_rest)
    return result


def nbinom2(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """The negative binomial whose variance is quadratic in the mean."""
    (log_theta,) = further
    theta = exp(log_theta)
    found: Taylor = rising(theta, y) - _log_factorial(y)
    return found + eta * y - (theta + y) * softplus(eta - log_theta)


def nbinom1(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """The negative binomial whose variance is proportional to the mean."""
    (log_phi,) = further
    size = exp(eta - log_phi)
    spread = softplus(log_phi)
    found: Taylor = rising(size, y) - _log_factorial(y)
    return found + eta * y - (size + y) * spread


def truncated_poisson(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """Poisson counts from one on."""
    del further
    mu = exp(eta)
    return eta * y - mu - log1mexp(mu) - _log_factorial(y)


def truncated_nbinom2(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """Negative binomial counts from one on."""
    (log_theta,) = further
    nothing = exp(log_theta) * softplus(eta - log_theta)
    return nbinom2(y, eta, further) - log1mexp(nothing)


def truncated_nbinom1(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """Counts from one on of the negative binomial with variance proportional to the mean."""
    (log_phi,) = further
    nothing = exp(eta - log_phi) * softplus(log_phi)
    return nbinom1(y, eta, further) - log1mexp(nothing)


def ordbeta(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """Ordered beta: zeros and ones beyond two cutpoints (Kubinec 2022, Polit. Anal. 31:519).

    The second further predictor is the lower cutpoint, the third the log distance of the upper one.
    """
    precision, lower, distance = further
    gap = exp(distance)
    below, above = eta - lower, eta - lower - gap
    inside = (y > 0) & (y < 1)
    between = beta(np.where(inside, y, 0.5), eta, (precision,))
    middle = between - softplus(-below) - softplus(above) + log1mexp(gap)
    return where(inside, middle, where(y <= 0, -softplus(below), -softplus(-above)))


def tweedie_mean_part(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """What the density of a Tweedie distribution has of the mean; the power is 1 + logistic."""
    log_phi, power = further
    p, rest = logistic(power), logistic(-power)  # p - 1 and 2 - p
    first = exp(-(p * eta)) * reciprocal(p) * -y
    return (first - exp(rest * eta) * reciprocal(rest)) * exp(-log_phi)


def _log_factorial(y: Floats) -> Floats:
    return log_gamma(y + 1).value
