"""Power by simulation: :func:`power`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from ..arguments import check_choice, check_count, check_generator, check_share
from ..linear.proportion import wilson
from .analyses import TESTS, Test
from .design import TwoArms

if TYPE_CHECKING:  # in the browser there is none
    from concurrent.futures import Executor

BATCH = 50
"""Replicates that one task analyses together: fixed, so that rounding depends on nothing else."""


@dataclass(frozen=True)
class Counts:
    """Of replicates: all, significant ones, singular fits and fits that failed."""

    replicates: int
    significant: int
    singular: int
    failed: int


@dataclass(frozen=True)
class PowerEstimate:
    """Share of replicates in which the test was significant, and its Monte Carlo interval.

    Attributes
    ----------
    estimate : share of significant results among those fits that did not fail
    low, high : its 95 % interval (Wilson's)
    n_sim : number of replicates
    significant, singular, failed : counts; a singular fit has estimated no variance between
        clusters and is a result like others, a failed one has no p-value
    """

    estimate: float
    low: float
    high: float
    n_sim: int
    significant: int
    singular: int
    failed: int


def power(
    design: TwoArms,
    test: Test,
    n_sim: int,
    rng: Generator,
    executor: Executor | None = None,
    alpha: float = 0.05,
) -> PowerEstimate:
    """How often a test finds the effect of a two-arm cluster design; with no effect, its size.

    Parameters
    ----------
    design : the plan and what is thought to be true
    test : "OLS" (rows as independent), "means" (t-test on cluster means), "Kenward-Roger" or
        "Satterthwaite" (mixed model), "GEE" (robust, z) or "GEE-MD", "GEE-KC", "GEE-FG"
        (corrected, t)
    n_sim : number of replicates, at least 1
    rng : every replicate has a generator of its own, spawned from this one
    executor : of :mod:`concurrent.futures` or a Dask cluster, which then does the work; the result
        is the same whatever it is
    alpha : a p-value below it is significant; in (0, 1)

    Raises
    ------
    MethodError
        If there is no such test, or ``n_sim`` or ``alpha`` is out of range.
    NotEstimableError
        If the design leaves the test nothing to estimate from.
    """
    check_choice("test", test, tuple(TESTS))
    check_count("n_sim", n_sim)
    check_generator(rng)
    check_share("alpha", alpha)
    generators = rng.spawn(n_sim)
    batches = [generators[first : first + BATCH] for first in range(0, n_sim, BATCH)]
    task = partial(counts, design, test, alpha)
    done = map(task, batches) if executor is None else executor.map(task, batches)
    return _estimate(list(done))


def counts(design: TwoArms, test: Test, alpha: float, generators: Sequence[Generator]) -> Counts:
    """One task: a response from each generator, all of them analysed."""
    responses = np.column_stack([design.draw(generator) for generator in generators])
    tested = TESTS[test](design, responses)
    return Counts(
        len(generators),
        int((tested.p < alpha).sum()),
        int(tested.singular.sum()),
        int(tested.failed.sum()),
    )


def _estimate(parts: Sequence[Counts]) -> PowerEstimate:
    n_sim, significant, singular, failed = (
        sum(getattr(part, name) for part in parts)
        for name in ("replicates", "significant", "singular", "failed")
    )
    answered = n_sim - failed
    share, low, high = wilson(significant, answered) if answered else (math.nan, 0.0, 1.0)
    return PowerEstimate(share, low, high, n_sim, significant, singular, failed)
