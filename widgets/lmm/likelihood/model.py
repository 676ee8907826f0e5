"""A formula and data made into the matrices of a mixed model."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..arrays import Floats
from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..data.design import Frame, check_variables, model_matrix, with_response
from ..data.fixed_effects import FixedEffects, fixed_effects
from ..data.grouping_factors import GroupingFactor, grouping_factors
from ..data.random_effects import RandomEffects, random_effects
from ..data.variables import Memory
from ..data.weights import Weights, weights_of
from ..formula import Formula, mixed_formula
from ..linalg import spd_inverse
from .criterion import Problem
from .crossproducts import cross_products
from .layout import Layout, layout
from .residual_structure import Structure
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
    time : shape (n,), of each row, where a correlation needs it
    weights : shape (n,), the residual variance of a row is sigma² over its weight
    structure : of the residuals, where they are more than independent or AR(1)
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
    weights: Floats | None = None
    structure: Structure | None = None

    @property
    def n(self) -> int:
        """Number of observations."""
        return len(self.y)


def mixed_data(
    text: str, data: Data, contrasts: Contrasts | None = None, weights: Weights = None
) -> MixedData:
    """Read a formula with at least one ``( | )`` term and its data."""
    formula = mixed_formula(text, instead="lm()")
    check_variables(contrasts, formula)
    weight = weights_of(weights, data)
    frame, y, memory = with_response(formula, data, contrasts, weight)
    found = data_of_frame(formula, frame, memory, y)
    return found if weight is None else replace(found, weights=weight[frame.rows])


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
    Q, y, factors = data.fixed.Q, data.y, data.factors
    Xy, logdet = np.column_stack([Q, y - Q @ centre(data)]), 0.0
    if data.weights is not None and data.structure is None:
        root = np.sqrt(data.weights)[:, None]
        Xy, logdet = Xy * root, -float(np.log(data.weights).sum())
        factors = tuple(replace(factor, Z=factor.Z * root) for factor in factors)
    A = cross_products(factors, data.where, Xy)
    fixed = data.fixed
    return Problem(A, data.where, data.places, data.n, fixed.p, REML, fixed.logdet_R, logdet)


def centre(data: MixedData) -> Floats:
    """The coefficients of Q by (weighted) least squares, from which a problem counts; (p,)."""
    Q, y = data.fixed.Q, data.y
    if data.weights is None or data.structure is not None:
        alone: Floats = Q.T @ y
        return alone
    weighted = Q * data.weights[:, None]
    inverse, _ = spd_inverse(weighted.T @ Q)
    result: Floats = inverse @ (weighted.T @ y)
    return result
