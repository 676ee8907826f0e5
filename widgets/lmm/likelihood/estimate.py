"""Estimation of theta: search, exact boundary, polish and proof of convergence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from widgets.lmm.arrays import Floats
from widgets.lmm.likelihood.theta import Place, lower_factor
from widgets.lmm.linalg import eigen, singular_values
from widgets.lmm.optimiser import (
    Minimum,
    Objective,
    curvature,
    hessian,
    minimise,
    newton_step,
    rough_hessian,
)

EQUAL = 1e-9
"""Criterion values closer than this are the same fit."""

TINY = 1e-3
"""A standard deviation (over sigma) below this may be an exact zero."""

CLOSE = 2e-2
"""One below this is near enough to the boundary for a closer look."""

INSIDE = (0.1, 1.0)
"""How far from the boundary a search is started again; one is where lme4 starts."""

LARGE = (1.0, 10.0, 100.0, 1000.0)
"""Standard deviations (over sigma) of effects that may cancel each other."""

NEAR = 1e-7
"""The search goes on while it promises a larger decrease; Newton's steps do the rest."""

STILL = 1e-8
"""Length of a Newton step after which there is no other."""

SLIGHT = 1e-3
"""Share of the largest curvature below which the least is computed again at the very optimum."""

FLAT = 1e-5
"""Largest gradient at an optimum, relative to the curvature's scale."""


class Evaluated(Protocol):
    """What is known at one point, at least the criterion; infinite where it has no value."""

    @property
    def value(self) -> float:
        """The criterion."""
        ...


At = TypeVar("At", bound=Evaluated)


class Criterion(Protocol[At]):
    """A function of theta and, behind it, of any further parameters; even in the columns of T."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Where theta stands in the factors T."""
        ...

    def evaluate(self, theta: Floats) -> At:
        """Everything known at theta."""
        ...

    def gradient(self, at: At) -> Floats:
        """Derivative of the criterion, shape of theta."""
        ...


@dataclass(frozen=True)
class Estimate(Generic[At]):
    """The optimum.

    Attributes
    ----------
    theta : where it is
    at : everything known there
    gradient : shape of theta
    curvature : Hessian over the parameters that are not on the boundary
    free : positions of those parameters
    boundary : positions on the diagonal of a T that are exactly zero
    converged : gradient zero and no negative curvature over ``free``
    identified : no direction in which the criterion is flat
    iterations : of the optimiser
    """

    theta: Floats
    at: At
    gradient: Floats
    curvature: Floats
    free: NDArray[np.intp]
    boundary: NDArray[np.intp]
    converged: bool
    identified: bool
    iterations: int


def estimate(problem: Criterion[At], start: Floats) -> Estimate[At]:
    """The theta that minimises the criterion, with exact zeros on the boundary.

    A search that ends near the boundary is refined there and repeated from inside, and so is one
    that does worse than the model without one of its terms.
    """
    objective = objective_of(problem)
    found = minimise(objective, start, NEAR)
    iterations = found.iterations
    theta, value = _on_boundary(problem, found)
    for trial in _second_starts(problem, theta, value):
        again = minimise(objective, trial, NEAR)
        iterations += again.iterations
        other, other_value = _on_boundary(problem, again)
        if other_value < value - EQUAL:
            theta, value = other, other_value
    return _polished(problem, theta, iterations)


def objective_of(problem: Criterion[At]) -> Objective:
    """Value and gradient of the criterion."""

    def objective(theta: Floats) -> tuple[float, Floats]:
        at = problem.evaluate(theta)
        if not math.isfinite(at.value):
            return math.inf, np.zeros(len(theta))
        return at.value, problem.gradient(at)

    return objective


def _on_boundary(problem: Criterion[At], found: Minimum) -> tuple[Floats, float]:
    """The point found, with directions of no variance made exactly so where that costs nothing."""
    theta, value = found.x, found.value
    if _smallest(problem, theta) > CLOSE:
        return theta, value
    refined = minimise(objective_of(problem), theta)
    theta, value = refined.x, refined.value
    for place in problem.places:
        for block in place.blocks:
            trial = theta.copy()
            T = place.T(theta)
            T[block, block] = lower_factor(_truncated(T[block, block]))
            trial[place.index] = T[place.row, place.col]
            at = problem.evaluate(trial)
            if at.value <= value + EQUAL:
                theta, value = trial, at.value
    return theta, value


def _smallest(problem: Criterion[At], theta: Floats) -> float:
    """The smallest standard deviation of any combination of the effects of a term, over sigma."""
    sizes = [
        singular_values(place.T(theta)[block, block])[-1]
        for place in problem.places
        for block in place.blocks
    ]
    return float(min(sizes))


def _truncated(T: Floats) -> Floats:
    """T without directions of a standard deviation below TINY, shape (k, m)."""
    values, vectors = eigen(T @ T.T)
    kept = values > TINY**2
    result: Floats = vectors[:, kept] * np.sqrt(values[kept])
    return result


def _second_starts(problem: Criterion[At], theta: Floats, value: float) -> list[Floats]:
    """Points to search from again: inside of the boundary, and without a term that does harm.

    Uncorrelated effects of one factor may cancel each other where x has its zero far away: then
    the best of some large variances is tried, too.
    """
    starts = [
        inside for size in INSIDE if np.any((inside := _inside(problem, theta, size)) != theta)
    ]
    for place in problem.places if len(theta) > 1 else ():
        diagonal = place.index[place.row == place.col]
        trial = theta.copy()
        trial[place.index] = 0.0
        if np.any(trial) and problem.evaluate(trial).value < value - EQUAL:
            trial[diagonal] = INSIDE[0] / 10
            starts.append(trial)
        if len(place.blocks) > 1:
            starts.append(_best_size(problem, theta, diagonal))
    return starts


def _inside(problem: Criterion[At], theta: Floats, size: float) -> Floats:
    """Theta with a standard deviation of that size (over sigma) in every direction without one."""
    inside = theta.copy()
    for place in problem.places:
        T = place.T(theta)
        for block in place.blocks:
            part = T[block, block]
            if singular_values(part)[-1] <= CLOSE:
                T[block, block] = lower_factor(np.hstack([part, size * np.eye(len(part))]))
        inside[place.index] = T[place.row, place.col]
    return inside


def _best_size(problem: Criterion[At], theta: Floats, diagonal: NDArray[np.intp]) -> Floats:
    """Theta with one large standard deviation for all effects of a factor, the best of some."""
    trials = []
    for size in LARGE:
        trial = theta.copy()
        trial[diagonal] = size
        trials.append((problem.evaluate(trial).value, size, trial))
    return min(trials, key=lambda one: one[:2])[2]


def _polished(problem: Criterion[At], theta: Floats, iterations: int) -> Estimate[At]:
    """Newton steps with an exact gradient; the last Hessian proves the minimum."""
    fixed = np.zeros(len(theta), dtype=bool)
    diagonal = np.zeros(len(theta), dtype=bool)
    for place in problem.places:
        empty = ~np.any(place.T(theta), axis=0)
        fixed[place.index] = empty[place.col]
        diagonal[place.index] = place.row == place.col
    free, boundary = np.flatnonzero(~fixed), np.flatnonzero(fixed & diagonal)
    objective = objective_of(problem)
    at = problem.evaluate(theta)
    grad = problem.gradient(at)
    matrix = rough_hessian(objective, theta, grad, free)
    for _ in range(5):
        step = newton_step(matrix, grad[free])
        moved = theta.copy()
        moved[free] += step
        there = problem.evaluate(moved)
        if not there.value <= at.value + EQUAL:
            break
        theta, at, grad = moved, there, problem.gradient(there)
        if not _moves(step, theta[free], STILL):
            break
    if curvature(matrix, SLIGHT) != "positive":  # look closer, at the very optimum
        matrix = hessian(objective, theta, free)
    still = not _moves(newton_step(matrix, grad[free]), theta[free], FLAT)
    least = curvature(matrix)
    converged = still and least != "negative" and math.isfinite(at.value)
    return Estimate(theta, at, grad, matrix, free, boundary, converged, least != "flat", iterations)


def _moves(step: Floats, theta: Floats, share: float) -> bool:
    """Whether a step changes any parameter by more than a share of its size, or of one."""
    return bool(np.any(~(np.abs(step) <= share * np.maximum(1.0, np.abs(theta)))))
