"""The reference grid: all combinations of categories, covariates at their means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from ..arguments import numbers, shown
from ..arrays import Floats
from ..data.columns import numeric, present
from ..data.factors import Factor
from ..errors import MethodError
from ..formula import written
from ..formula.syntax import Binary, Call, Group, Name, Node, Unary
from .reference import Reference

Value = str | float
"""A level of a factor, or the value of a covariate."""

Columns = Mapping[str, tuple[Value, ...]]
"""The values in the grid, by column of the data."""


@dataclass(frozen=True)
class Cell:
    """One combination of the variables that means are asked for, and its rows of the grid."""

    levels: Mapping[str, Value]
    rows: Sequence[Mapping[str, Value]]


def columns_of(reference: Reference, at: object) -> dict[str, tuple[Value, ...]]:
    """The values of each column of the fixed part.

    Parameters
    ----------
    at : values to take instead of a covariate's mean, or some levels of a factor

    Raises
    ------
    MethodError
        If ``at`` names another column, or values that it cannot have.
    """
    found: dict[str, tuple[Value, ...]] = {}
    sides = [*reference.formula.fixed.variables.values(), *reference.formula.fixed.offsets]
    factors = {name: levels for node in sides for name, levels in _factors(node, reference)}
    for name in dict.fromkeys(name for node in sides for name in names_of(node)):
        if name in factors:
            found[name] = factors[name]
            continue
        column = reference.memory.columns.get(name)
        if isinstance(column, Factor):
            found[name] = column.levels
        else:
            found[name] = (float(np.mean(covariate(reference, name))),)
    if at is not None and not isinstance(at, Mapping):
        msg = f"at must give values by column, such as {{'time': [1, 5]}}, not {shown(at)}"
        raise MethodError(msg)
    for name, given in ({} if at is None else at).items():
        if name not in found:
            raise unknown(found, "at", name)
        found[name] = _given(name, given, found[name])
    return found


def covariate(reference: Reference, name: str) -> Floats:
    """The values of a numeric column where no fixed effect is missing, shape (m,).

    Rows whose response is missing count, as where R's emmeans is given the data.
    """
    columns = reference.memory.columns
    complete = np.ones(len(reference.frame.rows), dtype=bool)
    for node in reference.formula.fixed.variables.values():
        for one in names_of(node):
            complete &= present(columns[one])
    result: Floats = numeric(columns[name], f"column {name!r}")[complete]
    return result


def unknown(columns: Mapping[str, object], argument: str, name: object) -> MethodError:
    """The error for a name that is no column of the fixed part."""
    there = ", ".join(columns) or "none"
    msg = f"{argument}: {name!r} is no variable of the fixed effects, which have {there}"
    return MethodError(msg)


def _given(name: str, given: object, known: tuple[Value, ...]) -> tuple[Value, ...]:
    single = isinstance(given, str) or not isinstance(given, Sequence | np.ndarray)
    listed: list[Any] = [given] if single else list(given)  # type: ignore[call-overload]
    if known and isinstance(known[0], str):
        levels = [str(one) for one in listed]
        for one in levels:
            if one not in known:
                msg = f"at: {name!r} has no level {one!r}; it has {', '.join(map(str, known))}"
                raise MethodError(msg)
        if levels:
            return tuple(levels)
    else:
        values = numbers(f"at: the values of {name!r}", listed)
        if values.ndim == 1 and values.size and np.all(np.isfinite(values)):
            return tuple(values.tolist())
    msg = f"at: the values of {name!r} must be at least one, and finite, not {shown(given)}"
    raise MethodError(msg)


def names_of(node: Node) -> Iterator[str]:
    """The columns that a variable is made of."""
    match node:
        case Name(text):
            yield text
        case Call(_, arguments):
            for one in arguments:
                yield from names_of(one)
        case Unary(_, operand):
            yield from names_of(operand)
        case Binary(_, left, right):
            yield from names_of(left)
            yield from names_of(right)
        case Group(inner):
            yield from names_of(inner)


def _factors(node: Node, reference: Reference) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Columns that stand in a variable as categories, with their levels."""
    match node:
        case Name(text) if text in reference.memory.levels:
            yield text, reference.memory.levels[text]
        case Call("factor" | "as.factor", (Name(text),)):
            levels = reference.memory.levels.get(written(node))
            if levels is not None:
                yield text, levels


def cells_of(columns: Columns, wanted: Sequence[str]) -> list[Cell]:
    """The cells of the wanted columns, the first varying fastest, each over all the others."""
    others = [name for name in columns if name not in wanted]
    rest = [dict(zip(others, one, strict=True)) for one in product(*(columns[n] for n in others))]
    cells = []
    for chosen in product(*(columns[name] for name in reversed(wanted))):
        levels = dict(zip(wanted, reversed(chosen), strict=True))
        cells.append(Cell(levels, [{**levels, **one} for one in rest]))
    return cells


def averaged(
    reference: Reference, cells: Sequence[Cell], columns: Columns
) -> tuple[Floats, Floats]:
    """The rows L (c, p) of the cells' means, with equal weights, and their offsets (c,)."""
    rows = [row for cell in cells for row in cell.rows]
    newdata = {
        name: [row[name] for row in rows]
        if isinstance(values[0], str)
        else np.array([row[name] for row in rows], dtype=float)
        for name, values in columns.items()
    }
    if not newdata:
        newdata = {"": np.zeros(len(rows))}
    X, offset = reference.rows(newdata)
    each = len(cells[0].rows)
    return X.reshape(len(cells), each, -1).mean(axis=1), offset.reshape(-1, each).mean(axis=1)
