"""The designs that the engine's benchmark fits: balanced, simulated once with a fixed seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[np.float64] | NDArray[np.str_]]


@dataclass(frozen=True)
class Design:
    """A named model with its data; ``groups`` and ``slope`` are what statsmodels needs to know."""

    name: str
    formula: str
    columns: Columns
    groups: tuple[str, ...]
    slope: bool = False


def designs(*, large: bool) -> tuple[Design, ...]:
    """The five designs of the comparison, and with ``large`` the crossed one of 70,000 rows."""
    rng = np.random.default_rng(2015)
    found = (
        _intercept(rng, "6 mice x 20 cells", 6, 20),
        _slope(rng, "18 x 10, random slope", 18, 10),
        _intercept(rng, "100 x 100, random intercept", 100, 100),
        _slope(rng, "50 x 12, random slope", 50, 12),
        _crossed(rng, "30 x 40 crossed", 30, 40),
    )
    return (*found, _sparse(rng)) if large else found


def _labels(prefix: str, codes: NDArray[np.intp]) -> NDArray[np.str_]:
    return np.array([f"{prefix}{code:04d}" for code in codes])


def _intercept(rng: np.random.Generator, name: str, many: int, m: int) -> Design:
    g = np.repeat(np.arange(many), m)
    y = rng.normal(size=many)[g] + rng.normal(size=many * m)
    treatment = np.where(g < many // 2, "ctrl", "drug")
    columns: Columns = {"y": y, "treatment": treatment, "g": _labels("g", g)}
    return Design(name, "y ~ treatment + (1 | g)", columns, ("g",))


def _slope(rng: np.random.Generator, name: str, many: int, m: int) -> Design:
    g = np.repeat(np.arange(many), m)
    x = np.tile(np.arange(m, dtype=float), many)
    y = (
        2 * rng.normal(size=many)[g]
        + 0.5 * rng.normal(size=many)[g] * x
        + rng.normal(size=many * m)
        + x
    )
    columns: Columns = {"y": y, "x": x, "g": _labels("g", g)}
    return Design(name, "y ~ x + (1 + x | g)", columns, ("g",), slope=True)


def _crossed(rng: np.random.Generator, name: str, many: int, other: int) -> Design:
    a, b = np.repeat(np.arange(many), other), np.tile(np.arange(other), many)
    x = rng.normal(size=many * other)
    y = rng.normal(size=many)[a] + rng.normal(size=other)[b] + x + rng.normal(size=many * other)
    columns: Columns = {"y": y, "x": x, "a": _labels("a", a), "b": _labels("b", b)}
    return Design(name, "y ~ x + (1 | a) + (1 | b)", columns, ("a", "b"))


def _sparse(rng: np.random.Generator) -> Design:
    n, many, other = 70_000, 3_000, 1_000
    a, b = rng.integers(0, many, n), rng.integers(0, other, n)
    x = rng.normal(size=n)
    y = 0.3 * rng.normal(size=many)[a] + 0.5 * rng.normal(size=other)[b] + x + rng.normal(size=n)
    columns: Columns = {"y": y, "x": x, "a": _labels("a", a), "b": _labels("b", b)}
    return Design(
        "3,000 x 1,000 crossed, 70,000 rows", "y ~ x + (1 | a) + (1 | b)", columns, ("a", "b")
    )
