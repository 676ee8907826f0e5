"""Degrees of freedom of an estimated variance, matched by its first two moments.

Satterthwaite (1946), Biometrics Bulletin 2:110: a variance v whose estimate has the variance s²
behaves like chi-square with 2 v²/s² degrees of freedom. Kenward and Roger's come out the same for
one contrast.
"""

from __future__ import annotations

import numpy as np

from ..arrays import Floats


def matched_df(L: Floats, Phi: Floats, slopes: Floats, W: Floats) -> Floats:
    """Degrees of freedom of each row of L.

    Parameters
    ----------
    L : array of shape (l, p)
    Phi : array of shape (p, p), covariance of the coefficients
    slopes : array of shape (m, p, p), its derivatives by the m covariance parameters
    W : array of shape (m, m), covariance of those parameters

    Returns
    -------
    array of shape (l,)
    """
    v = np.einsum("la,ab,lb->l", L, Phi, L)
    g = np.einsum("la,iab,lb->li", L, slopes, L)
    result: Floats = 2 * v**2 / np.einsum("li,ij,lj->l", g, W, g)
    return result
