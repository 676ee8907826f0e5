"""Variance explained by generalised mixed models: intraclass correlation and R².

Nakagawa, S., Johnson, P. C. D. & Schielzeth, H. (2017), J. R. Soc. Interface 14:20170213: the
variance of the distribution stands beside those of the effects on the scale of the link. For counts
it is log(1 + Var y/mu²) (their log-normal approximation), with mu the mean that the model without
fixed effects gives to a group of average size, as R's performance has it.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from ..data.design import ModelMatrix
from ..data.fixed_effects import fixed_effects
from ..errors import MethodError
from ..mixed import rsquared
from ..results import ExplainedVariance, IntraclassCorrelation, VarianceComponent
from .estimates import GeneralizedFit
from .fit import search
from .start import without_random_effects

LATENT = {"logit": math.pi**2 / 3, "probit": 1.0, "cloglog": math.pi**2 / 6}
"""Variances of the latent response: logistic, normal, Gumbel."""


def icc(fit: GeneralizedFit) -> IntraclassCorrelation:
    """Adjusted and unadjusted intraclass correlation on the scale of the link."""
    return rsquared.icc(fit.data, _components(fit), fit.linear_predictor)


def r2(fit: GeneralizedFit) -> ExplainedVariance:
    """Marginal and conditional R² on the scale of the link."""
    return rsquared.r2(fit.data, _components(fit), fit.linear_predictor)


def _components(fit: GeneralizedFit) -> tuple[VarianceComponent, ...]:
    variance = distribution_variance(fit)
    return (*fit.varcorr, VarianceComponent("Residual", None, None, variance, variance**0.5))


def distribution_variance(fit: GeneralizedFit) -> float:
    """The variance of the response given the random effects, on the scale of the link.

    Raises
    ------
    MethodError
        With zero inflation, for which there is no agreed definition.
    """
    if fit.zero is not None:
        msg = "a model with zero inflation has no agreed variance of its distribution, so no ICC"
        raise MethodError(msg)
    if fit.family not in {"binomial", "poisson", "nbinom2"} or fit.specification.dispformula:
        msg = f"the variance on the scale of the link is not known here for {fit.family!r}"
        raise MethodError(msg)
    if fit.link in LATENT:
        return LATENT[fit.link]
    mu = math.exp(_mean_without_predictors(fit))
    extra = mu * mu / fit.nbinom2_theta if fit.nbinom2_theta is not None else 0.0
    return math.log1p((mu + extra) / mu**2)


def _mean_without_predictors(fit: GeneralizedFit) -> float:
    """The intercept of the model with the same random effects and no other fixed effect."""
    n, marginal = fit.nobs, fit.ready.marginal
    alone = fixed_effects(ModelMatrix(np.ones((n, 1)), ("(Intercept)",), (0,)), n)
    data = replace(fit.data, fixed=alone)
    at = fit.optimum.at
    starts = marginal.split(at.x)[2]
    first = without_random_effects(
        marginal.conditional, alone.Q, data.frame.offset, further=at.further
    )
    found = search(
        data,
        marginal.conditional,
        first,
        points=marginal.points,
        further=tuple(zip(marginal.further, starts, strict=True)),
    )
    x = found.ready.marginal.split(found.optimum.at.x)[1]
    return float((found.ready.centre + found.ready.basis @ x)[0])
