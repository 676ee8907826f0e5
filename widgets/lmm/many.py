"""The same model fitted to many responses at once, for simulations."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from widgets.lmm.coefficients import two_sided_test
from widgets.lmm.design import Data, fixed_effects, group_of
from widgets.lmm.errors import DataError, DesignError, MethodError, NotEstimableError
from widgets.lmm.formula import read_formula
from widgets.lmm.linalg import cholesky_by_columns, inverse_from_cholesky
from widgets.lmm.scalar import best_lambda, group_sums, profile
from widgets.lmm.scalar_tests import Adjusted, kenward_roger, satterthwaite

Floats = NDArray[np.float64]
Ddf = Literal["Kenward-Roger", "Satterthwaite", "z"]


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
        Predictors and group, n rows.
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
    if len(parsed.groups) != 1:
        msg = f"lmer_many fits models with one (1 | group); {formula!r} has {len(parsed.groups)}"
        raise DesignError(msg)
    group = group_of(data, parsed.groups[0])
    Y = response_columns(responses, len(group))
    X, names = fixed_effects(parsed, data, len(group))
    check_estimable(X, group.codes, names, parsed.groups[0])
    sums = group_sums(X, group.codes, Y - Y.mean(axis=0) if parsed.intercept else Y, REML=True)
    lam = best_lambda(sums)
    at = profile(sums, lam)
    beta = at.beta.copy()
    if parsed.intercept:
        beta[:, 0] += Y.mean(axis=0)
    sigma = np.sqrt(at.r2 / sums.nu)
    tests = _tests(ddf, sums, lam, at)
    return ManyFits(
        names,
        **_table(names, beta, tests.se * sigma[:, None], tests.df),
        sd=np.sqrt(lam) * sigma,
        sigma=sigma,
        theta=np.sqrt(lam),
        singular=lam == 0,
        loglik=-at.deviance / 2,
    )


def lm_many(formula: str, data: Data, responses: ArrayLike) -> ManyFits:
    """Least-squares fits of a linear model to every column of ``responses``, shape (n, F)."""
    parsed = read_formula(formula)
    array = np.asarray(responses, dtype=float)
    Y = response_columns(array, len(array))
    X, names = fixed_effects(parsed, data, len(Y))
    n, p = X.shape
    if n <= p:
        raise NotEstimableError(few_observations(n, p))
    Phi = inverse_from_cholesky(cholesky_by_columns(X.T @ X))
    if not np.all(np.isfinite(Phi)):
        msg = f"the columns {', '.join(names)} are linearly dependent; leave one of them out"
        raise DesignError(msg)
    beta = (Phi @ (X.T @ Y)).T
    residual = Y - X @ beta.T
    sigma = np.sqrt(np.sum(residual**2, axis=0) / (n - p))
    F = len(sigma)
    loglik = -0.5 * n * (1 + np.log(2 * math.pi * sigma**2 * (n - p) / n))
    return ManyFits(
        names,
        **_table(names, beta, sigma[:, None] * np.sqrt(np.diag(Phi)), np.full((F, p), n - p)),
        sd=np.zeros(F),
        sigma=sigma,
        theta=np.zeros(F),
        singular=np.zeros(F, dtype=bool),
        loglik=loglik,
    )


def response_columns(responses: ArrayLike, n: int) -> Floats:
    """The responses as numbers of shape (n, F)."""
    Y = np.asarray(responses, dtype=float)
    if Y.ndim != 2 or len(Y) != n:  # noqa: PLR2004  rows and columns
        msg = f"responses must have the shape ({n}, number of fits), not {Y.shape}"
        raise DataError(msg)
    if not np.all(np.isfinite(Y)):
        msg = "responses hold values that are missing or infinite"
        raise DataError(msg)
    return Y


def degrees_of_freedom(X: Floats, codes: NDArray[np.intp]) -> tuple[int, int]:
    """How many degrees of freedom X leaves between groups, and within them."""
    Z = (codes[:, None] == np.unique(codes)).astype(float)
    rank = int(np.linalg.matrix_rank(X))
    both = int(np.linalg.matrix_rank(np.hstack([X, Z])))
    return both - rank, len(X) - both


def check_estimable(
    X: Floats, codes: NDArray[np.intp], names: tuple[str, ...], group: str
) -> None:
    """Refuse a design in which the variance between groups, or within them, cannot be estimated."""
    if np.linalg.matrix_rank(X) < X.shape[1]:
        msg = f"the columns {', '.join(names)} are linearly dependent; leave one of them out"
        raise DesignError(msg)
    between, within = degrees_of_freedom(X, codes)
    if between == 0:
        msg = (
            f"the {len(np.unique(codes))} levels of {group!r} are used up by the fixed effects "
            f"({', '.join(names)}): nothing is left to tell how much {group!r} varies by itself; "
            f"more levels of {group!r} per condition are needed"
        )
        raise NotEstimableError(msg)
    if within == 0:
        msg = (
            f"every level of {group!r} has only one observation (given the fixed effects): its "
            "variance cannot be told from the residual variance; measure each more than once"
        )
        raise NotEstimableError(msg)


def few_observations(n: int, p: int) -> str:
    """The message when there are no residual degrees of freedom."""
    return f"{n} observations cannot estimate {p} coefficients and a variance; more are needed"


def _tests(ddf: Ddf, sums, lam, at) -> Adjusted:  # noqa: ANN001
    if ddf == "Kenward-Roger":
        return kenward_roger(sums, lam, at.Phi)
    if ddf == "Satterthwaite":
        return satterthwaite(sums, lam, at)
    if ddf == "z":
        se = np.sqrt(np.diagonal(at.Phi, axis1=1, axis2=2))
        return Adjusted(se, np.full(se.shape, np.inf))
    msg = f"ddf must be 'Kenward-Roger', 'Satterthwaite' or 'z', not {ddf!r}"
    raise MethodError(msg)


def _table(
    names: tuple[str, ...], estimate: Floats, se: Floats, df: Floats
) -> dict[str, Mapping[str, Floats]]:
    t, p = two_sided_test(estimate, se, df)
    arrays = {"estimate": estimate, "se": se, "df": df, "t": t, "p": p}
    return {key: dict(zip(names, value.T, strict=True)) for key, value in arrays.items()}
