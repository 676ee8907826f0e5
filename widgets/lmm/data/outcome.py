"""The response of a family: numbers, counts, or successes out of trials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..errors import DataError, FormulaError
from ..formula import Formula
from ..formula.syntax import Call, Node, written
from .columns import Column, Data, numeric
from .contrasts import Contrasts
from .design import Frame, check_varies, frame_beside
from .factors import Factor
from .variables import Memory, variable

TWO = 2
"""Arguments of cbind, levels of a binary factor."""


@dataclass(frozen=True)
class Outcome:
    """The response, NaN where missing.

    Attributes
    ----------
    y : shape (n,); for the binomial the share of successes
    trials : shape (n,); how many trials each row counts, one for other families
    """

    y: Floats
    trials: Floats


def with_outcome(
    formula: Formula,
    data: Data,
    family: str,
    *,
    extra: Sequence[str] = (),
    contrasts: Contrasts | None = None,
) -> tuple[Frame, Outcome, Memory]:
    """The frame and the response on the rows where both are complete, and what to remember.

    ``extra`` names further grouping columns for the frame.
    """
    found = outcome_of(formula.response, data, family)
    frame, memory = frame_beside(found.y, formula, data, extra=extra, contrasts=contrasts)
    y, trials = found.y[frame.rows], found.trials[frame.rows]
    check_varies(formula, y)
    return frame, Outcome(y, trials), memory


def outcome_of(node: Node, data: Data, family: str) -> Outcome:
    """The response that ``node`` describes, checked against what the family can have.

    Raises
    ------
    DataError
        If a value cannot come from the family: a negative count, a share without its trials.
    """
    if isinstance(node, Call) and node.function == "cbind":
        return _of_trials(node, data, family)
    values = variable(node, data, Memory())
    name = f"the response {written(node)!r}"
    y = _binary(values, name) if family == "binomial" else numeric(values, name)
    if family == "poisson":
        _check_counts(y, name)
    return Outcome(y, np.ones(len(y)))


def _of_trials(node: Call, data: Data, family: str) -> Outcome:
    if family != "binomial":
        msg = f"{written(node)}: cbind(successes, failures) is a response of the family 'binomial'"
        raise FormulaError(msg)
    if len(node.arguments) != TWO:
        msg = f"{written(node)}: cbind( ) takes two columns, the successes and the failures"
        raise FormulaError(msg)
    parts = []
    for argument in node.arguments:
        name = repr(written(argument))
        counts = numeric(variable(argument, data, Memory()), name)
        _check_counts(counts, name)
        parts.append(counts)
    successes, failures = parts
    if len(successes) != len(failures):
        msg = f"{written(node)}: the columns have {len(successes)} and {len(failures)} values"
        raise DataError(msg)
    trials = successes + failures
    some = trials != 0
    return Outcome(np.where(some, successes / np.where(some, trials, 1.0), np.nan), trials)


def _binary(values: Column, name: str) -> Floats:
    """Zeros and ones; of a factor with two levels the second counts as success, as in R."""
    if isinstance(values, Factor):
        if len(values.levels) != TWO:
            msg = (
                f"{name} has {len(values.levels)} levels; a binomial response has "
                "two (the second counts as success), numbers 0 and 1, or cbind(successes, failures)"
            )
            raise DataError(msg)
        return np.where(values.codes < 0, np.nan, values.codes.astype(float))
    strange = values[~np.isnan(values) & (values != 0) & (values != 1)]
    if strange.size:
        msg = (
            f"{name} has the value {strange[0]:g}; a binomial response is 0 or 1 "
            "in every row, or cbind(successes, failures)"
        )
        raise DataError(msg)
    return values


def _check_counts(values: Floats, name: str) -> None:
    present = values[~np.isnan(values)]
    strange = present[(present < 0) | (present != np.floor(present))]
    if strange.size:
        msg = f"{name} has the value {strange[0]:g}; counts are whole numbers from 0 on"
        raise DataError(msg)
