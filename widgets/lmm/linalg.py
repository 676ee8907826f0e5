"""Small dense linear algebra whose failures are seen by value.

In the browser ``numpy.linalg.cholesky`` of a matrix that is not positive definite can return NaN
instead of raising, and ``numpy.errstate`` does nothing. So these are the only calls of
``numpy.linalg``'s factorisations in the engine, and each answers failure with NaN.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats

SMALL = 4
"""Up to this order a batch of matrices is factored column by column, faster than one by one."""


def quiet() -> AbstractContextManager[object]:
    """Keep numpy from warning natively; nothing may depend on it, since browsers ignore it."""
    return np.errstate(all="ignore")


def cholesky(a: Floats) -> Floats:
    """Lower Cholesky factors of symmetric matrices.

    Parameters
    ----------
    a : array of shape (..., p, p)

    Returns
    -------
    array of shape (..., p, p)
        With NaN in it where a matrix is not positive definite.
    """
    if a.shape[-1] <= SMALL:
        return _cholesky_by_columns(a)
    try:
        factor = np.linalg.cholesky(a)
    except np.linalg.LinAlgError:
        if a.ndim > 2:  # noqa: PLR2004  a batch: find out which of them failed
            return np.stack([cholesky(one) for one in a])
        return np.full_like(a, np.nan)
    good = np.all(np.diagonal(factor, axis1=-2, axis2=-1) > 0, axis=-1)
    return np.where(good[..., None, None], factor, np.nan)


def _cholesky_by_columns(a: Floats) -> Floats:
    p = a.shape[-1]
    factor = np.zeros_like(a)
    for j in range(p):
        pivot = a[..., j, j]
        if j:
            row = factor[..., j, :j]
            pivot = pivot - (row * row).sum(-1)
        positive = pivot > 0
        root = np.where(positive, np.sqrt(np.where(positive, pivot, 1.0)), np.nan)
        factor[..., j, j] = root
        for i in range(j + 1, p):
            below = a[..., i, j]
            if j:
                below = below - (factor[..., i, :j] * row).sum(-1)
            factor[..., i, j] = below / root
    return factor


def spd_inverse(a: Floats) -> tuple[Floats, Floats]:
    """Inverses and log-determinants of symmetric positive definite matrices.

    Parameters
    ----------
    a : array of shape (..., p, p)

    Returns
    -------
    inverse : array of shape (..., p, p)
    logdet : array of shape (...)
        Both NaN where a matrix is not positive definite.
    """
    p = a.shape[-1]
    if p == 1:
        value = a[..., 0, 0]
        value = np.where(value > 0, value, np.nan)
        return (1 / value)[..., None, None], np.log(value)
    if p == 2:  # noqa: PLR2004
        return _inverse_of_two(a)
    if a.ndim == 2:  # noqa: PLR2004  one matrix
        return _inverse_of_one(a)
    factor = cholesky(a)
    logdet = 2 * np.log(np.diagonal(factor, axis1=-2, axis2=-1)).sum(-1)
    if a.shape[-1] <= SMALL:
        return inverse_from_cholesky(factor), logdet
    good = np.isfinite(logdet)
    safe = a if np.all(good) else np.where(good[..., None, None], a, np.eye(a.shape[-1]))
    inverse = _inverse(safe)
    inverse = (inverse + np.swapaxes(inverse, -1, -2)) / 2
    return (inverse if np.all(good) else np.where(good[..., None, None], inverse, np.nan)), logdet


def _inverse(a: Floats) -> Floats:
    """Inverses of regular matrices; NaN if one is singular, as huge elements can make it."""
    try:
        return np.linalg.inv(a)
    except np.linalg.LinAlgError:
        return np.full_like(a, np.nan)


def _inverse_of_two(a: Floats) -> tuple[Floats, Floats]:
    """Inverses and log-determinants of 2 x 2 matrices by Cramer's rule."""
    x, y, z = a[..., 0, 0], a[..., 1, 0], a[..., 1, 1]
    det = x * z - y * y
    det = np.where((det > 0) & (x > 0), det, np.nan)
    inverse = np.empty_like(a)
    inverse[..., 0, 0], inverse[..., 1, 1] = z / det, x / det
    inverse[..., 0, 1] = inverse[..., 1, 0] = -y / det
    return inverse, np.log(det)


def _inverse_of_one(a: Floats) -> tuple[Floats, Floats]:
    factor = cholesky_of_one(a)
    diagonal = factor.diagonal()
    if not np.all(diagonal > 0):
        return np.full_like(a, np.nan), np.asarray(np.nan)
    inverse = _inverse(a)
    return (inverse + inverse.T) / 2, 2 * np.log(diagonal).sum()


def cholesky_of_one(a: Floats) -> Floats:
    """The lower Cholesky factor of one matrix, NaN throughout where there is none."""
    try:
        factor = np.linalg.cholesky(a)
    except np.linalg.LinAlgError:
        return np.full_like(a, np.nan)
    return factor if np.all(factor.diagonal() > 0) else np.full_like(a, np.nan)


def inverse_from_cholesky(factor: Floats) -> Floats:
    """Inverses of the small matrices with these lower Cholesky factors, shape (..., p, p)."""
    p = factor.shape[-1]
    inverse = np.zeros_like(factor)
    for j in range(p):
        inverse[..., j, j] = 1 / factor[..., j, j]
        for i in range(j + 1, p):
            s = (factor[..., i, j:i] * inverse[..., j:i, j]).sum(-1)
            inverse[..., i, j] = -s / factor[..., i, i]
    return np.swapaxes(inverse, -1, -2) @ inverse


def solve(a: Floats, b: Floats) -> Floats:
    """X with a x = b for one square matrix; NaN where it is singular."""
    try:
        return np.linalg.solve(a, b)
    except np.linalg.LinAlgError:
        return np.full(np.shape(b), np.nan)


def eigen(a: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues (ascending) and eigenvectors (columns) of a symmetric matrix."""
    if not np.all(np.isfinite(a)):
        return np.full(a.shape[-1], np.nan), np.full(a.shape, np.nan)
    values, vectors = np.linalg.eigh(a)
    return values, vectors


def rank(a: Floats) -> int:
    """Numerical rank of a matrix."""
    return int(np.linalg.matrix_rank(a)) if a.size else 0


def independent_columns(
    X: Floats, tolerance: float = 1e-7
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """The columns of X that do not depend on earlier ones, and their QR decomposition.

    Parameters
    ----------
    X : array of shape (n, p)
    tolerance : float
        A column is dependent if less than this share of its length is left (R uses 1e-7).

    Returns
    -------
    kept : positions of the m independent columns
    Q : array of shape (n, m), orthonormal
    R : array of shape (m, m), upper triangular, ``X[:, kept] = Q R``
    """
    n, p = X.shape
    Q, R = np.zeros((n, p)), np.zeros((p, p))
    kept: list[int] = []
    for j in range(p):
        m, column = len(kept), X[:, j]
        length = np.sqrt(column @ column)
        basis = Q[:, :m]
        first = basis.T @ column
        rest = column - basis @ first
        second = basis.T @ rest  # once more, for orthogonality to rounding
        rest = rest - basis @ second
        left = np.sqrt(rest @ rest)
        if left > tolerance * length and m < n:
            Q[:, m], R[:m, m], R[m, m] = rest / left, first + second, left
            kept.append(j)
    m = len(kept)
    return np.array(kept, dtype=np.intp), np.ascontiguousarray(Q[:, :m]), R[:m, :m]


def triangular_inverse(R: Floats) -> Floats:
    """Inverse of an upper triangular matrix with a nonzero diagonal."""
    return np.linalg.inv(R) if R.size else R


def triangular_factor(A: Floats) -> Floats:
    """The upper triangular R of A = Q R, shape (min(m, k), k) for A of shape (m, k)."""
    return np.asarray(np.linalg.qr(A, mode="r"), dtype=float)


def singular_values(A: Floats) -> Floats:
    """Singular values of a small matrix, largest first."""
    if A.shape == (1, 1):
        result: Floats = np.abs(A[0])
        return result
    return np.linalg.svd(A, compute_uv=False)


def block_diagonal(blocks: Sequence[Floats]) -> Floats:
    """The blocks along the diagonal of one matrix."""
    if len(blocks) == 1:
        return blocks[0]
    size = sum(len(block) for block in blocks)
    whole, start = np.zeros((size, size)), 0
    for block in blocks:
        stop = start + len(block)
        whole[start:stop, start:stop] = block
        start = stop
    return whole


def orthogonal_complement(A: Floats) -> Floats:
    """The columns of a Householder Q of A (m, k) behind the first k; shape (m, m - k)."""
    Q, _ = np.linalg.qr(A, mode="complete")
    return np.asarray(Q[:, A.shape[1] :], dtype=float)
