"""The experiment repeated with fresh mice: how far each kind of pooling is off in the long run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Readout, Repeats, Result, Tally
from widgets.lmm import lmer_many, wilson
from widgets.notation import text

Floats = NDArray[np.float64]

OTHERS = (2, 3, 3, 4, 6, 9, 14, 22, 40)
"""Cells of the other mice; those of the first are the reader's to set."""

POOLINGS = ("none", "partial", "full")
PARTS = ("error", "low", "high")
UNIT = 1e-6
"""Squared errors are counted in these, so that tallies stay whole numbers and add up."""

BAND = 1.959964
"""Standard errors on either side of a mean that a 95% Monte Carlo band reaches."""


def squared_errors(values: Mapping[str, Any], rng: Generator, count: int) -> dict[str, Floats]:
    """Return the mean squared error of each kind of pooling, shape (count,)."""
    cells = np.array((values["n_cells"], *OTHERS))
    mouse = np.repeat(np.arange(len(cells)), cells)
    true = values["sd_between"] * rng.normal(size=(len(cells), count))
    y = true[mouse] + rng.normal(size=(len(mouse), count))
    means = np.add.reduceat(y, np.concatenate([[0], cells.cumsum()[:-1]]), axis=0) / cells[:, None]
    fits = lmer_many("y ~ 1 + (1 | mouse)", {"mouse": mouse}, y)
    informed = cells[:, None] * fits.sd**2
    overall = fits.estimate["(Intercept)"]
    partial = overall + informed / (informed + fits.sigma**2) * (means - overall)
    said = {"none": means, "partial": partial, "full": y.mean(axis=0)}
    return {name: np.asarray(((one - true) ** 2).mean(axis=0)) for name, one in said.items()}


def run(values: Mapping[str, Any], rng: Generator, count: int) -> Tally:
    """Return sums and sums of squares of the errors, and how often partial pooling beats none."""
    errors = squared_errors(values, rng, count)
    units = {name: np.rint(one / UNIT).astype(np.int64) for name, one in errors.items()}
    nearer = int((errors["partial"] < errors["none"]).sum())
    return {"n": [count], "nearer": [nearer]} | {
        name: [int(one.sum()), int((one.astype(object) ** 2).sum())] for name, one in units.items()
    }


def summarise(_values: Mapping[str, Any], tally: Tally) -> Result:
    """Return the long-run error of each kind of pooling with its Monte Carlo band."""
    n = tally["n"][0]
    errors = {name: _root_mean(n, *tally[name]) for name in POOLINGS}
    share, low, high = wilson(tally["nearer"][0], n)
    readouts: dict[str, float | None] = {"repeats.n": n}
    for name, parts in errors.items():
        readouts |= {f"repeats.{name}.{part}": parts[k] for k, part in enumerate(PARTS)}
    readouts |= {
        "repeats.nearer.share": share,
        "repeats.nearer.low": low,
        "repeats.nearer.high": high,
    }
    return Result(
        readouts=readouts,
        verdict=_verdict(errors),
        tables={
            "long_run": {
                "pooling": list(errors),
                **{part: [one[k] for one in errors.values()] for k, part in enumerate(PARTS)},
                "label": [text(one[0], "decimal") for one in errors.values()],
            },
            "long_run_frame": {"error": [0.0, 1.25 * max(one[2] for one in errors.values())]},
        },
    )


def _root_mean(n: int, total: int, squares: int) -> tuple[float, float, float]:
    """Return the root of a mean and its band, from the sum and the sum of squares."""
    mean = total * UNIT / n
    variance = max(squares * UNIT**2 / n - mean**2, 0.0) / max(n - 1, 1)
    reach = BAND * math.sqrt(variance)
    low, high = max(mean - reach, 0.0), mean + reach
    return math.sqrt(mean), math.sqrt(low), math.sqrt(high)


def _verdict(errors: Mapping[str, tuple[float, float, float]]) -> str:
    partial = errors["partial"][0]
    if partial >= errors["none"][0]:
        return "not_nearer"
    return "nearest" if partial <= errors["full"][0] else "nearer"


REPEATS = Repeats[Any](
    run=run,
    summarise=summarise,
    readouts=(
        Readout("repeats.n", "count"),
        *(Readout(f"repeats.{name}.{part}") for name in POOLINGS for part in PARTS),
        Readout("repeats.nearer.share", "percent"),
        Readout("repeats.nearer.low", "percent"),
        Readout("repeats.nearer.high", "percent"),
    ),
    verdicts=("nearest", "nearer", "not_nearer"),
)
