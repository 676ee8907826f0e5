"""Fits of one model to many responses, for simulations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..arguments import numbers
from ..arrays import Floats
from ..coefficients import two_sided_test
from ..data.columns import Data
from ..data.design import Frame, model_frame
from ..data.variables import Memory
from ..errors import DataError
from ..formula import Formula


@dataclass(frozen=True)
class ManyCoefficients:
    """Coefficient tables of F fits: by name of coefficient, arrays of shape (F,)."""

    names: tuple[str, ...]
    estimate: Mapping[str, Floats]
    se: Mapping[str, Floats]
    df: Mapping[str, Floats]
    t: Mapping[str, Floats]
    p: Mapping[str, Floats]


@dataclass(frozen=True)
class ManyFits(ManyCoefficients):
    """Fits of one model to F responses: by coefficient name, arrays of shape (F,).

    ``sd``, ``theta`` and ``singular`` concern the random intercept and are zero, zero and False
    for :func:`lm_many`.
    """

    sd: Floats
    sigma: Floats
    theta: Floats
    singular: NDArray[np.bool_]
    loglik: Floats


def complete(formula: Formula, data: Data, responses: ArrayLike) -> tuple[Frame, Floats]:
    """The frame of the predictors and the responses as numbers, all rows complete."""
    Y = numbers("responses", responses)
    frame = model_frame(formula, data, Memory())
    if not len(frame.rows) and Y.ndim == 2:  # noqa: PLR2004  rows and columns; a formula without data
        frame = Frame({}, {}, np.zeros(len(Y)), np.ones(len(Y), dtype=bool))
    if Y.ndim != 2 or len(Y) != len(frame.rows):  # noqa: PLR2004
        msg = f"responses must have the shape ({len(frame.rows)}, number of fits), not {Y.shape}"
        raise DataError(msg)
    if frame.omitted or not np.all(np.isfinite(Y)):
        msg = "predictors and responses of many fits must be complete and finite"
        raise DataError(msg)
    return frame, Y - frame.offset[:, None] if formula.fixed.offsets else Y


def table(
    names: tuple[str, ...], estimate: Floats, se: Floats, df: Floats
) -> dict[str, Mapping[str, Floats]]:
    """The columns of a coefficient table, from arrays of shape (F, p)."""
    t, p = two_sided_test(estimate, se, df)
    arrays = {"estimate": estimate, "se": se, "df": df, "t": t, "p": p}
    return {key: dict(zip(names, value.T, strict=True)) for key, value in arrays.items()}
