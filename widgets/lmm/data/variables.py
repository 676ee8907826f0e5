"""The variables of a formula computed from columns: ``log(x)``, ``I(age^2)``, ``scale(x)``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from ..arrays import Floats
from ..errors import DataError, FormulaError
from ..formula.syntax import Binary, Call, Group, Name, Node, Number, Unary, written
from ..linalg import quiet
from .columns import Column, Data, column, numeric
from .contrasts import Coding
from .factors import MISSING, Factor, as_factor, factor

ARITHMETIC: dict[str, Callable[[Floats, Floats], Floats]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}

FUNCTIONS: dict[str, Callable[[Floats], Floats]] = {
    "I": np.asarray,
    "log": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "log1p": np.log1p,
    "exp": np.exp,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sin": np.sin,
    "cos": np.cos,
}


ENOUGH = 2
"""Values that a standard deviation needs."""


@dataclass
class Memory:
    """What was learnt from the first data and must hold for new ones: scaling and levels.

    ``columns`` are those of the first data that the variables are made of, with all their rows.
    """

    scaling: dict[str, tuple[float, float]] = field(default_factory=dict)
    levels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contrasts: dict[str, Coding] = field(default_factory=dict)
    ordered: dict[str, bool] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)

    def copy(self) -> Memory:
        """One that new data cannot change."""
        parts = (self.scaling, self.levels, self.contrasts, self.ordered, self.columns)
        return Memory(*map(dict, parts))  # type: ignore[arg-type]


def variable(node: Node, data: Data, memory: Memory) -> Column:
    """The values of a variable, with missing values kept (NaN, or a factor's code -1)."""
    if isinstance(node, Name):
        values = _remembered(node.text, column(data, node.text), memory)
        memory.columns.setdefault(node.text, values)
        return values
    if isinstance(node, Call) and node.function in {"factor", "as.factor"}:
        return _remembered(written(node), as_factor(variable(_only(node), data, memory)), memory)
    values = _number(node, data, memory)
    if not values.ndim:
        msg = f"{written(node)} names no column of the data, so it cannot be a variable"
        raise FormulaError(msg)
    return values


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


def _number(node: Node, data: Data, memory: Memory) -> Floats:  # noqa: PLR0911  one for each kind
    match node:
        case Number(value):
            return np.asarray(value)
        case Group(inner):
            return _number(inner, data, memory)
        case Unary(operator, operand):
            number = _number(operand, data, memory)
            return -number if operator == "-" else number
        case Binary(operator, left, right) if operator in ARITHMETIC:
            sides = _number(left, data, memory), _number(right, data, memory)
            return _applied(node, ARITHMETIC[operator], *sides)
        case Call("scale", (argument,)):
            return _scaled(written(node), _number(argument, data, memory), memory)
        case Call(name, (argument,)) if name in FUNCTIONS:
            return _applied(node, FUNCTIONS[name], _number(argument, data, memory))
        case Name(text):
            values = numeric(column(data, text), f"column {text!r}")
            memory.columns.setdefault(text, values)
            return values
    known = ", ".join([*FUNCTIONS, "scale", "factor", "offset"])
    msg = f"{written(node)} cannot be computed; known functions of one column are {known}"
    raise FormulaError(msg)


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


def _only(node: Call) -> Node:
    if len(node.arguments) != 1:
        msg = f"{node.function}( ) takes one column in a formula; fix its levels in the data"
        raise FormulaError(msg)
    return node.arguments[0]
