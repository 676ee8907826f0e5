"""Milliseconds per marginal model, side by side in one run: ours, geepack and statsmodels' GEE.

    python benchmarks/marginal.py [--seconds 1.0] [--only TEXT]

Every time is that of the whole call from formula and data to the coefficient table with robust
standard errors, the median of as many repeats as fit into ``--seconds``. statsmodels is used where
it can be imported, geepack where Rscript finds it. The last lines are posteriors by quadrature,
which have no peer here: brms compiles and samples for a minute.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.engine_designs import Columns
from benchmarks.timing import Times, shown, timed, times_in_r
from widgets.lmm import brm, geeglm

STRUCTURES = ("independence", "exchangeable", "ar1")
FORMULA = "y ~ x + z"


@dataclass(frozen=True)
class Clustered:
    """A named data set with clusters in column g."""

    name: str
    family: str
    columns: Columns


def clustered() -> tuple[Clustered, ...]:
    """From a few mice to many short series, simulated once with a fixed seed."""
    rng = np.random.default_rng(1986)
    shapes = (("gaussian", 6, 20), ("binomial", 537, 4), ("poisson", 59, 4), ("gaussian", 2000, 10))
    return tuple(_simulated(rng, family, J, m) for family, J, m in shapes)


def _simulated(rng: np.random.Generator, family: str, J: int, m: int) -> Clustered:
    g = np.repeat(np.arange(J), m)
    x, z = rng.normal(size=J * m), (g % 2).astype(float)
    eta = 0.3 * x - 0.2 * z + 0.5 * rng.normal(size=J)[g]
    y = {
        "gaussian": eta + rng.normal(size=J * m),
        "binomial": (rng.random(J * m) < 1 / (1 + np.exp(-eta))).astype(float),
        "poisson": rng.poisson(np.exp(1 + eta)).astype(float),
    }[family]
    columns: Columns = {"y": y, "x": x, "z": z, "g": g.astype(float)}
    return Clustered(f"{J} x {m}, {family}", family, columns)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Milliseconds per marginal model")
    parser.add_argument("--seconds", type=float, default=1.0, help="time for each number")
    parser.add_argument("--only", default="", help="only data sets whose name contains this")
    given = parser.parse_args()
    chosen = [one for one in clustered() if given.only in one.name]
    warnings.simplefilter("ignore")
    by_r = geepack_times(chosen, given.seconds)
    print(f"{'data':24}{'program':14}" + "".join(f"{c:>15}" for c in STRUCTURES))
    for one in chosen:
        for program, calls in (("ours", ours(one)), *statsmodels(one)):
            times = {name: timed(call, given.seconds) for name, call in calls.items()}
            print(line(one.name, program, times))
        if by_r:
            print(line(one.name, "geepack", by_r[one.name]))
    for one in chosen:
        if one.family == "gaussian":
            taken = timed(lambda one=one: brm("y ~ z + (1 | g)", one.columns), given.seconds)  # type: ignore[misc]
            print(f"{one.name:24}{'brm':14}{shown(taken):>15}")


def line(name: str, program: str, times: Times) -> str:
    """One row of the table."""
    cells = "".join(f"{shown(times[c]):>15}" for c in STRUCTURES)
    return f"{name:24}{program:14}{cells}"


def ours(one: Clustered) -> dict[str, Callable[[], object]]:
    """The calls of the engine here, by structure."""

    def fit(corstr: str) -> object:
        return geeglm(FORMULA, one.columns, "g", one.family, corstr).coefficients()

    return {corstr: lambda corstr=corstr: fit(corstr) for corstr in STRUCTURES}  # type: ignore[misc]


def statsmodels(one: Clustered) -> Iterator[tuple[str, dict[str, Callable[[], object]]]]:
    """The same in statsmodels, whose AR(1) takes the first lag only."""
    try:
        pandas = importlib.import_module("pandas")
        api = importlib.import_module("statsmodels.api")
        gee = importlib.import_module("statsmodels.formula.api").gee
    except ImportError:
        return
    frame = pandas.DataFrame(one.columns)
    family = getattr(api.families, one.family.capitalize())
    structures = {
        "independence": api.cov_struct.Independence,
        "exchangeable": api.cov_struct.Exchangeable,
        "ar1": lambda: api.cov_struct.Autoregressive(grid=True),
    }

    def fit(structure: Callable[[], object]) -> object:
        model = gee(FORMULA, groups="g", data=frame, family=family(), cov_struct=structure())
        return model.fit().summary()

    yield "statsmodels", {name: lambda made=made: fit(made) for name, made in structures.items()}  # type: ignore[misc]


R_SCRIPT = """
suppressMessages(library(geepack))
for (one in asked$tasks) { d <- read.csv(one$file); times <- list()
  for (corstr in c("independence", "exchangeable", "ar1")) times[[corstr]] <- timed(function()
    coef(summary(geeglm(y ~ x + z, id = g, data = d, family = one$family, corstr = corstr))))
  found[[one$name]] <- times }
"""


def geepack_times(chosen: list[Clustered], seconds: float) -> dict[str, Times]:
    """Geepack's times by data set; empty where R or the package is missing."""
    tasks = [({"name": one.name, "family": one.family}, one.columns) for one in chosen]
    return times_in_r("geepack", R_SCRIPT, tasks, seconds)


if __name__ == "__main__":
    main()
