"""Where the search for theta starts: moment estimates of the covariances."""

from __future__ import annotations

import numpy as np

from ..arrays import Floats
from ..linalg import eigen, spd_inverse
from .criterion import Problem
from .pls import gram, product
from .theta import Place, lower_factor

LEAST = 0.02
"""Least variance (over the residual one) that a term starts with."""

LEFT = 0.05
"""Least share of the variance within levels that is left to the residual."""

TINY = 1e-9
"""Least share of the whole variance that is left to it."""

BETWEEN = 1e-8
"""A direction of X with less than this share within levels does not vary there."""

RIDGE = 1e-9
"""Added to Z'Z of a level, which may have fewer rows than effects."""


def moment_start(problem: Problem) -> Floats:
    """Start values of theta: each term's covariance from the scatter of its level totals.

    With M = I - QQ' and w_l the totals of Z'My by level, the sum of w_l w_l' exceeds s² Z'Z by
    nearly the covariance times the sum of squared level sizes, s² being the variance within the
    levels. What the terms leave of the variance of y is the residual's.
    """
    total = float(problem.A.Axx[problem.p, problem.p]) / max(problem.n - problem.p, 1)
    residual, least, covariances = total, total, []
    for number in range(len(problem.places)):
        W, ZZ = _levels(problem, number)
        w = W[..., -1]
        within = min(variance_within(problem, number), total)
        sizes = ZZ.diagonal(axis1=1, axis2=2).mean(axis=1)
        covariances.append((w.T @ w - within * ZZ.sum(axis=0)) / (sizes**2).sum())
        residual -= max(float(np.trace(covariances[-1])), 0.0)  # the columns of Z have unit size
        least = min(least, within)
    residual = max(residual, LEFT * least, TINY * total)
    theta = np.zeros(sum(len(place.index) for place in problem.places))
    for place, covariance in zip(problem.places, covariances, strict=True):
        theta[place.index] = _factor(place, covariance / residual)[place.row, place.col]
    return theta


def _factor(place: Place, covariance: Floats) -> Floats:
    """T with T T' near the covariance of each term, shape (k, k)."""
    T = np.zeros((place.k, place.k))
    for block in place.blocks:
        values, vectors = eigen(covariance[block, block])
        T[block, block] = lower_factor(vectors * np.sqrt(np.maximum(values, LEAST)))
    return T


def _levels(problem: Problem, number: int) -> tuple[Floats, Floats]:
    """Z'[X My] and Z'Z of each level of a grouping factor, shapes (J, k, p + 1) and (J, k, k)."""
    A, p, k = problem.A, problem.p, problem.places[number].k
    if number == 0:
        return A.A1x.reshape(-1, k, p + 1), A.A11.reshape(-1, k, k)
    slots = problem.where.slots[number]
    columns = slots.offset + np.arange(slots.size * k).reshape(-1, k)
    both = A.Arr[:, columns[:, :, None], columns[:, None, :]]
    return A.Arx[:, columns].reshape(-1, k, p + 1), both.reshape(-1, k, k)


def variance_within(problem: Problem, number: int) -> float:
    """Residual variance after X and a least squares fit to every level of a factor.

    Infinite where that leaves no degrees of freedom.
    """
    W, ZZ = _levels(problem, number)
    p, k = problem.p, ZZ.shape[-1]
    ridge = RIDGE * float(ZZ.sum()) / ZZ.size * np.eye(k) if k > 1 else np.where(ZZ > 0, 0.0, 1.0)
    inverse, _ = spd_inverse(ZZ + ridge)
    S = problem.A.Axx - gram(W, product(inverse, W))
    values, vectors = eigen(S[:p, :p])  # columns of X between levels leave nothing
    kept = values > BETWEEN * float(np.diagonal(problem.A.Axx)[:p].max(initial=0.0))
    along = (vectors.T @ S[:p, p])[kept]
    rest = float(S[p, p] - along @ (along / values[kept]))
    left = problem.n - p - k * int((ZZ[:, 0, 0] > 0).sum())
    return max(rest, 0.0) / left if left > 0 else np.inf
