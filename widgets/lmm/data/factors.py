"""Factors: categorical columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..arrays import Floats, Integers
from ..errors import DataError
from .contrasts import Coding
from .values import as_array, listed, missing

LARGEST_WHOLE = 2.0**53
"""From here on neighbouring whole numbers are the same float."""

MISSING = -1
"""The code of a missing value."""

TRUTH_VALUES = ("FALSE", "TRUE")


@dataclass(frozen=True)
class Factor:
    """A categorical column: ``codes`` count into ``levels``; the first level is the reference.

    An ``ordered`` factor has polynomial contrasts unless others are asked for, as in R;
    ``contrasts`` are those asked for.
    """

    codes: Integers
    levels: tuple[str, ...]
    ordered: bool = False
    contrasts: Coding | None = None

    def __len__(self) -> int:
        """Number of observations."""
        return len(self.codes)


def factor(
    values: ArrayLike, levels: Sequence[object] | None = None, *, ordered: bool = False
) -> Factor:
    """A column as categories.

    Parameters
    ----------
    values : array-like, one-dimensional
        Text or numbers; ``None`` and NaN are missing. Numbers that agree in 15 digits are one
        category, as in R.
    levels : sequence, optional
        The categories in order, the first being the reference. Without it they are in numeric
        order if all values are numbers, else in code-point order.
    ordered : bool
        Whether the order means something: then the contrasts are polynomial.

    Raises
    ------
    DataError
        If the values are not a column, one is not among the levels, or they are floats too large
        to be names.
    """
    array = as_array("a factor", values)
    present = ~missing(array)
    if levels is not None:
        return replace(_with_levels(array, present, levels), ordered=ordered)
    kept, inverse = _distinct(_sortable(array[present]))
    _check_whole(kept)
    labels = [label_of(value) for value in kept.tolist()]
    place = {label: i for i, label in enumerate(dict.fromkeys(labels))}
    codes = np.full(len(array), MISSING, dtype=np.intp)
    codes[present] = np.array([place[label] for label in labels], dtype=np.intp)[inverse]
    return Factor(codes, tuple(place), ordered)


def _check_whole(values: NDArray[Any]) -> None:
    """Refuse categories named by floats so large that neighbouring whole numbers are one."""
    if values.dtype.kind == "f" and np.any(np.abs(values) > LARGEST_WHOLE):
        largest = float(values[np.argmax(np.abs(values))])
        msg = (
            f"a category is called {largest:g}: whole numbers of more than 15 digits cannot be "
            "told apart as numbers; give such names as text"
        )
        raise DataError(msg)


def _with_levels(array: NDArray[Any], present: NDArray[np.bool_], levels: object) -> Factor:
    if isinstance(levels, str) or not isinstance(levels, Iterable):
        msg = f"levels must be the categories in order, not {levels!r}"
        raise DataError(msg)
    labels = tuple(label_of(level) for level in levels)
    place = {label: i for i, label in enumerate(labels)}
    if len(place) < len(labels):
        msg = f"the levels {', '.join(labels)} name one of them twice"
        raise DataError(msg)
    found = [label_of(value) for value in listed(array[present])]
    strange = sorted(set(found) - set(labels))
    if strange:
        msg = f"the value {strange[0]!r} is not among the levels {', '.join(labels)}"
        raise DataError(msg)
    codes = np.full(len(array), MISSING, dtype=np.intp)
    codes[present] = [place[label] for label in found]
    return Factor(codes, labels)


def as_factor(values: Floats | Factor) -> Factor:
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
    levels = tuple(values.levels[k] for k in kept)
    return replace(values, codes=place[values.codes], levels=levels)


def contents(values: Factor) -> str:
    """What a factor holds instead of numbers, in words: the first level that is none."""
    if set(values.levels) <= set(TRUTH_VALUES):
        return "truth values"
    strange = [level for level in values.levels if not is_number(level)]
    return f"text such as {(strange or values.levels)[0]!r}"


def is_number(text: str) -> bool:
    """Whether a text can be read as a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def _sortable(array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype.kind != "O":
        return array
    values = listed(array)
    if all(isinstance(v, int) and not isinstance(v, bool) for v in values):
        return array_of_integers(values)
    numbers = all(isinstance(v, int | float) for v in values)
    return np.array(values, dtype=float if numbers else str)


def array_of_integers(values: Sequence[int]) -> NDArray[Any]:
    """Whole numbers of any size, shape (n,), none of them rounded."""
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _distinct(values: NDArray[Any]) -> tuple[NDArray[Any], Integers]:
    """The distinct values in order, and the place of each value among them.

    Only the first of equal neighbours is sorted: rows mostly come group by group.
    """
    first = np.ones(len(values), dtype=bool)
    first[1:] = values[1:] != values[:-1]
    kept, inverse = np.unique(values[first], return_inverse=True)
    return kept, inverse.reshape(-1)[np.cumsum(first) - 1]


def label_of(value: object) -> str:
    """What a category is called whose values are this, as R writes it."""
    if isinstance(value, bool):
        return TRUTH_VALUES[value]
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"  # noqa: PLR2004
    return str(value)
