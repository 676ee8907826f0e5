"""Milliseconds per fit, side by side in one run: ours, lme4 and what else is installed.

    python benchmarks/engine.py [--large] [--seconds 1.0] [--only TEXT] [--browser]

Every time is that of the whole call from formula and data to the coefficient table, the median of
as many repeats as fit into ``--seconds``. Programs in Python are used where they can be imported
(:mod:`benchmarks.engine_peers`), lme4 with lmerTest and pbkrtest where Rscript finds them. A method
that a program does not have is shown as a dash, one that fails as "failed", with its reason below.
With ``--browser`` the engine in Chromium stands beside the engine here, and nothing else.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.engine_designs import Design, designs
from benchmarks.engine_peers import missing, peers
from benchmarks.timing import PROBLEMS, Times, shown, timed, times_in_r
from widgets.lmm import lmer, lmer_many

COLUMNS = ("fit", "+ Satterthwaite", "+ Kenward-Roger")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Milliseconds per fit")
    parser.add_argument("--large", action="store_true", help="also the crossed 70,000 rows")
    parser.add_argument("--seconds", type=float, default=1.0, help="time for each number")
    parser.add_argument("--only", default="", help="only designs whose name contains this")
    parser.add_argument("--browser", action="store_true", help="compare Chromium with native")
    given = parser.parse_args()
    chosen = [d for d in designs(large=given.large) if given.only in d.name]
    if given.browser:
        importlib.import_module("benchmarks.engine_browser").print_browser(chosen, given.seconds)
        return
    warnings.simplefilter("ignore")
    by_r = r_times(chosen, given.seconds)
    print(f"{'design':38}{'program':14}" + "".join(f"{c:>17}" for c in COLUMNS))
    for design in chosen:
        for program, times in rows(design, given.seconds):
            print(line(design.name, program, times))
        if by_r:
            print(line(design.name, "lme4", by_r[design.name]))
    print(many(given.seconds))
    for problem in dict.fromkeys(PROBLEMS):
        print(problem)
    if missing():
        print(f"not installed: {', '.join(missing())}")


def line(design: str, program: str, times: Times) -> str:
    """One row of the table."""
    cells = "".join(f"{shown(times[c]) if c in times else '-':>17}" for c in COLUMNS)
    return f"{design:38}{program:14}{cells}"


def rows(design: Design, seconds: float) -> Iterator[tuple[str, Times]]:
    """Each program in Python with its times."""
    for program, calls in (("ours", ours(design)), *peers(design)):
        yield program, {name: timed(call, seconds, program) for name, call in calls.items()}


def ours(design: Design) -> dict[str, Callable[[], object]]:
    """The calls of the engine here."""

    def with_ddf(ddf: str) -> object:
        return lmer(design.formula, design.columns).coefficients(ddf)  # type: ignore[arg-type]

    return {
        "fit": lambda: lmer(design.formula, design.columns),
        "+ Satterthwaite": lambda: with_ddf("Satterthwaite"),
        "+ Kenward-Roger": lambda: with_ddf("Kenward-Roger"),
    }


R_SCRIPT = """
suppressMessages({library(lme4); library(lmerTest); library(pbkrtest)})
for (one in asked$tasks) { d <- read.csv(one$file, stringsAsFactors = TRUE)
  fo <- as.formula(one$formula); m <- lme4::lmer(fo, d); big <- nrow(d) > 20000
  times <- list(fit = timed(function() lme4::lmer(fo, d)))
  if (!big) times[["+ Satterthwaite"]] <- timed(function() coef(summary(lmerTest::lmer(fo, d))))
  if (!big) times[["+ Kenward-Roger"]] <- times$fit + timed(function()
    for (i in seq_along(fixef(m))) KRmodcomp(m, diag(length(fixef(m)))[i, , drop = FALSE]))
  found[[one$name]] <- times }
"""


def r_times(chosen: list[Design], seconds: float) -> dict[str, Times]:
    """lme4's times by design; empty where R or a package is missing."""
    tasks = [({"name": one.name, "formula": one.formula}, one.columns) for one in chosen]
    return times_in_r("lme4", R_SCRIPT, tasks, seconds)


def many(seconds: float) -> str:
    """Microseconds a fit of 500 responses at once, with Kenward-Roger p-values."""
    design = designs(large=False)[0]
    rng = np.random.default_rng(1)
    mouse = np.repeat(np.arange(6), 20)
    responses = rng.normal(size=(6, 500))[mouse] + rng.normal(size=(120, 500))
    taken = timed(lambda: lmer_many(design.formula, design.columns, responses), seconds)
    if taken is None:
        return "lmer_many failed"
    return f"\n500 fits of 6 x 20 at once with Kenward-Roger: {taken / 500 * 1000:.1f} µs a fit"


if __name__ == "__main__":
    main()
