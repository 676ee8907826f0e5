"""Whether there is a variance to estimate: a likelihood may be flat, or without bound."""

from __future__ import annotations

import numpy as np

from ..data.estimable import used_up
from ..errors import NotEstimableError
from ..linalg import spd_inverse
from .criterion import Problem
from .model import MixedData
from .start import variance_within

EXPLAINED = 1e-10
"""Random effects with less than this share outside the span of the fixed ones are in it."""

EXACT = 1e-20
"""A response with less than this share outside the span of the fixed effects is in it."""

ROUNDING = 1e-13
"""A variance within levels below this share of the whole is zero."""


def check_variances(data: MixedData, problem: Problem) -> None:
    """Refuse a fit without a variance to estimate.

    Raises
    ------
    NotEstimableError
        If the fixed effects leave nothing of the response; if a grouping factor does, so that the
        residual variance is zero; for REML, if all random effects lie in the span of the fixed
        ones.
    """
    A, p = problem.A, problem.p
    if float(A.Axx[p, p]) <= EXACT * max(float(data.y @ data.y), 1e-300):
        msg = "the fixed effects fit the response exactly; there is no variance left to explain"
        raise NotEstimableError(msg)
    total = float(A.Axx[p, p]) / max(problem.n - p, 1)
    for number, factor in enumerate(data.factors):
        if factor.k == 1 and variance_within(problem, number) <= ROUNDING * total:
            msg = (
                f"the response does not vary within the levels of {factor.name!r} (given the fixed "
                "effects): there is no residual variance; use one row for each level, and lm()"
            )
            raise NotEstimableError(msg)
        if problem.REML and _share_left(data, problem, number) <= EXPLAINED:
            raise NotEstimableError(used_up(factor.J, factor.name, ", ".join(data.fixed.names)))


def _share_left(data: MixedData, problem: Problem, number: int) -> float:
    """How much of a factor's Z lies outside the span of X."""
    A, p = problem.A, problem.p
    if number == 0:
        total, both = np.einsum("bskk->", A.A11), A.A1x[..., :p]
    else:
        slots = data.where.slots[number]
        columns = slice(slots.offset, slots.offset + slots.size * data.factors[number].k)
        total = np.einsum("brr->br", A.Arr)[:, columns].sum()
        both = A.Arx[:, columns, :p]
    known = both if data.weights is None else both @ spd_inverse(A.Axx[:p, :p])[0]
    explained = (known * both).sum()
    return float((total - explained) / total)
