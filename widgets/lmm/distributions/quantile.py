"""Quantiles by Newton's method on the logarithm of the smaller tail."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..arrays import Floats

Tails = tuple[Floats, Floats, Floats]
"""Lower and upper tail probabilities, and the derivative of the lower one by log x."""

MOST_STEPS = 100
LONGEST_STEP = 8.0
TOLERANCE = 1e-9
"""Of a Newton step: the error after it is its square."""
SMALLEST = 1e-300
LARGEST_LOG = 340.0


def positive_quantile(
    lower: Floats,
    tails: Callable[[Floats], Tails],
    start: Floats,
) -> Floats:
    """The value above zero whose lower tail is ``lower``.

    Parameters
    ----------
    lower : array
        Probabilities in [0, 1].
    tails : function of x
        Lower and upper tail probabilities, and the derivative of the lower one by ``log x``.
    start : array
        Where to begin.

    Notes
    -----
    As functions of ``log x`` both log tails of the t, F and gamma families are concave
    (an increasing generalised failure rate), so Newton's steps approach from one side.
    """
    return _solve(lower, 1 - lower, tails, start)


def positive_quantile_of_tail(
    upper: Floats,
    tails: Callable[[Floats], Tails],
    start: Floats,
) -> Floats:
    """The value above zero whose upper tail is ``upper``; for the rest as above."""
    return _solve(1 - upper, upper, tails, start)


def _solve(
    lower: Floats,
    upper: Floats,
    tails: Callable[[Floats], Tails],
    start: Floats,
) -> Floats:
    inside = (lower > 0) & (upper > 0)
    use_lower = lower <= upper
    goal = np.log(np.where(inside, np.where(use_lower, lower, upper), 0.5))
    s = np.log(start) + np.zeros_like(goal)
    good = s  # the last place where the tail did not underflow
    for _ in range(MOST_STEPS):
        x = np.exp(s)
        below, above, slope = tails(x)
        tail = np.where(use_lower, below, above)
        alive = tail > SMALLEST
        good = np.where(alive, s, good)
        tail = np.where(alive, tail, 1.0)
        step = np.where(inside, (np.log(tail) - goal) * tail / np.maximum(slope, SMALLEST), 0)
        step = np.clip(np.where(use_lower, -step, step), -LONGEST_STEP, LONGEST_STEP)
        moved = np.clip(np.where(alive, s + step, (s + good) / 2), -LARGEST_LOG, LARGEST_LOG)
        change, s = np.abs(moved - s), moved
        if np.all(change < TOLERANCE * np.maximum(1.0, np.abs(s))):
            break
    ends = np.where(np.isnan(lower), np.nan, np.where(lower <= 0, 0.0, np.inf))
    return np.where(inside, np.exp(s), ends)
