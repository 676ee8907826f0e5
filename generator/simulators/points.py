"""Points of the box of a simulator's controls at which it is tried."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from numpy.random import Generator, default_rng

from widgets.contract import Choice, Control, Seed, Slider, Value, Widget

Values = Mapping[str, Value]

SHORT = 200
"""A slider with at most so many steps is tried at each of them."""

CORNERS = 64
"""Of a box with more corners than these, so many are drawn by lot."""

RANDOM = 40
"""Random points; with the corners they keep the trial of a slow simulator to a few seconds."""

LOT = 20_260_213
"""Seed of the lot: the same points are tried every time, so that a failure can be met again."""


def corners(widget: Widget[Any]) -> Iterator[Values]:
    """The corners of the box that the controls span, the seed at its default."""
    moved = [control for control in widget.controls if not isinstance(control, Seed)]
    ends = [control.corners for control in moved]
    if math.prod(map(len, ends)) <= CORNERS:
        chosen: Iterator[tuple[Value, ...]] = product(*ends)
    else:
        rng = default_rng(LOT)
        chosen = (tuple(end[rng.integers(len(end))] for end in ends) for _ in range(CORNERS))
    for values in chosen:
        yield dict(zip((control.name for control in moved), values, strict=True))


def single_steps(widget: Widget[Any]) -> Iterator[Values]:
    """Every value of each choice and each short slider, all else at its default."""
    for control in widget.controls:
        if isinstance(control, Choice):
            yield from ({control.name: option} for option in control.options)
        elif isinstance(control, Slider) and _steps(control) <= SHORT:
            yield from ({control.name: _at(control, k)} for k in range(_steps(control) + 1))


def random_points(widget: Widget[Any], count: int = RANDOM) -> Iterator[Values]:
    """Points with every control, the seed too, at random; equal from one call to the next."""
    rng = default_rng(LOT)
    for _ in range(count):
        yield {control.name: _random(control, rng) for control in widget.controls}


def _random(control: Control, rng: Generator) -> Value:
    if isinstance(control, Choice):
        return control.options[rng.integers(len(control.options))]
    if isinstance(control, Seed):
        return int(rng.integers(control.low, control.high, endpoint=True))
    return _at(control, int(rng.integers(_steps(control), endpoint=True)))


def _steps(slider: Slider) -> int:
    """How many steps lie between the ends of a slider."""
    return math.floor((slider.high - slider.low) / slider.step + 1e-9)


def _at(slider: Slider, k: int) -> float:
    """The value after ``k`` steps, free of the rounding of their sum."""
    return slider.parse(min(slider.high, float(f"{slider.low + k * slider.step:.12g}")))
