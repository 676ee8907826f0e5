"""Model formulas: ``y ~ a * b + (1 | group)``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

from widgets.lmm.errors import FormulaError

NAME = re.compile(r"[A-Za-z_.\u0080-\uffff][\w.]*|[01]")
INTERCEPT = re.compile(r"\(\s*1\s*\|\s*([\w.]+)\s*\)")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula read: its response, fixed terms (tuples of columns) and grouping columns."""

    response: str
    terms: tuple[tuple[str, ...], ...]
    intercept: bool
    groups: tuple[str, ...]


def read_formula(text: str) -> Formula:
    """The parts of ``response ~ term + … + (1 | group)``; ``*`` and ``:`` make interactions."""
    left, tilde, right = text.partition("~")
    if not tilde or not NAME.fullmatch(left.strip()):
        msg = f"formula {text!r}: write it as  response ~ terms, e.g.  y ~ treatment + (1 | mouse)"
        raise FormulaError(msg)
    groups = tuple(INTERCEPT.findall(right))
    fixed = INTERCEPT.sub("1", right)
    intercept, terms = True, {}
    for part in fixed.split("+"):
        for term in _expand(text, part.strip()):
            if term == ("0",):
                intercept = False
            elif term != ("1",):
                terms[term] = None
    ordered = sorted(terms, key=len)
    return Formula(left.strip(), tuple(ordered), intercept, groups)


def _expand(formula: str, part: str) -> list[tuple[str, ...]]:
    factors = [tuple(name.strip() for name in piece.split(":")) for piece in part.split("*")]
    for name in (name for factor in factors for name in factor):
        if not NAME.fullmatch(name):
            msg = f"formula {formula!r}: cannot read {part!r}; a term is a column, a:b or a*b"
            raise FormulaError(msg)
    products = [
        sum(chosen, ())
        for size in range(1, len(factors) + 1)
        for chosen in combinations(factors, size)
    ]
    return [tuple(dict.fromkeys(product)) for product in products]
