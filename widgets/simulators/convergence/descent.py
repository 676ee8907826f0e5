"""A plain optimiser: steepest descent with the best step, written to be watched.

The engine's own optimiser does not stumble here. On a quadratic criterion of condition number κ
each step leaves at worst ((κ - 1)/(κ + 1))² of the height (Nocedal & Wright 2006, Numerical
Optimization, thm 3.3).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TOLERANCE = 0.002
"""As lme4's ``check.conv.grad``: a scaled gradient below this counts as none."""


@dataclass(frozen=True, slots=True)
class Quadratic:
    """The criterion height + (β - top)' H (β - top) / 2 of two parameters, H symmetric."""

    hessian: Floats
    top: Floats

    def height(self, beta: Floats) -> Floats:
        """Return how far the criterion lies above its least value, for β of shape (…, 2)."""
        away = beta - self.top
        return np.asarray(0.5 * np.einsum("...i,ij,...j->...", away, self.hessian, away))

    def gradient(self, beta: Floats) -> Floats:
        """Return the gradient at one β."""
        return np.asarray(self.hessian @ (beta - self.top))

    @property
    def curvatures(self) -> tuple[float, float]:
        """The least and the largest eigenvalue of the Hessian."""
        (a, b), (_, c) = self.hessian
        middle, half = (a + c) / 2, math.hypot((a - c) / 2, b)
        largest = middle + half
        return float((a * c - b * b) / largest), float(largest)

    @property
    def condition(self) -> float:
        """How many times more curved the criterion is across than along its valley."""
        least, largest = self.curvatures
        return largest / least

    def scaled_gradient(self, beta: Floats) -> float:
        """Return the largest element of H^(-1) g, in standard errors: what lme4 compares."""
        step = np.abs(beta - self.top)
        determinant = self.hessian[0, 0] * self.hessian[1, 1] - self.hessian[0, 1] ** 2
        errors = np.sqrt(np.array([self.hessian[1, 1], self.hessian[0, 0]]) / determinant)
        return float((step / errors).max())


def steepest_descent(criterion: Quadratic, start: Floats, steps: int) -> Floats:
    """Return the path, shape (taken + 1, 2), of at most ``steps`` steps; shorter if it arrives."""
    path = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        if criterion.scaled_gradient(path[-1]) < TOLERANCE:
            break
        g = criterion.gradient(path[-1])
        path.append(path[-1] - g * (g @ g) / (g @ criterion.hessian @ g))
    return np.array(path)
