"""F tests of ``L beta = 0`` from estimates and their covariance."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from ..arguments import numbers, shown
from ..arrays import Floats
from ..distributions import chi2
from ..distributions import f as fisher
from ..errors import MethodError
from ..linalg import solve
from ..results import TermTest
from .contrasts import independent_rows


def rows_of_contrasts(L: ArrayLike, names: Mapping[str, float]) -> Floats:
    """The hypotheses as an array of shape (l, p).

    Raises
    ------
    DataError, MethodError
        If L holds no numbers, has another shape or nothing but zeros.
    """
    rows = np.atleast_2d(numbers("L", L))
    if rows.ndim != 2 or rows.shape[1] != len(names):  # noqa: PLR2004  rows of coefficients
        msg = f"L must have one column for each of {', '.join(names)}, not shape {rows.shape}"
        raise MethodError(msg)
    if not np.all(np.isfinite(rows)) or not np.any(rows):
        msg = f"L must hold finite numbers, one of them not zero, not {shown(L)}"
        raise MethodError(msg)
    return rows


def wald_test(
    L: ArrayLike, fixef: Mapping[str, float], vcov: Floats, dendf: float, sigma: float = math.nan
) -> TermTest:
    """F = estimate' (L V L')^-1 estimate / q with q independent rows of L.

    Parameters
    ----------
    L : array-like of shape (l, p), or (p,) for one row, in the order of ``fixef``
    vcov : shape (p, p)
    dendf : denominator degrees of freedom, infinite for a chi-square test of q F
    sigma : residual standard deviation, where sums of squares have a meaning

    Raises
    ------
    DataError, MethodError
        As :func:`rows_of_contrasts`.
    """
    rows = rows_of_contrasts(L, fixef)
    rows, estimate = independent_rows(rows, rows @ np.array(list(fixef.values())))
    q = len(rows)
    F = float(estimate @ solve(rows @ vcov @ rows.T, estimate)) / q
    p = float(chi2.sf(q * F, q) if math.isinf(dendf) else fisher.sf(F, q, dendf))
    return TermTest(F, float(q), dendf, p, q * F * sigma**2, F * sigma**2)
