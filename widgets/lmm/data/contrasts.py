"""How a factor becomes columns: R's treatment, sum, Helmert and polynomial contrasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

import numpy as np

from ..arrays import Floats
from ..errors import MethodError

Coding = Literal["treatment", "sum", "helmert", "poly"]
"""The name of a set of contrasts, as R's ``contr.…`` functions have it."""

Contrasts = Mapping[str, Coding]
"""By variable, as it is written in the formula."""

POLYNOMIAL = (".L", ".Q", ".C")
"""What R calls the first powers."""


def check_contrasts(given: object) -> dict[str, Coding]:
    """The contrasts asked for, by variable.

    Raises
    ------
    MethodError
        If they are no mapping of variables to one of the known names.
    """
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        msg = f"contrasts must name a coding for each variable, as {{'dose': 'sum'}}, not {given!r}"
        raise MethodError(msg)
    for name, coding in given.items():
        if coding not in get_args(Coding):
            known = ", ".join(get_args(Coding))
            msg = f"contrasts: the coding of {name!r} must be one of {known}, not {coding!r}"
            raise MethodError(msg)
    return dict(given)


def contrast_columns(coding: Coding, levels: Sequence[str]) -> tuple[Floats, list[str]]:
    """The contrasts of a factor.

    Returns
    -------
    array of shape (L, L - 1), list of str
        The columns by level, and what their names add to the variable's.
    """
    return _MAKERS[coding](levels)


def _treatment(levels: Sequence[str]) -> tuple[Floats, list[str]]:
    return np.eye(len(levels))[:, 1:], list(levels[1:])


def _sum(levels: Sequence[str]) -> tuple[Floats, list[str]]:
    L = len(levels)
    return np.vstack([np.eye(L - 1), -np.ones((1, L - 1))]), _numbered(L)


def _helmert(levels: Sequence[str]) -> tuple[Floats, list[str]]:
    row, column = np.indices((len(levels), len(levels) - 1))
    found = np.where(row <= column, -1.0, np.where(row == column + 1, column + 1.0, 0.0))
    return found, _numbered(len(levels))


def _polynomial(levels: Sequence[str]) -> tuple[Floats, list[str]]:
    """Orthonormal polynomials of equidistant scores, by Forsythe's recursion (R: contr.poly)."""
    L = len(levels)
    x = np.arange(L) - (L - 1) / 2
    found = [np.full(L, 1 / np.sqrt(L))]
    for _ in range(1, L):
        new = found[-1] * x
        for _twice in range(2):  # rounding of the first pass is taken out by the second
            for old in found:
                new = new - old * float(old @ new)
        found.append(new / np.sqrt(float(new @ new)))
    return np.column_stack(found[1:]), [
        POLYNOMIAL[k - 1] if k <= len(POLYNOMIAL) else f"^{k}" for k in range(1, L)
    ]


def _numbered(L: int) -> list[str]:
    return [str(k) for k in range(1, L)]


_MAKERS: dict[Coding, Callable[[Sequence[str]], tuple[Floats, list[str]]]] = {
    "treatment": _treatment,
    "sum": _sum,
    "helmert": _helmert,
    "poly": _polynomial,
}
