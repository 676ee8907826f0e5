"""A formula and data made into the matrices of a mixed model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..data.design import Frame, check_variables, model_matrix, with_response
from ..data.fixed_effects import FixedEffects, fixed_effects
from ..data.grouping_factors import GroupingFactor, grouping_factors
from ..data.random_effects import RandomEffects, random_effects
from ..data.variables import Memory
from ..formula import Formula, mixed_formula
from .criterion import Problem
from .crossproducts import cross_products
from .layout import Layout, layout
from .theta import Place, places


@dataclass(frozen=True)
class MixedData:
    """Data of a mixed model.

    Attributes
    ----------
    formula : as read
    frame : complete rows of the variables
    memory : scalings and levels that new data must follow
    y : shape (n,), response without the offset
    fixed : the fixed part
    terms : random terms in lme4's order
    factors : grouping factors, most levels first
    where : layout of their levels
    places : where theta stands
    """

    formula: Formula
    frame: Frame
    memory: Memory
    y: Floats
    fixed: FixedEffects
    terms: tuple[RandomEffects, ...]
    factors: tuple[GroupingFactor, ...]
    where: Layout
    places: tuple[Place, ...]
    time: Floats | None = None

    @property
    def n(self) -> int:
        """Number of observations."""
        return len(self.y)


def mixed_data(text: str, data: Data, contrasts: Contrasts | None = None) -> MixedData:
    """Read a formula with at least one ``( | )`` term and its data."""
    formula = mixed_formula(text, instead="lm()")
    check_variables(contrasts, formula)
    frame, y, memory = with_response(formula, data, contrasts)
    return data_of_frame(formula, frame, memory, y)


def data_of_frame(
    formula: Formula, frame: Frame, memory: Memory, y: Floats, *, residual: bool = True
) -> MixedData:
    """The matrices of a model for the response ``y`` (n,) on the rows of a frame.

    Without a ``residual`` variance there may be as many random effects as observations.
    """
    fixed = fixed_effects(model_matrix(formula.fixed, frame), frame.n)
    terms = random_effects(formula, frame, residual=residual)
    factors = grouping_factors(terms)
    where = layout(factors)
    shift = y - frame.offset
    return MixedData(
        formula, frame, memory, shift, fixed, terms, factors, where, places(terms, factors)
    )


def problem_of(data: MixedData, *, REML: bool) -> Problem:
    """The problem of the criterion, for independent residuals."""
    Q, y = data.fixed.Q, data.y
    free = y - Q @ (Q.T @ y)
    A = cross_products(data.factors, data.where, np.column_stack([Q, free]))
    return Problem(A, data.where, data.places, data.n, data.fixed.p, REML, data.fixed.logdet_R)
