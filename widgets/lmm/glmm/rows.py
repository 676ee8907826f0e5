"""Rows of Z in the blocks of a layout: weighted cross-products, totals and products by row.

Each row meets one level of the inner grouping factor (k effects) and one of every outer factor (m
effects in all), so a row of Z is k + m numbers and where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats, Integers
from ..data.grouping_factors import GroupingFactor
from ..likelihood.layout import Layout
from ..linalg import spd_inverse


@dataclass(frozen=True)
class Rows:
    """The rows of Z, and the flat places of their numbers in arrays by component.

    Attributes
    ----------
    Z : shape (n, k + m), inner effects first
    component : shape (n,)
    inner : shape (n, k), places in an array (B, s, k)
    outer : shape (n, m), places in an array (B, r)
    within, across, beyond : shapes (n, k, k), (n, k, m) and (n, m, m), places of products in arrays
        (B, s, k, k), (B, s, k, r) and (B, r, r)
    B, s, k, r : sizes of the layout
    """

    Z: Floats
    component: Integers
    inner: Integers
    outer: Integers
    within: Integers
    across: Integers
    beyond: Integers
    B: int
    s: int
    k: int
    r: int


@dataclass(frozen=True)
class Effects:
    """One number for every random effect: ``inner`` of shape (B, s, k), ``outer`` (B, r)."""

    inner: Floats
    outer: Floats

    def plus(self, step: Floats, other: Effects) -> Effects:
        """These and ``step`` times the others; ``step`` of shape (B,)."""
        inner = self.inner + step[:, None, None] * other.inner
        return Effects(inner, self.outer + step[:, None] * other.outer)

    def products(self, other: Effects) -> Floats:
        """Sums of products by component, shape (B,)."""
        inner: Floats = (self.inner * other.inner).sum(axis=(1, 2))
        outer: Floats = (self.outer * other.outer).sum(axis=1)
        return inner + outer


@dataclass(frozen=True)
class Precision:
    """The inverse of V'WV + I by blocks.

    Attributes
    ----------
    M : shape (B, s, k, k), inverse of the inner blocks
    U : shape (B, s k, r), M times the coupling of inner and outer effects
    H : shape (B, r, r), inverse of what is left for the outer effects
    logdet : shape (B,), log|V'WV + I|; NaN where it is not positive definite
    """

    M: Floats
    U: Floats
    H: Floats
    logdet: Floats


def rows_of(factors: Sequence[GroupingFactor], where: Layout) -> Rows:
    """The rows of Z for grouping factors in their layout, the inner one first."""
    first, slots, r = factors[0], where.slots[0], where.r
    codes, k = first.levels.codes, first.k
    component = slots.component[codes]
    cell = component * slots.size + slots.slot[codes]
    inner = cell[:, None] * k + np.arange(k)
    columns = [np.zeros((len(codes), 0), dtype=np.intp)]
    for factor, place in zip(factors[1:], where.slots[1:], strict=True):
        start = place.offset + place.slot[factor.levels.codes] * factor.k
        columns.append(start[:, None] + np.arange(factor.k))
    column = np.concatenate(columns, axis=1)
    outer = component[:, None] * r + column
    return Rows(
        Z=np.concatenate([factor.Z for factor in factors], axis=1),
        component=component,
        inner=inner,
        outer=outer,
        within=inner[:, :, None] * k + np.arange(k),
        across=inner[:, :, None] * r + column[:, None, :],
        beyond=outer[:, :, None] * r + column[:, None, :],
        B=where.B,
        s=slots.size,
        k=k,
        r=r,
    )


def totals(rows: Rows, V: Floats, weight: Floats) -> Effects:
    """V'w: sums over rows by effect, for V (n, k + m) and w (n,)."""
    weighted = V * weight[:, None]
    inner = _scattered(rows.inner, weighted[:, : rows.k], rows.B * rows.s * rows.k)
    outer = _scattered(rows.outer, weighted[:, rows.k :], rows.B * rows.r)
    return Effects(inner.reshape(rows.B, rows.s, rows.k), outer.reshape(rows.B, rows.r))


def met(rows: Rows, u: Effects) -> Floats:
    """The effects that each row meets, shape (n, k + m)."""
    inner = u.inner.reshape(-1)[rows.inner]
    if not rows.r:
        return inner
    return np.concatenate([inner, u.outer.reshape(-1)[rows.outer]], axis=1)


def precision(rows: Rows, V: Floats, weight: Floats) -> Precision:
    """The inverse of V'WV + I, W of the weights (n,)."""
    B, s, k, r = rows.B, rows.s, rows.k, rows.r
    V1, Vr = V[:, :k], V[:, k:]
    W1 = V1 * weight[:, None]
    inner = _scattered(rows.within, W1[:, :, None] * V1[:, None, :], B * s * k * k)
    M, logdets = spd_inverse(inner.reshape(B, s, k, k) + np.eye(k))
    logdet = logdets.sum(axis=1)
    if not r:
        return Precision(M, np.zeros((B, s * k, 0)), np.zeros((B, 0, 0)), logdet)
    coupling = _scattered(rows.across, W1[:, :, None] * Vr[:, None, :], B * s * k * r)
    Wr = Vr * weight[:, None]
    outer = _scattered(rows.beyond, Wr[:, :, None] * Vr[:, None, :], B * r * r).reshape(B, r, r)
    U = (M @ coupling.reshape(B, s, k, r)).reshape(B, s * k, r)
    left = outer - coupling.reshape(B, s * k, r).swapaxes(1, 2) @ U
    H, more = spd_inverse(left + np.eye(r))
    return Precision(M, U, H, logdet + more)


def solved(P: Precision, g: Effects) -> Effects:
    """(V'WV + I)⁻¹ g."""
    inner = (P.M @ g.inner[..., None])[..., 0]
    if not P.H.shape[-1]:
        return Effects(inner, g.outer)
    flat = g.inner.reshape(len(g.inner), -1, 1)
    outer = P.H @ (g.outer[..., None] - P.U.swapaxes(1, 2) @ flat)
    return Effects(inner - (P.U @ outer).reshape(inner.shape), outer[..., 0])


def projected(rows: Rows, P: Precision, V: Floats) -> Floats:
    """(V'WV + I)⁻¹ v for the row v of each observation, at the effects it meets, (n, k + m)."""
    k = rows.k
    V1, Vr = V[:, :k], V[:, k:]
    own, G = P.M, P.U @ P.H
    if rows.r:
        own = own + diagonal_blocks(G, P.U, P.M.shape)
    inner = own.reshape(-1)[rows.within]
    if not rows.r:
        alone: Floats = np.einsum("nab,nb->na", inner, V1)
        return alone
    between = -G.reshape(-1)[rows.across]
    first = np.einsum("nab,nb->na", inner, V1) + np.einsum("nam,nm->na", between, Vr)
    beyond = P.H.reshape(-1)[rows.beyond]
    second = np.einsum("nam,na->nm", between, V1) + np.einsum("nml,nl->nm", beyond, Vr)
    return np.concatenate([first, second], axis=1)


def diagonal_blocks(G: Floats, U: Floats, shape: tuple[int, ...]) -> Floats:
    """G U' for each inner level."""
    B, s, k, _ = shape
    blocks = (B, s, k, -1)
    result: Floats = G.reshape(blocks) @ U.reshape(blocks).swapaxes(2, 3)
    return result


def _scattered(places: Integers, values: Floats, size: int) -> Floats:
    """Sums of the values that share a place, shape (size,)."""
    found = np.bincount(places.reshape(-1), weights=values.reshape(-1), minlength=size)
    return found.astype(float)
