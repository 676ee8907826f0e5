"""The penalised least squares problem at given theta, solved block by block.

Bates et al. (2015), eq. (17), (18) and (48)-(52): for y = X beta + Z Lambda u + e the system

    [ L'L block: Lambda'Z'Z Lambda + I   Lambda'Z'X ] [u]      [Lambda'Z'y]
    [            X'Z Lambda              X'X        ] [beta] = [X'y       ]

is reduced, with y as one more column of X, first by the inner grouping factor (its block of
Lambda'Z'Z Lambda + I is block diagonal), then by the outer columns of each component, until only
[X y]'V⁻¹[X y] is left (V in units of sigma²); its Cholesky factor holds RX and the root of the
penalised residual sum of squares.

Cost of one evaluation, for B components with s inner levels of k effects and r outer columns:
O(B s k² (k + r + p) + B s k r² + B r³). It grows linearly in the number of groups for one grouping
factor (r = 0) and for factors nested in each other (r stays as the number of components grows).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..linalg import spd_inverse
from .crossproducts import CrossProducts
from .layout import Layout


@dataclass(frozen=True)
class Reduced:
    """The reduced system at one theta.

    Attributes
    ----------
    logdet : log|Lambda'Z'Z Lambda + I|, the square of |L|
    XyVXy : shape (p + 1, p + 1), [X y]'V⁻¹[X y]
    M : shape (B, s, k, k), inverse of the inner blocks
    G : shape (B, s, k, r), M times the coupling of inner and outer columns
    K : shape (B, r, r), outer cross-products less what the inner levels explain of them
    H : shape (B, r, r), inverse of Lambda_r'K Lambda_r + I
    B1 : shape (B, s, k, p + 1), random effects fitted to each column of [X y], inner levels
    Br : shape (B, r, p + 1), the same, outer columns
    """

    logdet: float
    XyVXy: Floats
    M: Floats
    G: Floats
    K: Floats
    H: Floats
    B1: Floats
    Br: Floats


def reduce(A: CrossProducts, where: Layout, T: Sequence[Floats]) -> Reduced:
    """Eliminate the random effects at relative covariance factors ``T``, one (k, k) per factor."""
    B, s, k, c = A.A1x.shape
    T1 = T[0]
    M, logdets = spd_inverse(_sandwich(T1, A.A11) + np.eye(k))
    V1x = left(T1.T, A.A1x)
    Gx = product(M, V1x)
    logdet = float(logdets.sum())
    XyVXy = A.Axx - gram(V1x, Gx)
    if where.r == 0:
        empty = np.zeros((B, s, k, 0))
        B1 = left(T1, Gx)
        none = np.zeros((B, 0, 0))
        return Reduced(logdet, XyVXy, M, empty, none, none, B1, np.zeros((B, 0, c)))
    flat = (B, s * k, -1)
    U = product(M, left(T1.T, A.A1r))
    K = A.Arr - explained(T1, A.A1r, M, U)
    H, logdets = spd_inverse(left_outer(where, T, right_outer(K, where, T)) + np.eye(where.r))
    coupled = A.A1r.reshape(flat).swapaxes(1, 2) @ left(T1, Gx).reshape(flat)
    right = left_outer(where, T, A.Arx - coupled)
    u = H @ right
    XyVXy = XyVXy - np.tensordot(right, u, axes=([0, 1], [0, 1]))
    Br = left_outer(where, T, u, transpose=False)
    B1 = left(T1, Gx - (U.reshape(flat) @ Br).reshape(Gx.shape))
    G = right_outer(U, where, T)
    return Reduced(logdet + float(logdets.sum()), XyVXy, M, G, K, H, B1, Br)


def explained(T1: Floats, A1r: Floats, M: Floats, U: Floats) -> Floats:
    """The inner levels' part of the outer cross-products, A1r'T1 M T1'A1r, shape (B, r, r)."""
    B, s, k, r = A1r.shape
    if B == 1 and k == 1:  # a matrix times its own transpose costs half
        W = (abs(T1[0, 0]) * np.sqrt(M[0, :, 0]) * A1r[0, :, 0]).reshape(s, r)
        one: Floats = W.T @ W
        return one[None]
    return left(T1.T, A1r).reshape(B, s * k, r).swapaxes(1, 2) @ U.reshape(B, s * k, r)


def left(T: Floats, A: Floats) -> Floats:
    """T A for every block of A, shape (..., k, m)."""
    return T[0, 0] * A if T.shape == (1, 1) else T @ A


def product(M: Floats, A: Floats) -> Floats:
    """M A block by block, shapes (..., k, k) and (..., k, m)."""
    return M * A if M.shape[-1] == 1 else M @ A


def gram(a: Floats, b: Floats) -> Floats:
    """A'b over all rows of all blocks, shapes (..., m) and (..., l)."""
    return a.reshape(-1, a.shape[-1]).T @ b.reshape(-1, b.shape[-1])


def _sandwich(T: Floats, A: Floats) -> Floats:
    return T[0, 0] ** 2 * A if T.shape == (1, 1) else T.T @ A @ T


def left_outer(where: Layout, T: Sequence[Floats], A: Floats, *, transpose: bool = True) -> Floats:
    """Lambda_r'A (or Lambda_r A) for A of shape (B, r, m)."""
    result = np.empty_like(A)
    for slots, factor in zip(where.slots[1:], T[1:], strict=True):
        k = len(factor)
        rows = slice(slots.offset, slots.offset + slots.size * k)
        block = A[:, rows].reshape(len(A), slots.size, k, -1)
        result[:, rows] = left(factor.T if transpose else factor, block).reshape(A[:, rows].shape)
    return result


def right_outer(A: Floats, where: Layout, T: Sequence[Floats]) -> Floats:
    """A Lambda_r for A of shape (..., r)."""
    result = np.empty_like(A)
    for slots, factor in zip(where.slots[1:], T[1:], strict=True):
        k = len(factor)
        columns = slice(slots.offset, slots.offset + slots.size * k)
        block = A[..., columns]
        if k == 1:
            result[..., columns] = block * factor[0, 0]
        else:
            split = block.reshape(*block.shape[:-1], slots.size, k)
            result[..., columns] = (split @ factor).reshape(block.shape)
    return result
