"""Formulas with random terms, and formulas without: each function takes one of the two."""

from __future__ import annotations

from widgets.lmm.errors import DesignError
from widgets.lmm.formula.terms import Formula, read_formula


def mixed_formula(text: object, instead: str) -> Formula:
    """A formula that must have a random term.

    Parameters
    ----------
    instead : what to use for a formula without one

    Raises
    ------
    FormulaError, DesignError
        If it cannot be read, or has none.
    """
    formula = read_formula(text)
    if not formula.random:
        msg = f"{text!r} has no random term such as (1 | mouse); without one use {instead}"
        raise DesignError(msg)
    return formula


def fixed_formula(text: object, function: str, instead: str) -> Formula:
    """A formula that must not have a random term.

    Parameters
    ----------
    function : that takes no other formulas
    instead : what to do for a formula with one

    Raises
    ------
    FormulaError, DesignError
        If it cannot be read, or has one.
    """
    formula = read_formula(text)
    if formula.random:
        msg = f"{text!r} has a random term; {function}() takes none, {instead}"
        raise DesignError(msg)
    return formula
