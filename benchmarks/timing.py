"""How long calls take: here, and in R."""

from __future__ import annotations

import csv
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.engine_designs import Columns

FEWEST, MOST = 3, 200

Times = dict[str, float | None]

PROBLEMS: list[str] = []
"""Why calls failed."""


def shown(milliseconds: float | None) -> str:
    """The time with three digits."""
    return "failed" if milliseconds is None else f"{milliseconds:.3g}"


def timed(call: Callable[[], object], seconds: float, program: str = "ours") -> float | None:
    """Median milliseconds of a call; None if it fails, and then :data:`PROBLEMS` says why."""
    taken: list[float] = []
    try:
        while len(taken) < FEWEST or (sum(taken) < seconds and len(taken) < MOST):
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
            if taken[0] > 10 * seconds:
                break
    except Exception as problem:  # noqa: BLE001  whatever another raises, the table goes on
        said = str(problem).strip().partition("\n")[0]
        PROBLEMS.append(f"{program} failed: {type(problem).__name__}: {said}")
        return None
    return 1000 * statistics.median(taken)


R_TIMED = """
suppressMessages(library(jsonlite)); options(warn = -1)
asked <- fromJSON("asked.json", simplifyVector = FALSE); found <- list()
timed <- function(f) { taken <- c()
  while (length(taken) < 3 || (sum(taken) < asked$seconds && length(taken) < 200)) {
    t <- system.time(suppressMessages(f()))[["elapsed"]]; taken <- c(taken, t)
    if (taken[1] > 10 * asked$seconds) break }
  1000 * median(taken) }
"""
"""What every script begins with: its tasks in ``asked$tasks``, and ``timed`` as above."""

R_END = 'write(toJSON(found, auto_unbox = TRUE, digits = 6), "times.json")\n'


def times_in_r(
    program: str, script: str, tasks: Sequence[tuple[dict[str, str], Columns]], seconds: float
) -> dict[str, Times]:
    """Times by name of task; empty where R or the program is missing.

    Parameters
    ----------
    program : what to call it when it is left out
    script : R code that fills ``found`` from ``asked$tasks``, each with its data in ``file``
    tasks : what the script is told of each task, ``name`` among it, and its data
    """
    if shutil.which("Rscript") is None:
        return {}
    with tempfile.TemporaryDirectory() as name:
        folder, asked = Path(name), []
        for i, (task, columns) in enumerate(tasks):
            with (folder / f"{i}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows(zip(*columns.values(), strict=True))
            asked.append({**task, "file": f"{i}.csv"})
        request = {"tasks": asked, "seconds": seconds}
        (folder / "asked.json").write_text(json.dumps(request), "utf-8")
        (folder / "times.R").write_text(R_TIMED + script + R_END, "utf-8")
        run = subprocess.run(
            ["Rscript", "times.R"], cwd=folder, check=False, capture_output=True, text=True
        )
        if run.returncode:
            print(f"{program} is left out: {run.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return {}
        result: dict[str, Times] = json.loads((folder / "times.json").read_text("utf-8"))
        return result
