"""The same model fitted to many responses at once, for simulations."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from widgets.lmm.coefficients import two_sided_test
from widgets.lmm.columns import Data, Floats
from widgets.lmm.design import Frame, model_frame, model_matrix
from widgets.lmm.errors import DataError, DesignError, NotEstimableError, check_choice
from widgets.lmm.evaluate import Memory
from widgets.lmm.formula import Formula, read_formula
from widgets.lmm.linalg import independent_columns
from widgets.lmm.model import FixedEffects, fixed_effects
from widgets.lmm.random_effects import RandomEffects, random_effects
from widgets.lmm.scalar import GroupSums, Profile, best_lambda, group_sums, profile
from widgets.lmm.scalar_tests import Adjusted, kenward_roger, satterthwaite

Ddf = Literal["Kenward-Roger", "Satterthwaite", "z"]

EXACT = 1e-26
"""A response with less than this share outside the span of the fixed effects is in it."""

BLOCK = 250_000
"""Numbers that are worked on at a time."""


@dataclass(frozen=True)
class ManyFits:
    """Fits of one model to F responses: by coefficient name, arrays of shape (F,).

    ``sd``, ``theta`` and ``singular`` concern the random intercept and are zero, zero and False
    for :func:`lm_many`.
    """

    names: tuple[str, ...]
    estimate: Mapping[str, Floats]
    se: Mapping[str, Floats]
    df: Mapping[str, Floats]
    t: Mapping[str, Floats]
    p: Mapping[str, Floats]
    sd: Floats
    sigma: Floats
    theta: Floats
    singular: NDArray[np.bool_]
    loglik: Floats


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
    frame, Y = _complete(parsed, data, responses)
    terms = random_effects(parsed, frame)
    if len(terms) != 1 or terms[0].names != ("(Intercept)",):
        msg = (
            f"lmer_many fits models with one (1 | group) and no other random term, not {formula!r}"
        )
        raise DesignError(msg)
    fixed = fixed_effects(model_matrix(parsed.fixed, frame), frame.n)
    check_estimable(fixed, terms[0])
    sums, start = _sums(fixed.Q, terms[0], Y)
    if np.any(sums.yty <= EXACT * (start**2).sum(axis=0)):
        msg = "the fixed effects fit a response exactly; there is no variance left to explain"
        raise NotEstimableError(msg)
    lam = best_lambda(sums)
    at = profile(sums, lam)
    beta = (at.beta + start.T) @ fixed.R_inverse.T
    sigma = np.sqrt(at.r2 / sums.nu)
    tests = _tests(ddf, sums, lam, at, fixed.R_inverse)
    logdet_R = 2 * float(np.log(np.diagonal(fixed.R)).sum())
    return ManyFits(
        fixed.names,
        **_table(fixed.names, beta, tests.se * sigma[:, None], tests.df),
        sd=np.sqrt(lam) * sigma,
        sigma=sigma,
        theta=np.sqrt(lam),
        singular=lam == 0,
        loglik=-(at.deviance + logdet_R) / 2,
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


def lm_many(formula: str, data: Data, responses: ArrayLike) -> ManyFits:
    """Least-squares fits of a linear model to every column of ``responses``, shape (n, F)."""
    parsed = read_formula(formula)
    frame, Y = _complete(parsed, data, responses)
    fixed = fixed_effects(model_matrix(parsed.fixed, frame), len(Y))
    n, p, F = len(Y), fixed.p, Y.shape[1]
    coordinates = fixed.Q.T @ Y
    residual = Y - fixed.Q @ coordinates
    sigma = np.sqrt(np.einsum("nf,nf->f", residual, residual) / (n - p))
    se = sigma[:, None] * np.sqrt((fixed.R_inverse**2).sum(axis=1))
    beta = (fixed.R_inverse @ coordinates).T
    return ManyFits(
        fixed.names,
        **_table(fixed.names, beta, se, np.full((F, p), float(n - p))),
        sd=np.zeros(F),
        sigma=sigma,
        theta=np.zeros(F),
        singular=np.zeros(F, dtype=bool),
        loglik=-0.5 * n * (1 + np.log(2 * math.pi * sigma**2 * (n - p) / n)),
    )


def _complete(formula: Formula, data: Data, responses: ArrayLike) -> tuple[Frame, Floats]:
    """The frame of the predictors and the responses as numbers, all rows complete."""
    Y = np.asarray(responses, dtype=float)
    frame = model_frame(formula, data, Memory())
    if not len(frame.rows) and Y.ndim == 2:  # noqa: PLR2004  rows and columns; a formula without data
        frame = Frame({}, {}, np.zeros(len(Y)), np.ones(len(Y), dtype=bool))
    if Y.ndim != 2 or len(Y) != len(frame.rows):  # noqa: PLR2004
        msg = f"responses must have the shape ({len(frame.rows)}, number of fits), not {Y.shape}"
        raise DataError(msg)
    if frame.omitted or not np.all(np.isfinite(Y)):
        msg = "predictors and responses of many fits must be complete and finite"
        raise DataError(msg)
    return frame, Y - frame.offset[:, None] if formula.fixed.offsets else Y


def degrees_of_freedom(formula: str, data: Data) -> tuple[int, int]:
    """How many degrees of freedom a random-intercept design leaves between groups and within them.

    Either may be zero; then :func:`lmer` raises :class:`NotEstimableError`.
    """
    parsed = read_formula(formula)
    frame = model_frame(parsed, data, Memory())
    codes = random_effects(parsed, frame)[0].levels.codes
    return _left(model_matrix(parsed.fixed, frame).X, codes)


def check_estimable(fixed: FixedEffects, term: RandomEffects) -> None:
    """Refuse a design in which the variance between groups, or within them, cannot be estimated."""
    between, within = _left(fixed.X, term.levels.codes)
    group, names = term.group, ", ".join(fixed.names)
    if between == 0:
        raise NotEstimableError(used_up(len(term.levels.levels), group, names))
    if within == 0:
        msg = (
            f"every level of {group!r} has only one observation (given the fixed effects): its "
            "variance cannot be told from the residual variance; measure each more than once"
        )
        raise NotEstimableError(msg)


def used_up(J: int, group: str, names: str) -> str:
    """The message when the fixed effects leave nothing between groups."""
    return (
        f"the {J} levels of {group!r} are used up by the fixed effects ({names}): nothing is left "
        f"to tell how much {group!r} varies by itself; more levels of {group!r} per condition "
        "are needed"
    )


def _left(X: Floats, codes: NDArray[np.intp]) -> tuple[int, int]:
    Z = (codes[:, None] == np.unique(codes)).astype(float)
    rank = len(independent_columns(X)[0])
    both = len(independent_columns(np.hstack([X, Z]))[0])
    return both - rank, len(X) - both


def _tests(ddf: Ddf, sums: GroupSums, lam: Floats, at: Profile, R_inverse: Floats) -> Adjusted:
    check_choice("ddf", ddf, ("Kenward-Roger", "Satterthwaite", "z"))
    if ddf == "Kenward-Roger":
        return kenward_roger(sums, lam, at.Phi, R_inverse)
    if ddf == "Satterthwaite":
        return satterthwaite(sums, lam, at, R_inverse)
    variance = np.einsum("ka,fab,kb->fk", R_inverse, at.Phi, R_inverse, optimize=True)
    return Adjusted(np.sqrt(variance), np.full(variance.shape, np.inf))


def _table(
    names: tuple[str, ...], estimate: Floats, se: Floats, df: Floats
) -> dict[str, Mapping[str, Floats]]:
    t, p = two_sided_test(estimate, se, df)
    arrays = {"estimate": estimate, "se": se, "df": df, "t": t, "p": p}
    return {key: dict(zip(names, value.T, strict=True)) for key, value in arrays.items()}
