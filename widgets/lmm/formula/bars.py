"""From the tree of a formula to its random terms: what ``( | )`` means in lme4."""

from __future__ import annotations

from dataclasses import dataclass

from .parser import fault
from .syntax import Binary, Call, Group, Name, Node, Unary
from .terms import LinearTerms, linear_terms


@dataclass(frozen=True, slots=True)
class RandomTerm:
    """``(effects | group)``: ``group`` holds the columns whose combinations are the levels.

    ``name`` is what lme4 calls the grouping factor: ``cask:batch`` for ``batch/cask``.
    """

    effects: LinearTerms
    group: tuple[str, ...]
    name: str


def without_bars(node: Node) -> tuple[Node | None, list[Binary]]:
    """The right side without its ``( | )`` terms, and those terms."""
    match node:
        case Group(Binary("|" | "||") as bar):
            return None, [bar]
        case Binary("+", left, right):
            a, left_bars = without_bars(left)
            b, right_bars = without_bars(right)
            joined = Binary("+", a, b, node.position) if a is not None and b is not None else a or b
            return joined, left_bars + right_bars
        case Binary("-", left, right):
            a, bars = without_bars(left)
            if a is None:
                return Unary("-", right, node.position), bars
            return Binary("-", a, right, node.position), bars
    return node, []


def random_terms(text: str, bar: Binary) -> list[RandomTerm]:
    """The terms of one bar: one for each grouping factor, for ``||`` and each effect."""
    effects = linear_terms(text, bar.left)
    split = _uncorrelated(effects) if bar.operator == "||" else [effects]
    return [
        RandomTerm(part, columns, name)
        for part in split
        for columns, name in _groups(text, bar.right)
    ]


def _uncorrelated(effects: LinearTerms) -> list[LinearTerms]:
    """``(x || g)`` is ``(1 | g) + (0 + x | g)``."""
    parts = [LinearTerms((), intercept=True, variables={})] if effects.intercept else []
    for term in effects.terms:
        used = {name: effects.variables[name] for name in term}
        parts.append(LinearTerms((term,), intercept=False, variables=used))
    return parts


def _groups(text: str, node: Node) -> list[tuple[tuple[str, ...], str]]:
    """Grouping factors of the right of a bar, innermost first as lme4 names them."""
    match node:
        case Group(inner):
            return _groups(text, inner)
        case Name(name):
            return [((name,), name)]
        case Call("factor" | "as.factor", (Name(name),)):
            return [((name,), name)]
        case Binary(":", left, right):
            (a, first), (b, second) = _groups(text, left)[0], _groups(text, right)[0]
            return [(a + b, f"{first}:{second}")]
        case Binary("/", left, right):
            outer = _groups(text, left)
            (columns, name), (inner_columns, inner_name) = outer[0], _groups(text, right)[0]
            shown = f"({name})" if len(columns) > 1 else name
            return [(inner_columns + columns, f"{inner_name}:{shown}"), *outer]
        case Binary("+", left, right):
            return _groups(text, left) + _groups(text, right)
    raise fault(text, node.position, "a group is a column, a:b or a/b")
