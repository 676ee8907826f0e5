"""The boundary of the covariance parameters: exact zeros, and searches that start away from it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..linalg import eigen, singular_values
from ..optimiser import Minimum, minimise
from .objective import EQUAL, At, Criterion, objective_of
from .theta import lower_factor

TINY = 1e-3
"""A standard deviation (over sigma) below this may be an exact zero."""

CLOSE = 2e-2
"""One below this is near enough to the boundary for a closer look."""

INSIDE = (0.1, 1.0)
"""How far from the boundary a search is started again; one is where lme4 starts."""

LARGE = (1.0, 10.0, 100.0, 1000.0)
"""Standard deviations (over sigma) of effects that may cancel each other."""


def on_boundary(problem: Criterion[At], found: Minimum) -> tuple[Floats, float]:
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


def second_starts(problem: Criterion[At], theta: Floats, value: float) -> list[Floats]:
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
