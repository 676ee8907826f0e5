"""The noncentral t distribution, from which the power of a t-test follows."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Floats
from . import normal

NODES = 800
LOG_SMALL = 37.0
"""exp(-LOG_SMALL) is below the last digit."""

FAR = 9.0
"""So many standard deviations are as good as infinitely many."""


def sf(t: ArrayLike, df: ArrayLike, ncp: ArrayLike) -> Floats:
    """P(T > t) for T = (Z + ncp)/sqrt(chi²/df), absolute accuracy about 1e-11.

    Parameters
    ----------
    t, df, ncp : array-like that broadcast
        ``df`` at least 1, not necessarily whole.

    Notes
    -----
    The mean of P(Z > t S - ncp) over S = sqrt(chi²/df): the trapezoidal rule in z = log S², whose
    density is smooth and vanishes at both ends.
    """
    t, df, ncp = (
        np.asarray(value, dtype=float)[..., None] for value in np.broadcast_arrays(t, df, ncp)
    )
    a = df / 2
    low = -np.maximum(LOG_SMALL / a, FAR / np.sqrt(a))
    high = np.log1p(FAR / np.sqrt(a) + LOG_SMALL / a)
    z = low + (high - low) * np.linspace(0, 1, NODES)
    weight = np.exp(a * (z - np.expm1(z)))  # density of z, not normalised
    upper = normal.sf(t * np.exp(z / 2) - ncp)
    result: Floats = (weight * upper).sum(axis=-1) / weight.sum(axis=-1)
    return result
