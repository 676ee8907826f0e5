"""From the text of a formula to its response, fixed terms and random terms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..arguments import shown
from ..errors import DesignError, FormulaError
from .bars import RandomTerm, random_terms, without_bars
from .parser import Parser
from .syntax import Node
from .terms import LinearTerms, linear_terms


@dataclass(frozen=True, slots=True)
class Formula:
    """A model formula, read and expanded."""

    text: str
    response: Node
    fixed: LinearTerms
    random: tuple[RandomTerm, ...]


def read_formula(text: object) -> Formula:
    """The response, fixed terms and random terms of a formula.

    Raises
    ------
    FormulaError
        With a caret under the place that cannot be read.
    """
    if isinstance(text, str):
        return _read(text)
    msg = f"a formula is text such as 'y ~ treatment + (1 | mouse)', not {shown(text)}"
    raise FormulaError(msg)


def read_one_sided(text: str, response: Node) -> Formula:
    """The formula of a text such as ``~ treatment``, for a response that is known.

    Raises
    ------
    FormulaError
        With a caret under the place that cannot be read.
    """
    return _expanded(text, response, Parser(text).right_side())


@lru_cache(maxsize=64)
def _read(text: str) -> Formula:
    parser = Parser(text)
    response = parser.sum()
    return _expanded(text, response, parser.right_side())


def _expanded(text: str, response: Node, right: Node) -> Formula:
    fixed, bars = without_bars(right)
    random = [term for bar in bars for term in random_terms(text, bar)]
    return Formula(text, response, linear_terms(text, fixed), tuple(random))


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
