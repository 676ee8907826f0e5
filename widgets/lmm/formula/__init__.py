"""R's model formulas: text → tree → terms."""

from __future__ import annotations

from widgets.lmm.formula.bars import RandomTerm
from widgets.lmm.formula.reading import (
    Formula,
    fixed_formula,
    mixed_formula,
    read_formula,
    read_one_sided,
)
from widgets.lmm.formula.syntax import Node, written
from widgets.lmm.formula.terms import LinearTerms, Term

__all__ = [
    "Formula",
    "LinearTerms",
    "Node",
    "RandomTerm",
    "Term",
    "fixed_formula",
    "mixed_formula",
    "read_formula",
    "read_one_sided",
    "written",
]
