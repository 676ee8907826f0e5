"""Shrinkage: the mean of each mouse, its prediction by a mixed model, and how far either is off.

Cell k of mouse j is b_j + e_jk, with b_j of the reader's standard deviation and e_jk of standard
deviation 1. Of n_j cells the mixed model keeps the share w_j = n_j τ² / (n_j τ² + σ²) of what the
mean of the mouse departs from the overall mean: the best linear unbiased prediction (Robinson 1991,
Statistical Science 6:15). No pooling keeps all of it, full pooling nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Choice, Readout, Result, Seed, Slider, Table, Try, Widget
from widgets.lmm import lmer
from widgets.notation import text
from widgets.simulators.shrinkage.repeats import OTHERS, POOLINGS, REPEATS

Floats = NDArray[np.float64]

MOST = 60
FRAME = 2.5
"""The axis reaches at least this far from the true mean of all mice, 0."""

MUCH = 0.75
"""A mouse that keeps this share of her departure stays nearly where she was."""

TYPICAL = 989
"""A seed whose errors lie near those of many repeats, and whose first mouse strays far."""


class Values(TypedDict):
    """What the reader sets."""

    sd_between: float
    n_cells: int
    pooling: str
    seed: int


@dataclass(frozen=True, slots=True)
class Sample:
    """True levels and numbers of cells of all mice, and the cells, those of a mouse together."""

    true: Floats
    cells: NDArray[np.intp]
    y: Floats

    @property
    def mouse(self) -> NDArray[np.intp]:
        """The number of each cell's mouse, from 0."""
        return np.repeat(np.arange(len(self.cells)), self.cells)

    @property
    def means(self) -> Floats:
        """The mean of each mouse."""
        return np.asarray(np.bincount(self.mouse, self.y) / self.cells)


@dataclass(frozen=True, slots=True)
class Estimates:
    """What each kind of pooling says of every mouse, shape (mice,), and the model behind it."""

    none: Floats
    partial: Floats
    full: Floats
    kept: Floats
    """The share of its departure from the overall mean that each mouse keeps."""

    sd_between: float

    def of(self, pooling: str) -> Floats:
        """The estimates of one kind of pooling."""
        return {"none": self.none, "partial": self.partial, "full": self.full}[pooling]


def draw(values: Values, rng: Generator) -> Sample:
    """Return the sample; the same random numbers at every setting, so that mice move smoothly."""
    cells = np.array((values["n_cells"], *OTHERS))
    true = values["sd_between"] * rng.normal(size=len(cells))
    noise = rng.normal(size=(len(cells), MOST))
    taken = np.arange(MOST) < cells[:, None]
    return Sample(true, cells, (true[:, None] + noise)[taken])


def estimates(sample: Sample) -> Estimates:
    """Return the means of mice, the predictions of the mixed model and the mean of all cells."""
    fit = lmer("y ~ 1 + (1 | mouse)", {"y": sample.y, "mouse": sample.mouse})
    overall = fit.fixef["(Intercept)"]
    variance, residual = fit.varcorr[0].sdcor ** 2, fit.sigma**2
    kept = sample.cells * variance / (sample.cells * variance + residual)
    means = sample.means
    return Estimates(
        none=means,
        partial=overall + kept * (means - overall),
        full=np.full(len(means), sample.y.mean()),
        kept=kept,
        sd_between=float(np.sqrt(variance)),
    )


def error(estimate: Floats, true: Floats) -> float:
    """Return the root of the mean squared distance from the true levels."""
    return float(np.sqrt(np.mean((estimate - true) ** 2)))


def simulate(values: Values, rng: Generator) -> Result:
    """Return every mouse's mean and estimate, and how far each kind of pooling is off."""
    sample = draw(values, rng)
    made = estimates(sample)
    errors = {pooling: error(made.of(pooling), sample.true) for pooling in POOLINGS}
    chosen = made.of(values["pooling"])
    return Result(
        readouts={
            **{f"{pooling}.error": errors[pooling] for pooling in POOLINGS},
            "mouse.raw": float(made.none[0]),
            "mouse.estimate": float(chosen[0]),
            "mouse.true": float(sample.true[0]),
            "mouse.kept": float(made.kept[0]),
            "sd.estimate": made.sd_between,
        },
        verdict=_verdict(values, made, errors),
        tables=_caterpillar(sample, chosen, values["pooling"]) | _errors(errors, values["pooling"]),
    )


def _verdict(values: Values, made: Estimates, errors: dict[str, float]) -> str:
    alike = values["sd_between"] == 0
    if values["pooling"] != "partial":
        return "full_alike" if values["pooling"] == "full" and alike else values["pooling"]
    if made.sd_between == 0:
        return "singular_alike" if alike else "singular"
    if errors["partial"] > errors["none"]:
        return "partial_worse"
    if errors["partial"] > errors["full"]:
        return "partial_full"
    if made.kept.min() >= MUCH:
        return "partial_gentle"
    return "partial_best" if made.kept.max() >= MUCH else "partial_hard"


def _caterpillar(sample: Sample, chosen: Floats, pooling: str) -> dict[str, Table]:
    """Return one row a mouse, the reader's at the top, and the ends of the axis."""
    means = sample.means
    reach = max(FRAME, float(np.ceil(2 * np.abs([means, sample.true]).max()) / 2))
    return {
        "mice": {
            "mouse": [f"{row:02d}:{n}" for row, n in enumerate(sample.cells.tolist())],
            "raw": means.tolist(),
            "estimate": chosen.tolist(),
            "true": sample.true.tolist(),
            "pooling": [pooling] * len(means),
            "mine": [int(row == 0) for row in range(len(means))],
        },
        "level_frame": {"x": [-reach, reach]},
        "centre": {"x": [0.0]},
    }


def _errors(errors: dict[str, float], pooling: str) -> dict[str, Table]:
    """Return the error of each kind of pooling, the reader's marked, and the ends of the axis."""
    return {
        "errors": {
            "pooling": list(errors),
            "error": list(errors.values()),
            "label": [text(value, "decimal") for value in errors.values()],
            "chosen": [int(name == pooling) for name in errors],
        },
        "error_frame": {"error": [0.0, max(1.0, 1.25 * max(errors.values()))]},
    }


def dataset(values: Values, rng: Generator) -> Table:
    """Return the sample behind the figure, one row a cell."""
    sample = draw(values, rng)
    return {"mouse": (sample.mouse + 1).tolist(), "y": sample.y.tolist()}


WIDGET = Widget[Values](
    name="shrinkage",
    controls=(
        Choice("pooling", POOLINGS, "partial"),
        Slider("sd_between", 0, 2, 0.5, step=0.05),
        Slider("n_cells", 2, MOST, 2),
        Seed(default=TYPICAL),
    ),
    readouts=(
        *(Readout(f"{pooling}.error") for pooling in POOLINGS),
        Readout("mouse.raw"),
        Readout("mouse.estimate"),
        Readout("mouse.true"),
        Readout("mouse.kept", "percent"),
        Readout("sd.estimate"),
    ),
    verdicts=(
        "partial_best",
        "partial_gentle",
        "partial_hard",
        "partial_full",
        "partial_worse",
        "singular",
        "singular_alike",
        "none",
        "full",
        "full_alike",
    ),
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("none", {"pooling": "none"}),
        Try("full", {"pooling": "full"}),
        Try("many_cells", {"n_cells": MOST}),
        Try("alike", {"sd_between": 0.1}),
        Try("different", {"sd_between": 2}),
    ),
    repeats=REPEATS,
)
