"""Coefficient tables: estimate, standard error, degrees of freedom, t, p and interval."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .arguments import check_share
from .arrays import Floats
from .distributions import t as student
from .results import Interval

DF_DIGITS = 10
"""Decimals of df that a quantile depends on: the next would move it by less than 1e-10."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One row of a coefficient table.

    ``df`` is infinite where the normal distribution is the reference; ``low`` and ``high`` are the
    ends of the confidence interval ``estimate -+ quantile * se``.
    """

    estimate: float
    se: float
    df: float
    t: float
    p: float
    low: float
    high: float


def coefficient_table(
    names: tuple[str, ...], estimate: Floats, se: Floats, df: Floats, level: float = 0.95
) -> Mapping[str, Coefficient]:
    """Records by name, with two-sided p-values and intervals of the given level.

    Parameters
    ----------
    names : p coefficient names
    estimate, se, df : arrays of shape (p,)
    level : float in (0, 1)

    Raises
    ------
    MethodError
        If the level does not lie between 0 and 1.
    """
    check_share("level", level)
    t, p = two_sided_test(estimate, se, df)
    rounded = tuple(round(float(nu), DF_DIGITS) for nu in df)
    margin = np.array(t_quantiles((1 - level) / 2, rounded)) * se
    return {
        name: Coefficient(*(float(v) for v in row))
        for name, *row in zip(
            names, estimate, se, df, t, p, estimate - margin, estimate + margin, strict=True
        )
    }


def table_of(
    fixef: Mapping[str, float], se: Mapping[str, float], df: float, level: float = 0.95
) -> Mapping[str, Coefficient]:
    """Records by name with the same degrees of freedom for all: infinite for z tests."""
    estimate, error = (np.array([part[name] for name in fixef]) for part in (fixef, se))
    return coefficient_table(tuple(fixef), estimate, error, np.full(len(fixef), float(df)), level)


def intervals(rows: Mapping[str, Coefficient]) -> dict[str, Interval]:
    """The intervals of a table alone."""
    return {name: Interval(row.low, row.high) for name, row in rows.items()}


@lru_cache(maxsize=1024)
def t_quantiles(upper: float, df: tuple[float, ...]) -> tuple[float, ...]:
    """The t with P(T > t) = upper; remembered, since one table after another asks for the same."""
    distinct = tuple(dict.fromkeys(df))
    found = dict(zip(distinct, student.isf(upper, distinct).tolist(), strict=True))
    return tuple(found[nu] for nu in df)


def two_sided_test(estimate: Floats, se: Floats, df: Floats) -> tuple[Floats, Floats]:
    """T = estimate/se and its two-sided p-value.

    A standard error of zero (all residuals zero) gives an infinite t, or NaN for 0/0; one that is
    NaN gives NaN.
    """
    positive = se > 0
    t = np.where(positive, estimate / np.where(positive, se, 1.0), np.copysign(math.inf, estimate))
    t = np.where((positive | (estimate != 0)) & ~np.isnan(se), t, math.nan)
    return t, student.two_sided(t, df)
