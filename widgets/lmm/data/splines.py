"""B-splines and natural cubic splines, as R's ``bs`` and ``ns`` have them.

de Boor, C. (1978). *A Practical Guide to Splines*, ch. IX, eq. (14), and ch. X, eq. (15) for the
derivatives.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..linalg import orthogonal_complement

CUBIC = 3


@dataclass(frozen=True)
class Spline:
    """A basis of splines.

    Attributes
    ----------
    knots : inside the ends
    ends : least and largest value that it was made for
    degree : of the pieces
    natural : whether it is linear beyond its ends, with a second derivative of zero there
    """

    knots: tuple[float, ...]
    ends: tuple[float, float]
    degree: int = CUBIC
    natural: bool = False

    def __call__(self, x: Floats) -> Floats:
        """The basis at x (n,), without the column that the intercept stands for; NaN where x is."""
        here = np.where(np.isnan(x), self.ends[0], x)
        low, high = self.ends
        all_knots = np.array([low] * (self.degree + 1) + [*self.knots] + [high] * (self.degree + 1))
        if not self.natural:
            basis = _design(all_knots, here, self.degree + 1, 0)[:, 1:]
        else:
            inside = np.clip(here, low, high)
            basis = _design(all_knots, inside, self.degree + 1, 0)
            basis += (here - inside)[:, None] * _design(all_knots, inside, self.degree + 1, 1)
            bend = _design(all_knots, np.array(self.ends), self.degree + 1, 2)
            basis = basis[:, 1:] @ orthogonal_complement(bend[:, 1:].T)
        return np.where(np.isnan(x)[:, None], np.nan, basis)


def spline(x: Floats, inside: int, degree: int = CUBIC, *, natural: bool = False) -> Spline:
    """The spline whose knots inside the ends are quantiles of x, as many as ``inside``."""
    values = x[~np.isnan(x)]
    shares = np.linspace(0, 1, inside + 2)[1:-1]
    knots = tuple(np.quantile(values, shares).tolist())
    return Spline(knots, (float(values.min()), float(values.max())), degree, natural)


def _design(knots: Floats, x: Floats, order: int, derivative: int) -> Floats:
    """All B-splines of an order, or a derivative of them, at x; shape (n, knots - order).

    Beyond the ends the outer pieces go on.
    """
    if derivative:
        lower = _design(knots, x, order - 1, derivative - 1)
        width = knots[order - 1 :] - knots[: len(knots) - order + 1]
        slope = np.where(width > 0, lower / np.where(width > 0, width, 1.0), 0.0)
        result: Floats = (order - 1) * (slope[:, :-1] - slope[:, 1:])
        return result
    last = int(np.flatnonzero(knots < knots[-1])[-1])
    span = np.clip(np.searchsorted(knots, x, side="right") - 1, 0, last)
    first = int(np.flatnonzero(knots > knots[0])[0]) - 1
    span = np.maximum(span, first)
    basis: Floats = (span[:, None] == np.arange(len(knots) - 1)).astype(float)
    for k in range(2, order + 1):
        basis = _raised(knots, x, basis, k)
    return basis


def _raised(knots: Floats, x: Floats, basis: Floats, k: int) -> Floats:
    """B-splines of order k from those of order k - 1."""
    n = len(knots) - k
    width = knots[k - 1 :] - knots[: n + 1]
    safe = np.where(width > 0, width, 1.0)
    up = np.where(width > 0, (x[:, None] - knots[: n + 1]) / safe, 0.0)
    down = np.where(width > 0, (knots[k - 1 :] - x[:, None]) / safe, 0.0)
    result: Floats = up[:, :-1] * basis[:, :-1] + down[:, 1:] * basis[:, 1:]
    return result
