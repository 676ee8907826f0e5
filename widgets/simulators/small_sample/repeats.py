"""The experiment repeated without an effect: how often each of the four tests finds one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Repeats, Result, Tally
from widgets.lmm import lmer_many
from widgets.lmm.distributions import chi2
from widgets.lmm.many.scalar import best_lambda, group_sums, profile
from widgets.simulators.counted_shares import counted_shares, share_readouts
from widgets.simulators.small_sample.experiment import draw, layout
from widgets.simulators.small_sample.false_alarms import ALPHA, METHODS

Floats = NDArray[np.float64]
FORMULA = "y ~ treated + (1 | mouse)"
DDF = {"z": "z", "satterthwaite": "Satterthwaite", "kr": "Kenward-Roger"}


def run(values: Mapping[str, Any], rng: Generator, count: int) -> Tally:
    """Return how many of ``count`` fresh experiments each test rejects."""
    mouse, treated = layout(values)
    y = draw(values, rng, count).T
    data = {"mouse": mouse, "treated": treated.astype(float)}
    p = {name: lmer_many(FORMULA, data, y, ddf).p["treated"] for name, ddf in DDF.items()}  # type: ignore[arg-type]
    p["lrt"] = chi2.sf(likelihood_ratio(mouse, treated, y), 1)
    return {"n": [count]} | {name: [int((p[name] < ALPHA).sum())] for name in METHODS}


def likelihood_ratio(mouse: NDArray[np.intp], treated: NDArray[np.bool_], y: Floats) -> Floats:
    """Return twice the gain in log-likelihood by ML, one for each column of y."""
    both = np.column_stack([np.ones(len(mouse)), treated])
    deviances = []
    for columns in (1, 2):
        q = np.linalg.qr(both[:, :columns])[0]
        sums = group_sums(q, mouse, y - q @ (q.T @ y), REML=False)
        deviances.append(profile(sums, best_lambda(sums)).deviance)
    return np.maximum(deviances[0] - deviances[1], 0.0)


def summarise(_values: Mapping[str, Any], tally: Tally) -> Result:
    """Return the shares of false alarms, each with its Monte Carlo band."""
    counted = counted_shares(tally, METHODS)
    too_many = any(low > ALPHA for _, low, _ in counted.shares.values())
    return Result(
        readouts=counted.readouts,
        verdict="too_many" if too_many else "kept",
        tables=counted.tables(ALPHA),
    )


REPEATS = Repeats[Any](
    run=run,
    summarise=summarise,
    readouts=share_readouts(METHODS),
    verdicts=("too_many", "kept"),
)
