"""From an optimum to a result: coefficients, their covariance, messages."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..data.fixed_effects import left_out
from ..likelihood.objective import objective_of
from ..likelihood.theta import natural
from ..linalg import eigen
from ..mixed.effects import singular_components, variance_components
from ..optimiser import hessian
from .conditional import Binomial
from .estimates import Specification
from .fit import Found
from .result import GeneralizedLinearMixedModel
from .zero_part import ZeroPart

FLAT = 1e-6
"""A direction in which the standard error exceeds a thousand, in working units, is flat."""

LARGE, ENDLESS = 10.0, 30.0
"""Random effects of a binomial model that grow without end: large ones with a flat likelihood (odds
of exp(10) to one are certainties already), and any that are larger still."""

NOWHERE = -8.0
"""The logit of an added zero below which there are none."""

INVOLVED = 1e-6
"""Share of a flat direction from which on a coefficient has no finite standard error."""


def covariance(found: Found) -> tuple[Floats, Floats]:
    """Twice the inverse Hessian of the criterion over all working parameters, and what is flat.

    Rows of parameters on the boundary are zero: they are held there. Flat directions are left out;
    the second matrix projects on them.
    """
    optimum = found.optimum
    objective = objective_of(found.ready.marginal)
    values, vectors = eigen(hessian(objective, optimum.theta, optimum.free))
    inverse = np.where(values > FLAT, 2 / np.where(values > FLAT, values, 1.0), 0.0)
    size = len(optimum.theta)
    whole = np.zeros((size, size))
    whole[np.ix_(optimum.free, optimum.free)] = (vectors * inverse) @ vectors.T
    level = np.zeros((size, size))
    level[np.ix_(optimum.free, optimum.free)] = (vectors * (values <= FLAT)) @ vectors.T
    return whole, level


def assembled(found: Found, specification: Specification) -> GeneralizedLinearMixedModel:
    """The result of a search."""
    data, ready, at = found.data, found.ready, found.optimum.at
    theta, working, _ = ready.marginal.split(at.x)
    whole, level = covariance(found)
    flat = bool(np.any(level))
    own = slice(len(theta), len(theta) + len(working))
    vcov = ready.basis @ whole[own, own] @ ready.basis.T
    natural_theta = natural(data.places, data.factors, theta)
    boundary = singular_components(data, natural_theta)
    doubtful = flat or not found.optimum.converged
    endless = _endless(found, LARGE if doubtful else ENDLESS)
    return GeneralizedLinearMixedModel(
        formula=data.formula.text,
        specification=specification,
        fixef=data.fixed.by_name(ready.centre + ready.basis @ working),
        se=data.fixed.by_name(
            _standard_errors(found, vcov, _involved(ready.basis, level[own, own]))
        ),
        vcov=vcov,
        theta=natural_theta,
        varcorr=variance_components(data, natural_theta, 1.0)[:-1],
        loglik=-at.value / 2,
        parameters=len(at.x) + found.equidispersed + (found.absent.fixed.p if found.absent else 0),
        is_singular=bool(boundary),
        converged=found.optimum.converged and not (found.separated or endless),
        messages=tuple(_messages(found, boundary, endless, flat=flat)),
        **_further(
            found, specification, whole[own.stop :, own.stop :], level[own.stop :, own.stop :]
        ),
        data=data,
        zero=found.zero,
        dispersion=found.dispersion,
        ready=ready,
        optimum=found.optimum,
    )


def _involved(basis: Floats, level: Floats) -> NDArray[np.bool_]:
    """Which coefficients change along a flat direction, shape (p,)."""
    result: NDArray[np.bool_] = np.einsum("ij,jk,ik->i", basis, level, basis) > INVOLVED * np.sum(
        basis * basis, axis=1
    )
    return result


def _standard_errors(found: Found, vcov: Floats, flat: NDArray[np.bool_]) -> Floats:
    """Roots of the variances, infinite for coefficients without a finite estimate."""
    infinite = [name in found.separated for name in found.data.fixed.names]
    return np.where(flat | np.array(infinite, dtype=bool), np.inf, np.sqrt(np.diagonal(vcov)))


def _further(
    found: Found, specification: Specification, vcov: Floats, level: Floats
) -> dict[str, Any]:
    """The fields of the further parameters: the zeros, then the dispersion."""
    rest = found.ready.marginal.split(found.optimum.at.x)[2]
    fields: dict[str, Any] = {"zi_fixef": {}, "zi_se": {}, "zi_vcov": np.zeros((0, 0))}
    fields |= {"nbinom2_theta": None, "log_theta_se": None, "disp_fixef": {}, "disp_se": {}}
    r = 0
    if found.zero is not None:
        r, names, basis = found.zero.fixed.p, found.zero.fixed.names, found.zero.basis
        zi_vcov = basis @ vcov[:r, :r] @ basis.T
        variances = np.maximum(np.diagonal(zi_vcov), 0.0)
        zi_se = np.where(_involved(basis, level[:r, :r]), np.inf, np.sqrt(variances))
        fields["zi_fixef"] = dict(zip(names, (basis @ rest[0]).tolist(), strict=True))
        fields["zi_se"] = dict(zip(names, zi_se.tolist(), strict=True))
        fields["zi_vcov"] = zi_vcov
    if found.absent is not None:
        names = found.absent.fixed.names
        nowhere = dict.fromkeys(names, math.nan)
        fields["zi_fixef"] = nowhere | {"(Intercept)": -math.inf}
        fields["zi_se"] = nowhere
        fields["zi_vcov"] = np.full((len(names), len(names)), np.nan)
    if found.dispersion is not None:
        own = slice(r, r + found.dispersion.fixed.p)
        values = rest[int(found.zero is not None)]
        fields |= _dispersion(found.dispersion, values, vcov[own, own], level[own, own])
    if specification.family == "nbinom2" and (found.dispersion is None or _is_constant(found)):
        theta = fields["disp_fixef"].get("(Intercept)", math.inf)
        fields["nbinom2_theta"] = math.exp(theta)
        fields["log_theta_se"] = fields["disp_se"].get("(Intercept)", math.nan)
    if found.equidispersed:
        limit = math.inf if specification.family == "nbinom2" else -math.inf
        fields |= {"disp_fixef": {"(Intercept)": limit}, "disp_se": {"(Intercept)": math.nan}}
    return fields


def _is_constant(found: Found) -> bool:
    """Whether the dispersion is the same in all rows."""
    return found.dispersion is not None and found.dispersion.fixed.names == ("(Intercept)",)


def _dispersion(part: ZeroPart, values: Floats, vcov: Floats, level: Floats) -> dict[str, Any]:
    """Coefficients of the dispersion with their standard errors."""
    basis, names = part.basis, part.fixed.names
    variances = np.maximum(np.diagonal(basis @ vcov @ basis.T), 0.0)
    se = np.where(_involved(basis, level), np.inf, np.sqrt(variances))
    return {
        "disp_fixef": dict(zip(names, (basis @ values).tolist(), strict=True)),
        "disp_se": dict(zip(names, se.tolist(), strict=True)),
    }


def _messages(
    found: Found, boundary: list[str], endless: tuple[str, ...], *, flat: bool
) -> list[str]:
    data, optimum = found.data, found.optimum
    said = [f"boundary (singular) fit: {what}" for what in boundary]
    said += left_out(data.frame, data.fixed)
    if found.equidispersed:
        said.append("the counts vary no more than Poisson's: the dispersion has no finite estimate")
    if found.absent is not None:
        said.append("there are no more zeros than the counts explain: no zero inflation")
    if found.separated:
        names = ", ".join(found.separated)
        said.append(
            f"separation: the predictors tell some responses with certainty, so that {names} "
            "has no finite estimate; what is shown is only where the search stopped"
        )
        return said
    if endless:
        said.append(
            f"the responses are so alike within the levels of {', '.join(endless)} that its "
            "variance has no finite estimate; what is shown is only where the search stopped"
        )
        return said
    if flat:
        said.append(_flat(found))
    if not optimum.converged:
        said.append("the fit did not converge: the optimum fails the gradient or curvature check")
    return said


def _flat(found: Found) -> str:
    """What a flat likelihood means: an end at infinity for the zeros, or parameters alike."""
    if found.zero is not None:
        rest = found.ready.marginal.split(found.optimum.at.x)[2]
        if float(np.min(found.zero.design @ rest[0])) < NOWHERE:
            return (
                "some rows have no added zeros, so that coefficients of the zeros have no finite "
                "estimate; what is shown of them is only where the search stopped"
            )
    return "the data do not tell some parameters apart: the likelihood is flat in them"


def _endless(found: Found, bound: float) -> tuple[str, ...]:
    """Grouping factors of a binomial model with random effects beyond the bound."""
    if not isinstance(found.ready.marginal.conditional, Binomial):
        return ()
    x = found.optimum.at.x
    return tuple(
        factor.name
        for factor, place in zip(found.data.factors, found.data.places, strict=True)
        if float(np.abs(place.T(x)).max()) > bound
    )
