"""The generalised estimating equations and their solution.

Liang, K.-Y. & Zeger, S. L. (1986). Biometrika 73:13-22, equation (6) and the algorithm of §3.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..data.fixed_effects import FixedEffects
from ..errors import NotEstimableError
from ..families import Family
from ..linalg import spd_inverse
from .clusters import Clusters
from .working import Alpha, Independence, WorkingCorrelation

MOST_STEPS = 200
SEARCHES = ((1.0, MOST_STEPS), (0.5, 5 * MOST_STEPS))
"""Share of each step that is taken, and most steps: the second search where the first goes on.

Full steps may go to and fro between two correlations, or approach the solution slowly.
"""

TOLERANCE = 1e-11
"""Of a step, in standard errors."""

GLM_STEPS = 30
AT_THE_EDGE = 1e-6
"""A slope of the mean below this, where no step converges: a coefficient runs to infinity."""

FLAT = 1e-10
"""An eigenvalue of the working correlation that counts as zero."""

ASIDE = 1e-2
"""Coefficients that move by less than this share of the largest are not those that run away."""

RUNAWAY = 1e6
"""How much larger than under independence the scale is where the search left for infinity."""

EXACT = 1e-24
"""Scale over the mean square of the response, below which the model fits exactly."""


@dataclass(frozen=True)
class MarginalData:
    """What the equations are made of; rows in the clusters' order.

    Attributes
    ----------
    y : shape (n,); trials : shape (n,); offset : shape (n,)
    Q : shape (n, p), orthonormal columns
    fixed : the columns of the model matrix X = QR, in the order of the data
    """

    y: Floats
    trials: Floats
    offset: Floats
    Q: Floats
    fixed: FixedEffects
    clusters: Clusters
    family: Family


@dataclass(frozen=True)
class At:
    """The equations at some coefficients, all in units of the working variances.

    Attributes
    ----------
    gamma : shape (p,), coefficients of Q
    mu : shape (n,)
    residual : shape (n,), Pearson residuals (y - mu)/sqrt(v(mu)), without the trials
    scale : phi, the mean of their squares weighted by the trials
    alpha : of the working correlation, None for independence, a matrix where it is unstructured
    D : shape (n, p), derivatives of the mean, and ``RD`` R⁻¹ D
    weighted : shape (n,), residuals times the square root of the trials
    bread : shape (p, p), inverse of D'R⁻¹D; NaN where there is none
    """

    gamma: Floats
    mu: Floats
    residual: Floats
    scale: float
    alpha: Alpha
    D: Floats
    RD: Floats
    weighted: Floats
    bread: Floats


@dataclass(frozen=True)
class Solution:
    """Where the equations are solved, whether they are, and the last step of the search (p,)."""

    at: At
    converged: bool
    step: Floats


def equations_at(data: MarginalData, gamma: Floats, working: WorkingCorrelation) -> At:
    """Residuals, then scale, then correlation, then derivatives."""
    link = data.family.link
    eta, root_trials = data.Q @ gamma + data.offset, np.sqrt(data.trials)
    mu = link.mean(eta)
    sd = np.sqrt(data.family.variance(mu))
    residual = (data.y - mu) / sd
    scale = float(data.trials @ residual**2 / data.trials.sum())
    alpha = working.estimate(residual, data.trials, scale, data.clusters) if scale > 0 else None
    D = (root_trials * link.slope(eta) / sd)[:, None] * data.Q
    flat = abs(working.least_eigenvalue(alpha, data.clusters)) < FLAT
    RD = np.full_like(D, np.nan) if flat else working.solve(D, alpha, data.clusters)
    bread, _ = spd_inverse(D.T @ RD)
    return At(gamma, mu, residual, scale, alpha, D, RD, root_trials * residual, bread)


def solution_of(data: MarginalData, working: WorkingCorrelation) -> Solution:
    """The solution, from that under independence.

    Raises
    ------
    NotEstimableError
        If a coefficient runs to infinity (separation), the model fits exactly, the working
        correlation cannot be inverted, or the equations have no solution with it.
    """
    first = _iterate(data, _start(data), Independence(), GLM_STEPS)
    if not first.converged:
        _check_separation(data, first)
    _check_exact(data, first.at)
    if isinstance(working, Independence):
        return first
    for share, steps in SEARCHES:
        found = _iterate(data, first.at.gamma, working, steps, share)
        if found.converged:
            return found
    if not np.all(np.isfinite(found.at.bread)):
        raise NotEstimableError(_unusable(data, found.at, working))
    if found.at.scale > RUNAWAY * first.at.scale:
        msg = (
            "with this working correlation the coefficients run to infinity; use "
            "corstr='independence', or fewer terms"
        )
        raise NotEstimableError(msg)
    return found


def _unusable(data: MarginalData, at: At, working: WorkingCorrelation) -> str:
    least = working.least_eigenvalue(at.alpha, data.clusters)
    why = (
        "it cannot be inverted, because the coefficients fit the clusters' means (or all values "
        "within them) exactly; more clusters per condition are needed, or corstr='independence'"
        if abs(least) < FLAT
        else f"which is impossible in a cluster of {int(data.clusters.sizes.max())} rows; "
        "use corstr='independence'"
    )
    what = "" if isinstance(at.alpha, np.ndarray) else f" as {at.alpha:.3g}"
    return f"the working correlation is estimated{what}: {why}"


def _iterate(
    data: MarginalData, gamma: Floats, working: WorkingCorrelation, steps: int, share: float = 1.0
) -> Solution:
    """Modified Fisher scoring: alpha and phi anew before every step, of which a share is taken."""
    at, step = equations_at(data, gamma, working), np.full(len(gamma), np.inf)
    for _ in range(steps):
        step = at.bread @ (at.RD.T @ at.weighted)
        if not np.all(np.isfinite(step)):
            break
        se = np.sqrt(at.scale * np.diagonal(at.bread))
        at = equations_at(data, at.gamma + share * step, working)
        if np.all(np.abs(step) <= TOLERANCE * se):
            return Solution(at, converged=True, step=step)
    return Solution(at, converged=False, step=step)


def _start(data: MarginalData) -> Floats:
    """One weighted least squares step from means near the responses, as R's glm starts."""
    link = data.family.link
    mu = {
        "gaussian": data.y,
        "binomial": (data.trials * data.y + 0.5) / (data.trials + 1),
        "poisson": data.y + 0.1,
    }[data.family.name]
    eta = link.linear(mu)
    slope = link.slope(eta)
    weight = data.trials * slope**2 / data.family.variance(mu)
    wanted = eta - data.offset + (data.y - mu) / slope
    inverse, _ = spd_inverse((data.Q * weight[:, None]).T @ data.Q)
    result: Floats = inverse @ (data.Q.T @ (weight * wanted))
    return result


def _check_separation(data: MarginalData, found: Solution) -> None:
    eta = data.Q @ found.at.gamma + data.offset
    if not np.any(data.family.link.slope(eta) < AT_THE_EDGE):
        return
    length = np.sqrt((data.fixed.R**2).sum(axis=0))  # of the columns of X
    moving = np.abs(data.fixed.R_inverse @ found.step) * length
    chosen = zip(data.fixed.names, moving > ASIDE * moving.max(), strict=True)
    values = "0 or always 1" if data.family.name == "binomial" else "0"
    msg = (
        f"complete separation: for some values of the predictors the response is always {values}, "
        f"so that {', '.join(name for name, moves in chosen if moves)} would be infinite; leave "
        "the predictor out, or join its levels"
    )
    raise NotEstimableError(msg)


def _check_exact(data: MarginalData, at: At) -> None:
    if at.scale <= EXACT * float(np.mean(data.y**2)):
        msg = "the model fits every response exactly; there is no variance left to explain"
        raise NotEstimableError(msg)
