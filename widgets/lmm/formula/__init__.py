"""R's model formulas: text → tree → terms."""

from __future__ import annotations

from .bars import RandomTerm
from .reading import (
    Formula,
    fixed_formula,
    mixed_formula,
    read_formula,
    read_one_sided,
)
from .syntax import Node, written
from .terms import LinearTerms, Term

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
