"""nlme's degrees of freedom: by the innermost level at which a coefficient's column varies.

Pinheiro & Bates (2000), §2.4.2, p. 91: with groups nested in each other, level i has m_i groups and
the p_i coefficients whose columns vary within level i - 1 but not within level i; its degrees of
freedom are m_i - (m_(i-1) + p_i). The rows are the last level; an intercept counts as outermost for
the sums, but has the degrees of freedom of the rows. Without one, nlme counts one more at every
level but the outermost.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..arrays import Floats
from ..data.grouping_factors import GroupingFactor
from ..errors import MethodError
from ..likelihood.model import MixedData
from ..linalg import solve
from .contrasts import independent_rows

EQUAL = 1e-9


@dataclass(frozen=True)
class InnerOuter:
    """F tests with these degrees of freedom, in units of sigma² and for the orthonormal X.

    Attributes
    ----------
    Phi : shape (p, p), (X'V⁻¹X)⁻¹
    R : shape (p, p), X = Q R
    df_of : shape (p,), degrees of freedom of each coefficient of X
    """

    Phi: Floats
    R: Floats
    df_of: Floats

    def F(self, L: Floats, estimate: Floats) -> tuple[float, int, float, float]:
        """F, numerator and denominator df and scale (1) of the test of ``L beta = 0``.

        The denominator has the fewest degrees of freedom of any coefficient that L involves.

        Parameters
        ----------
        L : array of shape (l, p)
        estimate : array of shape (l,), L beta in units of sigma
        """
        L, estimate = independent_rows(L, estimate)
        F = float(estimate @ solve(L @ self.Phi @ L.T, estimate)) / len(L)
        return F, len(L), float(self.df(L).min()), 1.0

    def df(self, L: Floats) -> Floats:
        """The fewest degrees of freedom of any coefficient that each row of L involves, (l,)."""
        weights = np.abs(L @ self.R)
        involved = weights > EQUAL * weights.max(axis=1, keepdims=True)
        result: Floats = np.where(involved, self.df_of, np.inf).min(axis=1)
        return result


def inner_outer(data: MixedData) -> Floats:
    """Denominator degrees of freedom of each coefficient, shape (p,).

    Raises
    ------
    MethodError
        If the grouping factors are not nested in each other.
    """
    factors = data.factors[::-1]  # outermost first
    for outer, inner in pairwise(factors):
        if np.any(_varies(outer.levels.codes[:, None].astype(float), inner)):
            msg = (
                f"inner-outer df need nested groups; {inner.name!r} is not nested in {outer.name!r}"
            )
            raise MethodError(msg)
    X = data.fixed.X
    level = np.zeros(data.fixed.p, dtype=int)
    for number, factor in enumerate(factors, start=1):
        level = np.where(_varies(X, factor), number, level)
    intercept = np.array([number == 0 for number in data.fixed.assign], dtype=bool)
    sizes = [0, *(factor.J for factor in factors), data.n]
    counted = [int(((level == i) & ~intercept).sum()) for i in range(len(factors) + 1)]
    df = [sizes[i + 1] - sizes[i] - counted[i] for i in range(len(factors) + 1)]
    df = [df[0] - 1, *df[1:]] if intercept.any() else [df[0], *(one + 1 for one in df[1:])]
    return np.where(intercept, df[-1], np.array(df)[level]).astype(float)


def _varies(columns: Floats, factor: GroupingFactor) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which columns vary within a level of the factor."""
    codes = factor.levels.codes
    first = np.zeros(factor.J, dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    spread = np.abs(columns - columns[first[codes]]).max(axis=0)
    return np.asarray(spread > EQUAL * np.maximum(np.abs(columns).max(axis=0), 1e-300))
