"""One scalar random intercept, solved for many responses at once.

With y = X beta + Z b + e, b ~ N(0, sigma² lambda I) and lambda = theta², the groups enter only
through their sizes and sums, so the work per fit does not grow with the number of observations.

Per group j: n_j its size, s_j the sum of its rows of X, and for each response z_j the sum of y.
V = sigma² (I + lambda Z Z') has the inverse (I - Z diag(w) Z')/sigma² with w_j = lambda/(1 + lambda
n_j), which turns the profiled criterion of Bates et al. (2015), eq. (34) and (41), into sums over
j.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..linalg import spd_inverse

GRID = np.concatenate([[0.0], np.geomspace(1e-2, 1e10, 19)])
"""Ratios lambda n̄ at which the criterion is first looked at."""

MOST_STEPS = 60

LEAST = 1e-100
"""A residual sum of squares of zero counts as this."""

NEAR = 1e-7
"""Relative change of lambda after which Newton's next step would be below rounding."""


@dataclass(frozen=True)
class GroupSums:
    """What a random-intercept model needs to know of its data.

    Attributes
    ----------
    n : shape (J,), group sizes
    s : shape (J, p), sums of the rows of X
    XtX : shape (p, p)
    z : shape (F, J), group sums of each response
    Xty : shape (F, p)
    yty : shape (F,)
    REML : whether the restricted likelihood is meant
    """

    n: Floats
    s: Floats
    XtX: Floats
    z: Floats
    Xty: Floats
    yty: Floats
    REML: bool

    @cached_property
    def ss(self) -> Floats:
        """Products s_j s_j', shape (J, p*p)."""
        return (self.s[:, :, None] * self.s[:, None, :]).reshape(len(self.n), -1)

    def of(self, fits: NDArray[np.intp]) -> GroupSums:
        """Those of some of the fits."""
        if len(fits) == len(self.yty):
            return self
        return replace(self, z=self.z[fits], Xty=self.Xty[fits], yty=self.yty[fits])

    @cached_property
    def N(self) -> int:
        """Number of observations."""
        return round(float(self.n.sum()))

    @cached_property
    def nu(self) -> int:
        """Divisor of the residual sum of squares: N - p for REML, N for ML."""
        return self.N - self.XtX.shape[0] if self.REML else self.N


def group_sums(X: Floats, group: NDArray[np.intp], Y: Floats, *, REML: bool) -> GroupSums:
    """One pass over the data.

    Parameters
    ----------
    X : shape (N, p)
    group : shape (N,), whole numbers from 0
    Y : shape (N, F)
    """
    if np.any(group[1:] < group[:-1]):
        order = np.argsort(group, kind="stable")
        group, X, Y = group[order], X[order], Y[order]
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    n = np.diff(np.append(starts, len(group))).astype(float)
    s = np.add.reduceat(X, starts, axis=0)
    z = np.ascontiguousarray(np.add.reduceat(Y, starts, axis=0).T)
    return GroupSums(n, s, X.T @ X, z, Y.T @ X, np.einsum("nf,nf->f", Y, Y), REML)


@dataclass(frozen=True)
class Profile:
    """The fit at given lambda (one per response): all arrays lead with F."""

    beta: Floats
    """Shape (F, p)."""
    Phi: Floats
    """(X'V⁻¹X)⁻¹ for sigma = 1, shape (F, p, p)."""
    r2: Floats
    """Penalised residual sum of squares, shape (F,)."""
    deviance: Floats
    """Profiled deviance or REML criterion, shape (F,)."""
    slope: Floats
    """Its derivative by lambda, shape (F,)."""
    curvature: Floats
    """Its second derivative, shape (F,)."""


def profile(data: GroupSums, lam: Floats) -> Profile:
    """Profiled criterion with two derivatives at lambda, shape (F,). O(F J p²)."""
    p = data.XtX.shape[0]
    u = 1 / (1 + lam[:, None] * data.n)
    w = lam[:, None] * u
    A = data.XtX - (w @ data.ss).reshape(-1, p, p)
    Phi, logdet_A = spd_inverse(A)
    c = data.Xty - (w * data.z) @ data.s
    beta = (Phi @ c[..., None])[..., 0]
    r2 = data.yty - np.sum(w * data.z**2, axis=1) - np.sum(beta * c, axis=1)
    r2 = np.maximum(r2, LEAST)
    e = data.z - beta @ data.s.T
    dw, ddw = u**2, -2 * data.n * u**3  # derivatives of w by lambda
    g = (dw * e) @ data.s
    dr2 = -np.sum(dw * e**2, axis=1)
    ddr2 = -np.sum(ddw * e**2, axis=1) - 2 * np.einsum("fa,fab,fb->f", g, Phi, g)
    logdet = np.sum(np.log1p(lam[:, None] * data.n), axis=1)
    slope, curvature = np.sum(data.n * u, axis=1), -np.sum((data.n * u) ** 2, axis=1)
    if data.REML:
        first, second = _derivatives_of_logdet(data, Phi, dw, ddw)
        logdet, slope, curvature = logdet + logdet_A, slope + first, curvature + second
    nu = data.nu
    return Profile(
        beta,
        Phi,
        r2,
        logdet + nu * (1 + np.log(2 * math.pi * r2 / nu)),
        slope + nu * dr2 / r2,
        curvature + nu * (ddr2 / r2 - (dr2 / r2) ** 2),
    )


def _derivatives_of_logdet(
    data: GroupSums, Phi: Floats, dw: Floats, ddw: Floats
) -> tuple[Floats, Floats]:
    """Of log|X'V⁻¹X| by lambda, from those of w; shapes (F,)."""
    p = data.XtX.shape[0]
    h = Phi.reshape(-1, p * p) @ data.ss.T
    M = Phi @ (dw @ data.ss).reshape(-1, p, p)
    squares = np.sum(M * M.swapaxes(1, 2), axis=(1, 2))
    return -np.sum(dw * h, axis=1), -np.sum(ddw * h, axis=1) - squares


def on_grid(data: GroupSums, grid: Floats) -> Floats:
    """The criterion of every fit (columns) at every point of a grid of lambda, shape (G, F)."""
    p = data.XtX.shape[0]
    u = 1 / (1 + grid[:, None] * data.n)
    w = grid[:, None] * u
    Phi, logdet_A = spd_inverse(data.XtX - (w @ data.ss).reshape(-1, p, p))
    c = data.Xty - np.einsum("fj,gj,jp->gfp", data.z, w, data.s, optimize=True)
    r2 = np.maximum(data.yty - w @ (data.z**2).T - ((c @ Phi) * c).sum(-1), LEAST)
    logdet = np.log1p(grid[:, None] * data.n).sum(1) + (logdet_A if data.REML else 0.0)
    result: Floats = logdet[:, None] + data.nu * (1 + np.log(2 * math.pi * r2 / data.nu))
    return result


def best_lambda(data: GroupSums) -> Floats:
    """The lambda >= 0 with the smallest criterion for each response, zero exactly on the boundary.

    A grid finds the valley, Newton's method inside the bracket the bottom, for the fits that are
    not there yet.
    """
    grid = GRID / data.n.mean()
    values = on_grid(data, grid)
    k = np.argmin(values, axis=0)
    low, high = grid[np.maximum(k - 1, 0)], grid[np.minimum(k + 1, len(grid) - 1)]
    falling = profile(data, np.zeros(len(k))).slope < 0
    best = np.where((k == 0) & falling, grid[1] / 2, grid[k])
    left = np.flatnonzero((k > 1) | falling)
    best[(k <= 1) & ~falling] = 0.0
    for _ in range(MOST_STEPS):
        if not len(left):
            break
        lam, part = best[left], data.of(left)
        at = profile(part, lam)
        low[left] = np.where(at.slope < 0, lam, low[left])
        high[left] = np.where(at.slope > 0, lam, high[left])
        newton = lam - at.slope / np.where(at.curvature > 0, at.curvature, np.inf)
        inside = (newton > low[left]) & (newton < high[left]) & (at.curvature > 0)
        moved = np.where(inside, newton, (low[left] + high[left]) / 2)
        moved = np.where(at.slope == 0, lam, moved)
        best[left] = moved
        left = left[np.abs(moved - lam) > NEAR * lam]
    return best
