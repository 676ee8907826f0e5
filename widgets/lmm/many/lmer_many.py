"""A random-intercept model fitted to many responses at once: :func:`lmer_many`."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ..arguments import check_choice
from ..arrays import Floats
from ..data.columns import Data
from ..data.design import model_matrix
from ..data.estimable import check_estimable
from ..data.fixed_effects import fixed_effects
from ..data.random_effects import RandomEffects, random_intercept
from ..errors import NotEstimableError
from ..formula import read_formula
from .fits import ManyFits, complete, table
from .scalar import GroupSums, Profile, best_lambda, group_sums, profile
from .scalar_tests import Adjusted, kenward_roger, satterthwaite

Ddf = Literal["Kenward-Roger", "Satterthwaite", "z"]

EXACT = 1e-26
"""A response with less than this share outside the span of the fixed effects is in it."""

BLOCK = 250_000
"""Numbers that are worked on at a time."""


def lmer_many(
    formula: str, data: Data, responses: ArrayLike, ddf: Ddf = "Kenward-Roger"
) -> ManyFits:
    """REML fits of a random-intercept model to every column of ``responses``.

    Parameters
    ----------
    formula : str
        With one ``(1 | group)``; its response is not looked up.
    data : mapping of columns
        Predictors and group, n complete rows.
    responses : array-like of shape (n, F)
    ddf : which degrees of freedom

    Raises
    ------
    NotEstimableError
        If the groups or the residuals have no degrees of freedom left.

    Notes
    -----
    One pass over the n x F numbers, then O(F J p²) a step of Newton's method for J groups.
    """
    parsed = read_formula(formula)
    frame, Y = complete(parsed, data, responses)
    term = random_intercept(parsed, frame, "lmer_many")
    fixed = fixed_effects(model_matrix(parsed.fixed, frame), frame.n)
    check_estimable(fixed, term)
    sums, start = _sums(fixed.Q, term, Y)
    if np.any(sums.yty <= EXACT * (start**2).sum(axis=0)):
        msg = "the fixed effects fit a response exactly; there is no variance left to explain"
        raise NotEstimableError(msg)
    lam = best_lambda(sums)
    at = profile(sums, lam)
    beta = (at.beta + start.T) @ fixed.R_inverse.T
    sigma = np.sqrt(at.r2 / sums.nu)
    tests = _tests(ddf, sums, lam, at, fixed.R_inverse)
    return ManyFits(
        fixed.names,
        **table(fixed.names, beta, tests.se * sigma[:, None], tests.df),
        sd=np.sqrt(lam) * sigma,
        sigma=sigma,
        theta=np.sqrt(lam),
        singular=lam == 0,
        loglik=-(at.deviance + fixed.logdet_R) / 2,
    )


def _sums(Q: Floats, term: RandomEffects, Y: Floats) -> tuple[GroupSums, Floats]:
    """Sums of the responses without their part in Q, and Q'Y; some columns at a time."""
    width = max(8, BLOCK // len(Y))
    parts, starts = [], []
    for first in range(0, Y.shape[1], width):
        block = Y[:, first : first + width]
        start = Q.T @ block
        parts.append(group_sums(Q, term.levels.codes, block - Q @ start, REML=True))
        starts.append(start)
    z, Xty, yty = (
        np.concatenate([getattr(p, name) for p in parts]) for name in ("z", "Xty", "yty")
    )
    return replace(parts[0], z=z, Xty=Xty, yty=yty), np.concatenate(starts, axis=1)


def _tests(ddf: Ddf, sums: GroupSums, lam: Floats, at: Profile, R_inverse: Floats) -> Adjusted:
    check_choice("ddf", ddf, ("Kenward-Roger", "Satterthwaite", "z"))
    if ddf == "Kenward-Roger":
        return kenward_roger(sums, lam, at.Phi, R_inverse)
    if ddf == "Satterthwaite":
        return satterthwaite(sums, lam, at, R_inverse)
    variance = np.einsum("ka,fab,kb->fk", R_inverse, at.Phi, R_inverse, optimize=True)
    return Adjusted(np.sqrt(variance), np.full(variance.shape, np.inf))
