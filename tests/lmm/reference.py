"""The reference cases of R: their data, and what R computed."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from widgets.lmm import Factor, LinearMixedModel, factor, lmer

FOLDER = Path(__file__).parents[1] / "reference"

Case = dict[str, Any]


@cache
def all_cases() -> dict[str, Case]:
    return {case["id"]: case for case in json.loads((FOLDER / "cases.json").read_text("utf-8"))}


def cases(model: str, *needs: str) -> pytest.MarkDecorator:
    """Parametrise ``case`` by the reference cases of a model that have the expected fields."""
    chosen = [
        pytest.param(case, id=name)
        for name, case in all_cases().items()
        if case["model"] == model and all(need in case["expected"] for need in needs)
    ]
    return pytest.mark.parametrize("case", chosen)


@cache
def columns_of(name: str) -> dict[str, np.ndarray[Any, Any]]:
    with (FOLDER / "data" / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {}
    for key in rows[0]:
        text = [row[key] for row in rows]
        try:
            columns[key] = np.array([np.nan if value == "NA" else float(value) for value in text])
        except ValueError:
            columns[key] = np.array([None if value == "NA" else value for value in text])
    return columns


def data_of(case: Case) -> dict[str, np.ndarray[Any, Any] | Factor]:
    columns: dict[str, np.ndarray[Any, Any] | Factor] = dict(columns_of(case["data"]))
    for name in case["factors"]:
        columns[name] = factor(columns[name], case["levels"][name])  # type: ignore[arg-type]
    return columns


@cache
def _fit(name: str) -> LinearMixedModel:
    case = all_cases()[name]
    return lmer(case["formula"], data_of(case), REML=case["method"] == "REML")


def fit_of(case: Case) -> LinearMixedModel:
    return _fit(case["id"])


def largest(actual: Any, expected: Any, floor: float = 1e-12) -> float:  # noqa: ANN401
    """The largest relative difference; values below ``floor`` count as that size."""
    a, b = np.asarray(actual, dtype=float), np.asarray(expected, dtype=float)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(b), floor)))
