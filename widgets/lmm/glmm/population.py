"""What a logistic (or other binomial) mixed model says of the population, not of one group.

A coefficient of a mixed model is the effect within a group with given random effects. Averaged over
groups the effect on the same scale is smaller: that is what marginal models (GEE) estimate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..distributions import normal
from ..errors import MethodError
from ..families import family_of
from ..linalg import solve
from .estimates import GeneralizedFit

LOGISTIC = (16 * math.sqrt(3) / (15 * math.pi)) ** 2
"""c² of the attenuation formula: the logistic curve is nearly Phi(c eta)."""

REACH, POINTS = 9.0, 301
"""The trapezoidal rule runs from -9 to 9. The logistic curve has its poles at i pi/sd, so the error
is exp(-2 pi²/(sd step)) (Trefethen & Weideman 2014, SIAM Rev. 56:385): 1e-14 for sd up to 10."""


@dataclass(frozen=True, slots=True)
class PopulationCoefficient:
    """One coefficient on the scale of the link.

    Attributes
    ----------
    conditional : within a group, as fitted
    marginal : averaged over groups, by quadrature
    attenuated : the conditional one divided by sqrt(1 + c² variance)
    """

    conditional: float
    marginal: float
    attenuated: float


def population_mean(fit: GeneralizedFit) -> Floats:
    """The expected response averaged over the random effects, shape (n,)."""
    sd = _deviations(fit)
    z = np.linspace(-REACH, REACH, POINTS)
    weight = normal.pdf(z) * (z[1] - z[0])
    eta = fit.linear_predictor + fit.data.frame.offset
    mean = fit.ready.marginal.conditional.mean
    result: Floats = weight @ mean(eta + z[:, None] * sd, fit.optimum.at.further)
    return result


def population_averaged(
    fit: GeneralizedFit,
) -> Mapping[str, PopulationCoefficient]:
    """The effects in the population that a binomial mixed model implies, by coefficient.

    Returns
    -------
    dict of PopulationCoefficient
        ``marginal`` is the least-squares fit of the linked population means (by quadrature over
        the random effects) to the same predictors (Hedeker, du Toit, Demirtas & Gibbons 2018,
        Biometrics 74:354), exact if the predictors are categories and all their interactions;
        ``attenuated`` is the closed formula of Zeger, Liang & Albert (1988, Biometrics 44:1049)
        with c = 16 sqrt(3)/(15 pi) for the logit; it is exact with c = 1 for the probit.

    Raises
    ------
    MethodError
        For counts, whose coefficients do not change but for the intercept, and for the cloglog.
    """
    if fit.link not in {"logit", "probit"}:
        msg = (
            f"population-averaged effects are for the logit and probit, not the {fit.link}: with "
            "a logarithmic link and random intercepts they are the fitted ones"
        )
        raise MethodError(msg)
    sd, X = _deviations(fit), fit.data.fixed.X
    eta = family_of(fit.family, fit.link).link.linear(population_mean(fit))
    marginal = solve(X.T @ X, X.T @ (eta - fit.data.frame.offset))
    square = LOGISTIC if fit.link == "logit" else 1.0
    shrink = math.sqrt(1 + square * float(np.mean(sd**2)))
    return {
        name: PopulationCoefficient(value, float(one), value / shrink)
        for (name, value), one in zip(fit.fixef.items(), marginal, strict=True)
    }


def _deviations(fit: GeneralizedFit) -> Floats:
    """Standard deviation of Z b by row, shape (n,)."""
    variance = np.zeros(fit.nobs)
    for factor, place in zip(fit.data.factors, fit.data.places, strict=True):
        variance += ((factor.Z @ place.T(fit.optimum.at.x)) ** 2).sum(axis=1)
    result: Floats = np.sqrt(variance)
    return result
