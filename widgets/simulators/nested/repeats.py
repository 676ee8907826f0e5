"""The experiment repeated with fresh mice: how often each analysis calls the effect significant."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from widgets.contract import Readout, Repeats, Result, Table, Tally
from widgets.lmm import lm_many, lmer_many, wilson
from widgets.simulators.nested.analyses import EFFECT, FIXED_FORMULA, FORMULA, has_answer
from widgets.simulators.nested.experiment import Floats, Values, draw, layout

METHODS = ("ols", "mixed")
BINS = 20
"""Bins of the histogram of p; the first holds p < .05."""

ALPHA = 1 / BINS
HEADROOM = 1.15
"""The axis of the histogram reaches this many times above its tallest bar."""

BAND = 0.95
"""Coverage of the Monte Carlo band."""


def run(values: Values, rng: Generator, count: int) -> Tally:
    """Return counts of p in bins of .05 for each analysis over ``count`` fresh experiments."""
    design = layout(values)
    data = {"treatment": design.treatment, "mouse": design.mouse}
    y = draw(values, rng, count)
    ols = _binned(lm_many(FIXED_FORMULA, data, y).p[EFFECT])
    if not has_answer(values):
        return {"ols": ols, "mixed": [0] * BINS, "singular": [0]}
    fits = lmer_many(FORMULA, data, y)
    return {"ols": ols, "mixed": _binned(fits.p[EFFECT]), "singular": [int(fits.singular.sum())]}


def summarise(values: Values, tally: Tally) -> Result:
    """Return the shares below .05, each with its Monte Carlo band, and the histogram of p."""
    counted = {method: sum(tally[method]) for method in METHODS}
    shares = {
        method: wilson(tally[method][0], counted[method], BAND)
        for method in METHODS
        if counted[method]
    }
    readouts: dict[str, float | None] = {
        "repeats.n": counted["ols"],
        "repeats.singular": tally["singular"][0] / counted["mixed"] if counted["mixed"] else None,
    }
    for method in METHODS:
        for name, value in zip(
            ("share", "low", "high"), shares.get(method, (None,) * 3), strict=True
        ):
            readouts[f"repeats.{method}.{name}"] = value
    return Result(
        readouts=readouts,
        verdict=_verdict(values, shares),
        tables={
            "histogram": _histogram(tally),
            "bands": _bands(shares),
            "histogram_frame": {"share": [0.0, HEADROOM * _tallest(tally)]},
        },
    )


def _verdict(values: Values, shares: dict[str, tuple[float, float, float]]) -> str:
    """Name the sentence: of false alarms without an effect, of power with one."""
    if "mixed" not in shares:
        return "not_estimable"
    if values["beta"] > 0:
        return "power"
    if any(low > ALPHA for _, low, _ in shares.values()):
        return "false_alarms"
    return "timid" if any(high < ALPHA for _, _, high in shares.values()) else "honest"


def _binned(p: Floats) -> list[int]:
    """Return how many p fall in each bin [0, .05), [.05, .10), …; the last takes p = 1."""
    bins = np.minimum(np.floor(p * BINS).astype(np.intp), BINS - 1)
    return [int(count) for count in np.bincount(bins, minlength=BINS)]


def _histogram(tally: Tally) -> Table:
    """Return bars, one a bin and method, the two methods side by side in each bin."""
    bars = [
        (
            method,
            (bin_ + side / 2) / BINS,
            (bin_ + (side + 1) / 2) / BINS,
            count / sum(tally[method]),
        )
        for side, method in enumerate(METHODS)
        if sum(tally[method])
        for bin_, count in enumerate(tally[method])
    ]
    return {
        name: [bar[index] for bar in bars]
        for index, name in enumerate(("method", "p", "p2", "share"))
    }


def _tallest(tally: Tally) -> float:
    """Return the share of experiments in the fullest bin of any method."""
    return max(max(tally[method]) / max(1, sum(tally[method])) for method in METHODS)


def _bands(shares: dict[str, tuple[float, float, float]]) -> Table:
    """Return the Monte Carlo bands of the first bars."""
    return {
        "method": list(shares),
        "p": [(METHODS.index(method) + 0.5) / 2 / BINS for method in shares],
        "share": [share for share, _, _ in shares.values()],
        "low": [low for _, low, _ in shares.values()],
        "high": [high for _, _, high in shares.values()],
    }


REPEATS = Repeats(
    run=run,
    summarise=summarise,
    readouts=(
        Readout("repeats.n", "count"),
        *(
            Readout(f"repeats.{method}.{name}", "percent")
            for method in METHODS
            for name in ("share", "low", "high")
        ),
        Readout("repeats.singular", "percent"),
    ),
    verdicts=("false_alarms", "honest", "timid", "power", "not_estimable"),
)
