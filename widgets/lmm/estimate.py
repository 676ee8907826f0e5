"""Estimation of theta: search, exact boundary, polish and proof of convergence."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.lmm.columns import Floats
from widgets.lmm.criterion import Evaluation, Problem, evaluate, gradient
from widgets.lmm.optimiser import hessian, minimise, newton_step
from widgets.lmm.theta import Place

EQUAL = 1e-9
"""Criterion values closer than this are the same fit."""

TINY = 1e-3
"""A diagonal element of T below this may be an exact zero."""

INSIDE = 0.1
"""How far from the boundary a search is started again."""

FLAT = 1e-5
"""Largest gradient at an optimum, relative to the curvature's scale."""


@dataclass(frozen=True)
class Estimate:
    """The optimum.

    Attributes
    ----------
    at : everything known there
    gradient : shape of theta
    curvature : Hessian over the parameters that are not on the boundary
    free : positions of those parameters
    boundary : positions on the diagonal of a T that are exactly zero
    converged : gradient zero and curvature positive over ``free``
    iterations : of the optimiser
    """

    at: Evaluation
    gradient: Floats
    curvature: Floats
    free: NDArray[np.intp]
    boundary: NDArray[np.intp]
    converged: bool
    iterations: int


def estimate(problem: Problem, start: Floats) -> Estimate:
    """The theta that minimises the criterion, with exact zeros on the boundary.

    A search that ends on the boundary is repeated from inside, and so is one that does worse than
    the model without one of its terms.
    """
    objective = _Objective(problem)
    found = minimise(objective, start)
    theta, iterations = canonical(problem, found.x), found.iterations
    value = found.value
    theta, value = _snapped(problem, theta, value)
    for trial in _second_starts(problem, theta, value):
        again = minimise(objective, trial)
        iterations += again.iterations
        if again.value < value - EQUAL:
            theta, value = _snapped(problem, canonical(problem, again.x), again.value)
    return _polished(problem, theta, iterations)


class _Objective:
    """Value and gradient of the criterion."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    def __call__(self, theta: Floats) -> tuple[float, Floats]:
        at = evaluate(self.problem, theta)
        if not math.isfinite(at.value):
            return math.inf, np.zeros(len(theta))
        return at.value, gradient(self.problem, at)


def canonical(problem: Problem, theta: Floats) -> Floats:
    """The same covariances with no negative diagonal element in any T.

    The sign of a column of T does not matter; below a zero on the diagonal the column is rotated
    into the next ones, as a Cholesky factor has it.
    """
    result = theta.copy()
    for place in problem.places:
        T = place.T(theta)
        signs = np.where(np.diagonal(T) < 0, -1.0, 1.0)
        result[place.index] = (T * signs)[place.row, place.col]
    return result


def _snapped(problem: Problem, theta: Floats, value: float) -> tuple[Floats, float]:
    """Small diagonal elements made exact zeros where that costs nothing."""
    for place in problem.places:
        for position in np.flatnonzero(place.row == place.col):
            index = place.index[position]
            if not 0 < theta[index] < TINY:
                continue
            trial = _without(theta, place, position)
            at = evaluate(problem, trial)
            if at.value <= value + EQUAL:
                theta, value = trial, at.value
    return theta, value


def _without(theta: Floats, place: Place, position: int) -> Floats:
    """Theta with a diagonal element zero and its column rotated into the later ones."""
    T = place.T(theta)
    a = int(place.row[position])
    T[a, a] = 0.0
    result = theta.copy()
    result[place.index] = _semidefinite_factor(T @ T.T)[place.row, place.col]
    return result


def _semidefinite_factor(S: Floats) -> Floats:
    """The lower triangular factor of a positive semidefinite matrix, columns zero where it stops."""
    k = len(S)
    T = np.zeros((k, k))
    for j in range(k):
        pivot = S[j, j] - T[j, :j] @ T[j, :j]
        if pivot > 1e-14 * max(S[j, j], 1e-300):
            T[j, j] = math.sqrt(pivot)
            T[j + 1 :, j] = (S[j + 1 :, j] - T[j + 1 :, :j] @ T[j, :j]) / T[j, j]
    return T


def _second_starts(problem: Problem, theta: Floats, value: float) -> list[Floats]:
    """Points to search from again: inside of the boundary, and without a term that does harm."""
    starts = []
    inside = theta.copy()
    for place in problem.places:
        diagonal = place.index[place.row == place.col]
        inside[diagonal] = np.where(theta[diagonal] == 0, INSIDE, theta[diagonal])
    if np.any(inside != theta):
        starts.append(inside)
    for place in problem.places if len(theta) > 1 else ():
        trial = theta.copy()
        trial[place.index] = 0.0
        if np.any(trial) and evaluate(problem, trial).value < value - EQUAL:
            trial[place.index[place.row == place.col]] = INSIDE / 10
            starts.append(trial)
    return starts


def _polished(problem: Problem, theta: Floats, iterations: int) -> Estimate:
    """Newton steps with an exact gradient; the last Hessian proves the minimum."""
    diagonal = np.zeros(len(theta), dtype=bool)
    fixed = np.zeros(len(theta), dtype=bool)
    for place in problem.places:
        here = place.row == place.col
        diagonal[place.index[here]] = True
        empty = {
            int(r) for r, i in zip(place.row[here], place.index[here], strict=True) if theta[i] == 0
        }
        fixed[place.index] |= [int(c) in empty for c in place.col]
    free = np.flatnonzero(~fixed)
    boundary = np.flatnonzero(fixed & diagonal)
    objective = _Objective(problem)
    matrix = hessian(objective, theta, free)
    at = evaluate(problem, theta)
    grad = gradient(problem, at)
    for _ in range(3):
        step, _ = newton_step(matrix, grad[free])
        moved = theta.copy()
        moved[free] += step
        there = evaluate(problem, moved)
        if not there.value <= at.value + EQUAL:
            break
        theta, at, grad = moved, there, gradient(problem, there)
        if not np.any(np.abs(step) > 1e-7):
            break
    step, convex = newton_step(matrix, grad[free])
    flat = not np.any(np.abs(step) > FLAT) and math.isfinite(at.value)
    return Estimate(at, grad, matrix, free, boundary, bool(flat and convex), iterations)
