"""The search for the parameters of a residual structure."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..arrays import Floats
from ..linalg import block_diagonal
from ..optimiser import curvature, hessian, minimise, newton_step
from .criterion import Evaluation, Problem
from .crossproducts import cross_products
from .estimate import Estimate, estimate
from .model import MixedData, problem_of
from .residual_structure import Structure, Weighing
from .start import moment_start

CLOSE = 1e-7
"""Promise of the criterion at which the search hands over to Newton's steps."""

SMALL = 1e-4
"""A last Newton step below this (in psi) is the minimum."""


@dataclass(frozen=True)
class Structured:
    """The best parameters of a structure, the criterion there, and whether the search ended."""

    psi: Floats
    value: float
    converged: bool


def best_psi(structure: Structure, profile: Callable[[Floats], tuple[float, Floats]]) -> Structured:
    """Minimise over psi a criterion that is minimised over all else.

    Parameters
    ----------
    profile : by psi the criterion and its derivative
    """

    def objective(psi: Floats) -> tuple[float, Floats]:
        value, gradient = profile(psi)
        if math.isfinite(value) and np.all(np.isfinite(gradient)):
            return value, gradient
        return math.inf, np.zeros(len(psi))

    start = min(structure.starts(), key=lambda psi: objective(psi)[0])
    found = minimise(objective, start, CLOSE)
    if not len(start):
        return Structured(start, found.value, converged=True)
    psi, value, grad = found.x, found.value, found.gradient
    matrix = hessian(objective, psi)
    for _ in range(3):
        moved = psi + newton_step(matrix, grad)
        there, slope = objective(moved)
        if not there <= value + 1e-9 * (1 + abs(value)):
            break
        psi, value, grad = moved, there, slope
    step = newton_step(matrix, grad)
    still = bool(np.all(np.abs(step) <= SMALL * np.maximum(1.0, np.abs(psi))))
    return Structured(psi, value, still and curvature(matrix) != "negative")


def structured_problem(
    data: MixedData, structure: Structure, psi: Floats, *, REML: bool
) -> Problem:
    """The problem of a mixed model with the rows made independent."""
    plain, Q = problem_of(data, REML=REML), data.fixed.Q
    parts = [Q, (data.y - Q @ (Q.T @ data.y))[:, None], *(f.Z for f in data.factors)]
    white, logdet = structure.whitened(psi, np.hstack(parts))
    Xy, Z = np.split(white, [Q.shape[1] + 1], axis=1)
    sizes = np.cumsum([factor.k for factor in data.factors])[:-1]
    factors = tuple(
        replace(factor, Z=own)
        for factor, own in zip(data.factors, np.split(Z, sizes, axis=1), strict=True)
    )
    A = cross_products(factors, data.where, Xy)
    return replace(plain, A=A, logdet_C=logdet)


def structured_optimum(
    data: MixedData, structure: Structure, *, REML: bool
) -> tuple[Structured, Problem, Estimate[Evaluation]]:
    """The best psi, and the problem and its optimum there, of one grouping factor."""
    Q, factor = data.fixed.Q, data.factors[0]
    free = data.y - Q @ (Q.T @ data.y)

    def at(psi: Floats) -> tuple[Problem, Estimate[Evaluation]]:
        problem = structured_problem(data, structure, psi, REML=REML)
        return problem, estimate(problem, moment_start(problem))

    def profile(psi: Floats) -> tuple[float, Floats]:
        if np.any(~np.isfinite(structure.whitened(psi, Q[:, :1])[0])):
            return math.inf, np.zeros(len(psi))
        problem, found = at(psi)
        here = found.at
        weighing = Weighing(problem.nu / here.r2, here.Phi if REML else None)
        Z = factor.Z @ block_diagonal([here.T[0]])
        slope = structure.derivative(psi, Q, free - Q @ here.beta, weighing, Z)
        return here.value, slope

    best = best_psi(structure, profile)
    return best, *at(best.psi)
