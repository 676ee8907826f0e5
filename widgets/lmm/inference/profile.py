"""Profile-likelihood confidence intervals, as lme4's ``confint(method = "profile")``.

For each parameter the deviance is minimised over all the others; the interval holds the values
whose smallest deviance exceeds the optimum by no more than the chi-square quantile with one degree
of freedom (Bates et al. 2015, §5.1). Always by maximum likelihood.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from ..arguments import check_share
from ..arrays import Floats
from ..data.grouping_factors import grouping_factors
from ..distributions import normal
from ..likelihood.ar1 import with_phi
from ..likelihood.criterion import Evaluation, Problem
from ..likelihood.estimate import Estimate, estimate
from ..likelihood.model import MixedData, centre, problem_of
from ..likelihood.objective import objective_of
from ..likelihood.serial import SerialProblem, estimate_phi, serial_problem
from ..likelihood.theta import term_factors
from ..optimiser import Objective
from ..results import Interval
from .constrained import (
    Held,
    Shape,
    deviance_at,
    profiled,
    start_values,
    without_column,
)
from .interval_ends import Parameter, Profiled, profile_interval
from .spreads import spreads

OFF_BOUNDARY = 0.1
"""Where the search starts instead of at a theta of zero."""

LARGEST = 1 - 1e-9
"""The largest phi that an interval can reach."""


@dataclass(frozen=True)
class Optimum:
    """The maximum likelihood fit that is profiled, in working units that are not rotated.

    ``serial`` gives the problem by phi for residuals with an AR(1).
    """

    data: MixedData
    problem: Problem
    best: Estimate[Evaluation]
    serial: SerialProblem | None = None
    phi: float = 0.0

    @property
    def sigma(self) -> float:
        """Residual standard deviation."""
        return math.sqrt(self.best.at.r2 / self.problem.nu)

    @property
    def T(self) -> tuple[Floats, ...]:
        """Relative covariance factors by term."""
        return term_factors(self.data.terms, self.best.theta)

    def profiled(self, build: Callable[[Problem, float], Objective], start: Floats) -> Profiled:
        """The smallest deviance by value; ``build`` makes the objective of the others."""
        serial = self.serial
        if serial is None:
            return profiled(lambda c: build(self.problem, c), start)
        begin = np.append(start, math.atanh(self.phi))
        return profiled(lambda c: with_phi(lambda phi: build(serial(phi), c)), begin)


def profile_intervals(
    data: MixedData, theta: Floats, phi: float | None, level: float = 0.95
) -> dict[str, Interval]:
    """Intervals by name: ``sd_x|g``, ``cor_x.w|g``, ``sigma``, ``phi`` and the coefficients.

    Parameters
    ----------
    theta : to begin the search with
    phi : of an AR(1), else None
    level : float in (0, 1)
    """
    check_share("level", level)
    quantile = float(normal.isf((1 - level) / 2))
    fit = _optimum(data, theta, serial=phi is not None)
    parameters = chain(_covariances(fit), _sigma(fit), _phi(fit), _coefficients(fit))
    minimum = fit.best.at.value
    return {one.name: profile_interval(one, minimum, quantile) for one in parameters}


def _optimum(data: MixedData, theta: Floats, *, serial: bool) -> Optimum:
    data = replace(data, factors=grouping_factors(data.terms, rotated=False))
    start = np.empty(len(theta))  # theta in working units, off the boundary
    for factor, place in zip(data.factors, data.places, strict=True):
        start[place.index] = theta[place.index] * np.diagonal(factor.C)[place.row]
    start = np.where(start == 0, OFF_BOUNDARY, start)
    if not serial:
        problem = problem_of(data, REML=False)
        return Optimum(data, problem, estimate(problem, start))
    by_phi = serial_problem(data, REML=False)
    phi = estimate_phi(by_phi).phi
    return Optimum(data, by_phi(phi), estimate(by_phi(phi), start), by_phi, phi)


def _covariances(fit: Optimum) -> Iterator[Parameter]:
    """Standard deviations and correlations of the random effects, in theta's order."""
    for one in spreads(fit.data.terms, fit.T):
        if one.is_correlation:
            deviance = _held_covariance(fit, Held(one.term, Shape(one.order, "correlation")))
            yield Parameter(one.name, one.value, deviance, -1.0, 1.0, step=0.2)
        else:
            held, scale = Held(one.term, Shape(one.order, "deviation")), _scale(fit.data, one.term)
            divisor = float(scale[one.order[0]])
            yield _deviation(fit, one.name, one.value * fit.sigma, held, divisor)


def _sigma(fit: Optimum) -> Iterator[Parameter]:
    yield _deviation(fit, "sigma", fit.sigma, Held(None, None))


def _deviation(
    fit: Optimum, name: str, value: float, held: Held, divisor: float = 1.0
) -> Parameter:
    """A standard deviation."""
    deviance, step = _held_covariance(fit, held), 0.25 * value or 0.1 * fit.sigma
    return Parameter(name, value, deviance, 0.0, step=step, scale=divisor)


def _held_covariance(fit: Optimum, held: Held) -> Profiled:
    """The smallest deviance with a parameter of the covariance held."""
    terms = fit.data.terms
    start = start_values(terms, held, fit.T, fit.sigma)
    return fit.profiled(lambda problem, c: deviance_at(problem, terms, held, c), start)


def _phi(fit: Optimum) -> Iterator[Parameter]:
    """The correlation of neighbouring residuals, where there is one."""
    serial = fit.serial
    if serial is not None:

        def deviance(phi: float) -> float:
            return estimate(serial(phi), fit.best.theta).at.value

        yield Parameter("phi", fit.phi, deviance, -LARGEST, LARGEST)


def _coefficients(fit: Optimum) -> Iterator[Parameter]:
    fixed, at = fit.data.fixed, fit.best.at
    q0 = centre(fit.data)
    beta = fixed.coefficients(at.beta + q0)
    se = fit.sigma * np.sqrt(np.diagonal(fixed.covariance(at.Phi)))
    for j, name in enumerate(fixed.names):
        yield Parameter(name, float(beta[j]), _held_coefficient(fit, q0, j), step=float(se[j]))


def _held_coefficient(fit: Optimum, q0: Floats, j: int) -> Profiled:
    """The smallest deviance with coefficient j held."""
    R, start = fit.data.fixed.R, np.where(fit.best.theta == 0, 1e-2, fit.best.theta)
    if fit.serial is None:
        return lambda c: estimate(without_column(fit.problem, R, q0, j, c), start).at.value
    return fit.profiled(
        lambda problem, c: objective_of(without_column(problem, R, q0, j, c)), start
    )


def _scale(data: MixedData, i: int) -> Floats:
    """Scale of the columns of term i inside the engine."""
    for factor in data.factors:
        if i in factor.terms:
            before = sum(data.terms[j].k for j in factor.terms[: factor.terms.index(i)])
            return np.diagonal(factor.C)[before : before + data.terms[i].k]
    raise IndexError(i)
