"""Satterthwaite's degrees of freedom, as lmerTest computes them but with exact derivatives.

Kuznetsova, Brockhoff & Christensen (2017), J. Stat. Softw. 82(13), §2. The variance of L
beta is a function of (theta, sigma), whose covariance is twice the inverse Hessian of the deviance
or REML criterion. In theta a variance on the boundary has no slope, so it counts as known: a
singular fit has the degrees of freedom of the model without the component.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..likelihood.criterion import Evaluation, Problem
from ..linalg import eigen
from .kenward_roger import restricted_traces
from .matched import matched_df
from .moments import Moments

LEAST_CURVATURE = 1e-8
"""Directions with a smaller eigenvalue of the Hessian count as known (lmerTest's tolerance)."""

EVEN = 1e-8


@dataclass(frozen=True)
class Satterthwaite:
    """The approximation for one fit, in units of sigma² and for the orthonormal X.

    Attributes
    ----------
    Phi : shape (p, p), (X'V⁻¹X)⁻¹
    slopes : shape (m, p, p), derivatives of Phi sigma² by theta and sigma
    W : shape (m, m), covariance of (theta, sigma)
    """

    Phi: Floats
    slopes: Floats
    W: Floats

    def df(self, L: Floats) -> Floats:
        """Degrees of freedom of each row of L, shape (l, p)."""
        return matched_df(L, self.Phi, self.slopes, self.W)

    def F(self, L: Floats, estimate: Floats) -> tuple[float, int, float, float]:
        """F, numerator and denominator df and scale (1) of the test of ``L beta = 0``.

        Parameters
        ----------
        L : array of shape (l, p)
        estimate : array of shape (l,), L beta in units of sigma
        """
        values, vectors = eigen(L @ self.Phi @ L.T)
        kept = values > max(np.sqrt(np.finfo(float).eps) * values[-1], 0)
        values, vectors = values[kept], vectors[:, kept]
        rotated = vectors.T @ L
        F = float(np.mean((vectors.T @ estimate) ** 2 / values))
        return F, len(values), _pooled(self.df(rotated)), 1.0


def _pooled(df: Floats) -> float:
    """The denominator df of a mean of independent squared t values (Fai & Cornelius 1996)."""
    if np.all(np.abs(np.diff(df)) < EVEN):
        return float(df.mean())
    if np.any(df <= 2):  # noqa: PLR2004  the mean of F does not exist
        return 2.0
    E = float(np.sum(df / (df - 2)))
    return 2 * E / (E - len(df))


def satterthwaite(problem: Problem, at: Evaluation, m: Moments) -> Satterthwaite:
    """The approximation from the moments of a fit by REML or ML."""
    sigma2 = at.r2 / problem.nu
    trace = restricted_traces(m, at.Phi) if problem.REML else m.trace
    first = m.slope - m.quad / sigma2
    if problem.REML:
        first = first + np.einsum("ab,iba->i", at.Phi, m.P)
    second = -trace + 2 * m.quad2 / sigma2  # by the variances, in units of sigma²
    forms = _forms(problem)
    theta = at.theta
    # (theta, s) -> (s² theta'F theta / 2, s²), at s = 1
    jacobian = np.zeros((len(theta) + 1, len(forms) + 1))
    jacobian[:-1, :-1] = np.array([form @ theta for form in forms]).T
    jacobian[-1, :-1] = [theta @ form @ theta for form in forms]
    jacobian[-1, -1] = 2
    hessian = jacobian @ second @ jacobian.T + _bending(theta, forms, first)
    slopes = np.tensordot(jacobian, -(at.Phi @ m.P @ at.Phi), axes=1)
    values, vectors = eigen(hessian)
    kept = values > LEAST_CURVATURE
    W = 2 * (vectors[:, kept] / values[kept]) @ vectors[:, kept].T
    return Satterthwaite(at.Phi, slopes, W)


def _forms(problem: Problem) -> list[Floats]:
    """Symmetric F_i with gamma_i = theta'F_i theta / 2: entry (a, b) of T T'."""
    size = sum(len(place.index) for place in problem.places)
    forms: dict[int, Floats] = {}
    for place in problem.places:
        entries = dict(
            zip(
                zip(place.row.tolist(), place.col.tolist(), strict=True),
                place.index.tolist(),
                strict=True,
            )
        )
        for (a, b), index in entries.items():
            form = np.zeros((size, size))
            for c in range(place.k):
                if (a, c) in entries and (b, c) in entries:
                    i, j = entries[a, c], entries[b, c]
                    form[i, j] += 1
                    form[j, i] += 1
            forms[index] = form
    return [forms[i] for i in sorted(forms)]


def _bending(theta: Floats, forms: Sequence[Floats], first: Floats) -> Floats:
    """First derivatives times the second derivatives of the variances by (theta, s)."""
    size = len(theta) + 1
    total = np.zeros((size, size))
    for form, slope in zip(forms, first[:-1], strict=True):
        total[:-1, :-1] += slope * form
        total[:-1, -1] += slope * 2 * (form @ theta)
        total[-1, :-1] += slope * 2 * (form @ theta)
        total[-1, -1] += slope * (theta @ form @ theta)
    total[-1, -1] += 2 * first[-1]
    return total
