"""The Kenward-Roger approximation: adjusted covariance and denominator degrees of freedom.

Kenward, M. G. & Roger, J. H. (1997). Biometrics 53:983-997; formulas as in Halekoh & Højsgaard
(2014), J. Stat. Softw. 59(9), for a covariance that is linear in its parameters. Valid on the
boundary: nothing is divided by a variance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..linalg import eigen, solve
from .contrasts import independent_rows
from .matched import matched_df
from .moments import Moments

DEPENDENT = 1e-11
"""Eigenvalues of the information (scaled to unit diagonal) below this are rounding."""

NEARLY_TWO = 1e-2
"""pbkrtest scales F by one where the denominator df are this near to two."""


VANISHED = 1e-8
"""Both terms of the ratio in rho below this are 0/0, which pbkrtest takes for one."""


@dataclass(frozen=True)
class KenwardRoger:
    """The approximation for one fit, in units of sigma² and for the orthonormal X.

    Attributes
    ----------
    Phi : shape (p, p), (X'V⁻¹X)⁻¹
    adjusted : shape (p, p), the small-sample covariance of the fixed effects
    PhiPPhi : shape (c, p, p), Phi P_i Phi
    W : shape (c, c), covariance of the variance parameters, from the expected REML information
    """

    Phi: Floats
    adjusted: Floats
    PhiPPhi: Floats
    W: Floats

    def df(self, L: Floats) -> Floats:
        """Degrees of freedom of each row of L, shape (l, p): 2/A2, to which they reduce."""
        return matched_df(L, self.Phi, self.PhiPPhi, self.W)

    def F(self, L: Floats, estimate: Floats) -> tuple[float, int, float, float]:
        """Unscaled F, numerator and denominator df and scale of the test of ``L beta = 0``.

        Parameters
        ----------
        L : array of shape (l, p)
        estimate : array of shape (l,), L beta in units of sigma
        """
        L, estimate = independent_rows(L, estimate)
        q = len(L)
        value = float(estimate @ solve(L @ self.adjusted @ L.T, estimate)) / q
        if q == 1:
            return value, 1, float(self.df(L)[0]), 1.0
        middle = [solve(L @ self.Phi @ L.T, L @ one @ L.T) for one in self.PhiPPhi]
        traces = np.array([np.trace(one) for one in middle])
        products = np.array([[np.sum(a * b.T) for b in middle] for a in middle])
        A1 = float(traces @ self.W @ traces)
        A2 = float(np.sum(self.W * products))
        df, scale = _df_and_scale(q, A1, A2)
        return value, q, df, scale


def _df_and_scale(q: int, A1: float, A2: float) -> tuple[float, float]:
    """Denominator df and scale of F from A1 and A2 (Kenward & Roger 1997, §3)."""
    B = (A1 + 6 * A2) / (2 * q)
    g = ((q + 1) * A1 - (q + 4) * A2) / ((q + 2) * A2)
    denominator = 3 * q + 2 * (1 - g)
    c1, c2, c3 = g / denominator, (q - g) / denominator, (q + 2 - g) / denominator
    V0, V1, V2 = 1 + c1 * B, 1 - c2 * B, 1 - c3 * B
    vanished = abs(1 - A2 / q) < VANISHED and abs(V1) < VANISHED
    ratio = 1.0 if vanished else (1 - A2 / q) / V1
    rho = ratio**2 * max(V0, 0.0) / V2 / q  # below zero it means nothing: no df are left
    df = 4 + (q + 2) / (q * rho - 1)
    scale = 1.0 if abs(df - 2) < NEARLY_TWO else df * (1 - A2 / q) / (df - 2)
    return df, scale


def kenward_roger(m: Moments, Phi: Floats) -> KenwardRoger:
    """The approximation from the moments of a REML fit."""
    information = restricted_traces(m, Phi)
    W = 2 * _generalised_inverse(information)
    PhiP = Phi @ m.P
    bias = np.einsum("ij,ijab->ab", W, m.Q) - np.einsum("ij,iab,jbc->ac", W, m.P, PhiP)
    bias = (bias + bias.T) / 2
    return KenwardRoger(Phi, Phi + 2 * Phi @ bias @ Phi, PhiP @ Phi, W)


def _generalised_inverse(information: Floats) -> Floats:
    """The inverse, or one that gives the same results where variances cannot be told apart.

    They cannot where their G_i depend on each other. NaN where one leaves no trace at all.
    """
    diagonal = np.diagonal(information)
    if not np.all(diagonal > 0):
        return np.full(information.shape, np.nan)
    scale = 1 / np.sqrt(diagonal)
    values, vectors = eigen(information * np.outer(scale, scale))
    kept = values > DEPENDENT
    inverse = (vectors[:, kept] / values[kept]) @ vectors[:, kept].T
    result: Floats = inverse * np.outer(scale, scale)
    return result


def restricted_traces(m: Moments, Phi: Floats) -> Floats:
    """tr(P G_i P G_j), shape (c, c): twice the expected information of REML."""
    PhiP = Phi @ m.P
    first = m.trace - 2 * np.einsum("ab,ijba->ij", Phi, m.Q)
    result: Floats = first + np.einsum("iab,jba->ij", PhiP, PhiP)
    return result
