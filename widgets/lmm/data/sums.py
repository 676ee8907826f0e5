"""Sums over the rows of each group."""

from __future__ import annotations

import numpy as np

from ..arrays import Floats, Integers


def sum_rows(cell: Integers, values: Floats, size: int) -> Floats:
    """Sums of the rows of ``values`` (n, m) that share a cell; shape (size, m)."""
    if np.any(cell[1:] < cell[:-1]):
        order = np.argsort(cell, kind="stable")
        cell, values = cell[order], values[order]
    starts = np.flatnonzero(np.diff(cell, prepend=-1))
    total = np.zeros((size, values.shape[1]))
    total[cell[starts]] = np.add.reduceat(values, starts, axis=0)
    return total
