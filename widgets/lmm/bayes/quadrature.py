"""Where the two standard deviations can be, and rules of quadrature there.

The coordinates are t, with tau = c exp(t - exp(-t)), and s = log sigma. The first leaves densities
smooth that are flat, rise or vanish at tau = 0 and have powers as tails (the double exponential
substitution for a half line: Takahasi & Mori 1974, Publ. RIMS 9:721).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import leggauss

from ..arrays import Floats

DROP = 19.0
"""The box ends where the density is exp(-DROP) of its largest value: 6 parts in 10^9."""

CELLS = 16
MOST_LOOKS = 40
SETTLED = 0.8
"""A box that shrinks by less is kept."""

NEWTON_STEPS = 60
ROUNDING = 1e-14

Surface = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True)
class Box:
    """Ends of t and s."""

    low: Floats
    high: Floats


def to_scale(t: Floats) -> Floats:
    """exp(t - exp(-t))."""
    result: Floats = np.exp(t - np.exp(-t))
    return result


def log_slope(t: Floats) -> Floats:
    """Logarithm of the derivative of :func:`to_scale`."""
    result: Floats = t - np.exp(-t) + np.log1p(np.exp(-t))
    return result


def from_scale(x: Floats) -> Floats:
    """The t with exp(t - exp(-t)) = x > 0: Newton's method, a concave function from the left."""
    u = np.log(x)
    t = np.where(u > 0, u, -np.log1p(-np.minimum(u, 0.0)))
    for _ in range(NEWTON_STEPS):
        step = (u - t + np.exp(-t)) / (1 + np.exp(-t))
        t = t + step
        if np.all(np.abs(step) < ROUNDING * (1 + np.abs(t))):
            break
    return t


def half_line(low: float, high: float, points: int) -> tuple[Floats, Floats]:
    """Nodes x and weights of the integral over x > 0: the trapezoidal rule in t."""
    t = np.linspace(low, high, points)
    return to_scale(t), (t[1] - t[0]) * np.exp(log_slope(t))


def box_of(log_density: Surface, start: Box) -> Box:
    """The box outside of which the density is negligible, looked for on coarser and finer grids.

    Parameters
    ----------
    log_density : of arrays t and s (N,)
    start : where to look first; the box may leave it
    """
    box = start
    for _ in range(MOST_LOOKS):
        axes = np.linspace(box.low, box.high, CELLS + 1, axis=1)
        t, s = (grid.reshape(-1) for grid in np.meshgrid(*axes, indexing="ij"))
        value = log_density(t, s)
        here = value > np.nanmax(value) - DROP
        inside = np.array([[axis[here].min(), axis[here].max()] for axis in (t, s)])
        found = _next(box, inside[:, 0], inside[:, 1])
        settled = found.high - found.low > SETTLED * (box.high - box.low)
        grown = (found.low < box.low) | (found.high > box.high)
        box = found
        if np.all(settled & ~grown):
            break
    return box


def _next(box: Box, low: Floats, high: Floats) -> Box:
    """One cell around what is inside; where that reaches an end, a whole width beyond the end."""
    width = box.high - box.low
    cell = width / CELLS
    at_low, at_high = low < box.low + cell / 2, high > box.high - cell / 2
    return Box(
        np.where(at_low, box.low - width, np.where(at_high, box.low, low - cell)),
        np.where(at_high, box.high + width, np.where(at_low, box.high, high + cell)),
    )


def segment(low: float, high: float, points: int) -> tuple[Floats, Floats]:
    """Nodes and weights of the integral from ``low`` to ``high``, by Gauss and Legendre."""
    x, weight = leggauss(points)  # type: ignore[no-untyped-call]
    half = (high - low) / 2
    return low + half * (1 + x), half * weight
