"""Sixty cells from three mice: their mean, its interval, and the truth.

Cell k of mouse j has the response b_j + e_jk, with b_j of the reader's standard deviation and e_jk
of standard deviation 1; the true mean is 0. The interval takes either the sixty cells as
independent, t with 59 degrees of freedom, or the means of the three mice, t with 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Choice, Readout, Result, Seed, Slider, Table, Try, Widget
from widgets.lmm.distributions import f as fisher
from widgets.lmm.distributions import t as student
from widgets.lmm.distributions.quadratic_form import positive_probability

Floats = NDArray[np.float64]

MICE, CELLS = 3, 20
TRUTH = 0.0
LEVEL = 0.95
EXPERIMENTS = 20
"""Experiments whose intervals are drawn beside one another; the first is the one shown."""

FALSE_ALARM = 62
"""A seed whose experiment misses when cells are counted, as more than half do at the opening
setting, and holds when mice are; of its twenty experiments 12 miss, near the expected share."""

GOLDEN = (5**0.5 - 1) / 2
DOTS_SHARE = 0.72
BAR_SHARE = 0.9
"""Shares of a mouse's column that its dots and the bar at its mean fill."""

FRAME = 3.0
"""The axis reaches at least this far from the truth, so that it rests while the slider moves."""


HUES = (250.0, 27.5, 165.0)
"""Hue of each mouse in degrees (oklch), a golden angle apart."""


class Values(TypedDict):
    """What the reader sets."""

    mice_differ: float
    count: str
    seed: int


@dataclass(frozen=True, slots=True)
class Intervals:
    """Estimates and interval ends, shape (experiments,)."""

    estimate: Floats
    low: Floats
    high: Floats

    @property
    def missed(self) -> NDArray[np.bool_]:
        """Whether each interval leaves out the truth."""
        return (self.low > TRUTH) | (self.high < TRUTH)


def draw(values: Values, rng: Generator, experiments: int = EXPERIMENTS) -> Floats:
    """Return responses, shape (experiments, MICE, CELLS).

    The same random numbers at every setting: while the slider moves, the mice do, and each cell
    keeps its distance from its mouse.
    """
    cells = rng.normal(size=(experiments, MICE, CELLS))
    mice = rng.normal(size=(experiments, MICE, 1))
    return np.asarray(TRUTH + values["mice_differ"] * mice + cells)


def intervals(y: Floats, count: str) -> Intervals:
    """Return the mean of each experiment with the interval that counts cells or mice."""
    units = y.reshape(len(y), -1) if count == "cells" else y.mean(axis=2)
    n = units.shape[1]
    estimate = units.mean(axis=1)
    se = units.std(axis=1, ddof=1) / np.sqrt(n)
    reach = float(student.isf((1 - LEVEL) / 2, n - 1)) * se
    return Intervals(estimate, estimate - reach, estimate + reach)


def miss_rate(mice_differ: float) -> float:
    """Return how often the interval that counts cells misses the truth, exactly.

    The sum of squares of the mean is λ χ²₁ and that about it λ χ²₂ + χ²₅₇, with λ = 1 + 20 SD²; the
    interval misses where the former exceeds F / 59 times the latter (Imhof 1961,
    Biometrika 48:419).
    """
    rows = MICE * CELLS
    between = 1 + CELLS * mice_differ**2
    bound = float(fisher.isf(1 - LEVEL, 1, rows - 1)) / (rows - 1)
    return positive_probability(
        [between, -bound * between, -bound], [1, MICE - 1, rows - MICE], [0, 0, 0]
    )


def simulate(values: Values, rng: Generator) -> Result:
    """Return one experiment with its interval, and the intervals of nineteen more."""
    y = draw(values, rng)
    made = intervals(y, values["count"])
    rate = miss_rate(values["mice_differ"]) if values["count"] == "cells" else 1 - LEVEL
    return Result(
        readouts={
            "mean.estimate": float(made.estimate[0]),
            "mean.low": float(made.low[0]),
            "mean.high": float(made.high[0]),
            "n": MICE * CELLS if values["count"] == "cells" else MICE,
            "missed": int(made.missed.sum()),
            "miss_rate": rate,
        },
        verdict=_verdict(values, missed=bool(made.missed[0])),
        tables=_cells(y[0]) | _pile(made),
    )


def _verdict(values: Values, *, missed: bool) -> str:
    if values["mice_differ"] == 0:
        return f"alike_{values['count']}"
    return f"{values['count']}_{'miss' if missed else 'hold'}"


def _cells(y: Floats) -> dict[str, Table]:
    """Return dots, a bar at each mouse's mean, and the corners of the frame."""
    mouse = np.repeat(np.arange(MICE), CELLS)
    jitter = np.mod((np.arange(MICE * CELLS) + 1) * GOLDEN, 1) - 0.5
    reach = max(FRAME, float(np.ceil(np.abs(y).max())))
    middles = np.arange(MICE) + 0.5
    return {
        "cells": {
            "x": (mouse + 0.5 + DOTS_SHARE * jitter).tolist(),
            "y": y.ravel().tolist(),
            "hue": np.take(HUES, mouse).tolist(),
        },
        "mice": {
            "x": (middles - BAR_SHARE / 2).tolist(),
            "x2": (middles + BAR_SHARE / 2).tolist(),
            "y": y.mean(axis=1).tolist(),
            "hue": list(HUES),
        },
        "frame": {"x": [0.0, float(MICE)], "y": [-reach, reach]},
        "truth": {"y": [TRUTH]},
    }


def _pile(made: Intervals) -> dict[str, Table]:
    """Return the intervals of all experiments and the frame that holds them."""
    reach = max(FRAME, float(np.ceil(np.abs([made.low, made.high]).max())))
    return {
        "pile": {
            "experiment": list(range(1, EXPERIMENTS + 1)),
            "low": made.low.tolist(),
            "high": made.high.tolist(),
            "estimate": made.estimate.tolist(),
            "missed": [int(one) for one in made.missed],
            "shown": [int(k == 0) for k in range(EXPERIMENTS)],
        },
        "pile_frame": {"y": [-reach, reach]},
    }


def dataset(values: Values, rng: Generator) -> Table:
    """Return the sample behind the figure, one row a cell."""
    y = draw(values, rng)[0]
    return {"mouse": np.repeat(np.arange(1, MICE + 1), CELLS).tolist(), "y": y.ravel().tolist()}


WIDGET = Widget[Values](
    name="sixty-cells",
    controls=(
        Slider("mice_differ", 0, 2, 1, step=0.05),
        Choice("count", ("cells", "mice"), "cells"),
        Seed(default=FALSE_ALARM),
    ),
    readouts=(
        Readout("n", "count"),
        Readout("mean.estimate"),
        Readout("mean.low"),
        Readout("mean.high"),
        Readout("missed", "count"),
        Readout("miss_rate", "percent"),
    ),
    verdicts=("alike_cells", "alike_mice", "cells_miss", "cells_hold", "mice_miss", "mice_hold"),
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("alike", {"mice_differ": 0}),
        Try("differ", {"mice_differ": 2}),
        Try("count_mice", {"count": "mice"}),
    ),
)
