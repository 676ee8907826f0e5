"""Cases that are calls: what a reader would write, step by step, and what R answers.

``reference/calls/README.md`` describes them; the names of functions and arguments are the engine's.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from validation.cases import REFERENCE, Case
from widgets import lmm
from widgets.lmm import factor

CALLS = REFERENCE / "calls"

DEFAULT = (1e-5, 1e-8)
"""Relative and absolute tolerance of a quantity for which a case names none."""


@cache
def call_cases() -> Mapping[str, Case]:
    """Every case by its id."""
    cases: list[Case] = json.loads((CALLS / "cases.json").read_text("utf-8"))
    return {case["id"]: case for case in cases}


def data_of_calls(case: Case) -> dict[str, Any]:
    """The columns of a case's data, with the factors that R took; None or NaN where missing."""
    with (CALLS / "data" / case["data"]).open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    columns = {name: _column([row[name] for row in rows]) for name in rows[0]}
    for name in case["factors"]:
        columns[name] = factor(columns[name], case["levels"][name])
    return columns


def _column(text: list[str]) -> Any:  # noqa: ANN401  numbers, or text and None
    present = [None if value == "NA" else value for value in text]
    try:
        return np.array([np.nan if value is None else float(value) for value in present])
    except ValueError:
        return present


def results_of(case: Case) -> dict[str, Any]:
    """What each step of a case gives, by its name."""
    results: dict[str, Any] = {}
    for step in case["call"]:
        arguments = dict(step.get("arguments", {}))
        if "rng" in step:
            arguments["rng"] = np.random.default_rng(step["rng"])
        if step.get("data"):
            fit = getattr(lmm, step["function"])
            found = fit(arguments.pop("formula"), data_of_calls(case), **arguments)
        elif "function" in step:
            given = [results[name] for name in _listed(step["on"])]
            found = getattr(lmm, step["function"])(*given, **arguments)
        else:
            (owner,) = _listed(step["on"])
            found = getattr(results[owner], step["method"])(**arguments)
        results[step["name"]] = found
    return results


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that a case expects, ours beside R's."""

    path: str
    """Where it stands: ``e.rows[2].df``."""

    mine: Any
    theirs: Any

    allowed: float
    """How far a number may be from R's; nothing else may differ at all."""

    @property
    def is_number(self) -> bool:
        """Whether R's is a finite number."""
        return isinstance(self.theirs, int | float)

    @property
    def difference(self) -> float:
        """The absolute difference of two numbers; zero or infinite for anything else."""
        if self.is_number:
            return float(abs(self.mine - self.theirs))
        infinite = self.theirs is None and (self.mine is None or np.isinf(self.mine))
        return 0.0 if infinite or self.mine == self.theirs else float("inf")

    @property
    def agrees(self) -> bool:
        """Whether it is what R says; NaN is not."""
        return self.difference <= self.allowed


def disagreements(case: Case) -> Iterator[str]:
    """Every number that differs by more than its tolerance: where it stands, ours and R's."""
    for one in compared(case):
        if not one.agrees:
            yield f"{one.path}: {one.mine!r}, in R {one.theirs!r}"


def compared(case: Case) -> Iterator[Compared]:
    """Everything that a case expects, beside what the engine says."""
    results = results_of(case)
    for path, theirs in case["expect"].items():
        name, _, attribute = path.partition(".")
        mine = getattr(results[name], attribute) if attribute else results[name]
        if attribute == "varcorr":  # R has the residual elsewhere
            mine = [one for one in mine if one.group != "Residual"]
        yield from _compared(path, attribute, mine, theirs, case["tol"])


def _compared(
    path: str,
    quantity: str,
    mine: Any,  # noqa: ANN401
    theirs: Any,  # noqa: ANN401
    tolerances: Mapping[str, list[float]],
) -> Iterator[Compared]:
    if isinstance(theirs, dict):
        for key, value in theirs.items():
            part = mine[key] if isinstance(mine, Mapping) else getattr(mine, key)
            known = key if key in tolerances or not quantity else quantity
            yield from _compared(f"{path}.{key}", known, part, value, tolerances)
    elif isinstance(theirs, list):
        for place, (one, value) in enumerate(zip(mine, theirs, strict=True)):
            yield from _compared(f"{path}[{place}]", quantity, one, value, tolerances)
    elif isinstance(theirs, str) or theirs is None:
        yield Compared(path, mine, theirs, 0.0)
    else:
        relative, absolute = tolerances.get(quantity, DEFAULT)
        yield Compared(path, mine, theirs, max(relative * abs(theirs), absolute))
