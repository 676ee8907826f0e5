"""The conditional modes of the random effects by penalised iteratively reweighted least squares.

For given theta and beta the spherical random effects u minimise f(u) = |u|²/2 - sum of log
densities at eta = eta0 + V u, V = Z Lambda: Newton's method, V'WV + I being the Hessian (Bates et
al. 2015, §2; for generalised models their vignette "PLS vs GLS", and MixedModels.jl). Components
are independent of each other, so each has its own step, halved until f does not rise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.glmm.conditional import Derivatives
from widgets.lmm.glmm.rows import Effects, Precision, Rows, met, precision, solved, totals

MOST_STEPS = 100
MOST_HALVINGS = 30

CLOSE = 1e-12
"""Newton's step is the last one if it promises a decrease of f below this."""

NEAR = 1e-6
"""So close to the mode Newton's method converges quadratically, and f may be rounded more."""

At = Callable[[Floats], Derivatives]
"""The distribution of the response as a function of eta."""


@dataclass(frozen=True)
class Mode:
    """The minimum of f.

    Attributes
    ----------
    u : spherical random effects
    eta : shape (n,)
    there : the distribution at eta
    f : shape (B,), by component
    hessian : inverse of V'WV + I with the observed weights
    found : whether Newton's method came to its end
    """

    u: Effects
    eta: Floats
    there: Derivatives
    f: Floats
    hessian: Precision
    found: bool


def mode(rows: Rows, V: Floats, eta0: Floats, at: At, start: Effects) -> Mode:
    """The conditional mode, searched from ``start``."""
    here = _point(rows, V, eta0, at, start)
    if not np.all(np.isfinite(here[3])):
        zero = Effects(np.zeros_like(start.inner), np.zeros_like(start.outer))
        here = _point(rows, V, eta0, at, zero)
    found = False
    for _ in range(MOST_STEPS):
        u, _, there, f = here
        slope = totals(rows, V, there.score).plus(-np.ones(rows.B), u)
        hessian = _convex(rows, V, there)
        step = solved(hessian, slope)
        promise = step.products(slope)
        if not np.all(np.isfinite(promise)):
            break
        moved = _line_search(rows, V, eta0, at, here, step, promise)
        if moved is None:
            break
        here = moved
        if float(promise.max()) < CLOSE:
            found = True
            break
    u, eta, there, f = here
    return Mode(u, eta, there, f, precision(rows, V, there.observed), found)


Point = tuple[Effects, Floats, Derivatives, Floats]
"""Random effects, eta, the distribution there, and f by component."""


def _point(rows: Rows, V: Floats, eta0: Floats, at: At, u: Effects) -> Point:
    eta = eta0 + np.einsum("nk,nk->n", V, met(rows, u))
    there = at(eta)
    loglik = np.bincount(rows.component, weights=there.loglik, minlength=rows.B)
    return u, eta, there, u.products(u) / 2 - loglik


def _convex(rows: Rows, V: Floats, there: Derivatives) -> Precision:
    """The inverse Hessian; where it is not positive definite, that of the positive weights."""
    hessian = precision(rows, V, there.observed)
    if np.all(np.isfinite(hessian.logdet)):
        return hessian
    return precision(rows, V, np.maximum(there.observed, 0.0))


def _line_search(
    rows: Rows, V: Floats, eta0: Floats, at: At, here: Point, step: Effects, promise: Floats
) -> Point | None:
    """Newton's step, halved in the components where f would rise."""
    u, _, _, f = here
    length = np.ones(rows.B)
    for _ in range(MOST_HALVINGS):
        there = _point(rows, V, eta0, at, u.plus(length, step))
        risen = ~(there[3] <= f) & (promise > NEAR)
        if not np.any(risen):
            return there
        length = np.where(risen, length / 2, length)
    return None
