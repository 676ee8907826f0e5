"""Counts: the interval that a family gives, and the zeros that it expects.

Two arms of a hundred counts each with the same mean. The counts are negative binomial, variance
μ + φ μ², and with some probability zero whatever they would have been.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypedDict

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import (
    Choice,
    Readout,
    Repeats,
    Result,
    Seed,
    Slider,
    Style,
    Table,
    Tally,
    Try,
    Widget,
)
from widgets.lmm.distributions import normal
from widgets.simulators.counted_shares import counted_shares, share_readouts
from widgets.simulators.counts.families import FAMILIES, Fits, fit, probabilities

Floats = NDArray[np.float64]

RATE, PER_ARM = 4.0, 100
TRUTH = 0.0
"""The log ratio of the arms."""

LARGEST = 400
"""No count is larger; at the reader's settings hardly any would be."""

SHOWN = 20
COLUMNS = ("estimate", "low", "high", "p")
FALSE_ALARM = 17
"""A seed whose arms differ by Poisson alone at the opening setting."""

ALPHA = 0.05


class Values(TypedDict):
    """What the reader sets."""

    family: str
    overdispersion: float
    zeros: float
    seed: int


def draw(values: Values, rng: Generator, experiments: int) -> NDArray[np.intp]:
    """Return counts, shape (experiments, 2, PER_ARM), by the same quantiles at every setting."""
    shares = probabilities(RATE, values["overdispersion"], 0.0, LARGEST)
    shape = (experiments, 2, PER_ARM)
    y = np.searchsorted(np.cumsum(shares), rng.random(shape))
    return np.where(rng.random(shape) < values["zeros"], 0, np.minimum(y, LARGEST))


def simulate(values: Values, rng: Generator) -> Result:
    """Return the ratio of the arms by every family, and the counts that the chosen one expects."""
    y = draw(values, rng, 1)
    fits = {family: fit(y, family) for family in FAMILIES}
    readouts: dict[str, float | None] = {"zeros.observed": float((y == 0).mean())}
    for family, made in fits.items():
        low, high = made.interval
        readouts |= {
            f"{family}.estimate": math.exp(made.log_ratio[0]),
            f"{family}.low": math.exp(low[0]),
            f"{family}.high": math.exp(high[0]),
            f"{family}.p": float(2 * normal.sf(abs(made.log_ratio[0]) / made.se[0])),
            f"zeros.{family}": float(_expected(made, family)[0]),
        }
    readouts |= {
        "ratio": 1 + RATE * (values["overdispersion"] + values["zeros"]),
        "zeros.true": values["zeros"],
        "phi": float(fits["nbinom"].extra[0]),
        "pi": float(fits["zip"].extra[0]),
    }
    chosen = readouts[f"{values['family']}.p"] or 0.0
    return Result(
        readouts=readouts,
        verdict=_verdict(values, missed=chosen < ALPHA),
        tables=_histogram(y, _expected(fits[values["family"]], values["family"]))
        | _intervals(readouts, values["family"]),
    )


def _verdict(values: Values, *, missed: bool) -> str:
    phi, pi = values["overdispersion"] > 0, values["zeros"] > 0
    if values["family"] == "poisson":
        if not phi and not pi:
            return "poisson_right"
        return "poisson_miss" if missed else "poisson_hold"
    if values["family"] == "nbinom":
        return "nbinom_zeros" if pi else ("nbinom_right" if phi else "nbinom_poisson")
    return "zip_spread" if phi else ("zip_right" if pi else "zip_poisson")


def _expected(made: Fits, family: str) -> Floats:
    """Return the shares of 0, 1, … that a fit expects over both arms."""
    phi = float(made.extra[0]) if family == "nbinom" else 0.0
    pi = float(made.extra[0]) if family == "zip" else 0.0
    arms = [probabilities(float(rate), phi, pi, SHOWN) for rate in made.rates[0]]
    return np.asarray(np.mean(arms, axis=0))


def _histogram(y: NDArray[np.intp], expected: Floats) -> dict[str, Table]:
    """Return the shares of 0 to SHOWN in the sample, and those expected."""
    counted = np.bincount(np.minimum(y.ravel(), SHOWN + 1), minlength=SHOWN + 2)[: SHOWN + 1]
    observed = counted / y.size
    k = np.arange(SHOWN + 1)
    return {
        "bars": {
            "x": (k - 0.4).tolist(),
            "x2": (k + 0.4).tolist(),
            "share": observed.tolist(),
            "zero": (k == 0).astype(int).tolist(),
        },
        "expected": {"k": k.tolist(), "share": expected.tolist()},
        "share_frame": {
            "share": [0.0, max(0.25, 1.05 * float(max(observed.max(), expected.max())))]
        },
    }


def _intervals(readouts: Mapping[str, float | None], family: str) -> dict[str, Table]:
    """Return the three intervals, the chosen one marked, the truth and the ends of the axis."""
    columns = {
        column: [readouts[f"{name}.{column}"] or 0.0 for name in FAMILIES]
        for column in ("estimate", "low", "high")
    }
    return {
        "intervals": {
            "method": list(FAMILIES),
            **columns,
            "chosen": [int(name == family) for name in FAMILIES],
        },
        "effect_frame": {"effect": [min(0.5, *columns["low"]), max(1.8, *columns["high"])]},
        "truth": {"effect": [math.exp(TRUTH)]},
    }


def run(values: Values, rng: Generator, count: int) -> Tally:
    """Return how many of ``count`` fresh intervals of each family miss the truth."""
    y = draw(values, rng, count)
    missed = {}
    for family in FAMILIES:
        low, high = fit(y, family).interval
        missed[family] = [int(((low > TRUTH) | (high < TRUTH)).sum())]
    return {"n": [count]} | missed


def summarise(values: Values, tally: Tally) -> Result:
    """Return the shares that miss, each with its Monte Carlo band."""
    counted = counted_shares(tally, FAMILIES)
    low = counted.shares[values["family"]][1]
    return Result(
        readouts=counted.readouts,
        verdict="broken" if low > ALPHA else "kept",
        tables=counted.tables(ALPHA),
    )


def dataset(values: Values, rng: Generator) -> Table:
    """Return the sample behind the figure, one row a count."""
    y = draw(values, rng, 1)[0]
    return {"arm": np.repeat([0, 1], PER_ARM).tolist(), "count": y.ravel().tolist()}


STYLES: dict[str, Style] = {"p": "p"}

WIDGET = Widget[Values](
    name="counts",
    controls=(
        Choice("family", FAMILIES, "poisson"),
        Slider("overdispersion", 0, 2, 0.7, step=0.1),
        Slider("zeros", 0, 0.6, 0, step=0.05),
        Seed(default=FALSE_ALARM),
    ),
    readouts=(
        *(
            Readout(f"{family}.{column}", STYLES.get(column, "decimal"))
            for family in FAMILIES
            for column in COLUMNS
        ),
        Readout("ratio"),
        Readout("zeros.observed", "percent"),
        *(Readout(f"zeros.{family}", "percent") for family in FAMILIES),
        Readout("zeros.true", "percent"),
        Readout("phi"),
        Readout("pi", "percent"),
    ),
    verdicts=(
        "poisson_miss",
        "poisson_hold",
        "poisson_right",
        "nbinom_right",
        "nbinom_zeros",
        "nbinom_poisson",
        "zip_right",
        "zip_spread",
        "zip_poisson",
    ),
    comparison=FAMILIES,
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("nbinom", {"family": "nbinom"}),
        Try("zip", {"family": "zip"}),
        Try("extra_zeros", {"family": "zip", "overdispersion": 0, "zeros": 0.3}),
        Try("poisson_counts", {"overdispersion": 0}, repeat=True),
    ),
    repeats=Repeats[Any](
        run=run,
        summarise=summarise,
        readouts=share_readouts(FAMILIES),
        verdicts=("broken", "kept"),
    ),
)
