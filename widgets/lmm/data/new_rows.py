"""The rows that a fit is asked to predict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from ..arrays import Floats
from ..errors import DataError
from ..formula import Formula, LinearTerms
from .columns import Data, numeric
from .design import Frame, model_frame, model_matrix
from .variables import Memory


def frame_of_new_rows(formula: Formula, newdata: Data, memory: Memory) -> Frame:
    """The variables of a formula in new data, scaled and with levels as in the first.

    Raises
    ------
    DataError
        If a value is missing, a factor has a new level, or a number has become text.
    """
    frame = model_frame(formula, newdata, memory.copy())
    for name, values in frame.variables.items():
        if name not in memory.levels:
            numeric(values, f"the new data's {name!r}")
    if frame.omitted:
        msg = f"{frame.omitted} rows of the new data have missing values; fill or drop them"
        raise DataError(msg)
    return frame


def fixed_rows(terms: LinearTerms, frame: Frame, names: Iterable[str]) -> Floats:
    """The columns of X of these names, shape (n, p)."""
    matrix = model_matrix(terms, frame)
    place = {name: j for j, name in enumerate(matrix.names)}
    kept: Floats = matrix.X[:, [place[name] for name in names]]
    return kept


def fixed_part(terms: LinearTerms, frame: Frame, fixef: Mapping[str, float]) -> Floats:
    """X beta plus the offset, shape (n,), for the columns of X that ``fixef`` names."""
    kept = fixed_rows(terms, frame, fixef)
    result: Floats = kept @ np.array(list(fixef.values())) + frame.offset
    return result
