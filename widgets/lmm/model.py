"""A formula and data made into the matrices of a mixed model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.lmm.columns import Data, Floats
from widgets.lmm.criterion import Problem
from widgets.lmm.crossproducts import cross_products
from widgets.lmm.design import Frame, ModelMatrix, model_matrix, with_response
from widgets.lmm.errors import DesignError, NotEstimableError
from widgets.lmm.evaluate import Memory
from widgets.lmm.formula import Formula, read_formula
from widgets.lmm.layout import Layout, layout
from widgets.lmm.linalg import independent_columns, triangular_inverse
from widgets.lmm.random_effects import (
    GroupingFactor,
    RandomEffects,
    grouping_factors,
    random_effects,
)
from widgets.lmm.theta import Place, places


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


def moment_start(problem: Problem, diagonal: NDArray[np.bool_]) -> Floats:
    """Start values of theta: each variance from the scatter of its level totals.

    With M = I - QQ' and w_j the level totals of My for one effect j: E w'w = sigma_e² tr(Z'MZ) +
    sigma_j² tr((Z'Z)²) nearly, all other effects left in the residual.
    """
    A, p = problem.A, problem.p
    total = float(A.Axx[p, p]) / max(problem.n - p, 1)
    theta = np.zeros(len(diagonal))
    for number, (slots, place) in enumerate(zip(problem.where.slots, problem.places, strict=True)):
        k = place.k
        if number == 0:
            sums = A.A1x[..., p].reshape(-1, k)
            counts = np.einsum("bskk->bsk", A.A11).reshape(-1, k)
        else:
            columns = slice(slots.offset, slots.offset + slots.size * k)
            sums = A.Arx[:, columns, p].reshape(-1, k)
            counts = np.einsum("brr->br", A.Arr)[:, columns].reshape(-1, k)
        excess = (sums**2).sum(0) - total * counts.sum(0)
        share = np.clip(excess / (counts**2).sum(0) / total, 0.02, 0.9)
        ratio = np.sqrt(share / (1 - share))
        on_diagonal = place.row == place.col
        theta[place.index[on_diagonal]] = ratio[place.row[on_diagonal]]
    return np.where(diagonal, theta, 0.0)
