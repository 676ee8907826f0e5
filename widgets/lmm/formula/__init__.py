"""R's model formulas: text → tree → terms."""

from __future__ import annotations

from widgets.lmm.formula.syntax import Node, columns_in, written
from widgets.lmm.formula.terms import Formula, LinearTerms, RandomTerm, Term, read_formula

__all__ = [
    "Formula",
    "LinearTerms",
    "Node",
    "RandomTerm",
    "Term",
    "columns_in",
    "read_formula",
    "written",
]
