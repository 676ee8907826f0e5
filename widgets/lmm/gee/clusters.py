"""Rows in clusters: sorted by cluster, with their own order within it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..arrays import Floats, Integers
from ..data.factors import Factor
from ..data.sums import sum_rows


@dataclass(frozen=True)
class Clusters:
    """Clusters of rows that stand together.

    Attributes
    ----------
    names : of the J clusters
    order : shape (n,), the rows of the data in the order used here
    code : shape (n,), cluster of each row, ascending
    sizes : shape (J,)
    position : shape (n,), 0, 1, … within the cluster
    time : shape (n,), the times that were given, or the positions
    timed : whether times were given
    """

    names: tuple[str, ...]
    order: Integers
    code: Integers
    sizes: Integers
    position: Integers
    time: Integers
    timed: bool

    @cached_property
    def batches(self) -> tuple[Integers, ...]:
        """Rows of the clusters of one size, shape (clusters, size) each."""
        starts = np.cumsum(self.sizes) - self.sizes
        return tuple(starts[self.sizes == m][:, None] + np.arange(m) for m in np.unique(self.sizes))

    @property
    def count(self) -> int:
        """Number of clusters J."""
        return len(self.sizes)

    def totals(self, values: Floats) -> Floats:
        """Sums of the rows of ``values`` (n, m) by cluster, shape (J, m)."""
        return sum_rows(self.code, values, self.count)

    def in_data_order(self, values: Floats) -> Floats:
        """Values (n,) given in the order used here, as the data have them."""
        result = np.empty_like(values)
        result[self.order] = values
        return result


def clusters_of(groups: Factor, time: Floats | None = None) -> Clusters:
    """Rows with the same level form one cluster, wherever they stand, by time or in their order."""
    keys = (groups.codes,) if time is None else (time, groups.codes)
    order = np.lexsort(keys).astype(np.intp)
    code = groups.codes[order]
    sizes = np.bincount(code, minlength=len(groups.levels)).astype(np.intp)
    starts = np.cumsum(sizes) - sizes
    position = np.arange(len(code), dtype=np.intp) - starts[code]
    times = position if time is None else time[order].astype(np.intp)
    return Clusters(groups.levels, order, code, sizes, position, times, time is not None)
