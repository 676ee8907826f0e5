"""Adaptive Gauss-Hermite quadrature over one scalar random effect per group.

The likelihood of a group is the integral of exp(-f(u))/sqrt(2 pi); nodes z_k stand around the mode
at u + z_k/sqrt(h), h the Hessian that Laplace's approximation takes, which is the case of a single
node (Pinheiro & Bates 1995, J. Comput. Graph. Stat. 4:12, eq. 2.5; Bates et al., lme4's nAGQ).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.polynomial.hermite_e import hermegauss

from widgets.lmm.arrays import Floats
from widgets.lmm.glmm.modes import At, Mode
from widgets.lmm.glmm.rows import Precision, Rows


@dataclass(frozen=True)
class Integral:
    """The integrals of all groups, and the averages over their nodes that the gradient needs.

    Attributes
    ----------
    loglik : sum of the logarithms of the integrals
    score : shape (n,), mean of the score over the nodes
    score_u : shape (n,), mean of score times random effect
    pull : shape (J,), derivative of -2 loglik by the centre of the nodes
    share : shape (J,), derivative of -2 loglik by log h
    """

    loglik: float
    score: Floats
    score_u: Floats
    pull: Floats
    share: Floats


@cache
def nodes_and_weights(points: int) -> tuple[Floats, Floats]:
    """Nodes z of the weight exp(-z²/2), and log(weight) + z²/2 - log(2 pi)/2."""
    z, weight = hermegauss(points)  # type: ignore[no-untyped-call]
    return z, np.log(weight) + z * z / 2 - math.log(2 * math.pi) / 2


def integral(rows: Rows, v: Floats, at: At, mode: Mode, spread: Precision, points: int) -> Integral:
    """The integrals over the random effect with the column ``v`` (n,) of V."""
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
    return Integral(
        loglik=float((top + np.log(total) + np.log(sd)).sum()),
        score=by_row.sum(axis=0),
        score_u=(by_row * u[:, cell]).sum(axis=0),
        pull=2 * slope.sum(axis=0),
        share=1 - (slope * z[:, None]).sum(axis=0) * sd,
    )
