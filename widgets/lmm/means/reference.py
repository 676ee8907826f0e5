"""The fixed part of any fit: what estimated means are made of."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..arguments import check_choice, shown
from ..arrays import Floats
from ..data.columns import Data
from ..data.design import Frame, model_matrix
from ..data.fixed_effects import FixedEffects
from ..data.new_rows import frame_of_new_rows
from ..data.variables import Memory
from ..errors import MethodError
from ..formula import Formula
from ..formula.syntax import Call
from ..gee.result import MarginalModel
from ..glmm import GeneralizedLinearMixedModel
from ..inference.kenward_roger import KenwardRoger
from ..linear.gls import GeneralizedLeastSquares
from ..linear.least_squares import LinearModel
from ..mixed.result import LinearMixedModel
from ..mixed.wald import METHODS, approximation, best_ddf

LOGARITHMS = ("log", "log2", "log10")
"""Functions of the response whose inverse turns differences into ratios."""

ESTIMABLE = 1e-8
"""A combination that has less than this share outside the span of the rows is estimable."""

Distribution = Callable[[Floats], tuple[Floats, Floats]]
"""From rows L of shape (l, p) to the covariance of L beta and its degrees of freedom (l,)."""


@dataclass(frozen=True)
class Reference:
    """The fixed effects of a fit.

    Attributes
    ----------
    formula : without random terms
    frame, memory : the rows of the fit, and what new data must follow
    fixed : the columns that were estimated
    beta : shape (p,)
    link : of the response: "identity", "log", "logit" …
    distribution : covariance and degrees of freedom of combinations of beta
    """

    formula: Formula
    frame: Frame
    memory: Memory
    fixed: FixedEffects
    beta: Floats
    link: str
    distribution: Distribution

    def rows(self, newdata: Data) -> tuple[Floats, Floats]:
        """Model matrix (r, p) of the estimated columns, and the offset (r,), of new rows.

        NaN where a row depends on columns that could not be estimated.
        """
        frame = frame_of_new_rows(self.formula, newdata, self.memory)
        matrix = model_matrix(self.formula.fixed, frame)
        place = {name: j for j, name in enumerate(matrix.names)}
        kept = matrix.X[:, [place[name] for name in self.fixed.names]]
        if self.fixed.dropped:
            whole = model_matrix(self.formula.fixed, self.frame).X
            lost = [place[name] for name in self.fixed.dropped]
            made = self.fixed.R_inverse @ (self.fixed.Q.T @ whole[:, lost])
            apart = np.abs(matrix.X[:, lost] - kept @ made).max(axis=1)
            size = np.maximum(np.abs(matrix.X).max(axis=1), 1.0)
            kept = np.where((apart > ESTIMABLE * size)[:, None], np.nan, kept)
        return kept, frame.offset


def reference_of(fit: object, ddf: str | None) -> Reference:
    """The fixed part of a fit, with the degrees of freedom asked for.

    Raises
    ------
    MethodError
        If it is no fit, or has no such degrees of freedom.
    """
    check_choice("ddf", ddf, (None, *METHODS))
    if isinstance(fit, LinearModel):
        found = (fit.parsed, fit.frame, fit.memory, fit.fixed)
        known = _known(fit.vcov, fit.df_residual)
        return _reference(found, fit.fixef, _link_of(fit.parsed), known)
    if isinstance(fit, MarginalModel):
        found = (fit.parsed, fit.frame, fit.memory, fit.data.fixed)
        return _reference(found, fit.fixef, fit.family.link.name, _known(fit.vcov, math.inf))
    if isinstance(fit, GeneralizedLeastSquares | LinearMixedModel | GeneralizedLinearMixedModel):
        data = fit.data
        found = (data.formula, data.frame, data.memory, data.fixed)
        if isinstance(fit, GeneralizedLinearMixedModel):
            return _reference(found, fit.fixef, fit.link, _known(fit.vcov, math.inf))
        if isinstance(fit, LinearMixedModel):
            known = _of_mixed(fit, ddf or best_ddf(fit))
        else:
            known = _known(fit.vcov, fit.nobs - len(fit.fixef))
        return _reference(found, fit.fixef, _link_of(data.formula), known)
    msg = f"a fit of lm, gls, lmer, lme, glmer, glmmTMB or geeglm is needed, not {shown(fit)}"
    raise MethodError(msg)


def _reference(
    found: tuple[Formula, Frame, Memory, FixedEffects],
    fixef: object,
    link: str,
    distribution: Distribution,
) -> Reference:
    formula, frame, memory, fixed = found
    beta = np.array(list(fixef.values()))  # type: ignore[attr-defined]
    return Reference(replace(formula, random=()), frame, memory, fixed, beta, link, distribution)


def _link_of(formula: Formula) -> str:
    """The transformation of the response of a linear model, if it can be taken back."""
    match formula.response:
        case Call(name, (_,)) if name in {*LOGARITHMS, "sqrt"}:
            return name
    return "identity"


def _known(vcov: Floats, df: float) -> Distribution:
    def distribution(L: Floats) -> tuple[Floats, Floats]:
        return L @ vcov @ L.T, np.full(len(L), float(df))

    return distribution


def _of_mixed(fit: LinearMixedModel, ddf: str) -> Distribution:
    if ddf == "z":
        return _known(fit.vcov, math.inf)
    found = approximation(fit, ddf)
    adjusted = isinstance(found, KenwardRoger)
    vcov = fit.vcov_kr if adjusted else fit.vcov

    def distribution(L: Floats) -> tuple[Floats, Floats]:
        df = np.full(len(L), np.nan)
        good = np.all(np.isfinite(L), axis=1) & np.any(L != 0, axis=1)
        turned = L[good] @ fit.data.fixed.R_inverse
        df[good] = found.df(turned)
        return L @ vcov @ L.T, df

    return distribution
