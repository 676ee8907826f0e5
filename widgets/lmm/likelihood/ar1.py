"""Serial correlation: residuals with a first-order autoregression within groups.

With correlation phi^|s - t| between times s and t of a group, and g the time since the row before,
the rows (x_t - phi^g x_(t-g)) / sqrt(1 - phi^2g) (the first row of a group as it is) have
independent residuals, and |R| of the correlation matrix is the product of the 1 - phi^2g
(Pinheiro & Bates 2000, §5.3.1). So the likelihood is that of the transformed data plus log|R|:
exact. Where all g are 1, every cross-product of transformed columns is a quadratic polynomial in
phi divided by 1 - phi².
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..data.factors import Factor
from ..optimiser import Objective, hessian, minimise
from .crossproducts import CrossProducts

GRID = (-0.6, -0.2, 0.2, 0.6, 0.9)
"""Correlations from the best of which the search starts."""

FARTHEST = 18.0
"""Of atanh(phi), where phi is one to double precision."""

STEP = 1e-3
"""Step in atanh(phi) of the fourth-order difference."""


@dataclass(frozen=True)
class Predecessors:
    """For each row the row before it in its group; all three leave out first rows.

    ``gap`` is how much later a row is than the one before it, shape (m,), 1 for neighbours.
    """

    row: NDArray[np.intp]
    before: NDArray[np.intp]
    gap: Floats

    @property
    def equidistant(self) -> bool:
        """Whether no time is missed between a row and the one before it."""
        return bool(np.all(self.gap == 1))

    def transformed(self, columns: Floats, phi: float) -> Floats:
        """The columns (n, m) with independent residuals, times sqrt(1 - phi²)."""
        result = columns * math.sqrt(1 - phi * phi)
        moved = columns[self.row] - (phi**self.gap)[:, None] * columns[self.before]
        if not self.equidistant:
            moved *= np.sqrt((1 - phi * phi) / (1 - phi ** (2 * self.gap)))[:, None]
        result[self.row] = moved
        return result

    def correlated(self, columns: Floats, phi: float) -> Floats:
        """Rows (n, m) with the correlation of an AR(1), from independent ones of equal variance."""
        result, shared = columns.copy(), (phi**self.gap).tolist()
        for row, before, r in zip(self.row.tolist(), self.before.tolist(), shared, strict=True):
            result[row] = r * result[before] + math.sqrt(1 - r * r) * columns[row]
        return result

    def logdet(self, phi: float) -> float:
        """log|R|."""
        if self.equidistant:
            return len(self.row) * math.log1p(-phi * phi)
        return float(np.log1p(-(phi ** (2 * self.gap))).sum())


def predecessors(group: Factor, time: Floats | None = None) -> Predecessors:
    """Which row precedes which in each group: by time, or in row order, one step apart."""
    keys = (group.codes,) if time is None else (time, group.codes)
    order = np.lexsort(keys)
    same = np.flatnonzero(group.codes[order][1:] == group.codes[order][:-1])
    row, before = order[same + 1], order[same]
    gap = np.ones(len(row)) if time is None else time[row] - time[before]
    return Predecessors(row, before, gap)


def products_by_phi(
    rows: Predecessors, at: Callable[[float], CrossProducts]
) -> Callable[[float], CrossProducts]:
    """Cross-products of rows with independent residuals, by phi.

    ``at`` gives those of :meth:`Predecessors.transformed` columns.
    """
    if rows.equidistant:
        return quadratic(at)

    def scaled(phi: float) -> CrossProducts:
        made, divisor = at(phi), 1 - phi * phi
        return CrossProducts(*(getattr(made, field.name) / divisor for field in fields(made)))

    return scaled


def quadratic(at: Callable[[float], CrossProducts]) -> Callable[[float], CrossProducts]:
    """Cross-products by phi, interpolated exactly from three of them.

    ``at`` gives the cross-products of :meth:`Predecessors.transformed` columns, which are
    quadratic.
    """
    middle, low, high = at(0.0), at(-0.5), at(0.5)
    names = [field.name for field in fields(CrossProducts)]
    blocks = [tuple(getattr(A, name) for A in (middle, low, high)) for name in names]

    def combined(phi: float) -> CrossProducts:
        divisor = 1 - phi * phi
        return CrossProducts(
            *((m + phi * (h - b) + 2 * phi * phi * (h + b - 2 * m)) / divisor for m, b, h in blocks)
        )

    return combined


def with_phi(build: Callable[[float], Objective]) -> Objective:
    """An objective of other parameters as one of theirs and, last, of atanh(phi).

    Parameters
    ----------
    build : the objective of the others, by phi
    """

    def objective(x: Floats) -> tuple[float, Floats]:
        others, z = x[:-1], _bounded(x[-1])
        value, gradient = build(math.tanh(z))(others)
        slope = _slope(lambda phi: build(phi)(others)[0], z)
        return value, np.append(gradient, slope)

    return objective


def _bounded(z: float) -> float:
    return min(max(float(z), -FARTHEST), FARTHEST)


def _slope(value: Callable[[float], float], z: float) -> float:
    """The derivative of a function of phi by atanh(phi) = z."""
    ends = [value(math.tanh(z + k * STEP)) for k in (-2, -1, 1, 2)]
    return (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / (12 * STEP)


@dataclass(frozen=True)
class Serial:
    """The best correlation: ``phi``, the criterion there and whether the search converged."""

    phi: float
    value: float
    converged: bool


def best_phi(profile: Callable[[float], tuple[float, Callable[[float], float]]]) -> Serial:
    """Minimise over phi a criterion that is minimised over all other parameters.

    Parameters
    ----------
    profile : function of phi
        The minimum over the others, and the criterion as a function of phi with the others held
        there: both have the same slope (the envelope theorem).
    """

    def objective(z: Floats) -> tuple[float, Floats]:
        here = _bounded(z[0])
        value, held = profile(math.tanh(here))
        return value, np.array([_slope(held, here)])

    start = min(GRID, key=lambda phi: profile(phi)[0])
    found = minimise(objective, np.array([math.atanh(start)]))
    curvature = float(hessian(objective, found.x)[0, 0])
    z = found.x - (found.gradient / curvature if curvature > 0 else 0.0)
    value, gradient = objective(z)
    flat = abs(float(gradient[0])) < 1e-5 * max(curvature, 1.0)
    return Serial(math.tanh(float(z[0])), value, curvature > 0 and flat)
