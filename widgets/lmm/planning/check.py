"""A plan checked by simulation: experiments drawn as rows, and analysed as they would be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ..arrays import Floats, Integers
from ..data.factors import Factor
from ..data.sums import sum_rows
from ..distributions import t as student
from .analyses import Outcomes, mixed, of_means
from .assumptions import Assumptions
from .generalised import simulated_tests
from .simulation import Counts


@dataclass(frozen=True)
class Arms:
    """Units of any sizes in two arms.

    Attributes
    ----------
    control, treated : rows of every unit
    """

    control: tuple[int, ...]
    treated: tuple[int, ...]

    @property
    def clusters(self) -> int:
        """Units of the control arm."""
        return len(self.control)

    @property
    def sizes(self) -> Integers:
        """Rows of each unit, those of the control arm first."""
        return np.array([*self.control, *self.treated], dtype=np.intp)

    @property
    def cluster(self) -> Integers:
        """Number of the unit by row."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    @property
    def arm(self) -> Factor:
        """Arm by row."""
        return Factor((self.cluster >= self.clusters).astype(np.intp), ("control", "treated"))


def check_plan(given: Assumptions, replicates: int, rng: Generator) -> Counts:
    """What the analysis of a plan found in so many experiments drawn from it.

    Parameters
    ----------
    given : the plan and what is thought to be true
    replicates : number of experiments
    rng : of all of them; equal generators give equal counts

    Notes
    -----
    Whole units treated: the mixed model with Kenward and Roger's degrees of freedom; Student's t
    test on units' means where units have one row or rows do not differ. Within units and in blocks:
    the t test on one difference a unit or block, which is what the mixed model with ``(treatment |
    unit)`` or ``(1 | block)`` comes to where sizes are equal. Binary outcomes and counts: the t
    test on units' empirical logits or logs.
    """
    if given.outcome != "normal":
        tested = simulated_tests(given, rng, replicates)
    elif given.design == "between":
        tested = _between(given, replicates, rng)
    else:
        tested = _differences(given, replicates, rng)
    failed = tested.failed
    return Counts(
        replicates,
        int((tested.p[~failed] < given.alpha).sum()),
        int(tested.singular.sum()),
        int(failed.sum()),
    )


def _between(given: Assumptions, replicates: int, rng: Generator) -> Outcomes:
    sizes = [tuple(max(1, round(one)) for one in arm) for arm in given.sizes]
    arms = Arms(*sizes)
    cluster = arms.cluster
    y = given.effect * (cluster >= arms.clusters)[:, None] + _rows(
        given, cluster, len(arms.sizes), replicates, rng
    )
    if len(cluster) <= len(arms.sizes) or given.sd_within == 0:
        return of_means(arms, y)
    return mixed(arms, y, "Kenward-Roger")


def _rows(
    given: Assumptions, cluster: Integers, units: int, replicates: int, rng: Generator
) -> Floats:
    """Responses without an effect, shape (rows, replicates)."""
    between = given.sd_between * rng.normal(size=(units, replicates))
    within = given.sd_within * rng.normal(size=(len(cluster), replicates))
    rows: Floats = between[cluster] + within
    return rows


def _differences(given: Assumptions, replicates: int, rng: Generator) -> Outcomes:
    """One difference between the treatments for every unit or block, and Student's t test on it."""
    size = max(1, round(given.size))
    blocked = given.design == "blocked"
    units = 2 * given.arms[0] if blocked else given.units
    cluster = np.repeat(np.arange(units), size)
    y = _rows(given, cluster, units, replicates, rng)
    if blocked:
        means = sum_rows(cluster, y, units) / size
        apart = given.effect + means[1::2] - means[::2]
    else:
        treated = np.tile(np.arange(size) >= size // 2, units)
        halves = sum_rows(2 * cluster + treated, y, 2 * units)
        apart = given.effect + halves[1::2] / (size - size // 2) - halves[::2] / (size // 2)
    return _one_sample(apart)


def _one_sample(apart: Floats) -> Outcomes:
    """Student's t test of a mean of zero, of every column."""
    n = len(apart)
    se = apart.std(axis=0, ddof=1) / np.sqrt(n)
    known: NDArray[np.bool_] = se > 0
    t = np.abs(apart.mean(axis=0)) / np.where(known, se, 1.0)
    p = np.where(known, 2 * student.sf(t, n - 1), np.nan)
    return Outcomes(p, np.zeros(len(p), dtype=bool))
