"""The joint posterior of both standard deviations, integrated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from .likelihood import Components, Sums, coefficients, given
from .priors import Prior
from .quadrature import Box, box_of, log_slope, segment, to_scale

POINTS = ((32, 18), (48, 27), (72, 40), (108, 60))
"""Sizes of the rule, each with half as many nodes again in both directions."""

ACCURACY = 1e-4
"""Error of a mean, in standard deviations, with which a rule is good enough."""

CONVERGENCE = 1.5
"""Errors fall exponentially with the number of nodes: half as many again, and they are those before
to this power."""


@dataclass(frozen=True)
class Joint:
    """The posterior density of both standard deviations, up to its constant.

    Attributes
    ----------
    sums : of the data
    prior_tau, prior_sigma : of the standard deviation between groups, and of the residual one
    c : about the standard error of a group's mean, the unit of tau
    """

    sums: Sums
    prior_tau: Prior
    prior_sigma: Prior
    c: float

    def log_prior(self, tau: Floats, sigma: Floats) -> Floats:
        """Up to a constant; arrays (N,)."""
        return self.prior_tau.log_density(tau) + self.prior_sigma.log_density(sigma)

    def log_density(self, tau: Floats, sigma: Floats) -> Floats:
        """Up to a constant; arrays (N,)."""
        return given(self.sums, tau, sigma).loglik + self.log_prior(tau, sigma)

    def in_coordinates(self, t: Floats, s: Floats) -> Floats:
        """The density of the coordinates t and s of the quadrature."""
        return self.log_density(self.c * to_scale(t), np.exp(s)) + log_slope(t) + s


@dataclass(frozen=True)
class Axis:
    """Values of one standard deviation and the weights of integrals over it, shape (K,)."""

    values: Floats
    weights: Floats


@dataclass(frozen=True)
class Nodes:
    """The posterior on the nodes of a product rule.

    Attributes
    ----------
    joint : the density
    box : where it is not negligible
    tau_axis, sigma_axis : of the rule
    log_total : logarithm of the integral of the density
    tau, sigma, probability : shape (N,), the nodes and their posterior probabilities
    share : shape (N, L), the probability of each lambda given these
    components : of the coefficients given all these
    """

    joint: Joint
    box: Box
    tau_axis: Axis
    sigma_axis: Axis
    log_total: float
    tau: Floats
    sigma: Floats
    probability: Floats
    share: Floats
    components: Components

    @property
    def scales(self) -> Mapping[str, Floats]:
        """Both standard deviations and the intraclass correlation at the nodes."""
        between, within = self.tau**2, self.sigma**2
        return {"sd": self.tau, "sigma": self.sigma, "icc": between / (between + within)}


@dataclass(frozen=True)
class Moments:
    """Means and standard deviations of all quantities, the coefficients first; shape (p + 3,)."""

    mean: Floats
    sd: Floats


def integrated(joint: Joint, start: Box) -> tuple[Nodes, Moments, float]:
    """The posterior on a rule that is refined until it is accurate, and the error of its means."""
    box = box_of(joint.in_coordinates, start)
    nodes = nodes_of(joint, box, POINTS[0])
    moments = moments_of(nodes)
    error = np.inf
    for points in POINTS[1:]:
        before = moments
        nodes = nodes_of(joint, box, points)
        moments = moments_of(nodes)
        change = np.abs(moments.mean - before.mean) / moments.sd
        error = float(np.max(change)) ** CONVERGENCE
        if error < ACCURACY:
            break
    return nodes, moments, error


def nodes_of(joint: Joint, box: Box, points: tuple[int, int]) -> Nodes:
    """The posterior on the product rule of that size."""
    (t, t_weight), (s, s_weight) = (
        segment(float(low), float(high), many)
        for low, high, many in zip(box.low, box.high, points, strict=True)
    )
    tau_axis = Axis(joint.c * to_scale(t), t_weight * joint.c * np.exp(log_slope(t)))
    sigma_axis = Axis(np.exp(s), s_weight * np.exp(s))
    tau = np.repeat(tau_axis.values, points[1])
    sigma = np.tile(sigma_axis.values, points[0])
    at = given(joint.sums, tau, sigma)
    log_weight = np.log(np.outer(tau_axis.weights, sigma_axis.weights).reshape(-1))
    log_mass = at.loglik + joint.log_prior(tau, sigma) + log_weight
    top = float(log_mass.max())
    mass = np.exp(log_mass - top)
    total = float(mass.sum())
    return Nodes(
        joint,
        box,
        tau_axis,
        sigma_axis,
        top + float(np.log(total)),
        tau,
        sigma,
        mass / total,
        at.share,
        coefficients(joint.sums, at),
    )


def moments_of(nodes: Nodes) -> Moments:
    """By summing over the nodes, and over lambda for the coefficients."""
    weight, components = nodes.probability[:, None] * nodes.share, nodes.components
    mean = np.einsum("nl,nlp->p", weight, components.mean)
    spread = (components.mean - mean) ** 2 + components.variance
    variance = np.einsum("nl,nlp->p", weight, spread)
    scales = np.array(list(nodes.scales.values()))
    scale_means = scales @ nodes.probability
    scale_variances = (scales - scale_means[:, None]) ** 2 @ nodes.probability
    return Moments(
        np.concatenate([mean, scale_means]), np.sqrt(np.concatenate([variance, scale_variances]))
    )
