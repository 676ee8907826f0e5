"""Columns of data: numbers or factors, and which rows are complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..errors import DataError
from .factors import (
    LARGEST_WHOLE,
    MISSING,
    TRUTH_VALUES,
    Factor,
    as_factor,
    contents,
    factor,
    is_number,
)
from .values import as_array, listed

Data = Mapping[str, Any]

Column = Floats | Factor

NOT_AVAILABLE = "NA"
"""The text of a missing value."""

MOST_NAMES = 30
"""Columns that an error lists."""


def column(data: Data, name: str) -> Column:
    """A column as numbers (NaN where missing), or as a factor if it holds text or truth values.

    Raises
    ------
    DataError
        If there is no such column, or it holds something else.
    """
    _check_table(data)
    if name not in data:
        names = [str(other) for other in islice(data, MOST_NAMES + 1)]
        names[MOST_NAMES:] = ["…"] * (len(names) > MOST_NAMES)
        msg = f"the data have no column {name!r}; they have {', '.join(names) or 'none'}"
        raise DataError(msg)
    values = data[name]
    if isinstance(values, Factor):
        return values
    categories = getattr(getattr(values, "cat", None), "categories", None)
    if categories is not None:
        ordered = bool(getattr(values.cat, "ordered", False))
        return factor(np.asarray(values, dtype=object), list(categories), ordered=ordered)
    return _from_array(name, as_array(f"column {name!r}", values))


def categories(data: Data, name: str) -> Factor:
    """A column as a factor; whole numbers are names here, of any length.

    Raises
    ------
    DataError
        If there is no such column, or it holds something else.
    """
    _check_table(data)
    if name in data and not isinstance(data[name], Factor):
        array = as_array(f"column {name!r}", data[name])
        values = listed(array) if array.dtype.kind == "O" else []
        kinds = set(map(type, values)) - {type(None)}
        if array.dtype.kind in "iu" or kinds == {int}:
            return factor(array)
        if array.dtype.kind == "U" and not np.any(array == NOT_AVAILABLE):
            return factor(array)
        if array.dtype.kind == "U" or kinds == {str}:
            names = [None if one == NOT_AVAILABLE else one for one in listed(array)]
            return factor(np.array(names, dtype=object))
    return as_factor(column(data, name))


def _check_table(data: object) -> None:
    looks_up = hasattr(data, "__getitem__") and hasattr(data, "__contains__")
    if not looks_up or not (hasattr(data, "keys") or hasattr(data, "columns")):
        msg = f"the data must be columns by name (a dict or a DataFrame), not {type(data).__name__}"
        raise DataError(msg)


def _from_array(name: str, array: NDArray[Any]) -> Column:
    kind = array.dtype.kind
    if kind in "iuf":
        _check_whole_numbers(name, array)
        return array.astype(float)
    if kind == "b":
        return Factor(array.astype(np.intp), TRUTH_VALUES)
    if kind in "US":
        return _from_text(name, array.astype(str))
    if kind == "O":
        return _from_objects(name, array)
    msg = f"column {name!r} holds {array.dtype} values; it must hold numbers, text or truth values"
    raise DataError(msg)


def _check_whole_numbers(name: str, array: NDArray[Any]) -> None:
    if array.dtype.kind in "iu" and np.any(np.abs(array.astype(float)) > LARGEST_WHOLE):
        raise _too_long(name)


def _too_long(name: str) -> DataError:
    return DataError(
        f"column {name!r} has whole numbers of more than 15 digits, which cannot be told apart "
        "as numbers; if they are names, give them as text"
    )


def _from_text(name: str, array: NDArray[Any]) -> Factor:
    """Text as a factor; ``NA`` is a missing value, as where R reads a table."""
    if array.dtype.kind == "U" and not np.any(array == NOT_AVAILABLE):
        return factor(array)
    given = listed(array)
    values = [None if one == NOT_AVAILABLE else one for one in given]
    others = {one for one in values if one is not None}
    if values != given and others and all(map(is_number, others)):
        msg = (
            f"column {name!r} holds numbers as text, such as {min(others)!r}, and 'NA'; it must "
            "hold numbers, and NaN or None where one is missing"
        )
        raise DataError(msg)
    return factor(np.array(values, dtype=object))


def _from_objects(name: str, array: NDArray[Any]) -> Column:
    if set(map(type, array.tolist())) == {str}:
        return _from_text(name, array.astype(str))
    values = listed(array)
    present = [one for one in values if one is not None]
    if present and all(isinstance(one, bool) for one in present):
        labels = [None if one is None else TRUTH_VALUES[one] for one in values]
        return factor(np.array(labels, dtype=object))
    if all(isinstance(one, int | float) for one in present):
        if any(isinstance(one, int) and abs(one) > LARGEST_WHOLE for one in present):
            raise _too_long(name)
        return np.array([np.nan if one is None else one for one in values], dtype=float)
    other = [type(one).__name__ for one in present if not isinstance(one, str)]
    if not other:
        return _from_text(name, array)
    text = [repr(one) for one in present if isinstance(one, str)]
    found = f"text such as {text[0]} and {other[0]} values" if text else f"{other[0]} values"
    msg = (
        f"column {name!r} holds {found}; it must hold only numbers, only text or only truth "
        "values, and None where one is missing"
    )
    raise DataError(msg)


def numeric(values: Column, what: str) -> Floats:
    """The column as numbers, NaN where missing.

    Raises
    ------
    DataError
        If it holds categories; ``what`` is the name that it is given then.
    """
    if isinstance(values, Factor):
        msg = f"{what} holds {contents(values)}; it must hold numbers"
        raise DataError(msg)
    return values


def complete_rows(columns: Iterable[tuple[str, Column]]) -> NDArray[np.bool_]:
    """Which rows have no missing value, as R's ``na.omit`` sees it.

    Raises
    ------
    DataError
        If the columns differ in length, a number is infinite, or no row is complete.
    """
    complete: NDArray[np.bool_] | None = None
    first = ""
    for name, values in columns:
        here = _present(name, values)
        if complete is None:
            complete, first = here, name
        elif len(here) != len(complete):
            msg = (
                f"column {name!r} has {len(here)} values, {first!r} has {len(complete)}; all need "
                "one for each row"
            )
            raise DataError(msg)
        else:
            complete = complete & here
    if complete is None or not np.any(complete):
        msg = "no row of the data is complete: each misses the value of one column or another"
        raise DataError(msg)
    return complete


def present(values: Column) -> NDArray[np.bool_]:
    """Which rows of a column have a value, shape (n,); of a matrix those that have all."""
    if isinstance(values, Factor):
        here: NDArray[np.bool_] = values.codes != MISSING
        return here
    there: NDArray[np.bool_] = ~np.isnan(values)
    return there if there.ndim == 1 else there.all(axis=1)


def _present(name: str, values: Column) -> NDArray[np.bool_]:
    """Which rows of a column have a value, none of them infinite."""
    here = present(values)
    if not isinstance(values, Factor):
        infinite = np.flatnonzero(np.isinf(values).reshape(len(values), -1).any(axis=1))
        if infinite.size:
            msg = f"column {name!r} is infinite in row {infinite[0] + 1}; all values must be finite"
            raise DataError(msg)
    if not np.any(here):
        msg = f"column {name!r} has no value in any row"
        raise DataError(msg)
    return here


def rows_of(values: Column, rows: NDArray[np.bool_]) -> Column:
    """The chosen rows."""
    if isinstance(values, Factor):
        return replace(values, codes=values.codes[rows])
    return values[rows]
