"""The groups of rows that an argument names beside the formula."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Floats
from ..errors import DataError
from .columns import Data, categories, column, numeric
from .design import Frame
from .factors import MISSING, Factor, drop_unused


def neighbours(frame: Frame, time: Floats | None) -> tuple[str, ...]:
    """What is to be said where rows were left out between rows that count as neighbours."""
    if time is not None or not frame.omitted:
        return ()
    said = "without time= the rows before and after one that was left out count as neighbours"
    return (said,)


def times_of(
    given: str | ArrayLike | None,
    data: Data,
    frame: Frame,
    groups: Factor,
    *,
    whole: bool = True,
) -> Floats | None:
    """The time of each complete row, shape (n,), ``whole`` or any; None if none is given.

    Raises
    ------
    DataError
        If a time is missing or no whole number, or comes twice in one group.
    """
    if given is None:
        return None
    name = given if isinstance(given, str) else "time"
    values = numeric(
        column(data if isinstance(given, str) else {name: given}, name), f"time={name!r}"
    )
    if len(values) != len(frame.rows):
        msg = f"time={name!r} has {len(values)} values, the others have {len(frame.rows)}"
        raise DataError(msg)
    time = values[frame.rows]
    good = np.isfinite(time) & (time == np.floor(time)) if whole else np.isfinite(time)
    strange = time[~good]
    if strange.size:
        what = "a missing value" if np.isnan(strange[0]) else f"the value {strange[0]:g}"
        rule = "the whole number of its visit" if whole else "its time"
        msg = f"time={name!r} has {what}; every row needs {rule}"
        raise DataError(msg)
    order = np.lexsort((time, groups.codes))
    twice = (np.diff(time[order]) == 0) & (np.diff(groups.codes[order]) == 0)
    if np.any(twice):
        row = order[int(np.argmax(twice))]
        level = groups.levels[groups.codes[row]]
        msg = (
            f"time={name!r} has the value {time[row]:g} twice in the group {level!r}; once will do"
        )
        raise DataError(msg)
    return time


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
