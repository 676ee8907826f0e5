"""Minimisation of a smooth function with known gradient: BFGS, then a Newton step as a check.

The only optimiser of the engine. Deterministic. Covariance parameters need no bounds: the
criterion is an even function of each column of a factor T, so a variance of zero is an ordinary
stationary point, and the caller decides what lies exactly there.

Nocedal, J. & Wright, S. J. (2006). *Numerical Optimization*, 2nd ed., algorithms 6.1 and 3.5.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats
from .linalg import eigen

Objective = Callable[[Floats], tuple[float, Floats]]
"""Value and gradient at a point; the value may be infinite."""

MOST_ITERATIONS = 200
MOST_HALVINGS = 40
SUFFICIENT = 1e-4
PROMISE = 1e-12

NOISE = 1e-10
"""Decreases smaller than this (relative to 1 + |value|) are within rounding."""

FLAT = 3e-7
"""Curvature below this share of the largest is rounding."""

ROUND = 1e-6
"""Least share of the largest curvature at which a search trusts a rough Hessian."""

DIFFERENCE = 1e-4
"""Step of the central differences of the gradient."""


@dataclass(frozen=True)
class Minimum:
    """Where the search ended.

    Attributes
    ----------
    x : shape (m,)
    value : float
    gradient : shape (m,)
    iterations : int
    """

    x: Floats
    value: float
    gradient: Floats
    iterations: int


def minimise(objective: Objective, start: Floats, promise: float = PROMISE) -> Minimum:
    """A local minimum by BFGS with a backtracking, interpolating line search.

    The search begins with a rough Hessian and ends when its quadratic model promises less than a
    decrease of ``promise``.
    """
    x = np.array(start, dtype=float)
    value, grad = objective(x)
    inverse, scaled = _first_inverse(objective, x, grad)
    for iteration in range(MOST_ITERATIONS):
        direction = -inverse @ grad
        slope = float(grad @ direction)
        if slope >= 0:
            inverse, direction = np.eye(len(x)), -grad
            slope = float(grad @ direction)
        if -slope < promise:
            return Minimum(x, value, grad, iteration)
        if not scaled:
            direction = direction / max(1.0, math.sqrt(float(direction @ direction)))
            slope = float(grad @ direction)
        found = _line_search(objective, (x, value, grad), direction, slope)
        if found is None:
            if np.array_equal(inverse, np.eye(len(x))):
                return Minimum(x, value, grad, iteration)
            inverse = np.eye(len(x))
            continue
        new_x, new_value, new_grad = found
        s, d = new_x - x, new_grad - grad
        if not scaled and float(s @ d) > 0:
            inverse, scaled = inverse * float(s @ d) / float(d @ d), True
        inverse = _updated(inverse, s, d)
        x, value, grad = new_x, new_value, new_grad
    return Minimum(x, value, grad, MOST_ITERATIONS)


def _first_inverse(objective: Objective, x: Floats, grad: Floats) -> tuple[Floats, bool]:
    """The inverse of a rough Hessian, and true; or the identity, where that is not convex."""
    values, vectors = eigen(rough_hessian(objective, x, grad))
    if len(values) and values[0] > ROUND * values[-1]:
        return (vectors / values) @ vectors.T, True
    return np.eye(len(x)), False


def _updated(inverse: Floats, s: Floats, d: Floats) -> Floats:
    """The BFGS update of the inverse Hessian, skipped where the curvature is not positive."""
    curvature = float(s @ d)
    if curvature <= 1e-12 * math.sqrt(float(s @ s) * float(d @ d)):
        return inverse
    Hd = inverse @ d
    factor = (1 + float(d @ Hd) / curvature) / curvature
    cross = (np.outer(Hd, s) + np.outer(s, Hd)) / curvature
    result: Floats = inverse + factor * np.outer(s, s) - cross
    return result


def _line_search(
    objective: Objective, at: tuple[Floats, float, Floats], direction: Floats, slope: float
) -> tuple[Floats, float, Floats] | None:
    """A point along the direction with sufficient decrease; doubles the step where it falls on."""
    x, value, _ = at
    noise = NOISE * (1 + abs(value)) if abs(slope) < NOISE * (1 + abs(value)) else 0.0
    step, best = 1.0, None
    for _ in range(MOST_HALVINGS):
        point = x + step * direction
        new_value, new_grad = objective(point)
        new_slope = float(new_grad @ direction) if math.isfinite(new_value) else math.nan
        if new_value <= value + SUFFICIENT * step * slope + noise:
            if new_slope >= 0.9 * slope or (best is not None and new_value >= best[1]):
                if best is not None and best[1] < new_value:
                    return best
                return point, new_value, new_grad
            best = (point, new_value, new_grad)
            step = step * 2.5
            continue
        if best is not None:
            return best
        step = step * _shrink(value, slope * step, new_value)
    return best


def _shrink(value: float, slope: float, new_value: float) -> float:
    """Where the parabola through what is known has its minimum, as a share of the step."""
    if not math.isfinite(new_value):
        return 0.25
    share = -slope / (2 * (new_value - value - slope))
    return min(max(share, 0.1), 0.5)


def hessian(objective: Objective, x: Floats, free: NDArray[np.intp] | None = None) -> Floats:
    """Second derivatives by central differences of the gradient.

    ``free`` holds the positions to vary; the result has only those rows and columns.
    """
    positions = np.arange(len(x)) if free is None else np.asarray(free)
    steps = [_step(x, i) for i in positions]
    rows = [(objective(x + h)[1] - objective(x - h)[1]) / (2 * h.sum()) for h in steps]
    return _symmetric(rows, positions)


def rough_hessian(
    objective: Objective, x: Floats, grad: Floats, free: NDArray[np.intp] | None = None
) -> Floats:
    """The same by forward differences from the gradient at x, at half the cost."""
    positions = np.arange(len(x)) if free is None else np.asarray(free)
    steps = [_step(x, i) for i in positions]
    rows = [(objective(x + h)[1] - grad) / h.sum() for h in steps]
    return _symmetric(rows, positions)


def _step(x: Floats, i: int) -> Floats:
    step = np.zeros(len(x))
    step[i] = DIFFERENCE * max(1.0, abs(float(x[i])))
    return step


def _symmetric(rows: list[Floats], positions: NDArray[np.intp]) -> Floats:
    m = len(positions)
    matrix = np.array([row[positions] for row in rows]).reshape(m, m)
    result: Floats = (matrix + matrix.T) / 2
    return result


Curvature = Literal["positive", "flat", "negative"]


def curvature(matrix: Floats, share: float = FLAT) -> Curvature:
    """The least curvature of a Hessian; flat if it is below a share of the largest."""
    values, _ = eigen(matrix)
    if not len(values) or values[0] > share * values[-1]:
        return "positive"
    return "flat" if values[0] >= -share * abs(values[-1]) else "negative"


def newton_step(matrix: Floats, grad: Floats) -> Floats:
    """The step to the minimum of the quadratic model.

    Directions without positive curvature are left alone.
    """
    values, vectors = eigen(matrix)
    if not len(values):
        return np.zeros(0)
    positive = values > FLAT * max(float(values[-1]), 1e-300)
    along = vectors.T @ grad
    lengths: Floats = np.where(positive, along / np.where(positive, values, 1.0), 0.0)
    return -vectors @ lengths
