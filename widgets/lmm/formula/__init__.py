"""R's model formulas: text → tree → terms."""

from __future__ import annotations

from widgets.lmm.formula.kinds import fixed_formula, mixed_formula
from widgets.lmm.formula.syntax import Node, columns_in, written
from widgets.lmm.formula.terms import (
    Formula,
    LinearTerms,
    RandomTerm,
    Term,
    read_formula,
    read_one_sided,
)

__all__ = [
    "Formula",
    "LinearTerms",
    "Node",
    "RandomTerm",
    "Term",
    "columns_in",
    "fixed_formula",
    "mixed_formula",
    "read_formula",
    "read_one_sided",
    "written",
]
