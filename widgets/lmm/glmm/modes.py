"""The conditional modes of the random effects by penalised iteratively reweighted least squares.

For given theta and beta the spherical random effects u minimise f(u) = |u|²/2 - sum of log
densities at eta = eta0 + V u, V = Z Lambda: Newton's method, V'WV + I being the Hessian (Pinheiro &
Chao 2006, J. Comput. Graph. Stat. 15:58; the PIRLS of lme4). Components are independent of each
other, so each has its own step, halved until f does not rise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..arrays import Floats
from .conditional import Derivatives
from .rows import Effects, Precision, Rows, met, precision, solved, totals

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


class Point(NamedTuple):
    """Random effects, eta, the distribution there, and f by component."""

    u: Effects
    eta: Floats
    there: Derivatives
    f: Floats


@dataclass(frozen=True)
class Penalised:
    """The function f of the random effects."""

    rows: Rows
    V: Floats
    eta0: Floats
    at: At

    def point(self, u: Effects) -> Point:
        """What is known at u."""
        eta = self.eta0 + np.einsum("nk,nk->n", self.V, met(self.rows, u))
        there = self.at(eta)
        loglik = np.bincount(self.rows.component, weights=there.loglik, minlength=self.rows.B)
        return Point(u, eta, there, u.products(u) / 2 - loglik)

    def downhill(self, here: Point) -> Effects:
        """Minus the gradient."""
        return totals(self.rows, self.V, here.there.score).plus(-np.ones(self.rows.B), here.u)

    def convex(self, here: Point) -> Precision:
        """The inverse Hessian; where it is not positive definite, that of the positive weights."""
        hessian = precision(self.rows, self.V, here.there.observed)
        if np.all(np.isfinite(hessian.logdet)):
            return hessian
        return precision(self.rows, self.V, np.maximum(here.there.observed, 0.0))


def mode(f: Penalised, start: Effects) -> Mode:
    """The conditional mode, searched from ``start``, or from zero if f is infinite there."""
    here = f.point(start)
    if not np.all(np.isfinite(here.f)):
        here = f.point(Effects(np.zeros_like(start.inner), np.zeros_like(start.outer)))
    found = False
    for _ in range(MOST_STEPS):
        downhill = f.downhill(here)
        step = solved(f.convex(here), downhill)
        promise = step.products(downhill)
        moved = _line_search(f, here, step, promise) if np.all(np.isfinite(promise)) else None
        if moved is None:
            break
        here = moved
        if float(promise.max()) < CLOSE:
            found = True
            break
    hessian = precision(f.rows, f.V, here.there.observed)
    return Mode(*here, hessian, found)


def _line_search(f: Penalised, here: Point, step: Effects, promise: Floats) -> Point | None:
    """Newton's step, halved in the components where f would rise; None if it always does."""
    length = np.ones(len(promise))
    for _ in range(MOST_HALVINGS):
        there = f.point(here.u.plus(length, step))
        risen = ~(there.f <= here.f) & (promise > NEAR)
        if not np.any(risen):
            return there
        length = np.where(risen, length / 2, length)
    return None
