"""Estimation of theta: search, exact boundary, polish and proof of convergence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Generic

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..optimiser import curvature, hessian, minimise, newton_step, rough_hessian
from .boundary import on_boundary, second_starts
from .objective import EQUAL, At, Criterion, objective_of

NEAR = 1e-7
"""The search goes on while it promises a larger decrease; Newton's steps do the rest."""

STILL = 1e-8
"""Length of a Newton step after which there is no other."""

SLIGHT = 1e-3
"""Share of the largest curvature below which the least is computed again at the very optimum."""

ROUNDING = 1e-6
"""Relative error of a criterion whose large terms cancel each other."""

FLAT = 1e-5
"""Largest gradient at an optimum, relative to the curvature's scale."""


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
    theta, value = on_boundary(problem, found)
    for trial in second_starts(problem, theta, value):
        again = minimise(objective, trial, NEAR)
        iterations += again.iterations
        other, other_value = on_boundary(problem, again)
        if other_value < value - EQUAL:
            theta, value = other, other_value
    return _polished(problem, theta, iterations)


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
        if not there.value <= at.value + ROUNDING * (1 + abs(at.value)):
            break
        slope = problem.gradient(there)
        if there.value > at.value + EQUAL and not _halved(grad[free], slope[free]):
            break
        theta, at, grad = moved, there, slope
        if not _moves(step, theta[free], STILL):
            break
    if curvature(matrix, SLIGHT) != "positive":  # look closer, at the very optimum
        matrix = hessian(objective, theta, free)
    still = not _moves(newton_step(matrix, grad[free]), theta[free], FLAT)
    least = curvature(matrix)
    converged = still and least != "negative" and math.isfinite(at.value)
    return Estimate(theta, at, grad, matrix, free, boundary, converged, least != "flat", iterations)


def _halved(before: Floats, after: Floats) -> bool:
    """Whether the largest element of a gradient is half of what it was, or less."""
    return float(np.abs(after).max()) <= float(np.abs(before).max()) / 2


def _moves(step: Floats, theta: Floats, share: float) -> bool:
    """Whether a step changes any parameter by more than a share of its size, or of one."""
    return bool(np.any(~(np.abs(step) <= share * np.maximum(1.0, np.abs(theta)))))
