"""Where the search begins: the model without random effects, and moment estimates of theta."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..data.grouping_factors import GroupingFactor
from ..data.sums import sum_rows
from ..likelihood.theta import Place, lower_factor
from ..linalg import eigen, quiet, solve
from .conditional import Conditional, Derivatives
from .rows import Effects, Precision, Rows, solved, totals

MOST_STEPS = 60
MOST_HALVINGS = 30

CLOSE = 1e-9
"""Scoring ends when it promises a rise of the log-likelihood below this."""

LEAST, MOST = 0.02, 4.0
"""Variances, on the scale of the link, that a term may start with."""


@dataclass(frozen=True)
class WithoutRandomEffects:
    """A generalised linear model.

    Attributes
    ----------
    beta : shape (p,)
    eta : shape (n,)
    there : the distribution at eta
    step : shape (n,), how far the last step of Fisher scoring moved eta
    direction : shape (p,), that step
    """

    beta: Floats
    eta: Floats
    there: Derivatives
    step: Floats
    direction: Floats


def without_random_effects(
    conditional: Conditional, X: Floats, offset: Floats, further: Sequence[Floats] = ()
) -> WithoutRandomEffects:
    """The model fitted by Fisher scoring, steps halved until the likelihood does not fall.

    ``further`` predictors of the distribution are held as they are.
    """
    with quiet():
        return _scored(conditional, X, offset, further)


def _scored(
    conditional: Conditional, X: Floats, offset: Floats, further: Sequence[Floats]
) -> WithoutRandomEffects:
    beta = np.zeros(X.shape[1])
    eta, there = offset, conditional.at(offset, further)
    step, direction = np.zeros(len(eta)), beta
    for _ in range(MOST_STEPS):
        slope = X.T @ there.score
        direction = solve(X.T @ (X * there.weight[:, None]), slope)
        if not np.all(np.isfinite(direction)):
            break
        step = X @ direction
        length, before = 1.0, float(there.loglik.sum())
        for _ in range(MOST_HALVINGS):
            there = conditional.at(eta + length * step, further)
            if float(there.loglik.sum()) >= before - CLOSE:
                break
            length /= 2
        beta, eta = beta + length * direction, eta + length * step
        if float(direction @ slope) < CLOSE:
            break
    return WithoutRandomEffects(beta, eta, there, step, direction)


def moment_theta(
    factors: Sequence[GroupingFactor], places: Sequence[Place], there: Derivatives
) -> Floats:
    """Theta from the scatter of the scores' totals by level.

    With w_l = Z_l's and A_l = Z_l'WZ_l at the model without random effects, the sum of w_l w_l'
    exceeds that of A_l by nearly the covariance times the sum of squared sizes.
    """
    theta = np.zeros(sum(len(place.index) for place in places))
    for factor, place in zip(factors, places, strict=True):
        k, Z, codes = factor.k, factor.Z, factor.levels.codes
        w = sum_rows(codes, Z * there.score[:, None], factor.J)
        products = (Z[:, :, None] * Z[:, None, :] * there.weight[:, None, None]).reshape(-1, k * k)
        A = sum_rows(codes, products, factor.J).reshape(-1, k, k)
        size = A.diagonal(axis1=1, axis2=2).mean(axis=1)
        covariance = (w.T @ w - A.sum(axis=0)) / max(float((size**2).sum()), 1e-300)
        T = np.zeros((k, k))
        for block in place.blocks:
            values, vectors = eigen(covariance[block, block])
            T[block, block] = lower_factor(vectors * np.sqrt(np.clip(values, LEAST, MOST)))
        theta[place.index] = T[place.row, place.col]
    return theta


def information(rows: Rows, V: Floats, weight: Floats, P: Precision, X: Floats) -> Floats:
    """X'V⁻¹X of the working linear model: the information on beta at given theta, (p, p)."""
    WX = X * weight[:, None]
    columns = [totals(rows, V, column) for column in WX.T]
    explained = [[_product(a, solved(P, b)) for b in columns] for a in columns]
    result: Floats = X.T @ WX - np.array(explained).reshape(X.shape[1], X.shape[1])
    return result


def _product(a: Effects, b: Effects) -> float:
    return float(a.products(b).sum())
