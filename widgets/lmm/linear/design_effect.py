"""What clustering costs: the variance of a mean against that of independent observations."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..arguments import numbers
from ..errors import DesignError


def design_effect(m: ArrayLike, icc: ArrayLike, cv: ArrayLike = 0.0) -> NDArray[np.float64]:
    """Return the design effect of clusters with mean size m.

    Parameters
    ----------
    m
        Mean cluster size, at least 1; any shape.
    icc
        Intraclass correlation, between 0 and 1; a shape that broadcasts with m's.
    cv
        Coefficient of variation of the cluster sizes, at least 0; 0 for equal sizes.

    Returns
    -------
    ndarray
        ``1 + ((1 + cv²) m - 1) icc``, in the common shape: Eldridge, Ashby & Kerry (2006),
        Int. J. Epidemiol. 35:1292; with ``cv = 0``, Donner & Klar (2000), ch. 5.

    Raises
    ------
    DataError
        If an argument holds no numbers.
    DesignError
        If a value lies outside its range, or the shapes do not fit.
    """
    sizes, correlation, spread = numbers("m", m), numbers("icc", icc), numbers("cv", cv)
    for name, values, ok, rule in (
        ("m", sizes, sizes >= 1, "at least 1"),
        ("icc", correlation, (correlation >= 0) & (correlation <= 1), "between 0 and 1"),
        ("cv", spread, spread >= 0, "at least 0"),
    ):
        if not np.all(ok):
            msg = f"{name} must be {rule}, not {values[~ok].flat[0]:g}"
            raise DesignError(msg)
    try:
        return np.asarray(1 + ((1 + spread**2) * sizes - 1) * correlation)
    except ValueError:
        shapes = f"{sizes.shape}, {correlation.shape} and {spread.shape}"
        msg = f"m, icc and cv must have shapes that fit each other, not the shapes {shapes}"
        raise DesignError(msg) from None
