"""Which combinations of coefficients a type II test of a term sets to zero.

Each term is tested after all terms that do not contain it, and before those that do (SAS's type II,
as lmerTest builds the hypotheses): a term contains another that has the same numeric variables
and fewer factors.
"""

from __future__ import annotations

import numpy as np

from ..arrays import Floats
from ..data.design import Frame
from ..data.factors import Factor
from ..data.fixed_effects import FixedEffects
from ..formula import LinearTerms, Term
from ..linalg import independent_columns


def type2_contrasts(terms: LinearTerms, frame: Frame, fixed: FixedEffects) -> dict[str, Floats]:
    """By the term's name ``a:b``, the rows L of shape (l, p) of its hypothesis ``L beta = 0``."""
    result = {}
    assign = np.array(fixed.assign)
    for place, term in enumerate(terms.terms, start=1):
        containing = [
            other
            for other, candidate in enumerate(terms.terms, start=1)
            if _contains(candidate, term, frame)
        ]
        own, above = assign == place, np.isin(assign, containing)
        before = ~(own | above)
        order = np.concatenate([np.flatnonzero(part) for part in (before, own, above)])
        first = int(before.sum())
        _, _, R = independent_columns(fixed.X[:, order])
        L = np.zeros((int(own.sum()), fixed.p))
        L[:, order] = R[first : first + len(L)]
        if len(L):
            result[":".join(term)] = L
    return result


def _contains(large: Term, small: Term, frame: Frame) -> bool:
    """Whether a term has the numeric variables of another, and its factors among more."""
    known = {v for v in (*large, *small) if isinstance(frame.variables[v], Factor)}
    more, fewer = set(large), set(small)
    return more - known == fewer - known and more & known > fewer & known
