"""The experiment repeated without a trend: how often either model finds one.

The engine fits one AR(1) at a time; here whole batches are fitted at once, by the same restricted
likelihood: rows less φ^gap times their predecessors are independent, and φ is sought on a grid and
refined by a parabola through the three best points of it (Pinheiro & Bates 2000, §5.3).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Repeats, Result, Tally
from widgets.lmm import lmer_many
from widgets.lmm.distributions import t as student
from widgets.simulators.autocorrelation.experiment import ALPHA, Values, Visits, draw
from widgets.simulators.counted_shares import counted_shares, share_readouts

Floats = NDArray[np.float64]

MODELS = ("intercept", "ar1")
GRID = np.linspace(-0.6, 0.975, 64)
"""Correlations at which the likelihood of an AR(1) is looked at."""

FLAT = 1e-12


def serial_p(visits: Visits) -> Floats:
    """Return p of the trend with AR(1) residuals, one for each experiment."""
    design, y = visits.design, visits.rows
    columns = np.column_stack([np.ones(len(design["time"])), design["time"]])
    same = design["patient"][1:] == design["patient"][:-1]
    gap = np.where(same, np.diff(design["visit"]), 0).astype(np.intp)
    criterion = np.array([_fitted(columns, y, gap, np.full(len(y), phi))[0] for phi in GRID])
    best = np.clip(criterion.argmin(axis=0), 1, len(GRID) - 2)
    left, middle, right = (criterion[best + k, np.arange(len(y))] for k in (-1, 0, 1))
    shift = 0.5 * (left - right) / np.maximum(left - 2 * middle + right, FLAT)
    phi = GRID[best] + np.clip(shift, -1, 1) * (GRID[1] - GRID[0])
    t = _fitted(columns, y, gap, phi)[1]
    return np.asarray(2 * student.sf(np.abs(t), len(columns) - 2))


def _fitted(
    columns: Floats, y: Floats, gap: NDArray[np.intp], phi: Floats
) -> tuple[Floats, Floats]:
    """Return the REML criterion and t of the trend at φ of shape (F,).

    ``y`` has shape (F, n). A row lies ``gap`` visits after the one before, 0 if that is another
    patient's.
    """
    power = np.where(gap > 0, phi[:, None] ** gap, 0.0)
    spread = 1 - power**2
    root = np.sqrt(spread)
    x1, x2, z = (_whitened(one, power, root) for one in (columns[:, 0], columns[:, 1], y))
    a, b, c = (x1 * x1).sum(axis=1), (x1 * x2).sum(axis=1), (x2 * x2).sum(axis=1)
    u, v = (x1 * z).sum(axis=1), (x2 * z).sum(axis=1)
    determinant = a * c - b * b
    slope = (a * v - b * u) / determinant
    rss = (z * z).sum(axis=1) - (c * u - b * v) / determinant * u - slope * v
    df = len(columns) - 2
    criterion = df * np.log(rss) + np.log(spread).sum(axis=1) + np.log(determinant)
    return criterion, slope / np.sqrt(rss / df * a / determinant)


def _whitened(rows: Floats, power: Floats, root: Floats) -> Floats:
    """Return rows less their share of their predecessors, of SD 1; shape (F, n)."""
    rows = np.broadcast_to(rows, (len(power), rows.shape[-1]))
    return np.column_stack([rows[:, :1], (rows[:, 1:] - power * rows[:, :-1]) / root])


def run(values: Values, rng: Generator, count: int) -> Tally:
    """Return how many of ``count`` fresh trends each model finds."""
    visits = draw(values, rng, count)
    p = lmer_many("y ~ time + (1 | patient)", visits.design, visits.rows.T).p["time"]
    return {
        "n": [count],
        "intercept": [int((p < ALPHA).sum())],
        "ar1": [int((serial_p(visits) < ALPHA).sum())],
    }


def summarise(values: Values, tally: Tally) -> Result:
    """Return the shares of trends found, each with its Monte Carlo band."""
    counted = counted_shares(tally, MODELS)
    return Result(
        readouts=counted.readouts,
        verdict="alike" if values["rho"] == 0 else "counted",
        tables=counted.tables(ALPHA),
    )


REPEATS = Repeats[Any](
    run=run,
    summarise=summarise,
    readouts=share_readouts(MODELS),
    verdicts=("counted", "alike"),
)
