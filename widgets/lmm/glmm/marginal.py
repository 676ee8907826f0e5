"""Minus twice the marginal log-likelihood of a generalised linear mixed model, and its gradient.

With f(u) = |u|²/2 - sum of log densities at eta = X beta + V u, V = Z Lambda, Laplace's
approximation at the mode of f is

    d(theta, beta) = 2 f + log|V'WV + I|

(Bates et al., lme4; Skaug & Fournier 2006, Comput. Stat. Data Anal. 51:699). For the gradient let
h_i be the diagonal of V (V'WV + I)⁻¹ V', c_i = h_i dw_i/deta_i the derivative of the determinant
by eta_i, and a = (V'W₀V + I)⁻¹ V'c, W₀ the observed weights: by the implicit function theorem a
carries all that depends on how the mode moves. With e = c - W₀ V a and s the scores,

    d by beta = X'(e - 2 s)
    d by T    = sum over rows of z_i ((e_i - 2 s_i) u_i + s_i a_i + 2 w_i g_i)'
                                                         with g_i = (V'WV + I)⁻¹ v_i

and by a further predictor -2 dloglik + h dw + (V a) ds. Adaptive quadrature replaces s and s u by
averages over its nodes, and adds how its nodes move.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from ..arrays import Floats
from ..likelihood.theta import Place
from ..linalg import block_diagonal, quiet
from .conditional import Conditional, Derivatives
from .modes import Mode, Penalised, mode
from .quadrature import Integral, adaptive, laplace
from .rows import (
    Effects,
    Precision,
    Rows,
    met,
    precision,
    projected,
    solved,
    totals,
)


@dataclass(frozen=True)
class MarginalEvaluation:
    """Everything known at one point.

    Attributes
    ----------
    x : theta, then beta, then the coefficients of the further predictors
    value : minus twice the log-likelihood; infinite where it cannot be computed
    V : shape (n, k + m), Z Lambda
    mode : the conditional mode
    spread : inverse of V'WV + I
    further : the further predictors, shape (n,) each
    integral : over the random effects
    """

    x: Floats
    value: float
    V: Floats
    mode: Mode
    spread: Precision
    further: tuple[Floats, ...]
    integral: Integral


@dataclass(frozen=True)
class Marginal:
    """A model whose marginal likelihood can be evaluated.

    Attributes
    ----------
    conditional : the distribution of the response
    rows : the rows of Z
    X : shape (n, p), fixed effects in working units
    offset : shape (n,)
    further : model matrices (n, r) of the further predictors
    places : where theta stands in the factors T
    points : of the quadrature; 1 is Laplace's approximation
    """

    conditional: Conditional
    rows: Rows
    X: Floats
    offset: Floats
    further: tuple[Floats, ...]
    places: tuple[Place, ...]
    points: int
    _last: list[Effects] = field(default_factory=list)

    @property
    def ntheta(self) -> int:
        """Number of covariance parameters."""
        return sum(len(place.index) for place in self.places)

    def split(self, x: Floats) -> tuple[Floats, Floats, tuple[Floats, ...]]:
        """Theta, beta and the coefficients of each further predictor."""
        sizes = [self.ntheta, self.X.shape[1], *(D.shape[1] for D in self.further)]
        theta, beta, *rest = np.split(x, np.cumsum(sizes)[:-1])
        return theta, beta, tuple(rest)

    def evaluate(self, theta: Floats) -> MarginalEvaluation:
        """The criterion at a point: theta with all other parameters behind it.

        The mode is searched from the last one found. That saves steps and leaves the result where
        the density is log-concave, as all are but those with added zeros.
        """
        with quiet():
            return self._evaluated(theta)

    def _evaluated(self, x: Floats) -> MarginalEvaluation:
        _, beta, rest = self.split(x)
        V = self.rows.Z @ block_diagonal([place.T(x) for place in self.places])
        further = tuple(D @ one for D, one in zip(self.further, rest, strict=True))

        def at(eta: Floats) -> Derivatives:
            return self.conditional.at(eta, further)

        start = self._last[0] if self._last else self._zero()
        found = mode(Penalised(self.rows, V, self.offset + self.X @ beta, at), start)
        spread, there = found.hessian, found.there
        if there.weight is not there.observed:
            spread = precision(self.rows, V, there.weight)
        if self.points == 1:
            integral = laplace(self.rows, found, spread)
        else:
            integral = adaptive(self.rows, V[:, 0], at, found, spread, self.points)
        value = -2 * integral.loglik
        if found.found and math.isfinite(value):
            self._last[:] = [found.u]
        else:
            value = math.inf
        return MarginalEvaluation(x, value, V, found, spread, further, integral)

    def _zero(self) -> Effects:
        rows = self.rows
        return Effects(np.zeros((rows.B, rows.s, rows.k)), np.zeros((rows.B, rows.r)))

    def gradient(self, at: MarginalEvaluation) -> Floats:
        """Derivative of the criterion by all parameters, shape of x."""
        with quiet():
            return self._gradient(at)

    def _gradient(self, at: MarginalEvaluation) -> Floats:
        rows, V, there, integral = self.rows, at.V, at.mode.there, at.integral
        G = projected(rows, at.spread, V)
        h = integral.share * np.einsum("nk,nk->n", V, G)
        c = h * there.change
        carried = totals(rows, V, c).plus(np.ones(rows.B), integral.pull)
        a = met(rows, solved(at.mode.hessian, carried))
        Va = np.einsum("nk,nk->n", V, a)
        e = c - there.observed * Va
        determinant = 2 * (integral.share * there.weight)[:, None] * G
        by_T = rows.Z.T @ (
            e[:, None] * met(rows, at.mode.u)
            - 2 * integral.score_u
            + there.score[:, None] * a
            + determinant
        )
        by_further = [
            D.T @ (h * one.weight + Va * one.score - 2 * one.loglik)
            for D, one in zip(self.further, there.further, strict=True)
        ]
        by_beta = self.X.T @ (e - 2 * integral.score)
        return np.concatenate([self._by_theta(by_T), by_beta, *by_further])

    def _by_theta(self, by_T: Floats) -> Floats:
        grad = np.zeros(self.ntheta)
        start = 0
        for place in self.places:
            own = slice(start, start + place.k)
            grad[place.index] = by_T[own, own][place.row, place.col]
            start += place.k
        return grad
