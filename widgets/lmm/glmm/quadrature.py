"""The integral over the random effects: Laplace's approximation, or adaptive quadrature.

Gauss-Hermite quadrature is for one scalar random effect per group. The likelihood of a group is the
integral of exp(-f(u))/sqrt(2 pi); nodes z_k stand around the mode at u + z_k/sqrt(h), h the Hessian
that Laplace's approximation takes, which is the case of a single node (Liu & Pierce 1994,
Biometrika 81:624; Pinheiro & Bates 1995, J. Comput. Graph. Stat. 4:12).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..arrays import Floats
from ..linalg import eigen
from .modes import At, Mode
from .rows import Effects, Precision, Rows, met


@dataclass(frozen=True)
class Integral:
    """The logarithm of the integral, and the averages over its nodes that the gradient needs.

    Attributes
    ----------
    loglik : over all groups
    score : shape (n,), mean of the score over the nodes
    score_u : shape (n, k + m), mean of score times the random effects that a row meets
    pull : derivative of -2 loglik by the centre of the nodes; zero for Laplace's approximation
    share : shape (n,), derivative of -2 loglik by log|V'WV + I|; one for Laplace's approximation
    """

    loglik: float
    score: Floats
    score_u: Floats
    pull: Effects
    share: Floats


def laplace(rows: Rows, mode: Mode, spread: Precision) -> Integral:
    """Laplace's approximation: a single node, at the mode."""
    score = mode.there.score
    return Integral(
        loglik=-float((mode.f + spread.logdet / 2).sum()),
        score=score,
        score_u=score[:, None] * met(rows, mode.u),
        pull=Effects(np.zeros_like(mode.u.inner), np.zeros_like(mode.u.outer)),
        share=np.ones(len(score)),
    )


@cache
def nodes_and_weights(points: int) -> tuple[Floats, Floats]:
    """Nodes z of the weight exp(-z²/2), and log(weight) + z²/2 - log(2 pi)/2.

    Nodes are the eigenvalues of the Jacobi matrix, made exact by Newton's method
    (Golub & Welsch 1969, Math. Comput. 23:221); exp(z²/2) times the weight is the inverse of the
    sum of squares of the Hermite functions there.
    """
    root = np.sqrt(np.arange(1.0, points))
    z, _ = eigen(np.diag(root, 1) + np.diag(root, -1))
    for _ in range(2):
        functions = _hermite_functions(z, points)
        z = z - functions[-1] / (math.sqrt(points) * functions[-2] - z / 2 * functions[-1])
    z = (z - z[::-1]) / 2
    functions = _hermite_functions(z, points)
    return z, -np.log((functions[:-1] ** 2).sum(axis=0)) - math.log(2 * math.pi) / 2


def _hermite_functions(z: Floats, highest: int) -> Floats:
    """exp(-z²/4) times the orthonormal Hermite polynomials of degree 0 to ``highest``."""
    found = [np.exp(-z * z / 4) / (2 * math.pi) ** 0.25]
    before = np.zeros_like(z)
    for k in range(highest):
        following = (z * found[-1] - math.sqrt(k) * before) / math.sqrt(k + 1)
        before = found[-1]
        found.append(following)
    return np.array(found)


def adaptive(rows: Rows, v: Floats, at: At, mode: Mode, spread: Precision, points: int) -> Integral:
    """Quadrature over the random effect with the column ``v`` (n,) of V."""
    z, log_weight = nodes_and_weights(points)
    cell, J = rows.inner[:, 0], rows.B * rows.s
    centre, sd = mode.u.inner.reshape(-1), np.sqrt(spread.M.reshape(-1))
    u = centre + z[:, None] * sd  # (points, J)
    there = at(mode.eta + v * (u - centre)[:, cell])
    place = (np.arange(points)[:, None] * J + cell).reshape(-1)
    sums = np.bincount(place, weights=there.loglik.reshape(-1), minlength=points * J)
    slopes = np.bincount(place, weights=(v * there.score).reshape(-1), minlength=points * J)
    log_term = log_weight[:, None] + sums.reshape(points, J) - u * u / 2
    top = log_term.max(axis=0)
    term = np.exp(log_term - top)
    total = term.sum(axis=0)
    p = term / total  # (points, J): how much each node counts
    slope = p * (u - slopes.reshape(points, J))  # of f
    by_row = p[:, cell] * there.score
    pull = 2 * slope.sum(axis=0)
    share = 1 - (slope * z[:, None]).sum(axis=0) * sd
    return Integral(
        loglik=float((top + np.log(total) + np.log(sd)).sum()),
        score=by_row.sum(axis=0),
        score_u=(by_row * u[:, cell]).sum(axis=0)[:, None],
        pull=Effects(pull.reshape(mode.u.inner.shape), mode.u.outer),
        share=share[cell],
    )
