"""The ends of a profile interval: roots of the signed root of the deviance.

zeta(c) = sign(c - estimate) sqrt(deviance(c) - minimum), which is nearly linear, reaches minus and
plus the normal quantile there (Bates et al. 2015, §5.1).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from ..results import Interval

Profiled = Callable[[float], float]
"""The smallest deviance at a value of a parameter."""

ACCURATE = 1e-7
"""Of zeta, at the ends of an interval."""

MOST_STEPS = 60


@dataclass(frozen=True)
class Parameter:
    """A parameter with its profiled deviance.

    Attributes
    ----------
    name : as lme4 has it
    value : estimate
    deviance : the smallest deviance by value
    lower, upper : bounds of its range
    step : with which the search for an end begins
    scale : divisor of the ends
    """

    name: str
    value: float
    deviance: Profiled
    lower: float = -math.inf
    upper: float = math.inf
    step: float = 0.1
    scale: float = 1.0


def profile_interval(parameter: Parameter, minimum: float, quantile: float) -> Interval:
    """The values whose smallest deviance exceeds the minimum by no more than quantile²."""
    low = _end(parameter, minimum, parameter.lower, -quantile)
    high = _end(parameter, minimum, parameter.upper, quantile)
    return Interval(low / parameter.scale, high / parameter.scale)


def _end(parameter: Parameter, minimum: float, bound: float, goal: float) -> float:
    """Where zeta reaches the goal, or the bound if it does not."""
    sign = math.copysign(1.0, goal)
    if parameter.value == bound:
        return bound

    def zeta(c: float) -> float:
        return sign * math.sqrt(max(parameter.deviance(c) - minimum, 0.0)) - goal

    near, f_near = parameter.value, -goal
    far, step = parameter.value, sign * parameter.step
    for _ in range(MOST_STEPS):
        far = far + step
        if (far - bound) * sign >= 0:
            far = bound
        f_far = zeta(far)
        if f_far * sign >= 0:
            break
        if far == bound:
            return bound
        near, f_near, step = far, f_far, step * 1.6
    return _root(zeta, (near, f_near), (far, f_far))


def _root(zeta: Profiled, a: tuple[float, float], b: tuple[float, float]) -> float:
    """A bracketed root by false position with the Illinois correction."""
    (x0, f0), (x1, f1) = a, b
    for _ in range(MOST_STEPS):
        if abs(f1) < ACCURATE or x0 == x1:
            return x1
        x = x1 - f1 * (x1 - x0) / (f1 - f0)
        f = zeta(x)
        if f * f1 < 0:
            x0, f0 = x1, f1
        else:
            f0 = f0 / 2
        x1, f1 = x, f
    return x1
