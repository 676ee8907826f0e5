"""One quantity's distribution: a density made integrable by piecewise polynomials.

The density is taken in a coordinate z in which it is smooth, at the Gauss-Legendre nodes of a few
panels, and is the Legendre series through them: its integral to any z is exact for the series.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import leggauss, legint, legval, legvander

from ..arrays import Floats
from .quadrature import from_scale, log_slope, to_scale

PANELS = 6
POINTS = 14
TABLE = 512
BISECTIONS = 22
SMALLEST = 1e-16


@dataclass(frozen=True)
class Coordinate:
    """x as a smooth increasing function of z.

    Attributes
    ----------
    x : z -> x
    z : x -> z
    slope : z -> dx/dz
    """

    x: Callable[[Floats], Floats]
    z: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


LOGARITHM = Coordinate(np.exp, lambda x: _inside(np.log, x), np.exp)
"""Positive x, not near zero."""


def half_line(c: float) -> Coordinate:
    """Positive x of about the size ``c``, with any behaviour at zero."""
    return Coordinate(
        lambda z: c * to_scale(z),
        lambda x: _inside(lambda inside: from_scale(inside / c), x),
        lambda z: c * np.exp(log_slope(z)),
    )


def share_of(ratio: Coordinate) -> Coordinate:
    """The share r²/(1 + r²) by the coordinate of r > 0."""

    def slope(z: Floats) -> Floats:
        r = ratio.x(z)
        return ratio.slope(z) * 2 * r / (1 + r * r) ** 2

    def x(z: Floats) -> Floats:
        r = ratio.x(z)
        return r * r / (1 + r * r)

    def z(x: Floats) -> Floats:
        below = np.minimum(x, 1 - SMALLEST)
        return np.where(x < 1, ratio.z(np.sqrt(np.maximum(below, 0.0) / (1 - below))), np.inf)

    return Coordinate(x, z, slope)


def whole_line(centre: float, width: float) -> Coordinate:
    """Any x, most of them near ``centre``, with powers as tails."""
    return Coordinate(
        lambda z: centre + width * np.sinh(z),
        lambda x: np.asarray(np.arcsinh((x - centre) / width)),
        lambda z: width * np.cosh(z),
    )


def _inside(z: Callable[[Floats], Floats], x: Floats) -> Floats:
    """The z of positive and finite x; the ends of the line elsewhere."""
    possible = (x > 0) & (x < np.inf)
    return np.where(possible, z(np.where(possible, x, 1.0)), np.where(x > 0, np.inf, -np.inf))


@dataclass(frozen=True)
class Marginal:
    """A distribution on a coordinate's interval.

    Attributes
    ----------
    coordinate : where the density is smooth
    edges : shape (P + 1,), of the panels in z
    integrals : shape (K + 1, P), Legendre series of the integral within each panel
    below : shape (P + 1,), probability below each edge
    """

    coordinate: Coordinate
    edges: Floats
    integrals: Floats
    below: Floats

    def cdf(self, x: Floats) -> Floats:
        """P(X <= x) for an array of any shape."""
        return self._cdf_at(np.asarray(self.coordinate.z(np.asarray(x, dtype=float))))

    def quantile(self, p: Floats) -> Floats:
        """The x with P(X <= x) = p, by bisection; ``p`` in (0, 1), any shape."""
        table = np.linspace(self.edges[0], self.edges[-1], TABLE)
        place = np.clip(np.searchsorted(self._cdf_at(table), p), 1, TABLE - 1)
        low, high = table[place - 1], table[place]
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            left = self._cdf_at(middle) < p
            low, high = np.where(left, middle, low), np.where(left, high, middle)
        return self.coordinate.x((low + high) / 2)

    def _cdf_at(self, z: Floats) -> Floats:
        inside = np.clip(z, self.edges[0], self.edges[-1])
        last = len(self.edges) - 2
        panel = np.clip(np.searchsorted(self.edges, inside, side="right") - 1, 0, last)
        width = self.edges[1] - self.edges[0]
        u = 2 * (inside - self.edges[panel]) / width - 1
        within = legval(u, self.integrals[:, panel], tensor=False)  # type: ignore[no-untyped-call]
        result: Floats = np.clip(self.below[panel] + within, 0.0, 1.0)
        return result


def marginal_of(
    density: Callable[[Floats], Floats], coordinate: Coordinate, low: float, high: float
) -> Marginal:
    """The distribution with this density of x, not necessarily normalised, on z in [low, high]."""
    u, weight = leggauss(POINTS)  # type: ignore[no-untyped-call]
    edges = np.linspace(low, high, PANELS + 1)
    half = (edges[1] - edges[0]) / 2
    z = (edges[:-1] + half)[:, None] + half * u
    values = density(coordinate.x(z.reshape(-1))) * coordinate.slope(z.reshape(-1))
    values = values.reshape(z.shape)
    order = np.arange(POINTS)
    # coefficients of the Legendre series through the nodes, one column for each panel
    series = (2 * order + 1)[:, None] / 2 * ((legvander(u, POINTS - 1).T * weight) @ values.T)  # type: ignore[no-untyped-call]
    integrals = half * legint(series, lbnd=-1, axis=0)  # type: ignore[no-untyped-call]
    mass = half * (values @ weight)
    below = np.concatenate([[0.0], np.cumsum(mass)])
    return Marginal(coordinate, edges, integrals / below[-1], below / below[-1])
