"""Milliseconds per generalised fit in one run: ours, lme4, glmmTMB and statsmodels.

    python benchmarks/generalised.py [--seconds 1.0] [--only TEXT]

Every time is that of the whole call from formula and data to standard errors, the median of as many
repeats as fit into ``--seconds``. The data are those of the reference cases and a simulated set of
2,000 groups. statsmodels has no marginal likelihood: its time is that of the posterior mode
(``fit_map``) of ``BinomialBayesMixedGLM`` or ``PoissonBayesMixedGLM``, for 500 groups a minute and
for 2,000 not tried. A model that a program does not have is shown as a dash, one that fails as
"failed".
"""

from __future__ import annotations

import argparse
import csv
import importlib
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.engine_designs import Columns
from benchmarks.timing import Times, shown, timed, times_in_r
from widgets.lmm import factor, glmer, glmmTMB

DATA = Path(__file__).parents[1] / "validation" / "reference" / "data"
PROGRAMS = ("ours", "lme4", "glmmTMB", "statsmodels")


@dataclass(frozen=True)
class Model:
    """A model of a reference file, or of none; ``zeros`` None means that glmer fits it."""

    name: str
    file: str
    formula: str
    groups: tuple[str, ...]
    family: str = "binomial"
    nAGQ: int = 1  # noqa: N815  R's name
    zeros: str | None = None


EPIL = "y ~ lbase * trt + lage + V4 + (1 | subject)"
CBPP = "cbind(incidence, size - incidence) ~ period + (1 | herd)"
MODELS = (
    Model("cbpp, Laplace", "cbpp.csv", CBPP, ("herd", "period")),
    Model("cbpp, 9 points", "cbpp.csv", CBPP, ("herd", "period"), nAGQ=9),
    Model(
        "crossed 30 x 12", "crossed.csv", "y ~ x + (1 | person) + (1 | item)", ("person", "item")
    ),
    Model("ohio 537 x 4, Laplace", "ohio.csv", "resp ~ age + smoke + (1 | id)", ("id",)),
    Model("ohio, 9 points", "ohio.csv", "resp ~ age + smoke + (1 | id)", ("id",), nAGQ=9),
    Model("2,000 x 10, Laplace", "", "y ~ x + (1 | g)", ("g",)),
    Model("epil, Poisson", "epil.csv", EPIL, ("subject",), "poisson"),
    Model(
        "grouse ticks, three terms",
        "grouseticks.csv",
        "TICKS ~ YEAR + height + (1 | BROOD) + (1 | INDEX) + (1 | LOCATION)",
        ("YEAR", "BROOD", "INDEX", "LOCATION"),
        "poisson",
    ),
    Model("epil, nbinom2", "epil.csv", EPIL, ("subject",), "nbinom2", zeros="~ 0"),
    Model(
        "salamanders, zeros by species",
        "salamanders.csv",
        "count ~ mined + (1 | site)",
        ("site",),
        "nbinom2",
        zeros="~ spp",
    ),
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Milliseconds per generalised fit")
    parser.add_argument("--seconds", type=float, default=1.0, help="time for each number")
    parser.add_argument("--only", default="", help="only models whose name contains this")
    given = parser.parse_args()
    chosen = [model for model in MODELS if given.only in model.name]
    warnings.simplefilter("ignore")
    by_r = r_times(chosen, given.seconds)
    print(f"{'model':32}" + "".join(f"{program:>14}" for program in PROGRAMS))
    for model in chosen:
        times = {**by_r.get(model.name, {}), **python_times(model, given.seconds)}
        cells = "".join(f"{shown(times[p]) if p in times else '-':>14}" for p in PROGRAMS)
        print(f"{model.name:32}{cells}", flush=True)


def columns(model: Model) -> Columns:
    """The columns of a reference file, or 2,000 groups of 10 yes/no answers."""
    if model.file:
        with (DATA / model.file).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {name: column([row[name] for row in rows]) for name in rows[0]}
    rng = np.random.default_rng(2015)
    g = np.repeat(np.arange(2000), 10)
    x = rng.normal(size=len(g))
    y = rng.random(len(g)) < 1 / (1 + np.exp(-(0.5 * x + rng.normal(size=2000)[g])))
    return {"g": g.astype(float), "x": x, "y": y.astype(float)}


def column(text: list[str]) -> NDArray[np.float64] | NDArray[np.str_]:
    """Numbers if all values are."""
    try:
        return np.array([float(value) for value in text])
    except ValueError:
        return np.array(text)


def python_times(model: Model, seconds: float) -> Times:
    """Ours, and statsmodels where it is installed and has the model."""
    plain = columns(model)
    data = {n: factor(v) if n in model.groups else v for n, v in plain.items()}
    times = {"ours": timed(lambda: ours(model, data), seconds)}
    call = statsmodels_call(model, plain)
    return times if call is None else {**times, "statsmodels": timed(call, seconds, "statsmodels")}


def ours(model: Model, data: dict[str, Any]) -> object:
    """The fit of the engine here."""
    if model.zeros is None:
        return glmer(model.formula, data, model.family, nAGQ=model.nAGQ)
    return glmmTMB(model.formula, data, model.family, model.zeros)


def statsmodels_call(model: Model, plain: Columns) -> Callable[[], object] | None:
    """The posterior mode of the same model; None where there is none."""
    if model.zeros is not None or model.nAGQ > 1 or model.file in {"cbpp.csv", ""}:
        return None
    try:
        pandas = importlib.import_module("pandas")
        models = importlib.import_module("statsmodels.genmod.bayes_mixed_glm")
    except ImportError:
        return None
    frame = pandas.DataFrame(plain)
    kind = "Binomial" if model.family == "binomial" else "Poisson"
    build = getattr(models, f"{kind}BayesMixedGLM").from_formula
    fixed, *terms = model.formula.split(" + (1 | ")
    parts = {term.rstrip(")"): f"0 + C({term.rstrip(')')})" for term in terms}
    return lambda: build(fixed.replace("YEAR", "C(YEAR)"), parts, frame).fit_map()


R_SCRIPT = """
suppressMessages({library(lme4); library(glmmTMB)})
for (one in asked$tasks) { d <- read.csv(one$file)
  for (g in strsplit(one$groups, " ")[[1]]) d[[g]] <- factor(d[[g]])
  fo <- as.formula(one$formula); times <- list(); points <- as.integer(one$nAGQ)
  family <- switch(one$family, binomial = binomial(), poisson = poisson(), nbinom2 = nbinom2())
  by_lme4 <- function() vcov(glmer(fo, d, family = family, nAGQ = points))
  by_glmmTMB <- function() vcov(glmmTMB(fo, d, family = family, ziformula = as.formula(one$zeros)))
  if (one$tool == "glmer") times$lme4 <- timed(by_lme4)
  if (points == 1) times$glmmTMB <- timed(by_glmmTMB)
  found[[one$name]] <- times }
"""


def r_times(chosen: list[Model], seconds: float) -> dict[str, Times]:
    """Times of lme4 and glmmTMB by model; empty where R or a package is missing."""
    tasks = [
        (
            {
                "name": model.name,
                "formula": model.formula,
                "family": model.family,
                "groups": " ".join(model.groups),
                "nAGQ": str(model.nAGQ),
                "tool": "glmmTMB" if model.zeros else "glmer",
                "zeros": model.zeros or "~ 0",
            },
            columns(model),
        )
        for model in chosen
    ]
    return times_in_r("R", R_SCRIPT, tasks, seconds)


if __name__ == "__main__":
    main()
