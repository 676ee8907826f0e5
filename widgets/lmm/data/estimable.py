"""The degrees of freedom that a random-intercept design leaves between groups and within them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..errors import NotEstimableError
from ..formula import read_formula
from ..linalg import independent_columns
from .columns import Data
from .design import model_frame, model_matrix
from .fixed_effects import FixedEffects
from .random_effects import RandomEffects, random_intercept
from .variables import Memory


def degrees_of_freedom(formula: str, data: Data) -> tuple[int, int]:
    """How many degrees of freedom a random-intercept design leaves between groups and within them.

    Either may be zero; then :func:`lmer` raises :class:`NotEstimableError`.

    Parameters
    ----------
    formula : str with one ``(1 | group)``; its response is not looked up
    data : mapping of columns

    Returns
    -------
    between, within : int
        What the groups add to the rank of the fixed effects, and what both leave of the rows.

    Raises
    ------
    FormulaError, DataError, DesignError
        What is wrong, where, and what would be right.
    """
    parsed = read_formula(formula)
    frame = model_frame(parsed, data, Memory())
    codes = random_intercept(parsed, frame, "degrees_of_freedom").levels.codes
    return _left(model_matrix(parsed.fixed, frame).X, codes)


def check_estimable(fixed: FixedEffects, term: RandomEffects) -> None:
    """Refuse a design in which the variance between groups, or within them, cannot be estimated."""
    between, within = _left(fixed.X, term.levels.codes)
    group, names = term.group, ", ".join(fixed.names)
    if between == 0:
        raise NotEstimableError(used_up(len(term.levels.levels), group, names))
    if within == 0:
        msg = (
            f"every level of {group!r} has only one observation (given the fixed effects): its "
            "variance cannot be told from the residual variance; measure each more than once"
        )
        raise NotEstimableError(msg)


def used_up(J: int, group: str, names: str) -> str:
    """The message when the fixed effects leave nothing between groups."""
    return (
        f"the {J} levels of {group!r} are used up by the fixed effects ({names}): nothing is left "
        f"to tell how much {group!r} varies by itself; more levels of {group!r} per condition "
        "are needed"
    )


def _left(X: Floats, codes: NDArray[np.intp]) -> tuple[int, int]:
    Z = (codes[:, None] == np.unique(codes)).astype(float)
    rank = len(independent_columns(X)[0])
    both = len(independent_columns(np.hstack([X, Z]))[0])
    return both - rank, len(X) - both
