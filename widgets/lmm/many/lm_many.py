"""A linear model fitted to many responses at once: :func:`lm_many`."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from ..data.columns import Data
from ..data.design import model_matrix
from ..data.fixed_effects import fixed_effects
from ..formula import fixed_formula
from .fits import ManyFits, complete, table


def lm_many(formula: str, data: Data, responses: ArrayLike) -> ManyFits:
    """Least-squares fits of a linear model to every column of ``responses``.

    Parameters
    ----------
    formula : str without random terms; its response is not looked up
    data : mapping of columns, n complete rows
    responses : array-like of shape (n, F)

    Returns
    -------
    ManyFits
        Of the same numbers as F calls of :func:`lm`.

    Raises
    ------
    FormulaError, DataError, DesignError
        What is wrong, where, and what would be right.
    """
    parsed = fixed_formula(formula, "lm_many", instead="use lmer_many()")
    frame, Y = complete(parsed, data, responses)
    fixed = fixed_effects(model_matrix(parsed.fixed, frame), len(Y))
    n, p, F = len(Y), fixed.p, Y.shape[1]
    coordinates = fixed.Q.T @ Y
    residual = Y - fixed.Q @ coordinates
    sigma = np.sqrt(np.einsum("nf,nf->f", residual, residual) / (n - p))
    se = sigma[:, None] * np.sqrt((fixed.R_inverse**2).sum(axis=1))
    beta = (fixed.R_inverse @ coordinates).T
    return ManyFits(
        fixed.names,
        **table(fixed.names, beta, se, np.full((F, p), float(n - p))),
        sd=np.zeros(F),
        sigma=sigma,
        theta=np.zeros(F),
        singular=np.zeros(F, dtype=bool),
        loglik=-0.5 * n * (1 + np.log(2 * math.pi * sigma**2 * (n - p) / n)),
    )
