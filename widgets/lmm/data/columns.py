"""Columns of data: numbers, factors, and which rows are complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from widgets.lmm.arrays import Floats, Integers
from widgets.lmm.errors import DataError

Data = Mapping[str, Any]

MISSING = -1
"""The code of a missing value in a factor."""


@dataclass(frozen=True)
class Factor:
    """A categorical column: ``codes`` count into ``levels``; the first level is the reference."""

    codes: NDArray[np.intp]
    levels: tuple[str, ...]

    def __len__(self) -> int:
        """Number of observations."""
        return len(self.codes)


Column = Floats | Factor

LARGEST_WHOLE = 2.0**53
"""From here on neighbouring whole numbers are the same float."""


def factor(values: ArrayLike, levels: Sequence[object] | None = None) -> Factor:
    """A column as categories.

    Parameters
    ----------
    values : array-like, one-dimensional
        Text or numbers; ``None`` and NaN are missing.
    levels : sequence, optional
        The categories in order, the first being the reference. Without it they are in numeric
        order if all values are numbers, else in code-point order.

    Raises
    ------
    DataError
        If a value is not among the levels.
    """
    array = np.asarray(values)
    if array.ndim != 1:
        msg = f"a factor is made from one column, not from an array of shape {array.shape}"
        raise DataError(msg)
    present = ~_missing(array)
    if levels is None:
        kept, inverse = _distinct(_sortable(array[present]))
        codes = np.full(len(array), MISSING, dtype=np.intp)
        codes[present] = inverse
        return Factor(codes, tuple(_label(value) for value in kept.tolist()))
    if isinstance(levels, str) or not isinstance(levels, Iterable):
        msg = f"levels must be the categories in order, not {levels!r}"
        raise DataError(msg)
    labels = tuple(_label(level) for level in levels)
    place = {label: i for i, label in enumerate(labels)}
    if len(place) < len(labels):
        msg = f"the levels {', '.join(labels)} name one of them twice"
        raise DataError(msg)
    found = [
        _label(value) if here else "" for value, here in zip(array.tolist(), present, strict=True)
    ]
    strange = sorted({f for f, here in zip(found, present, strict=True) if here} - set(labels))
    if strange:
        msg = f"the value {strange[0]!r} is not among the levels {', '.join(labels)}"
        raise DataError(msg)
    numbers = [place[f] if here else MISSING for f, here in zip(found, present, strict=True)]
    return Factor(np.array(numbers, dtype=np.intp), labels)


def column(data: Data, name: str) -> Column:
    """A column as numbers (NaN where missing), or as a factor if it holds text or truth values."""
    if not hasattr(data, "__getitem__") or not hasattr(data, "__contains__"):
        msg = f"the data must be columns by name (a dict or a DataFrame), not {type(data).__name__}"
        raise DataError(msg)
    if name not in data:
        msg = f"the data have no column {name!r}; they have {', '.join(map(str, data))}"
        raise DataError(msg)
    values = data[name]
    if isinstance(values, Factor):
        return values
    categories = getattr(getattr(values, "cat", None), "categories", None)
    if categories is not None:
        return factor(np.asarray(values, dtype=object), list(categories))
    array = np.asarray(values)
    if array.ndim != 1:
        msg = f"column {name!r} has the shape {array.shape}; a column has one dimension"
        raise DataError(msg)
    return _from_array(name, array)


def _from_array(name: str, array: NDArray[Any]) -> Column:
    kind = array.dtype.kind
    if kind in "iuf":
        _check_whole_numbers(name, array)
        return array.astype(float)
    if kind == "b":
        return Factor(array.astype(np.intp), ("FALSE", "TRUE"))
    if kind in "US":
        return factor(array.astype(str))
    if kind == "O":
        return _from_objects(name, array)
    msg = f"column {name!r} holds {array.dtype} values; it must hold numbers, text or truth values"
    raise DataError(msg)


def _check_whole_numbers(name: str, array: NDArray[Any]) -> None:
    if array.dtype.kind in "iu" and np.any(np.abs(array.astype(float)) > LARGEST_WHOLE):
        msg = (
            f"column {name!r} has whole numbers of more than 15 digits, which cannot be told apart "
            "as numbers; if they are names, give them as text"
        )
        raise DataError(msg)


def as_factor(values: Column) -> Factor:
    """The column as categories."""
    return values if isinstance(values, Factor) else factor(values)


def combined(parts: Sequence[Factor]) -> Factor:
    """The combinations that occur, called ``a:b``, the first factor varying slowest."""
    if len(parts) == 1:
        return drop_unused(parts[0])
    key = np.zeros(len(parts[0]), dtype=np.intp)
    for part in parts:
        key = key * len(part.levels) + part.codes
    kept, codes = np.unique(key, return_inverse=True)
    names = []
    for value in kept.tolist():
        labels = []
        for part in reversed(parts):
            value, code = divmod(value, len(part.levels))  # noqa: PLW2901  digits of a mixed radix
            labels.append(part.levels[code])
        names.append(":".join(reversed(labels)))
    return Factor(codes.reshape(-1).astype(np.intp), tuple(names))


def drop_unused(values: Factor) -> Factor:
    """The factor with only the levels that occur."""
    counts = np.bincount(values.codes, minlength=len(values.levels))
    if np.all(counts > 0):
        return values
    kept = np.flatnonzero(counts)
    place = np.full(len(counts), MISSING, dtype=np.intp)
    place[kept] = np.arange(len(kept))
    return Factor(place[values.codes], tuple(values.levels[k] for k in kept))


def complete_rows(columns: Iterable[tuple[str, Column]]) -> NDArray[np.bool_]:
    """Which rows have no missing value, as R's ``na.omit`` sees it.

    Raises
    ------
    DataError
        If the columns differ in length or a number is infinite.
    """
    complete: NDArray[np.bool_] | None = None
    for name, values in columns:
        if complete is not None and len(values) != len(complete):
            msg = f"column {name!r} has {len(values)} values, the others have {len(complete)}"
            raise DataError(msg)
        if isinstance(values, Factor):
            here = values.codes != MISSING
        else:
            here = ~np.isnan(values)
            if np.any(np.isinf(values)):
                row = int(np.flatnonzero(np.isinf(values))[0])
                msg = f"column {name!r} is infinite in row {row + 1}; all values must be finite"
                raise DataError(msg)
        complete = here if complete is None else complete & here
    if complete is None or not np.any(complete):
        msg = "no row of the data is complete; at least one column has no values left"
        raise DataError(msg)
    return complete


def rows_of(values: Column, rows: NDArray[np.bool_]) -> Column:
    """The chosen rows."""
    if isinstance(values, Factor):
        return Factor(values.codes[rows], values.levels)
    return values[rows]


def _from_objects(name: str, array: NDArray[Any]) -> Column:
    if set(map(type, array.tolist())) == {str}:
        return factor(array.astype(str))
    present = [v for v in array.tolist() if not _is_missing(v)]
    if present and all(isinstance(v, bool) for v in present):
        text = [None if _is_missing(v) else str(v).upper() for v in array.tolist()]
        return factor(np.array(text, dtype=object))
    if all(isinstance(v, int | float) for v in present):
        return np.array([np.nan if _is_missing(v) else v for v in array.tolist()], dtype=float)
    if not all(isinstance(v, str) for v in present):
        msg = f"column {name!r} mixes text and other values; it must hold only one kind"
        raise DataError(msg)
    return factor(array)


def _is_missing(value: object) -> bool:
    if value is None or type(value).__name__ == "NAType":  # pandas' NA, which has no truth value
        return True
    return isinstance(value, float) and value != value  # noqa: PLR0124  NaN


def _missing(array: NDArray[Any]) -> NDArray[np.bool_]:
    if array.dtype.kind == "f":
        result: NDArray[np.bool_] = np.isnan(array)
        return result
    if array.dtype.kind == "O":
        return np.array([_is_missing(v) for v in array.tolist()], dtype=bool)
    return np.zeros(len(array), dtype=bool)


def _sortable(array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype.kind != "O":
        return array
    values = array.tolist()
    numbers = all(isinstance(v, int | float) for v in values)
    return np.array(values, dtype=float if numbers else str)


def _distinct(values: NDArray[Any]) -> tuple[NDArray[Any], Integers]:
    """The distinct values in order, and the place of each value among them.

    Only the first of equal neighbours is sorted: rows mostly come group by group.
    """
    first = np.ones(len(values), dtype=bool)
    first[1:] = values[1:] != values[:-1]
    kept, inverse = np.unique(values[first], return_inverse=True)
    return kept, inverse.reshape(-1)[np.cumsum(first) - 1]


def _label(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"  # noqa: PLR2004
    return str(value)
