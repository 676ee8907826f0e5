"""Model matrices with R's columns and names, and the frame of data that they are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..errors import DataError, FormulaError, MethodError
from ..formula import Formula, LinearTerms, Node, Term, written
from ..formula.syntax import Call
from .columns import Column, Data, categories, column, complete_rows, numeric, rows_of
from .contrasts import Coding, Contrasts, check_contrasts, contrast_columns
from .factors import Factor, combined, drop_unused
from .variables import Memory, variable
from .weights import with_weight


@dataclass(frozen=True)
class Frame:
    """The complete rows of everything that a formula names.

    Attributes
    ----------
    variables : by their text in the formula
    groups : by name of column, as factors
    offset : shape (n,)
    rows : which rows of the data were complete
    """

    variables: Mapping[str, Column]
    groups: Mapping[str, Factor]
    offset: Floats
    rows: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """Number of complete rows."""
        return int(self.rows.sum())

    @property
    def omitted(self) -> int:
        """Number of rows left out because a value is missing."""
        return int((~self.rows).sum())


@dataclass(frozen=True)
class ModelMatrix:
    """Columns of a model, their names, and the number of the term that each belongs to.

    ``assign`` is 0 for the intercept and counts the terms from 1, as R's attribute does.
    """

    X: Floats
    names: tuple[str, ...]
    assign: tuple[int, ...]


def model_frame(
    formula: Formula, data: Data, memory: Memory, *, extra: Sequence[str] = ()
) -> Frame:
    """Every variable of the formula but the response; ``extra`` names further grouping columns."""
    nodes = {name: node for side in _sides(formula) for name, node in side.variables.items()}
    offsets = formula.fixed.offsets
    values = {name: variable(node, data, memory) for name, node in nodes.items()}
    named_groups = dict.fromkeys(name for term in formula.random for name in term.group)
    groups = {name: categories(data, name) for name in (*named_groups, *extra)}
    names = [f"offset({written(node)})" for node in offsets]
    shift = [
        numeric(variable(node, data, memory), name)
        for name, node in zip(names, offsets, strict=True)
    ]
    everything = [*values.items(), *groups.items(), *zip(names, shift, strict=True)]
    if not everything:
        n = len(column(data, next(iter(data)))) if data else 0
        return Frame({}, {}, np.zeros(n), np.ones(n, dtype=bool))
    rows = complete_rows(everything)
    return kept_rows(Frame(values, groups, sum(shift, start=np.zeros(len(rows))), rows), rows)


def kept_rows(frame: Frame, rows: NDArray[np.bool_]) -> Frame:
    """The frame with only some of its rows."""
    if np.all(rows):
        return Frame(frame.variables, frame.groups, frame.offset, rows)
    groups = {name: rows_of(value, rows) for name, value in frame.groups.items()}
    return Frame(
        {name: rows_of(value, rows) for name, value in frame.variables.items()},
        {name: value for name, value in groups.items() if isinstance(value, Factor)},
        frame.offset[rows],
        rows,
    )


def with_response(
    formula: Formula,
    data: Data,
    contrasts: Contrasts | None = None,
    weights: Floats | None = None,
) -> tuple[Frame, Floats, Memory]:
    """The frame and the response on the rows where both are complete, and what to remember.

    A row whose one of the ``weights`` is missing is left out, too.
    """
    y = with_weight(response_of(formula.response, data), weights)
    frame, memory = frame_beside(y, formula, data, contrasts=contrasts)
    y = y[frame.rows]
    check_varies(formula, y)
    return frame, y, memory


def check_varies(formula: Formula, y: Floats) -> None:
    """Refuse a response that is the same in every row."""
    if np.ptp(y) == 0:
        msg = f"the response {written(formula.response)!r} is constant; there is nothing to model"
        raise DataError(msg)


def frame_beside(
    y: Floats,
    formula: Formula,
    data: Data,
    *,
    extra: Sequence[str] = (),
    contrasts: Contrasts | None = None,
) -> tuple[Frame, Memory]:
    """The frame of the rows that are complete in ``y`` (NaN where missing) too.

    Levels that do not occur in these rows are dropped, as R does. ``contrasts`` of variables that
    the formula does not have are for another formula of the same model.
    """
    memory = Memory(contrasts=check_contrasts(contrasts))
    frame = model_frame(formula, data, memory, extra=extra)
    response = written(formula.response)
    if len(y) != len(frame.rows):
        msg = f"the response {response!r} has {len(y)} values, the others have {len(frame.rows)}"
        raise DataError(msg)
    rows = complete_rows([(response, np.where(frame.rows | np.isinf(y), y, np.nan))])
    if not np.all(rows[frame.rows]):
        frame = kept_rows(frame, rows[frame.rows])
    variables = {
        name: drop_unused(value) if isinstance(value, Factor) else value
        for name, value in frame.variables.items()
    }
    for name, value in variables.items():
        if isinstance(value, Factor):
            memory.levels[name] = value.levels
        elif name in memory.contrasts:
            msg = f"contrasts: {name!r} holds numbers; only categories have contrasts"
            raise MethodError(msg)
    return Frame(variables, frame.groups, frame.offset, rows), memory


def response_of(node: Node, data: Data) -> Floats:
    """The response as numbers, NaN where missing."""
    if isinstance(node, Call) and node.function == "cbind":
        msg = "cbind(successes, failures) is the response of a binomial model: use glmer()"
        raise FormulaError(msg)
    return numeric(variable(node, data, Memory()), f"the response {written(node)!r}")


def check_variables(contrasts: Contrasts | None, *formulas: Formula) -> None:
    """Refuse contrasts of what is no variable of the formulas.

    Raises
    ------
    MethodError
        With the variables that there are.
    """
    known = {name for formula in formulas for side in _sides(formula) for name in side.variables}
    for name in check_contrasts(contrasts):
        if name not in known:
            there = ", ".join(sorted(known)) or "none"
            msg = f"contrasts: {name!r} is no variable of the formula, which has {there}"
            raise MethodError(msg)


def grouping(frame: Frame, columns: Iterable[str]) -> Factor:
    """The grouping factor made of these columns."""
    return combined([frame.groups[name] for name in columns])


def model_matrix(
    terms: LinearTerms, frame: Frame, *, full: bool = False, asked: bool = True
) -> ModelMatrix:
    """The columns of the terms, named as R names them.

    With ``full`` every factor has a column for every level in every term; without ``asked`` its
    contrasts are the usual ones, whatever was asked for, as lme4 codes random effects.
    """
    n, variables = frame.n, frame.variables
    blocks: list[Floats] = [np.ones((n, 1))] if terms.intercept else []
    names: list[str] = ["(Intercept)"] if terms.intercept else []
    assign: list[int] = [0] if terms.intercept else []
    coding = contrast_coding(terms, frame)
    for number, term in enumerate(terms.terms, start=1):
        parts = [_coded(variables[v], v, full=full or coding[term, v], asked=asked) for v in term]
        # the first variable of a term varies fastest
        for chosen in product(*(range(len(labels)) for _, labels in reversed(parts))):
            picks = list(zip(parts, reversed(chosen), strict=True))
            names.append(":".join(labels[i] for (_, labels), i in picks))
            blocks.append(np.prod([block[:, i] for (block, _), i in picks], axis=0)[:, None])
            assign.append(number)
    X = np.hstack(blocks) if blocks else np.zeros((n, 0))
    return ModelMatrix(X, tuple(names), tuple(assign))


def contrast_coding(terms: LinearTerms, frame: Frame) -> dict[tuple[Term, str], bool]:
    """Whether a factor has a column for every level (True) in a term, or contrasts (False).

    Contrasts where an earlier term contains the rest of the term; without an intercept the first
    factor of the model gets all its levels (Chambers & Hastie 1992, p. 38, as R does).
    """
    coding: dict[tuple[Term, str], bool] = {}
    pending = not terms.intercept
    for place, term in enumerate(terms.terms):
        for name in term:
            rest = set(term) - {name}
            covered = not rest or any(rest <= set(other) for other in terms.terms[:place])
            is_factor = isinstance(frame.variables[name], Factor)
            coding[term, name] = not covered or (pending and is_factor)
            pending = pending and not is_factor
    return coding


def _sides(formula: Formula) -> Iterable[LinearTerms]:
    return (formula.fixed, *(term.effects for term in formula.random))


def _coded(values: Column, name: str, *, full: bool, asked: bool) -> tuple[Floats, list[str]]:
    if not isinstance(values, Factor):
        if values.ndim == 1:
            return values[:, None], [name]
        k = values.shape[1]
        return values, [f"{name}{j}" for j in range(1, k + 1)] if k > 1 else [name]
    first = 0 if full else 1
    if len(values.levels) <= first:
        msg = f"{name!r} has only one level, {values.levels[0]!r}; a contrast needs at least two"
        raise DataError(msg)
    usual: Coding = "poly" if values.ordered else "treatment"
    coding = (values.contrasts if asked else None) or usual
    if full or coding == "treatment":
        indicators = (values.codes[:, None] == np.arange(first, len(values.levels))).astype(float)
        return indicators, [f"{name}{level}" for level in values.levels[first:]]
    columns, added = contrast_columns(coding, values.levels)
    return columns[values.codes], [f"{name}{one}" for one in added]
