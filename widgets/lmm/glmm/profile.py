"""Profile-likelihood intervals of generalised mixed models.

A parameter is held by moving along a flat: the others are z, and x = origin + directions z. For a
standard deviation or correlation the effects of its term are ordered so that T has it in its first
rows, (sd, 0, …) or s (rho, sqrt(1 - rho²), 0, …): any T with the same T T' is as good.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..arguments import check_share
from ..arrays import Floats, Integers
from ..data.grouping_factors import grouping_factors
from ..data.random_effects import RandomEffects
from ..distributions import normal
from ..inference.constrained import off_zero, profiled
from ..inference.interval_ends import Parameter, Profiled, profile_interval
from ..inference.spreads import spreads
from ..likelihood.objective import objective_of
from ..likelihood.theta import lower_factor, lower_triangle, places, term_factors
from ..linalg import independent_columns
from ..optimiser import Objective
from ..results import Interval
from .estimates import GeneralizedFit
from .marginal import Marginal
from .rows import rows_of

OFF_BOUNDARY = 0.1
"""Where the search starts instead of at a theta of zero."""


@dataclass(frozen=True)
class Flat:
    """The points at which a parameter is held.

    Attributes
    ----------
    origin : shape (m,)
    directions : shape (m, m - 1)
    absolute : positions in z that count by their absolute value
    """

    origin: Floats
    directions: Floats
    absolute: Integers

    def objective(self, criterion: Objective) -> Objective:
        """The criterion on the flat and its gradient by z."""

        def on_flat(z: Floats) -> tuple[float, Floats]:
            sign = np.ones(len(z))
            sign[self.absolute] = np.copysign(1.0, z[self.absolute])
            value, gradient = criterion(self.origin + self.directions @ (sign * z))
            return value, sign * (self.directions.T @ gradient)

        return on_flat


def profile_intervals(fit: GeneralizedFit, level: float = 0.95) -> dict[str, Interval]:
    """Intervals by lme4's names: ``sd_x|g``, ``cor_x.w|g`` and the coefficients."""
    check_share("level", level)
    quantile = float(normal.isf((1 - level) / 2))
    return {
        parameter.name: profile_interval(parameter, fit.optimum.at.value, quantile)
        for parameter in (*_covariance_parameters(fit), *_coefficients(fit))
    }


def _covariance_parameters(fit: GeneralizedFit) -> Iterator[Parameter]:
    terms = fit.data.terms
    for one in spreads(terms, term_factors(terms, fit.theta)):
        if one.is_correlation:
            deviance = _held_correlation(fit, one.term, one.order)
            yield Parameter(one.name, one.value, deviance, lower=-1.0, upper=1.0, step=0.2)
        else:
            deviance = _held_deviation(fit, one.term, one.order)
            step = 0.25 * one.value or OFF_BOUNDARY
            yield Parameter(one.name, one.value, deviance, lower=0.0, step=step)


def _coefficients(fit: GeneralizedFit) -> Iterator[Parameter]:
    marginal, x = fit.ready.marginal, fit.optimum.at.x
    start = np.where(x == 0, OFF_BOUNDARY, x)
    own = marginal.ntheta + np.arange(marginal.X.shape[1])
    for j, (name, value) in enumerate(fit.fixef.items()):
        row = np.zeros(len(x))
        row[own] = fit.ready.basis[j]
        shift = row / (row @ row)
        directions = _orthogonal(row)

        def at(
            c: float, shift: Floats = shift, directions: Floats = directions, j: int = j
        ) -> Flat:
            origin = (c - fit.ready.centre[j]) * shift
            return Flat(origin, directions, np.zeros(0, dtype=np.intp))

        deviance = _profiled(marginal, at, directions.T @ start)
        yield Parameter(name, value, deviance, step=_step(fit.se[name], value))


def _step(se: float, value: float) -> float:
    return se if math.isfinite(se) and se > 0 else max(abs(value), 1.0)


def _orthogonal(row: Floats) -> Floats:
    """An orthonormal basis of all directions across ``row``, shape (m, m - 1)."""
    _, Q, _ = independent_columns(np.column_stack([row, np.eye(len(row))]))
    return Q[:, 1:]


def _held_deviation(fit: GeneralizedFit, i: int, order: tuple[int, ...]) -> Profiled:
    marginal, start, scale, first = _reordered(fit, i, order)
    directions = np.delete(np.eye(len(start)), first, axis=1)

    def at(c: float) -> Flat:
        origin = np.zeros(len(start))
        origin[first] = c * scale[0]
        return Flat(origin, directions, np.zeros(0, dtype=np.intp))

    return _profiled(marginal, at, np.delete(start, first))


def _held_correlation(fit: GeneralizedFit, i: int, order: tuple[int, ...]) -> Profiled:
    marginal, start, _, first = _reordered(fit, i, order)
    k = len(order)
    length, other = first + 1, first + k  # where T has its elements (1, 0) and (1, 1)
    size = len(start)
    kept = np.delete(np.eye(size), other, axis=1)

    def at(c: float) -> Flat:
        directions = kept.copy()
        directions[length, length] = c
        directions[other, length] = math.sqrt(max(1 - c * c, 0.0))
        return Flat(np.zeros(size), directions, np.array([first, length]))

    free = np.delete(start, other)
    free[length] = math.hypot(start[length], start[other])
    return _profiled(marginal, at, free)


def _reordered(
    fit: GeneralizedFit, i: int, order: tuple[int, ...]
) -> tuple[Marginal, Floats, Floats, int]:
    """The criterion with the effects of term i in this order and units of the data.

    Also its parameters at the optimum, off the boundary, the scale of the term's effects, and the
    position of its first parameter.
    """
    data, terms = fit.data, list(fit.data.terms)
    parts = list(term_factors(data.terms, fit.theta))
    chosen = list(order)
    names = tuple(terms[i].names[a] for a in chosen)
    terms[i] = RandomEffects(terms[i].group, names, terms[i].Z[:, chosen], terms[i].levels)
    parts[i] = lower_factor(parts[i][chosen])
    factors = grouping_factors(terms, rotated=False)
    scales: list[Floats] = [np.ones(0)] * len(terms)
    for factor in factors:
        widths = np.cumsum([terms[t].k for t in factor.terms])[:-1]
        for t, scale in zip(factor.terms, np.split(np.diagonal(factor.C), widths), strict=True):
            scales[t] = scale
    theta = np.concatenate(
        [
            (T * scale[:, None])[lower_triangle(len(T))]
            for T, scale in zip(parts, scales, strict=True)
        ]
    )
    start = fit.optimum.at.x.copy()
    start[: len(theta)] = np.where(theta == 0, OFF_BOUNDARY, theta)
    marginal = replace(
        fit.ready.marginal,
        rows=rows_of(factors, data.where),
        places=places(terms, factors),
        _last=[],
    )
    first = sum(term.ntheta for term in terms[:i])
    return marginal, start, scales[i], first


def _profiled(marginal: Marginal, at: Callable[[float], Flat], start: Floats) -> Profiled:
    """The smallest deviance by value of what is held."""
    criterion = objective_of(marginal)

    def inside(c: float, z: Floats) -> Floats:
        flat, ntheta = at(c), marginal.ntheta
        theta = (flat.origin + flat.directions @ z)[:ntheta]
        moved: Floats = z + flat.directions[:ntheta].T @ (off_zero(theta) - theta)
        return moved

    return profiled(lambda c: at(c).objective(criterion), start, inside)
