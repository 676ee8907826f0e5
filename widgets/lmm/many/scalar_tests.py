"""Kenward-Roger and Satterthwaite degrees of freedom for one scalar random intercept.

Everything is for sigma = 1 and the two components lambda ZZ' and I of the covariance matrix; the
degrees of freedom do not depend on sigma. Vectorised over F fits.

Kenward, M. G. & Roger, J. H. (1997). Biometrics 53:983-997; for one contrast their F reduces to
t² with df = 2/A2. Satterthwaite's df as in lmerTest (Kuznetsova et al. 2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from .scalar import GroupSums, Profile


@dataclass(frozen=True)
class Adjusted:
    """Standard errors (for sigma = 1) and degrees of freedom, shape (F, p) each."""

    se: Floats
    df: Floats


@dataclass(frozen=True)
class Moments:
    """Sums over groups that the derivatives of V meet; ``1`` stands for ZZ', ``2`` for I.

    Attributes
    ----------
    P : shape (F, 2, p, p), -X'V⁻¹ G_i V⁻¹ X
    Q : shape (F, 2, 2, p, p), X'V⁻¹ G_i V⁻¹ G_j V⁻¹ X
    trace : shape (F, 2, 2), tr(V⁻¹ G_i V⁻¹ G_j)
    """

    P: Floats
    Q: Floats
    trace: Floats


def moments(data: GroupSums, lam: Floats) -> Moments:
    """From V⁻¹ (lambda G_1 + G_2) = I everything with G_2 follows from that with G_1."""
    F, p = len(lam), data.XtX.shape[0]
    u = 1 / (1 + lam[:, None] * data.n)
    c = data.n * u
    A = data.XtX - ((lam[:, None] * u) @ data.ss).reshape(F, p, p)
    D = ((u * u) @ data.ss).reshape(F, p, p)
    E = ((c * u * u) @ data.ss).reshape(F, p, p)
    a = lam[:, None, None]
    P = np.stack([-D, -(A - a * D)], axis=1)
    E12, E22 = D - a * E, A - 2 * a * D + a * a * E
    Q = np.stack([np.stack([E, E12], axis=1), np.stack([E12, E22], axis=1)], axis=1)
    t1, t11 = c.sum(1), (c * c).sum(1)
    t12, t22 = t1 - lam * t11, data.N - 2 * lam * t1 + lam * lam * t11
    return Moments(P, Q, np.stack([np.stack([t11, t12], 1), np.stack([t12, t22], 1)], 1))


def kenward_roger(data: GroupSums, lam: Floats, Phi: Floats, L: Floats) -> Adjusted:
    """Kenward-Roger standard errors and degrees of freedom, also on the boundary lambda = 0.

    One test for each row of L, shape (l, p); results of shape (F, l).
    """
    m = moments(data, lam)
    PhiP = Phi[:, None] @ m.P
    information = (
        m.trace
        - 2 * np.einsum("fab,fijba->fij", Phi, m.Q)
        + np.einsum("fiab,fjba->fij", PhiP, PhiP)
    )
    W = 2 * _inverse2(information)
    bias = np.einsum("fij,fijab->fab", W, m.Q) - np.einsum(
        "fij,fiab,fjbc->fac", W, m.P, PhiP, optimize=True
    )
    adjusted = Phi + 2 * Phi @ bias @ Phi
    k = _along(L, PhiP @ Phi[:, None])
    phi = _along(L, Phi)
    A2 = np.einsum("fij,fik,fjk->fk", W, k, k, optimize=True) / phi**2
    return Adjusted(np.sqrt(_along(L, adjusted)), 2 / A2)


def satterthwaite(data: GroupSums, lam: Floats, at: Profile, L: Floats) -> Adjusted:
    """Satterthwaite degrees of freedom, with a variance on the boundary left out as lmerTest does.

    In (theta, log sigma²) the criterion has the curvature ``4 lambda d''`` along theta and ``nu``
    along log sigma², and after profiling over sigma the two are independent.
    """
    m = moments(data, lam)
    phi = _along(L, at.Phi)
    d1 = _along(L, -at.Phi @ m.P[:, 0] @ at.Phi)  # derivative of phi by lambda
    dr2 = -np.sum((data.z - at.beta @ data.s.T) ** 2 / (1 + lam[:, None] * data.n) ** 2, axis=1)
    along = d1 + phi * (dr2 / at.r2)[:, None]  # sigma² follows lambda along the profile
    interior = (lam > 0) & (at.curvature > 0)
    spread = 2 / np.where(interior, at.curvature, np.inf)
    variance = spread[:, None] * along**2 + 2 * phi**2 / data.nu
    return Adjusted(np.sqrt(phi), 2 * phi**2 / variance)


def _along(L: Floats, a: Floats) -> Floats:
    """L'A l for each row of L; shapes (l, p), (..., p, p) and (..., l)."""
    result: Floats = ((L @ a) * L).sum(-1)
    return result


def _inverse2(a: Floats) -> Floats:
    """Inverses of symmetric 2 x 2 matrices, shape (F, 2, 2)."""
    det = a[:, 0, 0] * a[:, 1, 1] - a[:, 0, 1] ** 2
    adjugate = np.stack(
        [np.stack([a[:, 1, 1], -a[:, 0, 1]], 1), np.stack([-a[:, 0, 1], a[:, 0, 0]], 1)], 1
    )
    result: Floats = adjugate / det[:, None, None]
    return result
