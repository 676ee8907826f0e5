"""Student's t-tests."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from ..arguments import finite
from ..arrays import Floats
from ..coefficients import Coefficient, coefficient_table
from ..errors import DataError, NotEstimableError


def t_test(
    x: ArrayLike, y: ArrayLike | None = None, *, paired: bool = False, var_equal: bool = True
) -> Coefficient:
    """The mean of ``x``, or the mean of ``x`` minus that of ``y``, with its t-test against zero.

    Parameters
    ----------
    x, y : array-like of numbers, shapes (n,) and (m,)
        Without ``y`` the test is for one sample; with ``paired`` for the differences.
    var_equal : bool
        Pooled variance if true, else Welch's test.

    Returns
    -------
    Coefficient
        With a 95 % interval.

    Raises
    ------
    DataError
        If a sample is not of finite numbers, or the pairs are not complete.
    NotEstimableError
        If no degrees of freedom are left for the variance.
    """
    a = finite("x", x)
    if y is None:
        if paired:
            msg = "a paired test needs y, the other value of each pair"
            raise DataError(msg)
        return _result(float(a.mean()), _squares(a) / _left(len(a) - 1) / len(a), len(a) - 1)
    b = finite("y", y)
    if paired:
        if len(a) != len(b):
            msg = f"a paired test needs samples of one length, not {len(a)} and {len(b)}"
            raise DataError(msg)
        return t_test(a - b)
    estimate, n, m = float(a.mean() - b.mean()), len(a), len(b)
    if var_equal:
        pooled = (_squares(a) + _squares(b)) / _left(n + m - 2)
        return _result(estimate, pooled * (1 / n + 1 / m), n + m - 2)
    u, v = _squares(a) / _left(n - 1) / n, _squares(b) / _left(m - 1) / m
    spread = u**2 / (n - 1) + v**2 / (m - 1)  # zero where both samples are constant
    return _result(estimate, u + v, (u + v) ** 2 / spread if spread > 0 else n + m - 2)


def _squares(values: Floats) -> float:
    return float(np.sum((values - values.mean()) ** 2))


def _left(df: int) -> int:
    if df < 1:
        msg = "no degrees of freedom are left to estimate a variance; a t-test needs more values"
        raise NotEstimableError(msg)
    return df


def _result(estimate: float, variance: float, df: float) -> Coefficient:
    se = math.sqrt(variance)
    one, error, left = (np.array([v], dtype=float) for v in (estimate, se, df))
    return coefficient_table(("mean",), one, error, left)["mean"]
