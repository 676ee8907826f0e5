"""Coefficient tables: estimate, standard error, degrees of freedom, t, p and interval."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.lmm.distributions import t as student

Floats = NDArray[np.float64]


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
    """
    t, p = two_sided_test(estimate, se, df)
    margin = student.isf(np.full(p.shape, (1 - level) / 2), df) * se
    return {
        name: Coefficient(*(float(v) for v in row))
        for name, *row in zip(
            names, estimate, se, df, t, p, estimate - margin, estimate + margin, strict=True
        )
    }


def two_sided_test(estimate: Floats, se: Floats, df: Floats) -> tuple[Floats, Floats]:
    """t = estimate/se and its two-sided p-value.

    A standard error of zero (all residuals zero) gives an infinite t, or NaN for 0/0.
    """
    positive = se > 0
    t = np.where(positive, estimate / np.where(positive, se, 1.0), np.sign(estimate) * math.inf)
    t = np.where(positive | (estimate != 0), t, math.nan)
    return t, student.two_sided(t, df)
