"""Small samples: one t, and the curves that four methods compare it with.

Mice differ by SD 1, cells of a mouse by SD 1, and half of the mice get a treatment that does
nothing. With J mice of equally many cells the t of the mixed model follows Student's t with J - 2
degrees of freedom, unless the mice of a sample seem alike. Comparing it with a normal curve (z), or
twice the gain in log-likelihood with χ²₁ (LRT), is right only for endlessly many mice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Choice, Readout, Result, Seed, Slider, Style, Table, Try, Widget
from widgets.lmm import lmer
from widgets.lmm.distributions import chi2, normal
from widgets.notation import text
from widgets.simulators.small_sample.experiment import draw, layout
from widgets.simulators.small_sample.false_alarms import ALPHA, METHODS, exact
from widgets.simulators.small_sample.repeats import FORMULA, REPEATS

Floats = NDArray[np.float64]

WIDEST = 6.0
"""The curves are drawn to this value on either side of 0."""

POINTS = 121
SHOWN = 5e-4
"""Shares nearer to each other than this read alike."""

MANY = 30
"""With so many mice all methods nearly agree."""

TELLING = 5
"""A seed whose p is below .05 by z and above by Kenward and Roger at the opening setting."""


class Values(TypedDict):
    """What the reader sets."""

    method: str
    n_mice: int
    m_cells: int
    sizes: str
    seed: int


@dataclass(frozen=True, slots=True)
class Test:
    """A statistic, the degrees of freedom of the curve that it is compared with, and its p."""

    statistic: float
    df: float
    p: float


def analyse(values: Values, y: Floats) -> tuple[dict[str, Test], bool]:
    """Return the test of the treatment by each method, and whether the fit is singular.

    The statistic of the likelihood-ratio test is the root of twice the gain in log-likelihood, with
    the sign of the effect, which is compared with the normal curve as the gain is with χ²₁.
    """
    mouse, treated = layout(values)
    data = {"y": y, "mouse": mouse, "treated": treated.astype(float)}
    fit = lmer(FORMULA, data)
    tests: dict[str, Test] = {}
    for name, ddf in (("satterthwaite", "Satterthwaite"), ("kr", "Kenward-Roger")):
        effect = fit.coefficients(ddf)["treated"]  # type: ignore[arg-type]
        tests[name] = Test(effect.t, effect.df, effect.p)
    z = tests["satterthwaite"].statistic
    tests["z"] = Test(z, math.inf, float(2 * normal.sf(abs(z))))
    larger, smaller = (
        lmer(one, data, REML=False).loglik for one in (FORMULA, "y ~ 1 + (1 | mouse)")
    )
    gain = max(0.0, 2 * (larger - smaller))
    tests["lrt"] = Test(math.copysign(math.sqrt(gain), z), math.inf, float(chi2.sf(gain, 1)))
    return tests, bool(fit.is_singular)


def simulate(values: Values, rng: Generator) -> Result:
    """Return the statistic and its p by each method, and how often each is wrong."""
    tests, singular = analyse(values, draw(values, rng, 1)[0])
    equal = values["sizes"] == "equal"
    shares = exact(values["n_mice"], values["m_cells"]) if equal else {}
    readouts: dict[str, float | None] = {}
    for name in METHODS:
        readouts |= {
            f"{name}.t": tests[name].statistic,
            f"{name}.df": tests[name].df if math.isfinite(tests[name].df) else None,
            f"{name}.p": tests[name].p,
            f"{name}.false": shares.get(name),
        }
    return Result(
        readouts=readouts,
        verdict=_verdict(values, shares),
        notes=("singular",) if singular else (),
        tables=_curves(tests[values["method"]], values) | _shares(shares, values["method"]),
    )


def _verdict(values: Values, shares: Mapping[str, float]) -> str:
    if not shares:
        return "unequal"
    if values["n_mice"] >= MANY:
        return "many"
    method = values["method"]
    return (
        f"{method}_kept" if method == "satterthwaite" and shares[method] < ALPHA + SHOWN else method
    )


def density(x: Floats, df: float) -> Floats:
    """Return the density of Student's t, or of the normal distribution for infinite df."""
    if math.isinf(df):
        return np.asarray(np.exp(-0.5 * x**2) / math.sqrt(2 * math.pi))
    constant = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(df * math.pi)
    return np.asarray(np.exp(constant - 0.5 * (df + 1) * np.log1p(x**2 / df)))


def _curves(test: Test, values: Values) -> dict[str, Table]:
    """Return the curve of the method, the tails beyond the statistic, and the t of all mice."""
    x = np.linspace(-WIDEST, WIDEST, POINTS)
    size = min(abs(test.statistic), WIDEST)
    beyond = np.linspace(size, WIDEST, 31)
    tail = density(beyond, test.df)
    right = density(x, values["n_mice"] - 2)
    return {
        "curve": {"x": x.tolist(), "y": density(x, test.df).tolist()},
        "mice_curve": {"x": x.tolist(), "y": right.tolist()},
        "tails": {
            "x": [*(-beyond[::-1]).tolist(), -size, size, *beyond.tolist()],
            "y": [*tail[::-1].tolist(), 0.0, 0.0, *tail.tolist()],
        },
        "observed": {"x": [math.copysign(size, test.statistic)]},
        "curve_frame": {"x": [-WIDEST, WIDEST], "y": [0.0, 0.42]},
    }


def _shares(shares: Mapping[str, float], method: str) -> dict[str, Table]:
    """Return the false alarms of each method, without rows where no formula is exact."""
    return {
        "shares": {
            "method": list(shares),
            "share": list(shares.values()),
            "label": [text(share, "percent") for share in shares.values()],
            "chosen": [int(name == method) for name in shares],
        },
        "share_frame": {"share": [0.0, max(0.16, *(1.25 * s for s in shares.values()), 0.0)]},
        "level": {"share": [ALPHA]},
    }


def dataset(values: Values, rng: Generator) -> Table:
    """Return the sample behind the figure, one row a cell."""
    mouse, treated = layout(values)
    return {
        "mouse": (mouse + 1).tolist(),
        "treated": treated.astype(int).tolist(),
        "y": draw(values, rng, 1)[0].tolist(),
    }


STYLES: dict[str, Style] = {"df": "df", "p": "p", "false": "percent"}

WIDGET = Widget[Values](
    name="small-sample",
    controls=(
        Choice("method", METHODS, "z"),
        Slider("n_mice", 4, 40, 6, step=2),
        Slider("m_cells", 5, 60, 20),
        Choice("sizes", ("equal", "unequal"), "equal"),
        Seed(default=TELLING),
    ),
    readouts=tuple(
        Readout(f"{method}.{column}", STYLES.get(column, "decimal"))
        for method in METHODS
        for column in ("t", "df", "p", "false")
    ),
    verdicts=("z", "lrt", "satterthwaite", "satterthwaite_kept", "kr", "many", "unequal"),
    notes=("singular",),
    comparison=METHODS,
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("kr", {"method": "kr"}),
        Try("more_cells", {"m_cells": 60}),
        Try("more_mice", {"n_mice": 40}),
        Try("unequal", {"sizes": "unequal"}, repeat=True),
    ),
    repeats=REPEATS,
)
