"""A marginal model fitted to many Gaussian responses at once: :func:`geeglm_many`.

With the exchangeable correlation everything follows from sums by cluster. For a move d of the
coefficients of Q from least squares, with s_i and t_i the totals of Q and of the residuals in
cluster i, c_i = alpha/(1 + (m_i - 1) alpha):

    D'R⁻¹D (1 - alpha) = I - sum c_i s_i s_i',    D'R⁻¹r (1 - alpha) = -d - sum c_i s_i t_i.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..arguments import check_choice
from ..arrays import Floats
from ..data.columns import Data
from ..data.design import model_matrix
from ..data.fixed_effects import FixedEffects, fixed_effects
from ..data.groups import groups_of
from ..errors import DesignError
from ..formula import fixed_formula
from ..gee.clusters import Clusters, clusters_of
from ..gee.equations import FLAT, MOST_STEPS, TOLERANCE
from ..gee.sandwich import BIASES, Bias, Sandwich
from ..linalg import spd_inverse
from .fits import ManyCoefficients, complete, table

FEWEST = 2
"""Clusters that a variance between clusters needs."""


@dataclass(frozen=True)
class ManyMarginalFits(ManyCoefficients):
    """Fits of one marginal model to F responses: arrays of shape (F,), by name of coefficient.

    Where the equations have no solution, or a correction none, the numbers are NaN.
    """

    alpha: Floats
    scale: Floats
    converged: NDArray[np.bool_]


@dataclass(frozen=True)
class Totals:
    """Sums by cluster.

    Attributes
    ----------
    sizes : shape (J,)
    Q : shape (J, p), and ``QQ`` (J, p, p) of products
    residual : shape (F, J), of the least squares residuals, and ``Q_residual`` (F, J, p)
    rss : shape (F,)
    """

    sizes: Floats
    Q: Floats
    QQ: Floats
    residual: Floats
    Q_residual: Floats
    rss: Floats


@dataclass(frozen=True)
class At:
    """The equations at moves ``d`` (F, p): alpha, scale (F,), c, t (F, J), bread (F, p, p).

    ``bread`` is the inverse of D'R⁻¹D (1 - alpha), NaN where the correlation cannot be inverted.
    """

    d: Floats
    alpha: Floats
    scale: Floats
    c: Floats
    t: Floats
    bread: Floats


def geeglm_many(
    formula: str,
    data: Data,
    id: str,  # noqa: A002  R's name
    responses: ArrayLike,
    bias: Bias | None = None,
) -> ManyMarginalFits:
    """Fits of :func:`geeglm`, exchangeable and Gaussian, to every column of ``responses``.

    Parameters
    ----------
    formula : str without random terms; its response is not looked up
    data : mapping of columns, n complete rows
    id : name of the column of clusters
    responses : array-like of shape (n, F)
    bias : correction for few clusters: then t tests, else normal ones

    Raises
    ------
    DesignError
        If there is one cluster only, or, for t tests, no more clusters than coefficients.
    """
    check_choice("bias", bias, BIASES)
    parsed = fixed_formula(formula, "geeglm_many", instead="use lmer_many()")
    frame, Y = complete(parsed, data, responses)
    fixed = fixed_effects(model_matrix(parsed.fixed, frame), len(Y))
    clusters = clusters_of(groups_of("id", id, data, frame))
    df = _df(clusters.count, fixed.p, bias)
    start = fixed.Q.T @ Y
    totals = _totals(fixed, clusters, Y - fixed.Q @ start)
    at, converged = _solved(totals)
    solved = np.isfinite(at.bread).all(axis=(1, 2))
    se = np.full(at.d.shape, np.nan)
    se[solved] = _standard_errors(totals, at, fixed, solved, bias)
    beta = np.where(solved[:, None], (start.T + at.d) @ fixed.R_inverse.T, np.nan)
    rows = table(fixed.names, beta, se, np.full(beta.shape, df))
    return ManyMarginalFits(
        fixed.names, **rows, alpha=at.alpha, scale=at.scale, converged=converged
    )


def _df(J: int, p: int, bias: Bias | None) -> float:
    if J < FEWEST or (bias is not None and p >= J):
        msg = f"{J} clusters are too few for robust standard errors of {p} coefficients"
        raise DesignError(msg)
    return np.inf if bias is None else float(J - p)


def _totals(fixed: FixedEffects, clusters: Clusters, residual: Floats) -> Totals:
    Q, E = fixed.Q[clusters.order], residual[clusters.order]
    products = (Q[:, :, None] * Q[:, None, :]).reshape(len(Q), -1)
    by_column = [clusters.totals(column[:, None] * E).T for column in Q.T]
    return Totals(
        clusters.sizes.astype(float),
        clusters.totals(Q),
        clusters.totals(products).reshape(-1, fixed.p, fixed.p),
        clusters.totals(E).T,
        np.stack(by_column, axis=-1),
        (E * E).sum(axis=0),
    )


def _solved(totals: Totals) -> tuple[At, NDArray[np.bool_]]:
    """Modified Fisher scoring of all fits until the last has stopped."""
    at = _at(totals, np.zeros((len(totals.rss), totals.Q.shape[1])))
    small = np.zeros(len(totals.rss), dtype=bool)
    for _ in range(MOST_STEPS):
        score = -at.d - np.einsum("fj,fj,ja->fa", at.c, at.t, totals.Q)
        step = np.einsum("fab,fb->fa", at.bread, score)
        se = np.sqrt((at.scale * (1 - at.alpha))[:, None] * np.diagonal(at.bread, axis1=1, axis2=2))
        small = np.all(np.abs(step) <= TOLERANCE * se, axis=1)
        at = _at(totals, at.d + step)
        if np.all(small | np.isnan(step[:, 0])):
            break
    return at, small


def _at(totals: Totals, d: Floats) -> At:
    t = totals.residual - d @ totals.Q.T
    squares = totals.rss + (d * d).sum(axis=1)
    scale = squares / totals.sizes.sum()
    pairs = (totals.sizes * (totals.sizes - 1)).sum()
    alpha = ((t * t).sum(axis=1) - squares) / scale / pairs if pairs else np.zeros(len(d))
    least = np.minimum(1 - alpha, 1 + (totals.sizes.max() - 1) * alpha)
    alpha = np.where(np.abs(least) < FLAT, np.nan, alpha)
    c = alpha[:, None] / (1 + (totals.sizes - 1) * alpha[:, None])
    information = np.eye(d.shape[1]) - np.einsum("fj,ja,jb->fab", c, totals.Q, totals.Q)
    bread, _ = spd_inverse(information)
    return At(d, alpha, scale, c, t, bread)


def _standard_errors(
    totals: Totals, at: At, fixed: FixedEffects, chosen: NDArray[np.bool_], bias: Bias | None
) -> Floats:
    """Of the coefficients, shape (chosen fits, p)."""
    unit = (at.scale * (1 - at.alpha))[chosen, None, None]
    c, s = at.c[chosen, :, None], totals.Q
    inside = totals.Q_residual[chosen] - np.einsum("jab,fb->fja", totals.QQ, at.d[chosen])
    scores = (inside - c * s * at.t[chosen, :, None]) / unit
    products = s[:, :, None] * s[:, None, :]
    information = (totals.QQ - c[..., None] * products) / unit[..., None]
    sandwich = Sandwich(unit * at.bread[chosen], scores, information, fixed.R, fixed.R_inverse)
    se: Floats = np.sqrt((sandwich.influence(bias) ** 2).sum(axis=1))
    return se
