"""A formula and data made into the matrices of a mixed model."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from widgets.lmm.columns import Data, Floats
from widgets.lmm.criterion import Problem
from widgets.lmm.crossproducts import cross_products
from widgets.lmm.design import Frame, ModelMatrix, model_matrix, with_response
from widgets.lmm.errors import DesignError, NotEstimableError
from widgets.lmm.evaluate import Memory
from widgets.lmm.formula import Formula, read_formula
from widgets.lmm.layout import Layout, layout
from widgets.lmm.linalg import eigen, independent_columns, spd_inverse, triangular_inverse
from widgets.lmm.random_effects import (
    GroupingFactor,
    RandomEffects,
    grouping_factors,
    random_effects,
)
from widgets.lmm.theta import Place, lower_factor, places

LEAST = 0.02
"""Least variance (over the residual one) that a term starts with."""

RIDGE = 1e-9
"""Added to Z'Z of a level, which may have fewer rows than effects."""


@dataclass(frozen=True)
class FixedEffects:
    """The fixed part: the independent columns of X, also as Q R.

    Attributes
    ----------
    X : shape (n, p); Q : shape (n, p), orthonormal; R : shape (p, p), X = Q R
    R_inverse : shape (p, p)
    names, assign : of the columns kept
    dropped : names of columns left out because they depend on the others
    """

    X: Floats
    Q: Floats
    R: Floats
    R_inverse: Floats
    names: tuple[str, ...]
    assign: tuple[int, ...]
    dropped: tuple[str, ...]

    @property
    def p(self) -> int:
        """Number of coefficients."""
        return len(self.names)


@dataclass(frozen=True)
class MixedData:
    """Data of a mixed model.

    Attributes
    ----------
    formula : as read
    frame : complete rows of the variables
    memory : scalings and levels that new data must follow
    y : shape (n,), response without the offset
    fixed : the fixed part
    terms : random terms in lme4's order
    factors : grouping factors, most levels first
    where : layout of their levels
    places : where theta stands
    """

    formula: Formula
    frame: Frame
    memory: Memory
    y: Floats
    fixed: FixedEffects
    terms: tuple[RandomEffects, ...]
    factors: tuple[GroupingFactor, ...]
    where: Layout
    places: tuple[Place, ...]

    @property
    def n(self) -> int:
        """Number of observations."""
        return len(self.y)


def mixed_data(text: str, data: Data) -> MixedData:
    """Read a formula with at least one ``( | )`` term and its data."""
    formula = read_formula(text)
    if not formula.random:
        msg = f"{text!r} has no random term such as (1 | mouse); without one use lm()"
        raise DesignError(msg)
    frame, y, memory = with_response(formula, data)
    fixed = fixed_effects(model_matrix(formula.fixed, frame), frame.n)
    terms = random_effects(formula, frame)
    factors = grouping_factors(terms)
    return MixedData(
        formula,
        frame,
        memory,
        y - frame.offset,
        fixed,
        terms,
        factors,
        layout(factors),
        places(terms, factors),
    )


def fixed_effects(matrix: ModelMatrix, n: int) -> FixedEffects:
    """The independent columns of a model matrix.

    Raises
    ------
    NotEstimableError
        If there are no more observations than coefficients.
    """
    kept, Q, R = independent_columns(matrix.X)
    if len(kept) >= n:
        msg = (
            f"{n} observations cannot estimate {len(kept)} coefficients and a variance; "
            "more observations or fewer terms are needed"
        )
        raise NotEstimableError(msg)
    chosen = set(kept.tolist())
    return FixedEffects(
        matrix.X if len(chosen) == matrix.X.shape[1] else matrix.X[:, kept],
        Q,
        R,
        triangular_inverse(R),
        tuple(matrix.names[j] for j in kept),
        tuple(matrix.assign[j] for j in kept),
        tuple(name for j, name in enumerate(matrix.names) if j not in chosen),
    )


def problem_of(data: MixedData, y: Floats, *, REML: bool) -> Problem:
    """The criterion's problem for the response ``y`` (n,), which may be a simulated one."""
    Q = data.fixed.Q
    free = y - Q @ (Q.T @ y)
    A = cross_products(data.factors, data.where, np.column_stack([Q, free]))
    logdet_R = 2 * float(np.log(np.diagonal(data.fixed.R)).sum())
    return Problem(A, data.where, data.places, data.n, data.fixed.p, REML, logdet_R)


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
