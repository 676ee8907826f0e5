"""The groups of rows that an argument names beside the formula."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from ..errors import DataError
from .columns import Data, categories
from .design import Frame
from .factors import MISSING, Factor, drop_unused


def groups_of(argument: str, given: str | ArrayLike, data: Data, frame: Frame) -> Factor:
    """The group of each complete row.

    Parameters
    ----------
    argument : what the groups are called, if they are not given by the name of their column
    given : name of a column of the data, or the column itself, with a group for each row
    data : mapping of columns
    frame : the complete rows

    Raises
    ------
    DataError
        If there is no such column, or it has not one group for each row.
    """
    name = given if isinstance(given, str) else argument
    values = categories(data if isinstance(given, str) else {name: given}, name)
    if len(values) != len(frame.rows):
        msg = f"column {name!r} has {len(values)} values, the others have {len(frame.rows)}"
        raise DataError(msg)
    groups = replace(values, codes=values.codes[frame.rows])
    if np.any(groups.codes == MISSING):
        msg = f"column {name!r} has missing values; every row needs a group"
        raise DataError(msg)
    return drop_unused(groups)
