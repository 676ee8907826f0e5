"""The smallest plan that promises a power, or the detectable effect: :func:`solve_plan`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from ..arguments import check_choice, check_share
from ..distributions import normal
from ..errors import DesignError
from .assumptions import Assumptions, assumptions
from .plan import power_alone, power_limit

Solve = Literal["units", "subunits", "effect"]

MOST = 100_000
"""Units or sub-units beyond which no plan is looked for."""

PRECISION = 1e-7
"""Of the detectable effect, relative to its size."""

TINY = 1e-12
"""Power is taken to lie this far from 0 and 1, so that its quantile is a number."""


@dataclass(frozen=True)
class Solution:
    """A plan that keeps a promise of power.

    Attributes
    ----------
    n_units, m, effect : of the plan; what was asked for is ``None`` if no plan has the power
    power : of the plan that was found, of the mixed model
    power_limit : what infinitely many sub-units would give
    target_power : the power that was asked for
    """

    n_units: int | None
    m: float | tuple[int, ...] | None
    effect: float | None
    power: float | None
    power_limit: float | None
    target_power: float


def solve_plan(*, solve: Solve, target_power: float = 0.8, **given: Any) -> Solution:  # noqa: ANN401  those of plan()
    """The smallest ``n_units`` or ``m``, or the smallest positive ``effect``, with a power.

    Parameters
    ----------
    solve : "units", "subunits" or "effect"; leave out what is to be found
    target_power : in (0, 1)
    given : the other arguments of :func:`plan`

    Raises
    ------
    DesignError, MethodError
        As :func:`plan`, or if what is to be found is given, or no number up to 100,000 suffices.
    """
    check_choice("solve", solve, get_args(Solve))
    check_share("target_power", target_power)
    name = {"units": "n_units", "subunits": "m", "effect": "effect"}[solve]
    if given.get(name) is not None:
        msg = f"{name} is what solve={solve!r} finds; leave it out, not {given[name]!r}"
        raise DesignError(msg)
    least: dict[str, Any] = {"n_units": 2, "m": 2, "effect": 1.0}
    return solved(solve, assumptions(**{**given, name: least[name]}), target_power)


def solved(solve: Solve, start: Assumptions, target_power: float) -> Solution:
    """What :func:`solve_plan` finds; in ``start`` it has a stand-in."""
    if solve != "effect" and start.effect == 0:
        msg = "effect must not be 0: no number of units finds what is not there"
        raise DesignError(msg)
    find = {"units": _units, "subunits": _subunits, "effect": _effect}[solve]
    return find(start, target_power)


def _power(given: Assumptions) -> float:
    power = power_alone(given)
    return -1.0 if power is None else power


def _units(start: Assumptions, target: float) -> Solution:
    step = 2 if start.design == "blocked" else 1

    def enough(k: int) -> bool:
        return _power(start.but(n_units=k * step)) >= target

    k = _first(enough, 2 if step == 1 else 1, MOST // step)
    if k is None:
        msg = f"more than {MOST:,} units are needed; a larger effect, or less variation, is not"
        raise DesignError(msg)
    return _solution(start.but(n_units=k * step), target)


def _subunits(start: Assumptions, target: float) -> Solution:
    step = 2 if start.design == "within" else 1
    limit = power_limit(start)

    def enough(k: int) -> bool:
        return _power(start.but(m=k * step)) >= target

    k = None
    if limit is not None and limit >= target:
        k = _first(enough, 1, MOST // step)
    if k is None:
        return Solution(start.n_units, None, start.effect, None, limit, target)
    return _solution(start.but(m=k * step), target)


def _first(enough: Callable[[int], bool], least: int, most: int) -> int | None:
    """The smallest whole number that is enough, if larger ones are too."""
    high = least
    while not enough(high):
        if high >= most:
            return None
        high = min(2 * high, most)
    low = max(least - 1, high // 2)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _effect(start: Assumptions, target: float) -> Solution:
    """Power grows with the effect: first both sides of it, then between them."""
    if power_alone(start) is None:
        return Solution(start.n_units, start.m, None, None, None, target)
    if target <= start.alpha:
        msg = f"target_power must be above alpha={start.alpha!r}, not {target!r}"
        raise DesignError(msg)
    low, high = 0.0, max(start.sd_between, start.sd_within, 0.1)
    while _power(start.but(effect=high)) < target:
        low, high = high, 2 * high
        if math.isinf(high) or high > MOST:
            return Solution(start.n_units, start.m, None, None, None, target)
    return _solution(start.but(effect=_crossing(start, target, low, high)), target)


def _crossing(start: Assumptions, target: float, low: float, high: float) -> float:
    """The effect with the power, between one with too little and one with enough.

    By false position on the normal quantiles of power, to which the effect is nearly proportional;
    the end that stays counts half (the Illinois method: Dowell & Jarratt 1971, BIT 11:168).
    """
    wanted = float(normal.isf(target))

    def missing(effect: float) -> float:
        power = min(max(_power(start.but(effect=effect)), TINY), 1 - TINY)
        return wanted - float(normal.isf(power))

    below, above = missing(low), missing(high)
    stayed = 0
    while high - low > PRECISION * high:
        middle = (low * above - high * below) / (above - below)
        between = missing(middle)
        if abs(between) < PRECISION:
            return middle
        if between > 0:
            high, above = middle, between
            below, stayed = (below / 2, 1) if stayed == 1 else (below, 1)
        else:
            low, below = middle, between
            above, stayed = (above / 2, -1) if stayed == -1 else (above, -1)
    return high


def _solution(found: Assumptions, target: float) -> Solution:
    power, limit = power_alone(found), power_limit(found)
    return Solution(found.n_units, found.m, found.effect, power, limit, target)
