"""Categories that a formula makes: ``factor``, ``relevel``, ``cut``."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from ..arrays import Floats
from ..errors import DataError, FormulaError
from ..formula.syntax import Call, Name, Node, Number, Text, written
from .bases import arguments_of, numbers_of
from .columns import Column
from .factors import MISSING, Factor, as_factor, factor, label_of

MOST_DIGITS = 12
"""Significant digits up to which the labels of ``cut`` are lengthened until they differ."""


def relevelled(node: Call, values: Column, given: dict[str, Node]) -> Factor:
    """The factor with another reference level, the others in their order.

    Raises
    ------
    FormulaError, DataError
        If no level is named, or there is none of that name.
    """
    made, ref = as_factor(values), text_of(given.get("ref"))
    if ref is None:
        msg = f'{written(node)}: relevel( ) needs the reference, such as ref = "none"'
        raise FormulaError(msg)
    if ref not in made.levels:
        msg = f"{written(node)}: there is no level {ref!r}; there are {', '.join(made.levels)}"
        raise DataError(msg)
    levels = (ref, *(level for level in made.levels if level != ref))
    place = np.array([*(levels.index(level) for level in made.levels), MISSING], dtype=np.intp)
    return replace(made, codes=place[made.codes], levels=levels)


def with_levels(node: Call, values: Column) -> Factor:
    """``factor(x)``, or with ``levels = c(…)``, beside which a value is missing, as in R."""
    given = arguments_of(node, ("x", "levels"))
    made = as_factor(values)
    if "levels" not in given:
        return made
    match given["levels"]:
        case Call("c", arguments):
            levels = [text_of(one) for one in arguments]
        case _:
            levels = [None]
    if None in levels:
        msg = f'{written(node)}: levels must be listed, such as levels = c("low", "high")'
        raise FormulaError(msg)
    names = np.array([*made.levels, None], dtype=object)[made.codes]
    return factor(np.array([n if n in levels else None for n in names], dtype=object), levels)


def text_of(node: Node | None) -> str | None:
    """The level that stands in a formula; None if something else stands there."""
    match node:
        case Text(value):
            return value
        case Number(value):
            return label_of(value)
        case Name("TRUE" | "FALSE" as value):
            return value
    return None


def cut_points(node: Call, x: Floats, given: dict[str, Node]) -> tuple[float, ...]:
    """The ends of the intervals that ``cut(x, breaks)`` makes.

    Raises
    ------
    FormulaError
        If the breaks are no numbers, or too few.
    """
    breaks = numbers_of(given["breaks"]) if "breaks" in given else None
    if breaks is None:
        msg = f"{written(node)}: cut( ) needs breaks, such as c(0, 5, 10), or how many intervals"
        raise FormulaError(msg)
    if len(breaks) > 1:
        if len(set(breaks)) < len(breaks):
            msg = f"{written(node)}: the breaks must differ"
            raise FormulaError(msg)
        return tuple(sorted(breaks))
    count = breaks[0]
    if not count.is_integer() or count < 2:  # noqa: PLR2004
        msg = f"{written(node)}: the number of intervals must be whole, and at least 2"
        raise FormulaError(msg)
    low, high = float(np.nanmin(x)), float(np.nanmax(x))
    points = np.linspace(low, high, int(count) + 1)
    points[[0, -1]] += np.array([-1, 1]) * (high - low) / 1000
    return tuple(points.tolist())


def cut_at(x: Floats, points: tuple[float, ...], given: dict[str, Node]) -> Factor:
    """The interval of each value, called as R calls it: ``(0,5]``, or ``[0,5)`` by ``right``."""
    right = _flag(given.get("right"), usual=True)
    lowest = _flag(given.get("include.lowest"), usual=False)
    ends = np.array(points)
    codes = np.searchsorted(ends, x, side="left" if right else "right") - 1
    if lowest:
        edge = ends[0] if right else ends[-1]
        codes = np.where(x == edge, 0 if right else len(ends) - 2, codes)
    outside = np.isnan(x) | (codes < 0) | (codes >= len(ends) - 1)
    texts = _texts(points)
    marks = ("(", "]") if right else ("[", ")")
    levels = [f"{marks[0]}{a},{b}{marks[1]}" for a, b in pairwise(texts)]
    if lowest:
        place = 0 if right else -1
        levels[place] = f"[{levels[place][1:-1]}]"
    return Factor(np.where(outside, MISSING, codes).astype(np.intp), tuple(levels))


def _texts(points: tuple[float, ...]) -> list[str]:
    """The points with as few digits, from three on, as tell them apart."""
    texts: list[str] = []
    for digits in range(3, MOST_DIGITS):
        texts = [f"{point:.{digits}g}" for point in points]
        if len(set(texts)) == len(texts):
            break
    return texts


def _flag(node: Node | None, *, usual: bool) -> bool:
    return usual if node is None else written(node) in {"TRUE", "T"}
