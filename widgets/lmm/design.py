"""Columns of data made into the matrices of a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from widgets.lmm.errors import DataError, DesignError
from widgets.lmm.formula import Formula

Floats = NDArray[np.float64]
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Factor:
    """A categorical column: ``codes`` count into ``levels``; the first level is the reference."""

    codes: NDArray[np.intp]
    levels: tuple[str, ...]

    def __len__(self) -> int:
        """Number of observations."""
        return len(self.codes)


def factor(values: ArrayLike, levels: Sequence[object] | None = None) -> Factor:
    """A column as categories.

    Levels are in numeric order if all are numbers, else in code-point order, unless given.
    """
    array = np.asarray(values)
    if levels is None:
        kept, codes = np.unique(array, return_inverse=True)
        return Factor(codes.reshape(-1).astype(np.intp), tuple(_label(v) for v in kept.tolist()))
    labels = [_label(v) for v in levels]
    place = {label: i for i, label in enumerate(labels)}
    found = [_label(v) for v in array.tolist()]
    strange = sorted(set(found) - set(labels))
    if strange:
        msg = f"the value {strange[0]!r} is not among the levels {', '.join(labels)}"
        raise DataError(msg)
    return Factor(np.array([place[v] for v in found], dtype=np.intp), tuple(labels))


def column(data: Data, name: str) -> Floats | Factor:
    """A column as numbers, or as a factor if it holds text."""
    if name not in data:
        msg = f"the data have no column {name!r}; they have {', '.join(map(str, data))}"
        raise DataError(msg)
    values = data[name]
    if isinstance(values, Factor):
        return values
    array = np.asarray(values)
    if array.dtype.kind in "OUS":
        return factor(array)
    numbers = array.astype(float)
    if not np.all(np.isfinite(numbers)):
        msg = f"column {name!r} holds values that are missing or infinite"
        raise DataError(msg)
    return numbers


def group_of(data: Data, name: str) -> Factor:
    """A grouping column; at least two of its levels must occur."""
    values = column(data, name)
    groups = values if isinstance(values, Factor) else factor(values)
    seen = len(np.unique(groups.codes))
    if seen < 2:  # noqa: PLR2004  one group cannot vary
        msg = f"grouping factor {name!r} has {seen} level; a random effect needs at least 2"
        raise DesignError(msg)
    return groups


def fixed_effects(formula: Formula, data: Data, n: int) -> tuple[Floats, tuple[str, ...]]:
    """X of shape (n, p) with treatment contrasts, and R's names of its columns."""
    blocks: list[Floats] = [np.ones((n, 1))] if formula.intercept else []
    names: list[str] = ["(Intercept)"] if formula.intercept else []
    full = not formula.intercept
    for term in formula.terms:
        parts = [_coded(data, name, full=full and len(term) == 1) for name in term]
        full = full and not any(isinstance(column(data, name), Factor) for name in term)
        for chosen in product(*(range(len(labels)) for _, labels in reversed(parts))):
            picks = list(zip(parts, reversed(chosen), strict=True))
            names.append(":".join(labels[i] for (_, labels), i in picks))
            blocks.append(np.prod([block[:, i] for (block, _), i in picks], axis=0)[:, None])
    return np.hstack(blocks) if blocks else np.empty((n, 0)), tuple(names)


def _coded(data: Data, name: str, *, full: bool) -> tuple[Floats, list[str]]:
    values = column(data, name)
    if not isinstance(values, Factor):
        return values[:, None], [name]
    first = 0 if full else 1
    indicators = (values.codes[:, None] == np.arange(first, len(values.levels))).astype(float)
    return indicators, [f"{name}{level}" for level in values.levels[first:]]


def _label(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
