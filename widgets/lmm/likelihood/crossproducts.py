"""Cross-products of Z, X and y in the blocks of a layout: all that the likelihood needs of data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats, Integers
from ..data.grouping_factors import GroupingFactor
from ..data.sums import sum_rows
from .layout import Layout, Slots


@dataclass(frozen=True)
class CrossProducts:
    """Blocks of [Z X y]'[Z X y]; 1 is the inner factor, r the outer columns, x stands for [X y].

    Attributes
    ----------
    A11 : shape (B, s, k, k)
    A1r : shape (B, s, k, r)
    Arr : shape (B, r, r)
    A1x : shape (B, s, k, p + 1)
    Arx : shape (B, r, p + 1)
    Axx : shape (p + 1, p + 1)
    """

    A11: Floats
    A1r: Floats
    Arr: Floats
    A1x: Floats
    Arx: Floats
    Axx: Floats


def cross_products(factors: Sequence[GroupingFactor], where: Layout, Xy: Floats) -> CrossProducts:
    """One pass over the n rows; ``Xy`` of shape (n, p + 1)."""
    B, r, c = where.B, where.r, Xy.shape[1]
    inner, slots = factors[0], where.slots[0]
    s, k, codes = slots.size, inner.k, inner.levels.codes
    cell = (slots.component * s + slots.slot)[codes]
    Z = inner.Z
    stacked = np.concatenate([Z, Xy], axis=1)
    sums = sum_rows(cell, (Z[:, :, None] * stacked[:, None, :]).reshape(len(Z), -1), B * s)
    sums = sums.reshape(B, s, k, k + c)
    columns = [_columns(f, sl) for f, sl in zip(factors[1:], where.slots[1:], strict=True)]
    A1r, Arr, Arx = np.zeros((B, s, k, r)), np.zeros((B, r, r)), np.zeros((B, r, c))
    component = slots.component[codes]
    for place, factor in zip(columns, factors[1:], strict=True):
        rows = (cell[:, None] * k + np.arange(k)) * r
        A1r += scatter(rows, Z, place, factor.Z, A1r.size).reshape(A1r.shape)
        values = (factor.Z[:, :, None] * Xy[:, None, :]).reshape(-1, c)
        Arx += sum_rows((component[:, None] * r + place).reshape(-1), values, B * r).reshape(
            B, r, c
        )
        for other, second in zip(columns, factors[1:], strict=True):
            rows = (component[:, None] * r + place) * r
            Arr += scatter(rows, factor.Z, other, second.Z, Arr.size).reshape(Arr.shape)
    return CrossProducts(sums[..., :k], A1r, Arr, sums[..., k:], Arx, Xy.T @ Xy)


def scatter(rows: Integers, a: Floats, columns: Integers, b: Floats, size: int) -> Floats:
    """Sums of a_i b_j at the flat places rows_i + columns_j, over all observations."""
    place = (rows[:, :, None] + columns[:, None, :]).reshape(-1)
    weight = (a[:, :, None] * b[:, None, :]).reshape(-1)
    return np.bincount(place, weights=weight, minlength=size).astype(float)


def _columns(factor: GroupingFactor, slots: Slots) -> Integers:
    """The outer columns that each observation meets in a factor, shape (n, k)."""
    first = (slots.offset + slots.slot * factor.k)[factor.levels.codes]
    return first[:, None] + np.arange(factor.k)
