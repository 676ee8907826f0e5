"""Comparisons and what follows from them: truth values, with NaN where they are not known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..arrays import Floats
from ..errors import FormulaError
from ..formula.syntax import Binary, Call, Node, Number, Text, Unary, written
from .columns import Column
from .factors import MISSING, TRUTH_VALUES, Factor, label_of

Read = Callable[[Node], Column]
"""From a tree to its values."""

ORDER: dict[str, Callable[[Floats, Floats], Floats]] = {
    "<": np.less,
    ">": np.greater,
    "<=": np.less_equal,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}


def as_numbers(values: Column) -> Column:
    """Truth values as 0 and 1, NaN where missing; other columns as they are."""
    if isinstance(values, Factor) and values.levels == TRUTH_VALUES:
        return np.where(values.codes == MISSING, np.nan, values.codes.astype(float))
    return values


def as_truth(values: Floats) -> Factor:
    """0, 1 and NaN as a column of truth values."""
    known = ~np.isnan(values)
    codes = np.where(known, np.where(known, values, 0.0), MISSING).astype(np.intp)
    return Factor(codes, TRUTH_VALUES)


def compared(node: Binary, read: Read) -> Floats:
    """1 where the comparison holds, 0 where not, NaN where a value is missing."""
    if node.operator == "%in%":
        return _among(node, read)
    left, right = _side(node.left, read), _side(node.right, read)
    if isinstance(right, Factor | str) and not isinstance(left, Factor):
        left, right = right, left
    if isinstance(left, Factor):
        if node.operator not in {"==", "!="}:
            msg = f"{written(node)}: categories can be compared by == and != only"
            raise FormulaError(msg)
        return _equal(left, right, wanted=node.operator == "==")
    a, b = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    holds = ORDER[node.operator](a, b).astype(float)
    return np.where(np.isnan(a) | np.isnan(b), np.nan, holds)


def joined(node: Binary, read: Read) -> Floats:
    """``&`` and ``|``, with NaN where the known side does not decide."""
    a, b = (_truth(side, read) for side in (node.left, node.right))
    if node.operator == "&":
        return np.where((a == 0) | (b == 0), 0.0, a * b)
    return np.where((a == 1) | (b == 1), 1.0, a + b)


def negated(node: Unary, read: Read) -> Floats:
    """What is not so."""
    return 1 - _truth(node.operand, read)


def _truth(node: Node, read: Read) -> Floats:
    values = as_numbers(read(node))
    if isinstance(values, Factor) or not np.all(np.isin(values[~np.isnan(values)], (0, 1))):
        msg = f"{written(node)} must be true or false, such as x > 0"
        raise FormulaError(msg)
    return values


def _side(node: Node, read: Read) -> Column | str:
    return node.value if isinstance(node, Text) else as_numbers(read(node))


def _equal(left: Factor, right: Column | str, *, wanted: bool) -> Floats:
    names = np.array([*left.levels, ""], dtype=object)[left.codes]
    if isinstance(right, Factor):
        same = names == np.array([*right.levels, ""], dtype=object)[right.codes]
        missing = (left.codes == MISSING) | (right.codes == MISSING)
    else:
        text = right if isinstance(right, str) else label_of(float(np.asarray(right).flat[0]))
        same, missing = names == text, left.codes == MISSING
    return np.where(missing, np.nan, (same == wanted).astype(float))


def _among(node: Binary, read: Read) -> Floats:
    match node.right:
        case Call("c", arguments):
            listed = list(arguments)
        case other:
            listed = [other]
    texts = [
        one.value if isinstance(one, Text) else label_of(one.value)
        for one in listed
        if isinstance(one, Text | Number)
    ]
    if len(texts) < len(listed):
        msg = f'{written(node)}: %in% needs values, such as c("low", "none")'
        raise FormulaError(msg)
    values = as_numbers(read(node.left))
    if isinstance(values, Factor):
        held = np.array([level in texts for level in values.levels] + [False])
        return held[values.codes].astype(float)
    result: Floats = np.array([label_of(one) in texts for one in values.tolist()], dtype=float)
    return result
