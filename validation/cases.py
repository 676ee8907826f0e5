"""The models that R has fitted: their data, and what R answered."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from widgets.lmm import Factor, factor

REFERENCE = Path(__file__).parent / "reference"
"""What R was given, and what it answered."""

Case = dict[str, Any]
"""A model of R as ``validation/reference/README.md`` describes it."""


@cache
def all_cases() -> Mapping[str, Case]:
    """Every case of ``cases.json`` by its id."""
    return {case["id"]: case for case in read("cases.json")}


def read(file: str) -> Sequence[Case]:
    """The cases in a file."""
    cases: list[Case] = json.loads((REFERENCE / file).read_text("utf-8"))
    return cases


@cache
def columns_of(file: str) -> dict[str, NDArray[Any]]:
    """The columns of a data file; what is not all numbers is text, and ``None`` where missing."""
    with (REFERENCE / "data" / file).open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    return {name: _column([row[name] for row in rows]) for name in rows[0]}


def _column(text: list[str]) -> NDArray[Any]:
    try:
        return np.array([np.nan if value == "NA" else float(value) for value in text])
    except ValueError:
        return np.array([None if value == "NA" else value for value in text])


def data_of(case: Case) -> dict[str, NDArray[Any] | Factor]:
    """The data of a case, with the factors that R took."""
    columns: dict[str, NDArray[Any] | Factor] = dict(columns_of(case["data"]))
    for name in case["factors"]:
        columns[name] = factor(columns[name], case["levels"][name])  # type: ignore[arg-type]
    return columns


@cache
def versions() -> Mapping[str, str]:
    """The versions of R and of its packages that fitted the cases, by name."""
    session = (REFERENCE / "session_info.txt").read_text("utf-8")
    found = dict(re.findall(r"([A-Za-z][\w.]*)_(\d[\d.-]*)", session))
    (found["R"],) = re.findall(r"^R version (\S+)", session, re.MULTILINE)
    return found
