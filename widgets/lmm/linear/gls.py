"""Generalised least squares with AR(1) residuals: :func:`gls`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.coefficients import Coefficient, coefficient_table
from widgets.lmm.data.columns import Data, Factor, as_factor, column, rows_of
from widgets.lmm.data.design import Frame, model_matrix, with_response
from widgets.lmm.data.fixed_effects import fixed_effects
from widgets.lmm.errors import DataError, DesignError, check_choice
from widgets.lmm.formula import read_formula
from widgets.lmm.likelihood.ar1 import Predecessors, best_phi, predecessors
from widgets.lmm.linalg import spd_inverse


@dataclass(frozen=True, eq=False, repr=False)
class GeneralizedLeastSquares:
    """A linear model with correlated residuals.

    Attributes
    ----------
    fixef, se : by coefficient; for ML without nlme's factor sqrt(n/(n - p))
    vcov : shape (p, p)
    phi : correlation of neighbouring residuals
    sigma, loglik, aic, bic : float
    df, nobs, ngroups : int
    fitted, residuals : shape (n,)
    converged : bool
    messages : tuple of str
    """

    formula: str
    REML: bool
    fixef: Mapping[str, float]
    se: Mapping[str, float]
    vcov: Floats
    phi: float
    sigma: float
    loglik: float
    nobs: int
    ngroups: int
    fitted: Floats
    residuals: Floats
    converged: bool
    messages: tuple[str, ...]

    def __repr__(self) -> str:
        """One line."""
        return f"<fit of {self.formula!r}: log-likelihood {self.loglik:.4f}>"

    @property
    def df(self) -> int:
        """Number of parameters: coefficients, phi and sigma."""
        return len(self.fixef) + 2

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return -2 * self.loglik + 2 * self.df

    @property
    def bic(self) -> float:
        """Schwarz's criterion; for REML with n - p observations, as nlme has it."""
        return -2 * self.loglik + math.log(self.nobs - len(self.fixef) * self.REML) * self.df

    def coefficients(self, level: float = 0.95) -> Mapping[str, Coefficient]:
        """Records ``estimate se df t p low high`` with n - p degrees of freedom, as nlme's."""
        names = tuple(self.fixef)
        estimate, se = (np.array([v[name] for name in names]) for v in (self.fixef, self.se))
        df = np.full(len(names), float(self.nobs - len(names)))
        return coefficient_table(names, estimate, se, df, level)


@dataclass(frozen=True)
class _Solved:
    value: float
    beta: Floats
    Phi: Floats
    r2: float


def gls(
    formula: str, data: Data, group: str, correlation: str = "AR1", REML: bool = True
) -> GeneralizedLeastSquares:
    """Fit a linear model whose residuals follow an AR(1) within groups, in row order.

    Parameters
    ----------
    formula : str without random terms
    data : mapping of columns
    group : name of the column of groups
    correlation : "AR1"
    REML : restricted maximum likelihood, or maximum likelihood if false
    """
    check_choice("correlation", correlation, ("AR1",))
    parsed = read_formula(formula)
    if parsed.random:
        msg = f"{formula!r} has a random term; gls() has none, use lme()"
        raise DesignError(msg)
    frame, response, _ = with_response(parsed, data)
    kept = _groups(data, group, frame)
    fixed = fixed_effects(model_matrix(parsed.fixed, frame), frame.n)
    y, rows = response - frame.offset, predecessors(kept)
    start = fixed.Q.T @ y
    Xy = np.column_stack([fixed.Q, y - fixed.Q @ start])
    logdet_R = 2 * float(np.log(np.diagonal(fixed.R)).sum())

    def solved(phi: float) -> _Solved:
        return _solve(Xy, rows, phi, logdet_R, REML=REML)

    best = best_phi(lambda phi: (solved(phi).value, lambda other: solved(other).value))
    at = solved(best.phi)
    sigma = math.sqrt(at.r2 / (frame.n - fixed.p if REML else frame.n))
    beta = fixed.R_inverse @ (at.beta + start)
    vcov = sigma**2 * fixed.R_inverse @ at.Phi @ fixed.R_inverse.T
    fitted = fixed.X @ beta
    return GeneralizedLeastSquares(
        formula=formula,
        REML=bool(REML),
        fixef=dict(zip(fixed.names, beta.tolist(), strict=True)),
        se=dict(zip(fixed.names, np.sqrt(np.diagonal(vcov)).tolist(), strict=True)),
        vcov=vcov,
        phi=best.phi,
        sigma=sigma,
        loglik=-at.value / 2,
        nobs=frame.n,
        ngroups=len(np.unique(kept.codes)),
        fitted=fitted + frame.offset,
        residuals=y - fitted,
        converged=best.converged,
        messages=() if best.converged else ("the search for phi did not converge",),
    )


def _groups(data: Data, group: str, frame: Frame) -> Factor:
    """The groups of the complete rows."""
    groups = as_factor(column(data, group))
    if len(groups) != len(frame.rows):
        msg = f"column {group!r} has {len(groups)} values, the others have {len(frame.rows)}"
        raise DataError(msg)
    kept = as_factor(rows_of(groups, frame.rows))
    if np.any(kept.codes < 0):
        msg = f"column {group!r} has missing values; every row needs a group"
        raise DataError(msg)
    return kept


def _solve(Xy: Floats, rows: Predecessors, phi: float, logdet_R: float, *, REML: bool) -> _Solved:
    """Least squares on the transformed rows, with the profiled criterion."""
    n, p = len(Xy), Xy.shape[1] - 1
    moved = rows.transformed(Xy, phi) / math.sqrt(1 - phi * phi)
    S = moved.T @ moved
    Phi, logdet = spd_inverse(S[:p, :p])
    beta = Phi @ S[:p, p]
    r2 = float(S[p, p] - beta @ S[:p, p])
    nu = n - p if REML else n
    value = rows.logdet(phi) + nu * (1 + math.log(2 * math.pi * r2 / nu))
    return _Solved(value + (float(logdet) + logdet_R if REML else 0.0), beta, Phi, r2)
