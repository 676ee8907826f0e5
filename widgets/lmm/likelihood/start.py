"""Where the search for theta starts: moment estimates of the covariances."""

from __future__ import annotations

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.likelihood.criterion import Problem
from widgets.lmm.likelihood.theta import Place, lower_factor
from widgets.lmm.linalg import eigen, spd_inverse

LEAST = 0.02
"""Least variance (over the residual one) that a term starts with."""

LEFT = 0.05
"""Least share of the variance within levels that is left to the residual."""

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
        w, gram = _levels(problem, number)
        within = min(_variance_within(problem, w, gram), total)
        sizes = gram.diagonal(axis1=1, axis2=2).mean(axis=1)
        covariances.append((w.T @ w - within * gram.sum(axis=0)) / (sizes**2).sum())
        residual -= max(float(np.trace(covariances[-1])), 0.0)  # the columns of Z have unit size
        least = min(least, within)
    residual = max(residual, LEFT * least)
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
    """Z'My and Z'Z of each level of a grouping factor, shapes (J, k) and (J, k, k)."""
    A, p, k = problem.A, problem.p, problem.places[number].k
    if number == 0:
        return A.A1x[..., p].reshape(-1, k), A.A11.reshape(-1, k, k)
    slots = problem.where.slots[number]
    columns = slots.offset + np.arange(slots.size * k).reshape(-1, k)
    gram = A.Arr[:, columns[:, :, None], columns[:, None, :]]
    return A.Arx[:, columns, p].reshape(-1, k), gram.reshape(-1, k, k)


def _variance_within(problem: Problem, w: Floats, gram: Floats) -> float:
    """Residual variance after every level has had its own least squares fit."""
    k = gram.shape[-1]
    ridge = RIDGE * float(gram.sum()) / gram.size * np.eye(k)
    inverse, _ = spd_inverse(gram + ridge)
    fitted = float(np.einsum("si,sij,sj->", w, inverse, w))
    left = problem.n - problem.p - k * int((gram[:, 0, 0] > 0).sum())
    rest = float(problem.A.Axx[problem.p, problem.p]) - fitted
    return rest / left if left > 0 and rest > 0 else np.inf
