"""The scales of the figures: from plans to pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from widgets.instruments.planner.inputs import MOST
from widgets.instruments.planner.results import Answer, mean_size

ROOMY = 1.2
"""The map reaches at least so many times further than the plans that it shows."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """The plans that a map shows: units in all, and sub-units of a unit."""

    units: tuple[float, float]
    sizes: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A plotting area in pixels, and the scale of each axis."""

    left: float
    top: float
    right: float
    bottom: float
    x: tuple[float, float]
    y: tuple[float, float]
    log_y: bool = False

    def across(self, value: float) -> float:
        """Pixels from the left of the drawing."""
        low, high = self.x
        return self.left + (value - low) / (high - low) * (self.right - self.left)

    def up(self, value: float) -> float:
        """Pixels from the top of the drawing."""
        low, high, at = *self.y, value
        if self.log_y:
            low, high, at = math.log(low), math.log(high), math.log(max(value, 1e-9))
        return self.bottom - (at - low) / (high - low) * (self.bottom - self.top)


def ranges(answer: Answer) -> Ranges:
    """The plans to show: the present one and the best for the budget, with room around them.

    The ends come from a series of round numbers, so that the map rests while a plan moves on it.
    """
    shown = [answer.given, *([answer.best] if answer.best else [])]
    units = max(16.0, *(ROOMY * one.n_units for one in shown))
    sizes = max(16.0, *(ROOMY * mean_size(one) for one in shown))
    least = 2.0 if answer.given.design == "within" else 1.0
    return Ranges((2.0, _round_up(units)), (least, _round_up(sizes)))


def _round_up(value: float) -> float:
    """The next round number: 20, 40, 80, 100, 200, 400, 800, 1,000 and so on."""
    power = 10.0 ** math.floor(math.log10(max(value, 1)))
    ends = [power * step for step in (1, 2, 4, 8, 10)]
    return min(MOST, max(20.0, next(end for end in ends if end >= value * (1 - 1e-9))))


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from one end of a linear axis to the other, at most so many steps apart."""
    span = high - low
    power = 10 ** math.floor(math.log10(span / most))
    step = next(power * one for one in (1, 2, 4, 5, 10, 20) if span / (power * one) <= most)
    step = max(step, 1.0)
    first = math.ceil(low / step)
    return [k * step for k in range(first, math.floor(high / step + 1e-9) + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """1, 2, 5, 10 … between the ends of a logarithmic axis."""
    found = [
        base * 10**power
        for power in range(7)
        for base in (1, 2, 5)
        if low <= base * 10**power <= high
    ]
    return [float(one) for one in found]
