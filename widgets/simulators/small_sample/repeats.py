"""The experiment repeated without an effect: how often each of the four tests finds one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Readout, Repeats, Result, Tally
from widgets.lmm import lmer_many, wilson
from widgets.lmm.distributions import chi2
from widgets.lmm.many.scalar import best_lambda, group_sums, profile
from widgets.notation import text
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
    n = tally["n"][0]
    shares = {name: wilson(tally[name][0], n) for name in METHODS}
    readouts: dict[str, float | None] = {"repeats.n": n}
    for name, parts in shares.items():
        readouts |= dict(zip(_names(name), parts, strict=True))
    too_many = [name for name, (_, low, _) in shares.items() if low > ALPHA]
    return Result(
        readouts=readouts,
        verdict="too_many" if too_many else "kept",
        tables={
            "counted": {
                "method": list(shares),
                "share": [share for share, _, _ in shares.values()],
                "low": [low for _, low, _ in shares.values()],
                "high": [high for _, _, high in shares.values()],
                "label": [text(share, "percent") for share, _, _ in shares.values()],
            },
            "counted_frame": {
                "share": [0.0, 1.2 * max(2 * ALPHA, *(s[2] for s in shares.values()))]
            },
            "promise": {"share": [ALPHA]},
        },
    )


def _names(method: str) -> tuple[str, ...]:
    return tuple(f"repeats.{method}.{part}" for part in ("share", "low", "high"))


REPEATS = Repeats[Any](
    run=run,
    summarise=summarise,
    readouts=(
        Readout("repeats.n", "count"),
        *(Readout(name, "percent") for method in METHODS for name in _names(method)),
    ),
    verdicts=("too_many", "kept"),
)
