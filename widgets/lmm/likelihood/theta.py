"""The covariance parameters theta: where each stands in the relative covariance factors.

Bates et al. (2015), §2.3: theta holds, term after term, the lower triangle of T column by column,
and the random effects of a level have the covariance sigma² T T'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from ..arrays import Floats, Integers
from ..data.grouping_factors import GroupingFactor
from ..data.random_effects import RandomEffects
from ..linalg import triangular_factor


@dataclass(frozen=True)
class Place:
    """Where the parameters of one grouping factor stand.

    Attributes
    ----------
    k : number of effects per level
    index : positions in theta, shape (m,)
    row, col : positions in the k x k factor T, shape (m,)
    """

    k: int
    index: Integers
    row: Integers
    col: Integers

    def T(self, theta: Floats) -> Floats:
        """The relative covariance factor T, shape (k, k), lower triangular."""
        factor = np.zeros((self.k, self.k))
        factor[self.row, self.col] = theta[self.index]
        return factor

    @cached_property
    def blocks(self) -> tuple[slice, ...]:
        """The rows of each term."""
        found, start = [], 0
        while start < self.k:
            stop = 1 + int(self.row[self.col == start].max())
            found.append(slice(start, stop))
            start = stop
        return tuple(found)


@cache
def lower_triangle(k: int) -> tuple[Integers, Integers]:
    """Rows and columns of the lower triangle, column by column."""
    col, row = np.triu_indices(k)
    return row, col


def places(terms: Sequence[RandomEffects], factors: Sequence[GroupingFactor]) -> tuple[Place, ...]:
    """The places of each grouping factor's parameters."""
    starts = np.cumsum([0, *(term.ntheta for term in terms)])
    found = []
    for factor in factors:
        index, rows, cols, shift = [], [], [], 0
        for i in factor.terms:
            row, col = lower_triangle(terms[i].k)
            index.append(starts[i] + np.arange(terms[i].ntheta))
            rows.append(row + shift)
            cols.append(col + shift)
            shift += terms[i].k
        found.append(Place(shift, *(np.concatenate(v) for v in (index, rows, cols))))
    return tuple(found)


def term_factors(terms: Sequence[RandomEffects], theta: Floats) -> tuple[Floats, ...]:
    """T of each term, shape (k, k)."""
    found, start = [], 0
    for term in terms:
        row, col = lower_triangle(term.k)
        factor = np.zeros((term.k, term.k))
        factor[row, col] = theta[start : start + term.ntheta]
        found.append(factor)
        start += term.ntheta
    return tuple(found)


def natural(places: Sequence[Place], factors: Sequence[GroupingFactor], theta: Floats) -> Floats:
    """Theta in the units of the data, from theta in working units.

    With Z = W C the same covariance is T T' = C⁻¹ S S' C⁻ᵀ; T is the lower triangle of an LQ
    decomposition of C⁻¹ S, over the columns of S that are not zero, so that zeros stay exact.
    """
    result = np.zeros(len(theta))
    for place, factor in zip(places, factors, strict=True):
        T = factor.C_inverse @ place.T(theta)
        for block in place.blocks:
            part = T[block, block]
            T[block, block] = lower_factor(part[:, np.any(part != 0, axis=0)])
        result[place.index] = T[place.row, place.col]
    return result


def lower_factor(A: Floats) -> Floats:
    """The lower triangular T, diagonal not negative, with T T' = A A' for A of shape (k, m)."""
    k, m = A.shape
    T = np.zeros((k, k))
    if m:
        T[:, :m] = triangular_factor(A.T).T
    result: Floats = T * np.where(np.diagonal(T) < 0, -1.0, 1.0)
    return result
