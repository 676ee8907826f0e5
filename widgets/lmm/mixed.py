"""Linear mixed models: :func:`lmer`, and without random effects :func:`lm`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.lmm.coefficients import Coefficient, coefficient_table
from widgets.lmm.design import Data, Factor, column, fixed_effects, group_of
from widgets.lmm.errors import DataError, DesignError, MethodError
from widgets.lmm.formula import read_formula
from widgets.lmm.many import Ddf, _tests, check_estimable, lm_many
from widgets.lmm.scalar import GroupSums, Profile, best_lambda, group_sums, profile

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class VarianceComponent:
    """A variance (``term2`` None) or covariance, with its sd or correlation ``sdcor``."""

    group: str
    term1: str | None
    term2: str | None
    vcov: float
    sdcor: float


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """Share of the random effects in the variance; ``unadjusted`` counts the fixed effects too."""

    adjusted: float
    unadjusted: float


@dataclass(frozen=True)
class LinearMixedModel:
    """A fitted linear mixed model."""

    formula: str
    REML: bool
    fixef: Mapping[str, float]
    se: Mapping[str, float]
    vcov: Floats
    theta: tuple[float, ...]
    sigma: float
    varcorr: tuple[VarianceComponent, ...]
    loglik: float
    nobs: int
    ngroups: Mapping[str, int]
    fitted: Floats
    residuals: Floats
    is_singular: bool
    converged: bool
    messages: tuple[str, ...]
    _sums: GroupSums
    _at: Profile
    _fixed_variance: float

    def coefficients(self, ddf: Ddf = "Kenward-Roger") -> Mapping[str, Coefficient]:
        """Coefficients with degrees of freedom, t and p by the method asked for."""
        if ddf == "Kenward-Roger" and not self.REML:
            msg = "Kenward-Roger needs a REML fit; use REML=True or ddf='Satterthwaite'"
            raise MethodError(msg)
        lam = np.array([self.theta[0] ** 2])
        tests = _tests(ddf, self._sums, lam, self._at)
        estimate = np.array(list(self.fixef.values()))
        return coefficient_table(
            tuple(self.fixef), estimate, tests.se[0] * self.sigma, tests.df[0]
        )

    def icc(self) -> IntraclassCorrelation:
        """Adjusted and unadjusted intraclass correlation."""
        between, within = self.varcorr[0].vcov, self.sigma**2
        total = between + within
        return IntraclassCorrelation(between / total, between / (total + self._fixed_variance))


@dataclass(frozen=True)
class LinearModel:
    """A linear model fitted by least squares."""

    formula: str
    fixef: Mapping[str, float]
    se: Mapping[str, float]
    df_residual: int
    sigma: float
    loglik: float
    nobs: int

    def coefficients(self) -> Mapping[str, Coefficient]:
        """Coefficients with t-tests on the residual degrees of freedom."""
        names = tuple(self.fixef)
        estimate, se = (np.array(list(v.values())) for v in (self.fixef, self.se))
        return coefficient_table(names, estimate, se, np.full(len(names), float(self.df_residual)))


def lm(formula: str, data: Data) -> LinearModel:
    """Ordinary least squares."""
    y = _response(data, read_formula(formula).response)
    fits = lm_many(formula, data, y[:, None])
    return LinearModel(
        formula,
        {name: float(v[0]) for name, v in fits.estimate.items()},
        {name: float(v[0]) for name, v in fits.se.items()},
        len(y) - len(fits.names),
        float(fits.sigma[0]),
        float(fits.loglik[0]),
        len(y),
    )


def lmer(formula: str, data: Data, REML: bool = True) -> LinearMixedModel:  # noqa: FBT001, FBT002, N803  as in R
    """A linear mixed model with one random intercept, fitted by REML or maximum likelihood."""
    parsed = read_formula(formula)
    if len(parsed.groups) != 1:
        msg = f"formula {formula!r}: one (1 | group) is needed"
        raise DesignError(msg)
    name = parsed.groups[0]
    y, group = _response(data, parsed.response), group_of(data, name)
    X, names = fixed_effects(parsed, data, len(y))
    check_estimable(X, group.codes, names, name)
    shift = y.mean() if parsed.intercept else 0.0
    sums = group_sums(X, group.codes, (y - shift)[:, None], REML=REML)
    lam = best_lambda(sums)
    at = profile(sums, lam)
    return _assembled(formula, (y, X, names), (name, group), (sums, at, lam, shift))


def _assembled(formula, fixed, grouping, solution) -> LinearMixedModel:  # noqa: ANN001
    (y, X, names), (name, group), (sums, at, lam, shift) = fixed, grouping, solution
    beta = at.beta[0].copy()
    beta[0] += shift
    sigma = float(np.sqrt(at.r2[0] / sums.nu))
    theta = float(np.sqrt(lam[0]))
    e = sums.z[0] - sums.s @ at.beta[0]
    b = lam[0] / (1 + lam[0] * sums.n) * e
    fixed_part = X @ beta
    position = np.searchsorted(np.unique(group.codes), group.codes)
    fitted = fixed_part + b[position]
    vcov = sigma**2 * at.Phi[0]
    singular = theta == 0.0
    variance = (theta * sigma) ** 2
    message = f"singular fit: the variance of (Intercept) between levels of {name} is zero"
    return LinearMixedModel(
        formula,
        sums.REML,
        dict(zip(names, beta.tolist(), strict=True)),
        dict(zip(names, np.sqrt(np.diag(vcov)).tolist(), strict=True)),
        vcov,
        (theta,),
        sigma,
        (
            VarianceComponent(name, "(Intercept)", None, variance, theta * sigma),
            VarianceComponent("Residual", None, None, sigma**2, sigma),
        ),
        float(-at.deviance[0] / 2),
        len(y),
        {name: len(sums.n)},
        fitted,
        y - fitted,
        singular,
        bool(singular or abs(at.slope[0] * lam[0]) < 1e-6),  # noqa: PLR2004
        (message,) if singular else (),
        sums,
        at,
        float(np.var(fixed_part, ddof=1)),
    )


def _response(data: Data, name: str) -> Floats:
    y = column(data, name)
    if isinstance(y, Factor):
        msg = f"the response {name!r} holds text; it must hold numbers"
        raise DataError(msg)
    if np.ptp(y) == 0:
        msg = f"the response {name!r} is constant; there is nothing to model"
        raise DataError(msg)
    return y
