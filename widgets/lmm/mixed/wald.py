"""Tests of fixed effects: the degrees of freedom a fit can have, and tables made with them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ..arguments import check_choice
from ..arrays import Floats
from ..coefficients import Coefficient, coefficient_table
from ..errors import MethodError, NotEstimableError
from ..inference.inner_outer import InnerOuter, inner_outer
from ..inference.kenward_roger import KenwardRoger, kenward_roger
from ..inference.satterthwaite import satterthwaite
from ..inference.term_tests import Approximation, term_tests
from ..inference.type2 import type2_contrasts
from ..inference.wald_test import rows_of_contrasts
from ..results import TermTest
from .estimates import LinearMixedFit

Ddf = Literal["Kenward-Roger", "Satterthwaite", "inner-outer", "z"]

TWO = 2
"""The type of tests of each term after those that do not contain it."""

METHODS = ("Kenward-Roger", "Satterthwaite", "inner-outer", "z")


def best_ddf(fit: LinearMixedFit) -> Ddf:
    """Kenward-Roger for REML, Satterthwaite for ML, nlme's degrees of freedom with an AR(1)."""
    if fit.phi is not None or fit.psi is not None:
        return "inner-outer"
    return "Kenward-Roger" if fit.REML else "Satterthwaite"


def coefficients(
    fit: LinearMixedFit, ddf: Ddf | None, level: float = 0.95
) -> Mapping[str, Coefficient]:
    """Records ``estimate se df t p low high`` by coefficient."""
    method = ddf or best_ddf(fit)
    names, R = tuple(fit.fixef), fit.data.fixed.R_inverse
    se = np.sqrt(np.diagonal(fit.vcov))
    if method == "z":
        df = np.full(len(names), math.inf)
    else:
        found = approximation(fit, method)
        df = found.df_of if isinstance(found, InnerOuter) else found.df(R)
        if isinstance(found, KenwardRoger):
            adjusted = fit.data.fixed.covariance(found.adjusted)
            se = fit.sigma * np.sqrt(np.diagonal(adjusted))
    return coefficient_table(names, _beta(fit), se, df, level)


def anova(fit: LinearMixedFit, ddf: Ddf | None, kind: int = 3) -> Mapping[str, TermTest]:
    """F tests by term, of type II or III."""
    check_choice("type", kind, (2, 3))
    found = approximation(fit, ddf or best_ddf(fit))
    data = fit.data
    contrasts = type2_contrasts(data.formula.fixed, data.frame, data.fixed) if kind == TWO else None
    return term_tests(data, _beta(fit), fit.sigma, found, contrasts)


def contrast(fit: LinearMixedFit, L: ArrayLike, ddf: Ddf | None) -> TermTest:
    """F test of ``L beta = 0``."""
    rows = rows_of_contrasts(L, fit.fixef)
    found = approximation(fit, ddf or best_ddf(fit))
    return term_tests(fit.data, _beta(fit), fit.sigma, found, {"L": rows})["L"]


def approximation(fit: LinearMixedFit, ddf: str) -> Approximation:
    """The approximation by its name.

    Raises
    ------
    MethodError
        If this fit has none of that name.
    """
    check_choice("ddf", ddf, METHODS)
    if ddf == "z":
        msg = "F tests need degrees of freedom: 'Kenward-Roger', 'Satterthwaite' or 'inner-outer'"
        raise MethodError(msg)
    if ddf == "inner-outer":
        fixed = fit.data.fixed
        return InnerOuter(fit.optimum.at.Phi, fixed.R, inner_outer(fit.data))
    if fit.phi is not None or fit.psi is not None:
        what = "an AR(1)" if fit.psi is None else "a structure"
        msg = f"{ddf} is not defined here for residuals with {what}; use 'inner-outer' or 'z'"
        raise MethodError(msg)
    if ddf == "Satterthwaite":
        return satterthwaite(fit.problem, fit.optimum.at, fit.moments)
    return _kenward_roger(fit)


def _kenward_roger(fit: LinearMixedFit) -> KenwardRoger:
    if not fit.REML:
        msg = "Kenward-Roger is for REML fits; use REML=True, or ddf='Satterthwaite'"
        raise MethodError(msg)
    found = kenward_roger(fit.moments, fit.optimum.at.Phi)
    if not np.all(np.isfinite(found.W)):
        msg = (
            "Kenward-Roger: the data do not tell the variances apart (their information matrix "
            "is singular); leave out a random term, or use ddf='Satterthwaite'"
        )
        raise NotEstimableError(msg)
    return found


def _beta(fit: LinearMixedFit) -> Floats:
    return np.array(list(fit.fixef.values()))
