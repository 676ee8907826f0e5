"""Weights of rows, as they are given: positive numbers, missing where a row is left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..arguments import shown
from ..arrays import Floats
from ..errors import DataError
from .columns import Data, column, numeric

Weights = str | ArrayLike | None
"""The name of a column, the column itself, or nothing."""

WHOLE = 1e-6
"""How near a number of successes comes to a whole one."""


def weights_of(given: Weights, data: Data) -> Floats | None:
    """The weights of all rows of the data, shape (n,), NaN where missing; None if none are given.

    Raises
    ------
    DataError
        If there is no such column, or a weight is not a positive number.
    """
    if given is None:
        return None
    name = given if isinstance(given, str) else "weights"
    values = numeric(column(data if isinstance(given, str) else {name: given}, name), repr(name))
    strange = values[~np.isnan(values) & ~((values > 0) & np.isfinite(values))]
    if strange.size:
        msg = (
            f"weights={name!r} has the value {strange[0]:g}; weights are positive numbers, and a "
            "row without weight is left out of the data"
        )
        raise DataError(msg)
    return values


def with_weight(y: Floats, weights: Floats | None) -> Floats:
    """The response, missing where a weight is.

    Raises
    ------
    DataError
        If the weights are not one for each row.
    """
    if weights is None:
        return y
    if len(weights) != len(y):
        msg = f"weights has {len(weights)} values, the response has {len(y)}; one for each row"
        raise DataError(msg)
    return np.where(np.isnan(weights), np.nan, y)


def check_successes(y: Floats, trials: Floats, name: str) -> None:
    """Refuse shares that are no whole number of successes out of their trials."""
    successes = y * trials
    broken = ~np.isnan(successes) & (np.abs(successes - np.rint(successes)) > WHOLE * trials)
    if np.any(broken):
        row = int(np.argmax(broken))
        msg = (
            f"{name} is {y[row]:g} with the weight {trials[row]:g} in row {row + 1}: weights of a "
            f"binomial are numbers of trials, and {shown(float(successes[row]))} successes are not "
            "whole"
        )
        raise DataError(msg)
