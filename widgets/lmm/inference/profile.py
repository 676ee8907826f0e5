"""Profile-likelihood confidence intervals, as lme4's ``confint(method = "profile")``.

For each parameter the deviance is minimised over all the others; the interval holds the values
whose smallest deviance exceeds the optimum by no more than the chi-square quantile with one degree
of freedom (Bates et al. 2015, §5.1). Always by maximum likelihood. The ends are roots of zeta(c) =
sign(c - estimate) sqrt(deviance(c) - minimum) -+ quantile, which is nearly linear.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.data.random_effects import grouping_factors
from widgets.lmm.distributions import normal
from widgets.lmm.errors import DataError
from widgets.lmm.inference.constrained import (
    Held,
    Profiled,
    Shape,
    profiled,
    start_values,
    without_column,
)
from widgets.lmm.likelihood.criterion import Evaluation, Problem
from widgets.lmm.likelihood.estimate import Estimate, estimate
from widgets.lmm.likelihood.model import MixedData, problem_of
from widgets.lmm.likelihood.theta import lower_triangle
from widgets.lmm.results import Interval

ACCURATE = 1e-7
"""Of zeta, at the ends of an interval."""

MOST_STEPS = 60


def profile_intervals(data: MixedData, start: Floats, level: float = 0.95) -> dict[str, Interval]:
    """Intervals by lme4's names: ``sd_x|g``, ``cor_x.w|g``, ``sigma`` and the coefficients.

    Parameters
    ----------
    start : array, theta to begin the search with
    level : float in (0, 1)
    """
    if not 0 < level < 1:
        msg = f"level must lie between 0 and 1, not {level!r}"
        raise DataError(msg)
    quantile = float(normal.isf((1 - level) / 2))
    factors = grouping_factors(data.terms, rotated=False)
    data = replace(data, factors=factors)
    problem = problem_of(data, data.y, REML=False)
    best = estimate(problem, _working(data, start))
    result = {}
    for name, value, held, scale, bounds in _covariance_parameters(data, best, problem):
        T = [
            t[: term.k, : term.k] for t, term in zip(_factors(data, best), data.terms, strict=True)
        ]
        begin = start_values(data.terms, held, T, math.sqrt(best.at.r2 / problem.nu))
        deviance = profiled(problem, data.terms, held, begin)
        result[name] = _interval(deviance, best.at.value, (value, bounds), quantile, scale)
    result.update(_coefficient_intervals(data, problem, best, quantile))
    return result


def _working(data: MixedData, theta: Floats) -> Floats:
    """Theta in working units, off the boundary."""
    result = np.empty(len(theta))
    for factor, place in zip(data.factors, data.places, strict=True):
        result[place.index] = theta[place.index] * np.diagonal(factor.C)[place.row]
    return np.where(result == 0, 0.1, result)


def _factors(data: MixedData, best: Estimate[Evaluation]) -> list[Floats]:
    """T of each term, scaled as inside."""
    found, start = [], 0
    for term in data.terms:
        T = np.zeros((term.k, term.k))
        T[lower_triangle(term.k)] = best.at.theta[start : start + term.ntheta]
        found.append(T)
        start += term.ntheta
    return found


def _covariance_parameters(
    data: MixedData, best: Estimate[Evaluation], problem: Problem
) -> Iterator[tuple[str, float, Held, float, tuple[float, float]]]:
    """Name, estimate, what is held, divisor of the result, and bounds of each parameter."""
    sigma = math.sqrt(best.at.r2 / problem.nu)
    for i, (term, T) in enumerate(zip(data.terms, _factors(data, best), strict=True)):
        scale = _scale(data, i)
        S = T @ T.T
        sd = np.sqrt(np.diagonal(S))
        for row, col in zip(*(v.tolist() for v in lower_triangle(term.k)), strict=True):
            rest = [a for a in range(term.k) if a not in {row, col}]
            if row == col:
                held = Held(i, Shape((row, *rest), 1))
                yield (
                    f"sd_{term.names[row]}|{term.group}",
                    sd[row] * sigma,
                    held,
                    scale[row],
                    (0, math.inf),
                )
            else:
                product = sd[row] * sd[col]
                value = S[row, col] / product if product > 0 else 0.0
                held = Held(i, Shape((col, row, *rest), 2))
                name = f"cor_{term.names[row]}.{term.names[col]}|{term.group}"
                yield name, min(max(value, -1.0), 1.0), held, 1.0, (-1, 1)
    yield "sigma", sigma, Held(None, None), 1.0, (0, math.inf)


def _scale(data: MixedData, i: int) -> Floats:
    """Scale of the columns of term i inside the engine."""
    for factor in data.factors:
        if i in factor.terms:
            before = sum(data.terms[j].k for j in factor.terms[: factor.terms.index(i)])
            return np.diagonal(factor.C)[before : before + data.terms[i].k]
    raise IndexError(i)


def _coefficient_intervals(
    data: MixedData, problem: Problem, best: Estimate[Evaluation], quantile: float
) -> dict[str, Interval]:
    sigma = math.sqrt(best.at.r2 / problem.nu)
    R = data.fixed.R_inverse
    q0 = data.fixed.Q.T @ data.y
    beta = R @ (best.at.beta + q0)
    se = sigma * np.sqrt(np.einsum("ka,ab,kb->k", R, best.at.Phi, R))
    theta = np.where(best.at.theta == 0, 1e-2, best.at.theta)
    result = {}
    for j, name in enumerate(data.fixed.names):
        held = without_column(problem, data.fixed.R, q0, j)

        def deviance(c: float, held: Callable[[float], Problem] = held) -> float:
            return estimate(held(c), theta).at.value

        bounds = (-math.inf, math.inf)
        value = float(beta[j])
        ends = _interval(deviance, best.at.value, (value, bounds), quantile, 1.0, step=float(se[j]))
        result[name] = ends
    return result


def _interval(
    deviance: Profiled,
    minimum: float,
    where: tuple[float, tuple[float, float]],
    quantile: float,
    scale: float,
    step: float | None = None,
) -> Interval:
    value, (lower, upper) = where
    step = step or (0.25 * abs(value) if upper == math.inf else 0.2) or 0.1
    low = _end(deviance, minimum, value, lower, -quantile, -step)
    high = _end(deviance, minimum, value, upper, quantile, step)
    return Interval(float(low / scale), float(high / scale))


def _end(
    deviance: Profiled, minimum: float, value: float, bound: float, goal: float, step: float
) -> float:
    """Where zeta reaches the goal going from the estimate in the direction of ``step``."""
    sign = math.copysign(1.0, step)
    if value == bound:
        return bound

    def zeta(c: float) -> float:
        return sign * math.sqrt(max(deviance(c) - minimum, 0.0)) - goal

    near, f_near = value, -goal
    far = value
    for _ in range(MOST_STEPS):
        far = far + step
        if (far - bound) * sign >= 0:
            far = bound
        f_far = zeta(far)
        if f_far * sign >= 0:
            break
        if far == bound:
            return bound
        near, f_near, step = far, f_far, step * 1.6
    return _root(zeta, (near, f_near), (far, f_far))


def _root(zeta: Profiled, a: tuple[float, float], b: tuple[float, float]) -> float:
    """A bracketed root by false position with the Illinois correction."""
    (x0, f0), (x1, f1) = a, b
    for _ in range(MOST_STEPS):
        if abs(f1) < ACCURATE or x0 == x1:
            return x1
        x = x1 - f1 * (x1 - x0) / (f1 - f0)
        f = zeta(x)
        if f * f1 < 0:
            x0, f0 = x1, f1
        else:
            f0 = f0 / 2
        x1, f1 = x, f
    return x1
