"""The likelihood of the standard deviation between mice, and the edge at zero.

Mouse j has the mean b_j of standard deviation τ, its m cells differ from it by σ = 1. With equal
numbers of cells the sums of squares between (S_b, J − 1 df) and within mice (S_w, N − J df) hold
all that there is to know, and twice the negative log-likelihood is

    (N − J) log σ² + S_w / σ² + (J − 1) log(σ² + mτ²) + S_b / (σ² + mτ²)

for REML, with J instead of J − 1 for ML (Searle, Casella & McCulloch 1992, Variance Components,
ch. 3). The curve is its profile: at each τ, the best σ. A weak prior on τ adds log τ, the limit of
a gamma density of shape 2 (Chung, Rabe-Hesketh, Dorie, Gelman & Liu 2013, Psychometrika 78:685).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Choice, Readout, Result, Seed, Slider, Table, Try, Widget
from widgets.lmm.distributions import chi2
from widgets.lmm.distributions import f as fisher

Floats = NDArray[np.float64]

SIGMA = 1.0
DROP = float(chi2.isf(0.05, 1)) / 2
"""Values whose log-likelihood lies less than this below the top are in the 95% interval."""

POINTS = 161
SIGMAS = 240
WIDEST = 3.0
"""The curve reaches to this standard deviation, or to half as much again as the peak."""

DEPTH = 6.0
"""How far below the peak the curve is drawn, in log-likelihood."""

GOLDEN = (math.sqrt(5) - 1) / 2
MOST_DOTS = 30
EDGE = 86
"""A seed whose five mice are estimated alike at the opening setting, though they are not."""


class Values(TypedDict):
    """What the reader sets."""

    n_mice: int
    m_cells: int
    sd_between: float
    criterion: str
    prior: str
    seed: int


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of squares between and within mice, and the numbers of mice and of cells a mouse."""

    between: float
    within: float
    mice: int
    cells: int


def draw(values: Values, rng: Generator) -> Floats:
    """Return responses, shape (n_mice, m_cells), from the same random numbers at every SD."""
    cells = rng.normal(size=(values["n_mice"], values["m_cells"]))
    mice = rng.normal(size=(values["n_mice"], 1))
    return np.asarray(values["sd_between"] * mice + SIGMA * cells)


def sums(y: Floats) -> Sums:
    """Return the sums of squares of responses, shape (mice, cells)."""
    means = y.mean(axis=1)
    between = y.shape[1] * float(((means - means.mean()) ** 2).sum())
    return Sums(between, float(((y - means[:, None]) ** 2).sum()), *y.shape)


def peak(s: Sums, criterion: str) -> float:
    """Return the standard deviation at the top, 0 at the edge."""
    units = s.mice if criterion == "ML" else s.mice - 1
    variance = (s.between / units - s.within / (s.mice * (s.cells - 1))) / s.cells
    return math.sqrt(max(variance, 0.0))


def profile(s: Sums, tau: Floats, criterion: str, *, prior: bool = False) -> Floats:
    """Return the log-likelihood at each τ, the best σ put in; with a prior, log τ added."""
    units = s.mice if criterion == "ML" else s.mice - 1
    rows = s.mice * (s.cells - 1)
    scale = math.sqrt((s.between + s.within) / (s.mice * s.cells))
    variance = (scale * np.geomspace(0.2, 5, SIGMAS)) ** 2
    spread = variance + s.cells * tau[:, None] ** 2
    deviance = rows * np.log(variance) + s.within / variance
    deviance = deviance + units * np.log(spread) + s.between / spread
    height = -0.5 * deviance.min(axis=1)
    return height + np.log(np.maximum(tau, 1e-9)) if prior else np.asarray(height)


def edge_share(values: Values) -> float:
    """Return how often the top lies at zero: the share of F ratios that are too small, exactly."""
    if values["prior"] == "weak":
        return 0.0
    mice, cells = values["n_mice"], values["m_cells"]
    needed = mice / (mice - 1) if values["criterion"] == "ML" else 1.0
    ratio = needed / (1 + cells * (values["sd_between"] / SIGMA) ** 2)
    return float(fisher.cdf(ratio, mice - 1, mice * (cells - 1)))


def simulate(values: Values, rng: Generator) -> Result:
    """Return the curve of one sample, its top, and how often tops lie at the edge."""
    y = draw(values, rng)
    s = sums(y)
    criterion, prior = values["criterion"], values["prior"] == "weak"
    top = peak(s, criterion)
    tau = np.linspace(0, max(WIDEST, 1.5 * max(top, peak(s, "REML"))), POINTS)
    height = profile(s, tau, criterion, prior=prior)
    if prior:
        top = float(tau[height.argmax()])
    low, high = _interval(tau, height)
    return Result(
        readouts={
            "sd.estimate": top,
            "sd.low": low,
            "sd.high": high,
            "sd.true": values["sd_between"],
            "other.estimate": peak(s, "REML" if criterion == "ML" else "ML"),
            "edge": edge_share(values),
        },
        verdict=_verdict(values, top),
        tables=_mice(y) | _curves(s, tau, values, top),
    )


def _verdict(values: Values, top: float) -> str:
    if values["prior"] == "weak":
        return "prior"
    if values["sd_between"] == 0:
        return "none_edge" if top == 0 else "none_inside"
    return "edge" if top == 0 else f"inside_{values['criterion'].lower()}"


def _interval(tau: Floats, height: Floats) -> tuple[float, float]:
    """Return the ends of the part of the curve that lies less than DROP below its top."""
    inside = tau[height >= height.max() - DROP]
    return float(inside[0]), float(inside[-1])


def _mice(y: Floats) -> dict[str, Table]:
    """Return dots for the first cells of each mouse, and a bar at each mean."""
    mice, cells = y.shape
    shown = min(cells, MOST_DOTS)
    mouse = np.repeat(np.arange(mice), shown)
    jitter = np.mod((np.arange(mice * shown) + 1) * GOLDEN, 1) - 0.5
    reach = max(3.0, float(np.ceil(np.abs(y).max())))
    return {
        "cells": {
            "x": (mouse + 0.5 + 0.6 * jitter).tolist(),
            "y": y[:, :shown].ravel().tolist(),
            "hue": np.mod(250 + 137.508 * mouse, 360).tolist(),
        },
        "mice": {
            "x": (np.arange(mice) + 0.12).tolist(),
            "x2": (np.arange(mice) + 0.88).tolist(),
            "y": y.mean(axis=1).tolist(),
            "hue": np.mod(250 + 137.508 * np.arange(mice), 360).tolist(),
        },
        "frame": {"x": [0.0, float(mice)], "y": [-reach, reach]},
    }


def _curves(s: Sums, tau: Floats, values: Values, top: float) -> dict[str, Table]:
    """Return both criteria, the chosen one with its prior; heights below each one's top."""
    rows: list[tuple[str, float, float]] = []
    for criterion in ("REML", "ML"):
        prior = values["prior"] == "weak" and criterion == values["criterion"]
        height = profile(s, tau, criterion, prior=prior)
        name = "chosen" if criterion == values["criterion"] else "other"
        below = height - height.max()
        rows += [(name, float(x), float(h)) for x, h in zip(tau, below, strict=True) if h > -DEPTH]
    return {
        "curves": {
            name: [row[k] for row in rows] for k, name in enumerate(("curve", "sd", "height"))
        },
        "profile_frame": {"sd": [0.0, float(tau[-1])], "height": [-DEPTH, 0.0]},
        "top": {"sd": [top], "height": [0.0]},
        "true": {"sd": [values["sd_between"]]},
        "drop": {"height": [-DROP]},
    }


def dataset(values: Values, rng: Generator) -> Table:
    """Return the sample behind the figure, one row a cell."""
    y = draw(values, rng)
    mouse = np.repeat(np.arange(1, len(y) + 1), y.shape[1])
    return {"mouse": mouse.tolist(), "y": y.ravel().tolist()}


WIDGET = Widget[Values](
    name="likelihood",
    controls=(
        Slider("n_mice", 2, 30, 5),
        Slider("m_cells", 2, 50, 10),
        Slider("sd_between", 0, 2, 0.4, step=0.05),
        Choice("criterion", ("REML", "ML"), "REML"),
        Choice("prior", ("none", "weak"), "none"),
        Seed(default=EDGE),
    ),
    readouts=(
        Readout("sd.estimate"),
        Readout("sd.low"),
        Readout("sd.high"),
        Readout("sd.true"),
        Readout("other.estimate"),
        Readout("edge", "percent"),
    ),
    verdicts=("edge", "inside_reml", "inside_ml", "none_edge", "none_inside", "prior"),
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("more_mice", {"n_mice": 30}),
        Try("more_cells", {"m_cells": 50}),
        Try("ml", {"criterion": "ML"}),
        Try("prior", {"prior": "weak"}),
    ),
)
