"""From the scale of the link to that of the response."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from ..arrays import Floats
from ..distributions import normal
from ..families import exponential
from .reference import LOGARITHMS

RATIOS = frozenset({*LOGARITHMS, "logit"})
"""Links whose differences are logarithms of ratios: of means, or of odds."""

BASES = {"log": 1.0, "logit": 1.0, "log2": math.log(2), "log10": math.log(10)}

Scale = tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]
"""The inverse of a link, and its slope."""


def _identity(eta: Floats) -> Floats:
    return eta


def _logistic(eta: Floats) -> Floats:
    return 1 / (1 + exponential(-eta))


def _logistic_slope(eta: Floats) -> Floats:
    mu = _logistic(eta)
    return mu * (1 - mu)


def _complementary(eta: Floats) -> Floats:
    return -np.expm1(-exponential(eta))


def _complementary_slope(eta: Floats) -> Floats:
    return exponential(eta - exponential(eta))


def _power_of(base: float) -> Scale:
    return (lambda eta: exponential(base * eta)), (lambda eta: base * exponential(base * eta))


SCALES: Mapping[str, Scale] = {
    "identity": (_identity, np.ones_like),
    "logit": (_logistic, _logistic_slope),
    "probit": (normal.cdf, normal.pdf),
    "cloglog": (_complementary, _complementary_slope),
    "sqrt": (np.square, lambda eta: 2 * eta),
    **{name: _power_of(BASES[name]) for name in LOGARITHMS},
}
