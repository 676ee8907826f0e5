"""Functions of a column that give several: ``poly``, ``ns``, ``bs``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..errors import DataError, FormulaError
from ..formula.syntax import Binary, Call, Keyword, Name, Node, Number, Unary, written
from .splines import CUBIC, Spline, spline

Basis = Callable[[Floats], Floats]
"""From a column (n,) to several (n, k), NaN where it is."""

MOST = 30
"""Degrees of freedom, or the degree, that a basis may have."""


@dataclass(frozen=True)
class Polynomials:
    """Orthogonal polynomials by their recursion (Kennedy & Gentle 1980, pp. 343-344).

    Attributes
    ----------
    centre : alpha_1 … alpha_k
    norm : sums of squares of the polynomials of degree 0 to k
    """

    centre: tuple[float, ...]
    norm: tuple[float, ...]

    def __call__(self, x: Floats) -> Floats:
        """Polynomials of degree 1 to k at x, of length one over the first data; shape (n, k)."""
        before, now = np.zeros_like(x), np.ones_like(x)
        found = []
        for k, alpha in enumerate(self.centre):
            ratio = self.norm[k] / self.norm[k - 1] if k else 0.0
            before, now = now, (x - alpha) * now - ratio * before
            found.append(now / np.sqrt(self.norm[k + 1]))
        return np.column_stack(found)


@dataclass(frozen=True)
class Powers:
    """The powers of x themselves, of degree 1 to ``degree``."""

    degree: int

    def __call__(self, x: Floats) -> Floats:
        """The powers at x, shape (n, degree)."""
        result: Floats = x[:, None] ** np.arange(1, self.degree + 1)
        return result


def arguments_of(node: Call, names: tuple[str, ...]) -> dict[str, Node]:
    """The arguments of a call by name, those without one in the order of ``names``.

    Raises
    ------
    FormulaError
        If one is unknown, or given twice.
    """
    found: dict[str, Node] = {}
    free = iter(names)
    for one in node.arguments:
        name = one.name if isinstance(one, Keyword) else next(free, None)
        if name not in names or name in found:
            msg = f"{written(node)}: {node.function}( ) takes {', '.join(names)}, each once"
            raise FormulaError(msg)
        found[name] = one.value if isinstance(one, Keyword) else one
    return found


def number_of(node: Node) -> float | None:
    """A number that stands in a formula; None if something else stands there."""
    match node:
        case Number(value):
            return value
        case Unary("-", Number(value)):
            return -value
    return None


def numbers_of(node: Node) -> list[float] | None:
    """Numbers in ``c( )``, or one, or ``from:to``; None if something else stands there."""
    match node:
        case Call("c", arguments):
            listed = [number_of(one) for one in arguments]
            return None if None in listed else [one for one in listed if one is not None]
        case Binary(":", Number(first), Number(last)):
            return [float(one) for one in np.arange(first, last + 1)]
    one = number_of(node)
    return None if one is None else [one]


def made_basis(node: Call, x: Floats, given: Mapping[str, Node]) -> Basis:
    """The basis that a call asks for, from all values of its column.

    Raises
    ------
    FormulaError
        If an argument is none.
    DataError
        If the column has too few different values.
    """
    maker = {"poly": _poly, "ns": _natural, "bs": _b_spline}[node.function]
    return maker(node, x, given)


def _poly(node: Call, x: Floats, given: Mapping[str, Node]) -> Basis:
    degree = _count(node, given, "degree", 1)
    _check_values(node, x, degree)
    if isinstance(given.get("raw"), Name) and written(given["raw"]) in {"TRUE", "T"}:
        return Powers(degree)
    values = x[~np.isnan(x)]
    before, now = np.zeros_like(values), np.ones_like(values)
    centre, norm = [], [float(len(values))]
    for k in range(degree):
        centre.append(float((values * now * now).sum() / norm[-1]))
        ratio = norm[-1] / norm[-2] if k else 0.0
        before, now = now, (values - centre[-1]) * now - ratio * before
        norm.append(float(now @ now))
    return Polynomials(tuple(centre), tuple(norm))


def _natural(node: Call, x: Floats, given: Mapping[str, Node]) -> Basis:
    return _spline(node, x, given, CUBIC, natural=True)


def _b_spline(node: Call, x: Floats, given: Mapping[str, Node]) -> Basis:
    degree = _count(node, given, "degree", CUBIC)
    return _spline(node, x, given, degree, natural=False)


def _spline(
    node: Call, x: Floats, given: Mapping[str, Node], degree: int, *, natural: bool
) -> Spline:
    least = 1 if natural else degree
    if "knots" in given:
        knots = numbers_of(given["knots"])
        if knots is None:
            msg = f"{written(node)}: knots must be numbers, such as knots = c(2, 5)"
            raise FormulaError(msg)
        _check_values(node, x, 1)
        ends = float(np.nanmin(x)), float(np.nanmax(x))
        if not all(ends[0] < knot < ends[1] for knot in knots):
            msg = f"{written(node)}: knots must lie inside {ends[0]:g} to {ends[1]:g}"
            raise FormulaError(msg)
        return Spline(tuple(sorted(knots)), ends, degree, natural)
    df = _count(node, given, "df", least)
    if df < least:
        msg = f"{written(node)}: df must be at least {least}, the degree, not {df}"
        raise FormulaError(msg)
    _check_values(node, x, df)
    return spline(x, df - least, degree, natural=natural)


def _count(node: Call, given: Mapping[str, Node], name: str, usual: int) -> int:
    if name not in given:
        return usual
    value = number_of(given[name])
    if value is None or not value.is_integer() or not 1 <= value <= MOST:
        found = written(given[name])
        msg = f"{written(node)}: {name} must be a whole number from 1 to {MOST}, not {found}"
        raise FormulaError(msg)
    return int(value)


def _check_values(node: Call, x: Floats, degree: int) -> None:
    distinct = len(np.unique(x[~np.isnan(x)]))
    if distinct <= degree:
        msg = (
            f"{written(node)}: the column has {distinct} different values, and {degree} columns "
            f"need more than {degree}"
        )
        raise DataError(msg)
