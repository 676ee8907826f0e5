"""Small dense linear algebra whose failures are seen by value.

In the browser ``numpy.linalg.cholesky`` of a matrix that is not positive definite can return NaN
instead of raising, and ``numpy.errstate`` does nothing. So these are the only calls of
``numpy.linalg``'s factorisations in the engine, and each says by value whether it succeeded.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def cholesky_by_columns(a: Floats) -> Floats:
    """Lower Cholesky factors of many small matrices, vectorised over the matrices.

    Parameters
    ----------
    a : array of shape (..., p, p)
        Symmetric; ``p`` small.

    Returns
    -------
    array of shape (..., p, p)
        NaN from the column on where a matrix is not positive definite.
    """
    p = a.shape[-1]
    factor = np.zeros_like(a)
    for j in range(p):
        row = factor[..., j, :j]
        pivot = a[..., j, j] - np.sum(row * row, axis=-1)
        positive = pivot > 0
        root = np.where(positive, np.sqrt(np.where(positive, pivot, 1.0)), np.nan)
        factor[..., j, j] = root
        if j + 1 < p:
            below = a[..., j + 1 :, j] - np.sum(factor[..., j + 1 :, :j] * row[..., None, :], -1)
            factor[..., j + 1 :, j] = below / root[..., None]
    return factor


def inverse_from_cholesky(factor: Floats) -> Floats:
    """Inverses of the matrices with these lower Cholesky factors, vectorised like them.

    Parameters
    ----------
    factor : array of shape (..., p, p)
    """
    p = factor.shape[-1]
    inverse = np.zeros_like(factor)
    for j in range(p):
        inverse[..., j, j] = 1 / factor[..., j, j]
        for i in range(j + 1, p):
            s = np.sum(factor[..., i, j:i] * inverse[..., j:i, j], axis=-1)
            inverse[..., i, j] = -s / factor[..., i, i]
    return np.swapaxes(inverse, -1, -2) @ inverse
