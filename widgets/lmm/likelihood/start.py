"""Where the search for theta starts: moment estimates of the covariances."""

from __future__ import annotations

import math

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.likelihood.criterion import Problem
from widgets.lmm.likelihood.theta import lower_factor
from widgets.lmm.linalg import eigen, spd_inverse

LEAST = 0.02
"""Least variance (over the residual one) that a term starts with."""

RIDGE = 1e-9
"""Added to Z'Z of a level, which may have fewer rows than effects."""


def moment_start(problem: Problem) -> Floats:
    """Start values of theta: each term's covariance from the scatter of its level totals.

    With M = I - QQ' and w_l the totals of Z'My by level, the sum of w_l w_l' exceeds sigma² Z'Z by
    nearly the covariance times the sum of squared level sizes, all other terms left in sigma².
    """
    A, p = problem.A, problem.p
    total = float(A.Axx[p, p]) / max(problem.n - p, 1)
    within = min(_variance_within(problem), total)
    theta = np.zeros(sum(len(place.index) for place in problem.places))
    for number, (slots, place) in enumerate(zip(problem.where.slots, problem.places, strict=True)):
        k = place.k
        if number == 0:
            w, gram = A.A1x[..., p].reshape(-1, k), A.A11.reshape(-1, k, k)
        else:
            columns = slots.offset + np.arange(slots.size * k).reshape(-1, k)
            w = A.Arx[:, columns, p].reshape(-1, k)
            gram = A.Arr[:, columns[:, :, None], columns[:, None, :]].reshape(-1, k, k)
        size = gram.diagonal(axis1=1, axis2=2).mean(axis=1)
        covariance = (w.T @ w - total * gram.sum(axis=0)) / (size**2).sum() / within
        T = np.zeros((k, k))
        for block in place.blocks:
            values, vectors = eigen(covariance[block, block])
            T[block, block] = lower_factor(vectors * np.sqrt(np.maximum(values, LEAST)))
        theta[place.index] = T[place.row, place.col]
    return theta


def _variance_within(problem: Problem) -> float:
    """Residual variance after every inner level has had its own least squares fit."""
    A, p = problem.A, problem.p
    k = A.A11.shape[-1]
    ridge = RIDGE * float(A.A11.sum()) / A.A11.size * np.eye(k)
    inverse, _ = spd_inverse(A.A11 + ridge)
    w = A.A1x[..., p]
    fitted = float(np.einsum("bsi,bsij,bsj->", w, inverse, w))
    left = problem.n - p - k * int((A.A11[..., 0, 0] > 0).sum())
    rest = float(A.Axx[p, p]) - fitted
    return rest / left if left > 0 and rest > 0 else math.inf
