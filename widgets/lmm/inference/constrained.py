"""The deviance with one parameter held fixed, minimised over all others.

The parameter is made a coordinate. For a standard deviation or correlation of a term its factor T
is built with the effects in another order, so that the first row is (sd/sigma, 0, …) and, for a
correlation, the second is s (rho, sqrt(1 - rho²), 0, …): any T with the same T T' is as good. For a
coefficient its column moves from X to the offset.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ..arrays import Floats
from ..data.random_effects import RandomEffects
from ..likelihood.boundary import CLOSE, INSIDE
from ..likelihood.criterion import Problem, evaluate_at, score
from ..likelihood.theta import lower_triangle
from ..linalg import block_diagonal, independent_columns
from ..optimiser import Objective, minimise
from .interval_ends import Profiled

What = Literal["deviation", "correlation"]

ENTRIES: dict[What | None, frozenset[tuple[int, int]]] = {
    None: frozenset(),
    "deviation": frozenset({(0, 0)}),
    "correlation": frozenset({(1, 0), (1, 1)}),
}
"""The entries of T that are not free by themselves where the one or the other is held."""


@dataclass(frozen=True)
class Shape:
    """How a term's T is built: the ``order`` of its effects, and what of the first is held."""

    order: tuple[int, ...]
    held: What | None = None

    @property
    def free(self) -> int:
        """Number of free parameters."""
        k = len(self.order)
        return k * (k + 1) // 2 - (self.held is not None)


@dataclass(frozen=True)
class Held:
    """Which parameter is held: of a term's T, or sigma (``term`` None)."""

    term: int | None
    shape: Shape | None


def deviance_at(
    problem: Problem, terms: tuple[RandomEffects, ...], held: Held, c: float
) -> Objective:
    """The deviance of the other parameters, and its gradient, where the held one is c.

    The others are the free elements of the terms' factors, then log sigma unless that is held.
    """
    shapes = [
        held.shape if held.shape is not None and i == held.term else Shape(tuple(range(t.k)))
        for i, t in enumerate(terms)
    ]
    members = [
        [i for i, _ in enumerate(terms) if _factor_of(problem, terms, i) == f]
        for f in range(len(problem.places))
    ]

    def objective(x: Floats) -> tuple[float, Floats]:
        sigma = c if held.term is None else math.exp(min(max(float(x[-1]), -300.0), 300.0))
        parts, jacobians, start = [], [], 0
        for shape in shapes:
            T, jacobian = _factor(shape, x[start : start + shape.free], c, sigma)
            parts.append(T)
            jacobians.append(jacobian)
            start += shape.free
        blocks = tuple(block_diagonal([parts[i] for i in own]) for own in members)
        return _value(problem, blocks, members, jacobians, sigma, sigma_held=held.term is None)

    return objective


def _value(
    problem: Problem,
    blocks: tuple[Floats, ...],
    members: list[list[int]],
    jacobians: list[tuple[Floats, Floats]],
    sigma: float,
    *,
    sigma_held: bool,
) -> tuple[float, Floats]:
    """Deviance at T and sigma, and its gradient by the free parameters."""
    at = evaluate_at(problem, np.zeros(0), blocks)
    n = problem.n
    if not (at.r2 > 0 and math.isfinite(at.reduced.logdet)):
        size = sum(len(free) for free, _ in jacobians) + (not sigma_held)
        return math.inf, np.zeros(size)
    scaled = at.r2 / sigma**2
    logdet = problem.logdet_C + at.reduced.logdet + n * math.log(2 * math.pi * sigma**2)
    by_T = score(problem, at, 1 / sigma**2)
    free, by_log_sigma = _by_parameters(by_T, members, jacobians)
    grad = free if sigma_held else np.append(free, 2 * n - 2 * scaled + by_log_sigma)
    return logdet + scaled, grad


def _by_parameters(
    scores: list[Floats], members: list[list[int]], jacobians: list[tuple[Floats, Floats]]
) -> tuple[Floats, float]:
    """The derivatives by the free parameters and, through the T, by log sigma."""
    pieces, by_log_sigma = {}, 0.0
    for own, ST in zip(members, scores, strict=True):
        start = 0
        for i in own:
            free, along = jacobians[i]
            k = along.shape[0]
            G = 2 * ST[start : start + k, start : start + k]
            pieces[i] = np.tensordot(free, G, axes=([1, 2], [0, 1]))
            by_log_sigma += float((along * G).sum())
            start += k
    return np.concatenate([pieces[i] for i in sorted(pieces)]), by_log_sigma


def _factor(
    shape: Shape, x: Floats, c: float, sigma: float
) -> tuple[Floats, tuple[Floats, Floats]]:
    """T, its derivatives by the free parameters (f, k, k) and by log sigma (k, k)."""
    k = len(shape.order)
    rows, cols = lower_triangle(k)
    entries = [(int(a), int(b)) for a, b in zip(rows, cols, strict=True)]
    T, free, along = np.zeros((k, k)), np.zeros((shape.free, k, k)), np.zeros((k, k))
    plain = [entry for entry in entries if entry not in ENTRIES[shape.held]]
    for j, entry in enumerate(plain):
        T[entry] = x[j]
        free[j][entry] = 1.0
    if shape.held == "deviation":
        T[0, 0] = c / sigma
        along[0, 0] = -c / sigma
    if shape.held == "correlation":  # the row s (rho, sqrt(1 - rho²))
        direction = np.array([c, math.sqrt(max(1 - c * c, 0.0))])
        # standard deviations are absolute values: with one sign turned rho would turn, too
        T[0, 0], T[1, :2] = abs(T[0, 0]), abs(x[-1]) * direction
        free[0][0, 0] = math.copysign(1.0, x[0])
        free[-1][1, :2] = math.copysign(1.0, x[-1]) * direction
    position = np.argsort(shape.order)
    return T[position], (free[:, position], along[position])


def start_values(
    terms: tuple[RandomEffects, ...], held: Held, factors: tuple[Floats, ...], sigma: float
) -> Floats:
    """The free parameters at the optimum, whose factors T are given."""
    values = []
    for i, T in enumerate(factors):
        k = terms[i].k
        if held.shape is None or i != held.term:
            values.append(T[lower_triangle(k)])
            continue
        order = list(held.shape.order)
        S = (T @ T.T)[np.ix_(order, order)] + 1e-8 * np.eye(k)
        L = np.zeros((k, k))
        for j in range(k):
            L[j, j] = math.sqrt(max(S[j, j] - L[j, :j] @ L[j, :j], 1e-10))
            L[j + 1 :, j] = (S[j + 1 :, j] - L[j + 1 :, :j] @ L[j, :j]) / L[j, j]
        pairs = zip(*(v.tolist() for v in lower_triangle(k)), strict=True)
        own = [L[pair] for pair in pairs if pair not in ENTRIES[held.shape.held]]
        if held.shape.held == "correlation":
            own.append(math.sqrt(S[1, 1]))
        values.append(np.array(own))
    if held.term is not None:
        values.append(np.array([math.log(sigma)]))
    return np.concatenate(values) if values else np.zeros(0)


def off_zero(factor: Floats) -> Floats:
    """Elements of a factor, those that are zero or close to it moved inside."""
    return np.where(np.abs(factor) < CLOSE, INSIDE[0], factor)


def profiled(
    build: Callable[[float], Objective],
    start: Floats,
    inside: Callable[[float, Floats], Floats] = lambda _, x: off_zero(x),
) -> Profiled:
    """The smallest deviance by value of the held parameter, each search starting at the last.

    One that ends at a variance of zero, where the gradient is zero too, is repeated from inside.
    """
    last = [start]

    def smallest(c: float) -> float:
        objective = build(c)
        found = minimise(objective, last[0])
        moved = inside(c, found.x)
        if np.any(np.abs(moved - found.x) > CLOSE / 2):
            found = min(found, minimise(objective, moved), key=lambda one: one.value)
        if math.isfinite(found.value):
            last[0] = found.x
        return found.value

    return smallest


def without_column(problem: Problem, R: Floats, q0: Floats, j: int, c: float) -> Problem:
    """The problem with coefficient j held at c: its column of X moved to the response.

    ``R`` of X = Q R; ``q0`` = Q'y, which the problem's response lacks.
    """
    p, A = problem.p, problem.A
    _, U, _ = independent_columns(np.delete(R, j, axis=1))
    shift = q0 - c * R[:, j]
    K = np.zeros((p + 1, p))
    K[:p, : p - 1] = U
    K[:p, p - 1] = shift - U @ (U.T @ shift)
    K[p, p - 1] = 1.0
    moved = replace(A, A1x=A.A1x @ K, Arx=A.Arx @ K, Axx=K.T @ A.Axx @ K)
    return replace(problem, A=moved, p=p - 1, logdet_R=0.0)


def _factor_of(problem: Problem, terms: tuple[RandomEffects, ...], i: int) -> int:
    first = sum(term.ntheta for term in terms[:i])
    return next(f for f, place in enumerate(problem.places) if first in place.index.tolist())
