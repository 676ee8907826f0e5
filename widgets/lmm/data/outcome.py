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
from .weights import with_weight

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
    weights: Floats | None = None,
) -> tuple[Frame, Outcome, Memory]:
    """The frame and the response on the rows where both are complete, and what to remember.

    ``extra`` names further grouping columns for the frame; ``weights`` of a binomial are trials.
    """
    found = outcome_of(formula.response, data, family, weights)
    frame, memory = frame_beside(found.y, formula, data, extra=extra, contrasts=contrasts)
    y, trials = found.y[frame.rows], found.trials[frame.rows]
    check_varies(formula, y)
    return frame, Outcome(y, trials), memory


def outcome_of(node: Node, data: Data, family: str, weights: Floats | None = None) -> Outcome:
    """The response that ``node`` describes, checked against what the family can have.

    With ``weights`` a binomial response may be a share; they multiply its trials, and are missing
    where the response is to be.

    Raises
    ------
    DataError
        If a value cannot come from the family: a negative count, a share without its trials.
    """
    if isinstance(node, Call) and node.function == "cbind":
        found = _of_trials(node, data, family)
        return _weighted(found, weights) if family == "binomial" else found
    values = variable(node, data, Memory())
    name = f"the response {written(node)!r}"
    if family != "binomial":
        y = numeric(values, name)
        if family == "poisson":
            _check_counts(y, name)
        return Outcome(with_weight(y, weights), np.ones(len(y)))
    if weights is not None and not isinstance(values, Factor):
        return _weighted(Outcome(_share(values, name), np.ones(len(values))), weights)
    y = _binary(values, name)
    return _weighted(Outcome(y, np.ones(len(y))), weights)


def _weighted(found: Outcome, weights: Floats | None) -> Outcome:
    if weights is None:
        return found
    y = with_weight(found.y, weights)
    return Outcome(y, np.where(np.isnan(y), 1.0, found.trials * weights))


def _share(values: Floats, name: str) -> Floats:
    """Shares of successes, which have their trials as weights."""
    strange = values[~np.isnan(values) & ~((values >= 0) & (values <= 1))]
    if strange.size:
        msg = f"{name} has the value {strange[0]:g}; with weights it is a share, from 0 to 1"
        raise DataError(msg)
    return values


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
