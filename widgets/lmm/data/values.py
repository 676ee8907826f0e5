"""Values as they are given: as an array, and which of them are missing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..arguments import shown
from ..errors import DataError


def as_array(name: str, values: ArrayLike) -> NDArray[Any]:
    """The values of a column, shape (n,).

    Raises
    ------
    DataError
        If they are not a column: a single value, rows of several, a table.
    """
    try:
        array = np.asarray(values)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    if array.ndim == 0:
        msg = f"{name} must be a list or array with one value for each row, not {shown(values)}"
        raise DataError(msg)
    if array.ndim > 1:
        msg = f"{name} has the shape {array.shape}; a column has one dimension"
        raise DataError(msg)
    if array.dtype.kind == "U" and isinstance(values, list | tuple):
        kinds = set(map(type, values))
        if not kinds <= {str, np.str_}:  # numpy has written numbers, even NaN, as text
            return np.array(values, dtype=object)
    if array.dtype.kind == "f" and isinstance(values, list | tuple) and _rounded(values):
        return np.array(values, dtype=object)
    return array


def _rounded(values: list[Any] | tuple[Any, ...]) -> bool:
    """Whether numpy had to round a whole number."""
    return any(type(one) is int and one != int(float(one)) for one in values)


def listed(array: NDArray[Any]) -> list[Any]:
    """The values as Python's own, None where they are missing."""
    values = (one.item() if isinstance(one, np.generic) else one for one in array.tolist())
    return [None if _is_missing(one) else one for one in values]


def missing(array: NDArray[Any]) -> NDArray[np.bool_]:
    """Which values are missing, shape (n,)."""
    if array.dtype.kind == "f":
        result: NDArray[np.bool_] = np.isnan(array)
        return result
    if array.dtype.kind == "O":
        return np.array([one is None for one in listed(array)], dtype=bool)
    return np.zeros(len(array), dtype=bool)


def _is_missing(value: object) -> bool:
    if value is None or type(value).__name__ == "NAType":  # pandas' NA, which has no truth value
        return True
    return isinstance(value, float) and value != value  # noqa: PLR0124  NaN
