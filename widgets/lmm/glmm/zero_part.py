"""Further predictors of a model, for its zeros or its dispersion: formula and model matrix."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..data.design import Frame, ModelMatrix, frame_beside, model_matrix
from ..data.fixed_effects import FixedEffects, fixed_effects
from ..data.new_rows import fixed_part, frame_of_new_rows
from ..data.variables import Memory
from ..errors import DesignError, FormulaError
from ..formula import Formula, Node, read_one_sided


@dataclass(frozen=True)
class ZeroPart:
    """Predictors of the zeros on the logit scale, or of the dispersion on the log scale.

    Attributes
    ----------
    formula : as read
    memory : scalings and levels that new data must follow
    fixed : the independent columns of its model matrix
    """

    formula: Formula
    memory: Memory
    fixed: FixedEffects

    @property
    def design(self) -> Floats:
        """Orthonormal columns in units of mean square one, shape (n, r)."""
        return self.fixed.Q * math.sqrt(len(self.fixed.Q))

    @property
    def basis(self) -> Floats:
        """Coefficients by those of ``design``, shape (r, r)."""
        return self.fixed.R_inverse * math.sqrt(len(self.fixed.Q))

    def predictor(self, fixef: Mapping[str, float], newdata: Data | None) -> Floats:
        """The predictor by row, for old or new data."""
        if newdata is None:
            old: Floats = self.fixed.X @ np.array(list(fixef.values()))
            return old
        frame = frame_of_new_rows(self.formula, newdata, self.memory)
        return fixed_part(self.formula.fixed, frame, fixef)


def constant_part(formula: Formula, memory: Memory, n: int) -> ZeroPart:
    """The part in which every one of n rows has the same value."""
    matrix = ModelMatrix(np.ones((n, 1)), ("(Intercept)",), (0,))
    return ZeroPart(formula, memory, fixed_effects(matrix, n))


def part_formula(argument: str, text: object, response: Node) -> Formula | None:
    """The one-sided formula of an argument; None where there is nothing to be modelled.

    Raises
    ------
    FormulaError
        If it cannot be read, or is not one-sided.
    DesignError
        If it has random effects or an offset.
    """
    if text is None:
        return None
    if not isinstance(text, str) or not text.strip().startswith("~"):
        msg = f"{argument} is one-sided, such as '~ 1' or '~ treatment', not {text!r}"
        raise FormulaError(msg)
    formula = read_one_sided(text, response)
    if formula.random or formula.fixed.offsets:
        what = "zeros" if argument == "ziformula" else "dispersion"
        msg = f"{argument} {text!r}: the {what} can have fixed effects only"
        raise DesignError(msg)
    empty = not formula.fixed.terms and not formula.fixed.intercept
    return None if empty else formula


def complete_in_part(y: Floats, formula: Formula | None, data: Data) -> Floats:
    """The response, missing where a predictor of the part is."""
    if formula is None or not formula.fixed.terms:
        return y
    frame, _ = frame_beside(y, formula, data)
    return np.where(frame.rows, y, np.nan)


def part_of(
    formula: Formula, data: Data, frame: Frame, y: Floats, contrasts: Contrasts | None
) -> ZeroPart:
    """The part on the rows of ``frame``; ``y`` is the response before rows were left out."""
    beside = np.where(frame.rows, y, np.nan)
    own, memory = frame_beside(beside, formula, data, contrasts=contrasts)
    return ZeroPart(formula, memory, fixed_effects(model_matrix(formula.fixed, own), frame.n))
