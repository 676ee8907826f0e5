"""The variables of a formula computed from columns: ``log(x)``, ``I(age^2)``, ``poly(x, 2)``."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from ..arrays import Floats
from ..errors import DataError, FormulaError
from ..formula.syntax import (
    COMPARISONS,
    Binary,
    Call,
    Group,
    Keyword,
    Name,
    Node,
    Number,
    Text,
    Unary,
    written,
)
from ..linalg import quiet
from .bases import Basis, arguments_of, made_basis
from .columns import Column, Data, column, numeric
from .contrasts import Coding
from .factors import MISSING, Factor, factor
from .made_factors import cut_at, cut_points, relevelled, with_levels
from .truth import as_numbers, as_truth, compared, joined, negated

ARITHMETIC: dict[str, Callable[[Floats, Floats], Floats]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}

FUNCTIONS: dict[str, Callable[[Floats], Floats]] = {
    "log": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "log1p": np.log1p,
    "exp": np.exp,
    "expm1": np.expm1,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "floor": np.floor,
    "ceiling": np.ceil,
    "round": np.round,
}

BASES = {
    "poly": ("x", "degree", "raw"),
    "ns": ("x", "df", "knots"),
    "bs": ("x", "df", "knots", "degree"),
}
"""Functions that give several columns, with their arguments."""

FACTORS = frozenset({"factor", "as.factor", "relevel", "cut"})
"""Functions that give categories."""

CUT = ("right", "include.lowest")
"""Further arguments of ``cut``."""

ENOUGH = 2
"""Values that a standard deviation needs."""


@dataclass
class Memory:
    """What was learnt from the first data and must hold for new ones: scaling, bases and levels.

    ``columns`` are those of the first data that the variables are made of, with all their rows.
    """

    scaling: dict[str, tuple[float, float]] = field(default_factory=dict)
    levels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contrasts: dict[str, Coding] = field(default_factory=dict)
    ordered: dict[str, bool] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    bases: dict[str, Basis] = field(default_factory=dict)
    breaks: dict[str, tuple[float, ...]] = field(default_factory=dict)

    def copy(self) -> Memory:
        """One that new data cannot change."""
        return Memory(
            dict(self.scaling),
            dict(self.levels),
            dict(self.contrasts),
            dict(self.ordered),
            dict(self.columns),
            dict(self.bases),
            dict(self.breaks),
        )


def variable(node: Node, data: Data, memory: Memory) -> Column:
    """The values of a variable, with missing values kept (NaN, or a factor's code -1).

    Functions such as ``poly`` give an array of shape (n, k).
    """
    if isinstance(node, Name) and not _is_pi(node, data):
        values = _remembered(node.text, column(data, node.text), memory)
        memory.columns.setdefault(node.text, values)
        return values
    if isinstance(node, Call) and node.function in BASES:
        return _in_basis(node, data, memory)
    values = _value(node, data, memory)
    if isinstance(values, Factor):
        return _remembered(written(node), values, memory)
    if not values.ndim:
        msg = f"{written(node)} names no column of the data, so it cannot be a variable"
        raise FormulaError(msg)
    return values


def _as_first(name: str, values: Column, memory: Memory) -> Column:
    """A column that a function takes, with the levels that it had in the first data."""
    first = memory.columns.setdefault(name, values)
    if isinstance(first, Factor) and isinstance(values, Factor) and first.levels != values.levels:
        return _recoded(name, values, first.levels)
    return values


def _is_pi(node: Name, data: Data) -> bool:
    return node.text == "pi" and "pi" not in data


def _remembered(name: str, values: Column, memory: Memory) -> Column:
    if not isinstance(values, Factor) and name in memory.levels:
        values = factor(values)
    if isinstance(values, Factor):
        levels = memory.levels.setdefault(name, values.levels)
        if values.levels != levels:
            values = _recoded(name, values, levels)
        ordered = memory.ordered.setdefault(name, values.ordered)
        values = replace(values, ordered=ordered, contrasts=memory.contrasts.get(name))
    return values


def _recoded(name: str, values: Factor, levels: tuple[str, ...]) -> Factor:
    """The same categories as codes into other levels, of which those that occur must be some."""
    place = {level: i for i, level in enumerate(levels)}
    occurring = {values.levels[code] for code in set(values.codes.tolist()) - {MISSING}}
    unknown = sorted(occurring - set(place))
    if unknown:
        msg = f"column {name!r} has a new level {unknown[0]!r}; known are {', '.join(levels)}"
        raise DataError(msg)
    table = np.array([place.get(v, MISSING) for v in values.levels] + [MISSING], dtype=np.intp)
    return replace(values, codes=table[values.codes], levels=levels)


def _value(node: Node, data: Data, memory: Memory) -> Column:  # noqa: PLR0911  one for each kind
    """What a tree stands for: numbers, or categories (of truth values after a comparison)."""

    def read(one: Node) -> Column:
        return _value(one, data, memory)

    match node:
        case Group(inner) | Call("I", (inner,)):
            return read(inner)
        case Binary(operator) if operator in COMPARISONS:
            return as_truth(compared(node, read))
        case Binary("&" | "|"):
            return as_truth(joined(node, read))
        case Unary("!"):
            return as_truth(negated(node, read))
        case Call("ifelse"):
            return _either(node, data, memory)
        case Call(function, arguments) if function in FACTORS and arguments:
            return _categories(node, data, memory)
        case Name(text) if not _is_pi(node, data):
            return _as_first(text, column(data, text), memory)
    return _number(node, data, memory)


def _number(node: Node, data: Data, memory: Memory) -> Floats:  # noqa: PLR0911  the same
    def read(one: Node) -> Floats:
        values = as_numbers(_value(one, data, memory))
        return numeric(values, f"column {written(one)!r}")

    match node:
        case Number(value):
            return np.asarray(value)
        case Name("pi"):
            return np.asarray(math.pi)
        case Unary(operator, operand):
            return -read(operand) if operator == "-" else read(operand)
        case Binary(operator, left, right) if operator in ARITHMETIC:
            return _applied(node, ARITHMETIC[operator], read(left), read(right))
        case Call("scale", (argument,)):
            return _scaled(written(node), read(argument), memory)
        case Call("log", (argument, Number(base) | Keyword("base", Number(base)))) if base > 0:
            return _applied(node, lambda x: np.log(x) / math.log(base), read(argument))
        case Call(name, (argument,)) if name in FUNCTIONS:
            return _applied(node, FUNCTIONS[name], read(argument))
    known = ", ".join(["I", *FUNCTIONS, *BASES, *sorted(FACTORS), "ifelse", "scale", "offset"])
    msg = f"{written(node)} cannot be computed; known functions are {known}"
    raise FormulaError(msg)


def _in_basis(node: Call, data: Data, memory: Memory) -> Floats:
    """The columns of a basis, made from the first data."""
    name, given = written(node), arguments_of(node, BASES[node.function])
    if "x" not in given:
        msg = f"{name}: {node.function}( ) needs a column"
        raise FormulaError(msg)
    x = numeric(as_numbers(_value(given["x"], data, memory)), f"column {written(given['x'])!r}")
    if name not in memory.bases:
        memory.bases[name] = made_basis(node, x, given)
    return memory.bases[name](x)


def _categories(node: Call, data: Data, memory: Memory) -> Factor:
    if node.function in {"factor", "as.factor"}:
        return with_levels(node, _value(node.arguments[0], data, memory))
    named = ("x", "ref") if node.function == "relevel" else ("x", "breaks", *CUT)
    given = arguments_of(node, named)
    values = _value(given.get("x", node), data, memory)
    if node.function == "relevel":
        return relevelled(node, values, given)
    name, x = written(node), numeric(values, f"column {written(given['x'])!r}")
    if name not in memory.breaks:
        memory.breaks[name] = cut_points(node, x, given)
    return cut_at(x, memory.breaks[name], given)


def _either(node: Call, data: Data, memory: Memory) -> Column:
    """``ifelse(test, yes, no)``: one of two by row, missing where the test is."""
    given = arguments_of(node, ("test", "yes", "no"))
    if len(given) < 3:  # noqa: PLR2004
        msg = f"{written(node)}: ifelse( ) takes a test and what holds if it does, and if not"
        raise FormulaError(msg)
    test = as_numbers(_value(given["test"], data, memory))
    if isinstance(test, Factor):
        msg = f"{written(node)}: the test must be true or false, such as x > 0"
        raise FormulaError(msg)
    sides = [
        one.value if isinstance(one, Text) else as_numbers(_value(one, data, memory))
        for one in (given["yes"], given["no"])
    ]
    known = ~np.isnan(test)
    if not any(isinstance(side, str | Factor) for side in sides):
        chosen = np.where(test == 1, sides[0], sides[1])  # type: ignore[arg-type]
        return np.where(known, chosen, np.nan)
    yes, no = (_texts(side, len(test)) for side in sides)
    found = np.where(test == 1, yes, no)
    found[~known] = None
    return factor(found)


def _texts(side: Column | str, n: int) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """A side of ``ifelse`` as text by row, None where missing."""
    if isinstance(side, str):
        return np.full(n, side, dtype=object)
    made = side if isinstance(side, Factor) else factor(np.broadcast_to(side, n))
    return np.array([*made.levels, None], dtype=object)[made.codes]


def _applied(node: Node, function: Callable[..., Floats], *values: Floats) -> Floats:
    """The function of columns of one length, or of numbers; infinite only where one of them is."""
    lengths = {len(value) for value in values if value.ndim}
    if len(lengths) > 1:
        msg = f"{written(node)}: the columns have {' and '.join(map(str, sorted(lengths)))} values"
        raise DataError(msg)
    with quiet():
        result = np.asarray(function(*values), dtype=float)
    known = ~np.isnan(np.asarray(sum(values)))
    if np.any(known & ~np.isfinite(result)):
        msg = f"{written(node)} is not finite for some rows; look for zeros or negative numbers"
        raise DataError(msg)
    return result


def _scaled(name: str, value: Floats, memory: Memory) -> Floats:
    if name not in memory.scaling:
        if np.count_nonzero(~np.isnan(value)) < ENOUGH:
            msg = f"{name}: fewer than two values have no standard deviation to be scaled by"
            raise DataError(msg)
        memory.scaling[name] = float(np.nanmean(value)), float(np.nanstd(value, ddof=1))
    center, spread = memory.scaling[name]
    if not spread > 0:
        msg = f"{name}: all values are equal, so they cannot be scaled by their standard deviation"
        raise DataError(msg)
    return (value - center) / spread
