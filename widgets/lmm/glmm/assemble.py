"""From an optimum to a result: coefficients, their covariance, messages."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.glmm.fit import Found
from widgets.lmm.glmm.result import GeneralizedLinearMixedModel, Specification
from widgets.lmm.likelihood.estimate import objective_of
from widgets.lmm.likelihood.theta import natural
from widgets.lmm.linalg import eigen
from widgets.lmm.mixed.effects import singular_components, variance_components
from widgets.lmm.optimiser import hessian

FLAT = 1e-6
"""A direction in which the standard error exceeds a thousand, in working units, is flat."""


def covariance(found: Found) -> Floats:
    """Twice the inverse Hessian of the criterion over all working parameters.

    Rows of parameters on the boundary are zero: they are held there. A flat direction is left out.
    """
    optimum = found.optimum
    objective = objective_of(found.ready.marginal)
    values, vectors = eigen(hessian(objective, optimum.theta, optimum.free))
    inverse = np.where(values > FLAT, 2 / np.where(values > FLAT, values, 1.0), 0.0)
    size = len(optimum.theta)
    whole = np.zeros((size, size))
    whole[np.ix_(optimum.free, optimum.free)] = (vectors * inverse) @ vectors.T
    return whole


def assembled(
    found: Found, specification: Specification, said: tuple[str, ...] = ()
) -> GeneralizedLinearMixedModel:
    """The result of a search; ``said`` are messages beside those that every fit has."""
    data, ready, at = found.data, found.ready, found.optimum.at
    marginal = ready.marginal
    theta, working, _ = marginal.split(at.x)
    first = len(theta)
    whole = covariance(found)
    own = slice(first, first + len(working))
    vcov = ready.basis @ whole[own, own] @ ready.basis.T
    names = data.fixed.names
    se = np.sqrt(np.diagonal(vcov))
    se = np.where([name in found.separated for name in names], np.inf, se)
    beta = ready.centre + ready.basis @ working
    there = natural(data.places, data.factors, theta)
    boundary = singular_components(data, there)
    return GeneralizedLinearMixedModel(
        formula=data.formula.text,
        specification=specification,
        fixef=dict(zip(names, beta.tolist(), strict=True)),
        se=dict(zip(names, se.tolist(), strict=True)),
        vcov=vcov,
        theta=there,
        varcorr=variance_components(data, there, 1.0)[:-1],
        loglik=-at.value / 2,
        df=len(at.x),
        nobs=data.n,
        ngroups={factor.name: factor.J for factor in data.factors},
        is_singular=bool(boundary),
        converged=found.optimum.converged and not found.separated,
        messages=(*_messages(found, boundary), *said),
        **_further(found, specification, whole[own.stop :, own.stop :]),
        data=data,
        zero=found.zero,
        ready=ready,
        optimum=found.optimum,
    )


def _further(found: Found, specification: Specification, vcov: Floats) -> dict[str, Any]:
    """The fields of the further parameters: the zeros, then the dispersion."""
    rest = found.ready.marginal.split(found.optimum.at.x)[2]
    fields: dict[str, Any] = {"zi_fixef": {}, "zi_se": {}, "zi_vcov": np.zeros((0, 0))}
    if found.zero is not None:
        names, basis = found.zero.fixed.names, found.zero.basis
        zi_vcov = basis @ vcov[: len(names), : len(names)] @ basis.T
        zi_se = np.sqrt(np.diagonal(zi_vcov))
        fields["zi_fixef"] = dict(zip(names, (basis @ rest[0]).tolist(), strict=True))
        fields["zi_se"] = dict(zip(names, zi_se.tolist(), strict=True))
        fields["zi_vcov"] = zi_vcov
    negative = specification.family == "nbinom2"
    fields["nbinom2_theta"] = math.exp(float(rest[-1][0])) if negative else None
    fields["log_theta_se"] = math.sqrt(float(vcov[-1, -1])) if negative else None
    return fields


def _messages(found: Found, boundary: list[str]) -> list[str]:
    data, optimum = found.data, found.optimum
    said = [f"boundary (singular) fit: {what}" for what in boundary]
    if data.frame.omitted:
        said.append(f"{data.frame.omitted} rows with missing values were left out")
    if data.fixed.dropped:
        names = ", ".join(data.fixed.dropped)
        said.append(f"fixed-effect columns that depend on the others were dropped: {names}")
    if found.separated:
        names = ", ".join(found.separated)
        said.append(
            f"separation: the predictors tell some responses with certainty, so that {names} "
            "has no finite estimate; what is shown is only where the search stopped"
        )
        return said
    if not optimum.identified:
        said.append("the data do not tell some parameters apart: the likelihood is flat in them")
    if not optimum.converged:
        said.append("the fit did not converge: the optimum fails the gradient or curvature check")
    return said
