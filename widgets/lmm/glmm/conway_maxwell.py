"""Conway-Maxwell-Poisson counts by their mean: less or more variance than Poisson's.

P(y) = lambda^y/(y!)^nu/Z(lambda, nu) with the lambda that gives the mean mu (Huang 2017, Stat.
Model. 17:359; Shmueli et al. 2005, JRSS C 54:127). log Z generates the joint cumulants of y and
-log y!, so that all derivatives follow from sums over the counts.
"""

from __future__ import annotations

import numpy as np

from ..arrays import Floats
from ..distributions.polygamma import log_gamma
from ..families import exponential
from .taylor import Taylor

FEWEST, MOST = 30, 500
"""Terms of the sums, the most beside five times the largest mean."""

WIDTH = 12.0
"""Standard deviations beyond the mean up to which the sums go."""

FAR = 4.0
"""A mean beyond this many times the largest count (and some more) is not computed, but refused."""

BEYOND = -1e100
"""The log-density there: every search turns back."""

MOST_STEPS = 50
CLOSE = 1e-10


def log_terms(theta: Floats, nu: Floats, mu: Floats) -> tuple[Floats, Floats]:
    """The terms j theta - nu log j! for j = 0, 1, …, shape (n, m); and -log j!, shape (m,)."""
    spread = np.sqrt(np.maximum(mu, 1.0) / np.minimum(nu, 1.0)) + 3 / np.minimum(nu, 1.0)
    largest = float(np.max(mu))
    m = int(np.clip(np.max(mu + WIDTH * spread) + FEWEST, FEWEST, MOST + 5 * min(largest, 1e4)))
    j: Floats = np.arange(m).astype(float)
    falling = -log_gamma(j + 1).value
    return theta[:, None] * j + nu[:, None] * falling, falling


def probabilities(theta: Floats, nu: Floats, mu: Floats) -> tuple[Floats, Floats, Floats]:
    """P(j), shape (n, m), log Z (n,), and -log j!, (m,)."""
    terms, falling = log_terms(theta, nu, mu)
    top = terms.max(axis=1)
    scaled = np.exp(terms - top[:, None])
    total = scaled.sum(axis=1)
    return scaled / total[:, None], top + np.log(total), falling


def rate(mu: Floats, nu: Floats) -> Floats:
    """The log lambda that gives the mean mu, by Newton's method on the logarithm of the mean."""
    theta: Floats = nu * np.log(np.maximum(mu + (nu - 1) / (2 * nu), mu / 2 + 1e-8))
    for _ in range(MOST_STEPS):
        p, _, _ = probabilities(theta, nu, mu)
        j = np.arange(p.shape[1], dtype=float)
        mean = p @ j
        variance = p @ (j * j) - mean * mean
        step = (np.log(mu) - np.log(np.maximum(mean, 1e-300))) * mean / np.maximum(variance, 1e-12)
        theta = theta + np.clip(step, -2.0, 2.0)
        if np.all(np.abs(step) <= CLOSE * np.maximum(1.0, np.abs(theta))):
            break
    return theta


def density(y: Floats, eta: Taylor, further: tuple[Taylor, ...]) -> Taylor:
    """The log-density; the further predictor is -log nu."""
    shape = np.shape(eta.c[0])
    (log_phi,) = further
    flat = np.broadcast_to(y, shape).reshape(-1)
    wanted, most = exponential(eta.c[0]).reshape(-1), FAR * float(np.max(y)) + FEWEST
    mu: Floats = np.minimum(wanted, most).astype(float)
    nu = np.broadcast_to(np.exp(-log_phi.c[0]), shape).reshape(-1)
    theta = rate(mu, nu)
    p, log_z, falling = probabilities(theta, nu, mu)
    a = _cumulants(p, falling)
    dtheta = _implicit(mu, nu, a)
    nil = np.zeros_like(mu)
    bend = Taylor((nil, nil, nil, nil), ((-nu, nil, nil),))
    log_z_near = (
        dtheta * a["10"]
        + dtheta * dtheta * (a["20"] / 2)
        + dtheta * dtheta * dtheta * (a["30"] / 6)
        + bend * (dtheta * a["11"] + dtheta * dtheta * (a["21"] / 2) + a["01"])
    )
    log_factorial = log_gamma(flat + 1).value
    centre = np.where(wanted > most, BEYOND, flat * theta - nu * log_factorial - log_z)
    found = dtheta * flat - bend * log_factorial - log_z_near + centre
    c0, c1, c2, c3 = (np.reshape(one, shape) for one in found.c)
    d0, d1, d2 = (np.reshape(one, shape) for one in found.d[0])
    return Taylor((c0, c1, c2, c3), ((d0, d1, d2),))


def _cumulants(p: Floats, falling: Floats) -> dict[str, Floats]:
    """Joint cumulants of y and T = -log y!, named by their orders."""
    j = np.arange(p.shape[1], dtype=float)
    mean, other = p @ j, p @ falling
    y, T = j - mean[:, None], falling - other[:, None]
    two, three, four = ((p * y**k).sum(axis=1) for k in (2, 3, 4))
    both = (p * y * T).sum(axis=1)
    return {
        "10": mean,
        "01": other,
        "20": two,
        "30": three,
        "40": four - 3 * two * two,
        "11": both,
        "21": (p * y * y * T).sum(axis=1),
        "31": (p * y**3 * T).sum(axis=1) - 3 * two * both,
    }


def _implicit(mu: Floats, nu: Floats, a: dict[str, Floats]) -> Taylor:
    """How log lambda moves with eta and with -log nu where the mean is exp(eta)."""
    t1 = mu / a["20"]
    t2 = (mu / 2 - a["30"] / 2 * t1 * t1) / a["20"]
    t3 = (mu / 6 - a["30"] * t1 * t2 - a["40"] / 6 * t1**3) / a["20"]
    s0 = nu * a["11"] / a["20"]
    s1 = (nu * a["21"] * t1 - a["30"] * t1 * s0) / a["20"]
    s2 = (
        nu * (a["21"] * t2 + a["31"] / 2 * t1 * t1)
        - a["30"] * (t1 * s1 + t2 * s0)
        - a["40"] / 2 * t1 * t1 * s0
    ) / a["20"]
    return Taylor((np.zeros_like(mu), t1, t2, t3), ((s0, s1, s2),))


def variance(mu: Floats, nu: Floats) -> Floats:
    """The variance of counts with these means, shape (n,)."""
    p, _, _ = probabilities(rate(mu, nu), nu, mu)
    j = np.arange(p.shape[1], dtype=float)
    result: Floats = p @ (j * j) - (p @ j) ** 2
    return result


def draw(uniform: Floats, mu: Floats, nu: Floats) -> Floats:
    """Counts from uniform numbers, by the inverse of the distribution function; shape (n,)."""
    p, _, _ = probabilities(rate(mu, nu), nu, mu)
    result: Floats = (np.cumsum(p, axis=1) < uniform[:, None]).sum(axis=1).astype(float)
    return result
