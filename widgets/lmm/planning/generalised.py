"""Binary outcomes and counts of a plan: no formula holds for few units, so they are simulated."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from ..arrays import Floats
from ..distributions import normal
from ..distributions import t as student
from .analyses import Outcomes
from .assumptions import Assumptions

REPLICATES = 20_000
SEED = 20_160_301
"""Every plan is simulated with the same random numbers, so that neighbours can be compared."""


@dataclass(frozen=True)
class UnitTests:
    """Shares of significant tests in simulated experiments.

    Attributes
    ----------
    means : of the t test on units' proportions or mean counts
    transformed : of the t test on units' empirical logits or logs
    naive : of Wald's test on the pooled rows (log odds ratio, log rate ratio)
    standard_error : Monte Carlo standard error at most
    """

    means: float
    transformed: float
    naive: float
    standard_error: float


def unit_tests(
    given: Assumptions, replicates: int = REPLICATES, *, endless: bool = False
) -> UnitTests:
    """How often the tests reject in experiments drawn from a plan.

    Parameters
    ----------
    given : a plan with binary outcomes or counts
    replicates : number of experiments drawn
    endless : with infinitely many sub-units in every unit, so that its mean is known without error
    """
    rng = default_rng(SEED)
    size = max(1, round(given.size))
    arms = [
        _unit_totals(given, rng, (replicates, units), shift, None if endless else size)
        for units, shift in zip(given.arms, (0.0, given.effect), strict=True)
    ]
    means = [totals / size for totals in arms]
    transformed = [_transformed(given, totals, size) for totals in arms]
    rejected = (
        _t_rejects(means[0], means[1], given.alpha),
        _t_rejects(transformed[0], transformed[1], given.alpha),
        _pooled_rejects(given, arms, size),
    )
    by_means, by_transformed, naive = (float(one.mean()) for one in rejected)
    error = max(math.sqrt(p * (1 - p) / replicates) for p in (by_means, by_transformed, naive))
    return UnitTests(by_means, by_transformed, naive, error)


def simulated_tests(given: Assumptions, rng: Generator, replicates: int) -> Outcomes:
    """The t test on units' empirical logits or logs, of experiments drawn from a plan."""
    size = max(1, round(given.size))
    arms = [
        _transformed(given, _unit_totals(given, rng, (replicates, units), shift, size), size)
        for units, shift in zip(given.arms, (0.0, given.effect), strict=True)
    ]
    t, df = _t(*arms)
    p = np.where(np.isnan(t), np.nan, 2 * student.sf(np.abs(np.nan_to_num(t)), df))
    return Outcomes(np.asarray(p), np.zeros(replicates, dtype=bool))


def _unit_totals(
    given: Assumptions, rng: Generator, shape: tuple[int, int], shift: float, size: int | None
) -> Floats:
    """Sum of the responses in every unit, shape (replicates, units)."""
    base = float(given.baseline or 0.0)
    binary = given.outcome == "binary"
    centre = math.log(base / (1 - base)) if binary else math.log(base)
    eta = centre + shift + given.sd_between * rng.normal(size=shape)
    mean = 1 / (1 + np.exp(-eta)) if binary else np.exp(eta)
    if size is None:
        return np.asarray(mean * max(1, round(given.size)))
    drawn = rng.binomial(size, mean) if binary else rng.poisson(size * mean)
    return np.asarray(drawn, dtype=float)


def _transformed(given: Assumptions, totals: Floats, size: int) -> Floats:
    """Empirical logits, or logs of the mean count, each half a case away from zero."""
    if given.outcome == "binary":
        return np.asarray(np.log((totals + 0.5) / (size - totals + 0.5)))
    return np.asarray(np.log((totals + 0.5) / size))


def _t_rejects(first: Floats, second: Floats, alpha: float) -> NDArray[np.bool_]:
    """Whether Student's t test rejects, by replicate; not where nothing varies."""
    t, df = _t(first, second)
    return np.asarray(np.abs(np.nan_to_num(t)) > float(student.isf(alpha / 2, df)))


def _t(first: Floats, second: Floats) -> tuple[Floats, int]:
    """Student's t by replicate, NaN where nothing varies, and its degrees of freedom."""
    j, k = first.shape[1], second.shape[1]
    df = j + k - 2
    squares = first.var(axis=1) * j + second.var(axis=1) * k
    variance = squares / df * (1 / j + 1 / k)
    difference = second.mean(axis=1) - first.mean(axis=1)
    known = variance > 0
    return np.where(known, difference / np.sqrt(np.where(known, variance, 1.0)), np.nan), df


def _pooled_rejects(given: Assumptions, arms: list[Floats], size: int) -> NDArray[np.bool_]:
    """Whether Wald's test on all rows rejects, by replicate."""
    totals = [arm.sum(axis=1) + 0.5 for arm in arms]
    rows = [arm.shape[1] * size for arm in arms]
    if given.outcome == "binary":
        rest = [n - total + 1 for n, total in zip(rows, totals, strict=True)]
        effects = [np.log(total / other) for total, other in zip(totals, rest, strict=True)]
        variance = sum(1 / total + 1 / other for total, other in zip(totals, rest, strict=True))
    else:
        effects = [np.log(total / n) for n, total in zip(rows, totals, strict=True)]
        variance = sum(1 / total for total in totals)
    critical = float(normal.isf(given.alpha / 2))
    return np.asarray((effects[1] - effects[0]) ** 2 > critical**2 * variance)
