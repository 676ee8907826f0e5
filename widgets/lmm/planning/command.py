"""The command ``python -m lmm.plan plan.toml``: a plan computed and simulated on any executor.

The file has a section ``[plan]`` with the arguments of :func:`lmm.plan` (a list of several numbers
of units, sub-units or effects stands for a plan each) and, if wished, ``[run]`` with ``n_sim`` and
``seed``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

from numpy.random import default_rng

from ..errors import DesignError, MethodError
from ..linear.proportion import wilson
from .assumptions import Assumptions, assumptions
from .check import check_plan
from .plan import promise
from .simulation import Counts

BATCH = 500
"""Experiments of one task: fixed, so that the result does not depend on who draws them."""

DEFAULT_RUNS = 10_000
EXECUTORS = ("none", "threads", "processes", "dask", "mpi")
SEVERAL = ("n_units", "effect", "sd_between", "sd_within", "sd_total", "icc")
"""Arguments of which a list stands for several plans; a list of ``m`` is sizes, as in ``plan``."""

Progress = Callable[[int, int], None]


def simulate(
    plan: Mapping[str, Any],
    n_sim: int = DEFAULT_RUNS,
    seed: int = 1,
    executor: str | Executor | None = None,
    progress: Progress | None = None,
    journal: Path | None = None,
) -> dict[str, Any]:
    """What the analysis of a plan found in experiments that were drawn from it.

    Parameters
    ----------
    plan : the arguments of :func:`lmm.plan`
    n_sim : number of experiments, rounded up to a multiple of 500
    seed : equal seeds give equal results, whatever the executor
    executor : of :mod:`concurrent.futures`, or the name of one: ``"none"``, ``"threads"``,
        ``"processes"``, ``"dask"`` (needs ``distributed``), ``"mpi"`` (needs ``mpi4py``)
    progress : called with the experiments done and all of them
    journal : a file that remembers every batch, from which a run that was ended goes on

    Returns
    -------
    dict
        ``power`` with ``low`` and ``high`` (Wilson's 95 % interval), ``n_sim``, ``singular`` and
        ``failed``; ``formula``, the power that the plan promises.

    Raises
    ------
    DesignError, MethodError
        As :func:`lmm.plan`, or if the plan leaves nothing to estimate from.
    """
    given = assumptions(**plan)
    formula = promise(given).power
    if formula is None:
        msg = "the plan leaves nothing to estimate from; have two units in each arm at least"
        raise DesignError(msg)
    batches = -(-n_sim // BATCH)
    done = _remembered(journal, given, seed)
    task = partial(batch, given, seed)
    left = [k for k in range(batches) if k not in done]
    with _opened(executor) as pool:
        for k, counts in _computed(pool, task, left):
            done[k] = counts
            _remember(journal, given, seed, k, counts)
            if progress:
                progress(min(len(done), batches) * BATCH, batches * BATCH)
    counted = [done[k] for k in range(batches)]
    return {"formula": formula, **_summary(counted)}


def batch(given: Assumptions, seed: int, number: int) -> Counts:
    """One task: experiments that depend on the seed and the number of the batch alone."""
    return check_plan(given, BATCH, default_rng([seed, number]))


def _computed(
    pool: Executor | None, task: Callable[[int], Counts], numbers: Sequence[int]
) -> Iterator[tuple[int, Counts]]:
    """Every batch when it is done."""
    if pool is None:
        for number in numbers:
            yield number, task(number)
        return
    futures: dict[Future[Counts], int] = {pool.submit(task, number): number for number in numbers}
    for future in as_completed(futures):
        yield futures[future], future.result()


def _summary(counted: Sequence[Counts]) -> dict[str, Any]:
    n_sim, significant, singular, failed = (
        sum(getattr(one, name) for one in counted)
        for name in ("replicates", "significant", "singular", "failed")
    )
    share, low, high = wilson(significant, n_sim - failed)
    return {
        "power": share,
        "low": low,
        "high": high,
        "n_sim": n_sim,
        "singular": singular,
        "failed": failed,
    }


@contextmanager
def _opened(executor: str | Executor | None) -> Iterator[Executor | None]:
    """The executor of a name, closed at the end; one that is given stays open."""
    if executor is None or executor == "none":
        yield None
    elif not isinstance(executor, str):
        yield executor
    else:
        with _begun(executor) as begun:
            yield begun


def _begun(name: str) -> Executor:
    """An executor by its name; what brings it along is imported only then."""
    kinds = {"threads": "ThreadPoolExecutor", "processes": "ProcessPoolExecutor"}
    if name in kinds:
        pool: Executor = getattr(import_module("concurrent.futures"), kinds[name])()
        return pool
    if name == "dask":
        cluster: Executor = import_module("distributed").Client().get_executor()
        return cluster
    if name == "mpi":
        ranks: Executor = import_module("mpi4py.futures").MPIPoolExecutor()
        return ranks
    msg = f"executor must be one of {', '.join(EXECUTORS)}, not {name!r}"
    raise MethodError(msg)


def _key(given: Assumptions, seed: int) -> str:
    """What a batch depends on besides its number."""
    stated = json.dumps([asdict(given), seed, BATCH], sort_keys=True)
    return sha256(stated.encode()).hexdigest()[:16]


def _remembered(journal: Path | None, given: Assumptions, seed: int) -> dict[int, Counts]:
    """The batches of this plan that a journal has; a line that was cut off counts as none."""
    found: dict[int, Counts] = {}
    if journal is None or not journal.exists():
        return found
    key = _key(given, seed)
    for line in journal.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
            if entry["key"] == key:
                found[int(entry["batch"])] = Counts(**entry["counts"])
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _remember(
    journal: Path | None, given: Assumptions, seed: int, number: int, counts: Counts
) -> None:
    if journal is None:
        return
    entry = {"key": _key(given, seed), "batch": number, "counts": asdict(counts)}
    with journal.open("a", encoding="utf-8") as file:
        file.write("\n" * _is_cut_off(journal) + json.dumps(entry) + "\n")


def _is_cut_off(journal: Path) -> bool:
    """Whether the last line of a file has no end."""
    with journal.open("rb") as file:
        file.seek(0, 2)
        if not file.tell():
            return False
        file.seek(-1, 2)
        return file.read(1) != b"\n"


def plans(stated: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The plans that a section states: one for each combination of its lists."""
    lists = {name: stated[name] for name in SEVERAL if isinstance(stated.get(name), list)}
    rest = {name: value for name, value in stated.items() if name not in lists}
    return [rest | dict(zip(lists, values, strict=True)) for values in product(*lists.values())]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 if every plan was computed, 2 if the file cannot be run."""
    parser = argparse.ArgumentParser(
        prog="python -m lmm.plan",
        description="Power of a planned experiment by formula and by simulation.",
    )
    parser.add_argument("file", type=Path, help="a TOML file with [plan] and, if wished, [run]")
    parser.add_argument("--executor", choices=EXECUTORS, default="processes")
    parser.add_argument("--n-sim", type=int, help="experiments; wins over n_sim in the file")
    parser.add_argument("--output", type=Path, help="a JSON file for the results")
    parser.add_argument("--restart", action="store_true", help="forget what an earlier run did")
    asked = parser.parse_args(arguments)
    try:
        results = _run(asked)
    except (OSError, tomllib.TOMLDecodeError, TypeError, DesignError, MethodError) as error:
        sys.stderr.write(f"{asked.file}: {error}\n")
        return 2
    text = json.dumps(results, indent=2) + "\n"
    if asked.output:
        asked.output.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def _run(asked: argparse.Namespace) -> list[dict[str, Any]]:
    stated = tomllib.loads(asked.file.read_text(encoding="utf-8"))
    if "plan" not in stated:
        msg = "there is no section [plan]; write the arguments of lmm.plan in one"
        raise DesignError(msg)
    run = stated.get("run", {})
    n_sim = asked.n_sim or int(run.get("n_sim", DEFAULT_RUNS))
    if n_sim < 1:
        msg = f"n_sim must be at least 1, not {n_sim}"
        raise DesignError(msg)
    journal = asked.file.with_suffix(".journal.jsonl")
    if asked.restart:
        journal.unlink(missing_ok=True)
    every = plans(stated["plan"])
    results = []
    with _opened(asked.executor) as pool:
        for number, one in enumerate(every, 1):
            said = Reporter(f"plan {number} of {len(every)}")
            made = simulate(one, n_sim, int(run.get("seed", 1)), pool, said, journal)
            said.end()
            results.append({"plan": one, **made})
    return results


class Reporter:
    """Progress on standard error: in place on a terminal, else a line now and then."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.began = self.said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is, at most twice a second."""
        now = time.monotonic()
        live = sys.stderr.isatty()
        if done < total and now - self.said < (0.5 if live else 10):
            return
        self.said = now
        left = (now - self.began) / done * (total - done)
        end = "\r" if live else "\n"
        sys.stderr.write(f"{self.name}: {done:,} of {total:,}, {left:.0f} s left{end}")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if sys.stderr.isatty():
            sys.stderr.write("\n")
