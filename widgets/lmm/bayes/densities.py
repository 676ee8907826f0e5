"""The posterior densities of single quantities."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from .joint import Nodes
from .marginal import (
    LOGARITHM,
    Coordinate,
    Marginal,
    half_line,
    marginal_of,
    share_of,
    whole_line,
)

NEGLIGIBLE = 1e-11
"""Of the posterior probability, left out."""

NEAR_ZERO = 1e-9
"""Of the unit of the standard deviation between groups: as good as zero."""

WIDTH_OF_SD = 0.02
"""Components whose standard deviations differ by less, as a share, are joined…"""

WIDTH_OF_MEAN = 0.2
"""… if their means differ by less, in standard deviations."""

FAR = 7.0
"""Standard deviations of a normal component that count."""


@dataclass(frozen=True)
class Quantity:
    """A quantity's density and the coordinate in which it is smooth.

    Attributes
    ----------
    density : x (M,), inside the quantity's range -> posterior density
    coordinate : of x
    low, high : ends of the coordinate
    """

    density: Callable[[Floats], Floats]
    coordinate: Coordinate
    low: float
    high: float

    def marginal(self) -> Marginal:
        """The distribution, ready for probabilities and quantiles."""
        return marginal_of(self.density, self.coordinate, self.low, self.high)


def coefficient(nodes: Nodes, j: int) -> Quantity:
    """Coefficient j: a mixture of normal distributions."""
    weight, mean, sd = condensed(
        (nodes.probability[:, None] * nodes.share).reshape(-1),
        nodes.components.mean[..., j].reshape(-1),
        np.sqrt(nodes.components.variance[..., j]).reshape(-1),
    )
    height = weight / sd / math.sqrt(2 * math.pi)

    def density(x: Floats) -> Floats:
        z = (x[:, None] - mean) / sd
        result: Floats = np.exp(-0.5 * z * z) @ height
        return result

    # about as wide as the density is high, so that its tails may be long
    coordinate = whole_line(float(weight @ mean), 1 / float(weight @ (1 / sd)))
    ends = coordinate.z(np.array([(mean - FAR * sd).min(), (mean + FAR * sd).max()]))
    return Quantity(density, coordinate, float(ends[0]), float(ends[1]))


def condensed(weight: Floats, mean: Floats, sd: Floats) -> tuple[Floats, Floats, Floats]:
    """Fewer components: those with nearly the same mean and sd become one with their moments.

    Their fourth moments are lost, about WIDTH_OF_SD² of a component's.
    """
    kept = weight > NEGLIGIBLE / len(weight)
    weight, mean, sd = weight[kept], mean[kept], sd[kept]
    size = np.rint(np.log(sd) / WIDTH_OF_SD)
    place = np.rint((mean - weight @ mean) / (WIDTH_OF_MEAN * np.exp(size * WIDTH_OF_SD)))
    key = (place - place.min()) + (place.max() - place.min() + 1) * (size - size.min())
    _, code = np.unique(key, return_inverse=True)
    code = code.reshape(-1)
    total = np.bincount(code, weight).astype(float)
    joined = np.bincount(code, weight * mean) / total
    spread = sd**2 + (mean - joined[code]) ** 2
    return total, joined, np.sqrt(np.bincount(code, weight * spread) / total)


def between_sd(nodes: Nodes) -> Quantity:
    """The standard deviation between groups."""
    c, sigma = nodes.joint.c, nodes.sigma_axis

    def density(x: Floats) -> Floats:
        # at zero the limit from above, which every prior has
        return _along(nodes, np.maximum(x, NEAR_ZERO * c)[:, None], sigma.values, sigma.weights)

    return Quantity(density, half_line(c), float(nodes.box.low[0]), float(nodes.box.high[0]))


def residual_sd(nodes: Nodes) -> Quantity:
    """The residual standard deviation."""
    tau = nodes.tau_axis

    def density(x: Floats) -> Floats:
        return _along(nodes, tau.values, x[:, None], tau.weights)

    return Quantity(density, LOGARITHM, float(nodes.box.low[1]), float(nodes.box.high[1]))


def intraclass_correlation(nodes: Nodes) -> Quantity:
    """sd²/(sd² + sigma²), whose density is infinite at 0 where that of sd is positive."""
    sigma, c = nodes.sigma_axis, nodes.joint.c / float(nodes.probability @ nodes.sigma)
    coordinate = share_of(half_line(c))

    def density(x: Floats) -> Floats:
        ratio = np.sqrt(x / (1 - x))
        weights = sigma.weights * sigma.values  # d sd / d ratio = sigma
        of_ratio = _along(nodes, ratio[:, None] * sigma.values, sigma.values, weights)
        return of_ratio / (2 * np.sqrt(x) * (1 - x) ** 1.5)

    kept = nodes.probability > NEGLIGIBLE / len(nodes.probability)
    icc = nodes.scales["icc"][kept]
    ends = coordinate.z(np.array([icc.min(), icc.max()]))
    return Quantity(density, coordinate, float(ends[0]), float(ends[1]))


def _along(nodes: Nodes, tau: Floats, sigma: Floats, weights: Floats) -> Floats:
    """Integrals of the posterior along the second axis of arrays that broadcast to (M, K)."""
    tau, sigma = np.broadcast_arrays(tau, sigma)
    log_density = nodes.joint.log_density(tau.reshape(-1), sigma.reshape(-1))
    result: Floats = np.exp(log_density - nodes.log_total).reshape(tau.shape) @ weights
    return result
