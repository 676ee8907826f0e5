"""Linear mixed models: :func:`lmer` and what it returns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.random import Generator

from widgets.lmm import bootstrap, predict, profile, rsquared, summary
from widgets.lmm.coefficients import Coefficient, coefficient_table
from widgets.lmm.columns import Data, Floats
from widgets.lmm.criterion import Problem
from widgets.lmm.effects import (
    Levels,
    RandomEstimates,
    as_mapping,
    fixed_estimates,
    random_estimates,
    random_part,
    singular_components,
    variance_components,
)
from widgets.lmm.errors import MethodError, NotEstimableError
from widgets.lmm.estimate import Estimate, estimate
from widgets.lmm.many import used_up
from widgets.lmm.kenward_roger import KenwardRoger, kenward_roger
from widgets.lmm.model import MixedData, mixed_data, moment_start, problem_of, scale_of_theta
from widgets.lmm.moments import Moments, moments
from widgets.lmm.results import (
    ExplainedVariance,
    Interval,
    IntraclassCorrelation,
    TermTest,
    VarianceComponent,
)
from widgets.lmm.satterthwaite import Satterthwaite, satterthwaite
from widgets.lmm.termtests import term_tests
from widgets.lmm.theta import is_diagonal

Ddf = Literal["Kenward-Roger", "Satterthwaite", "z"]


@dataclass(frozen=True)
class LinearMixedModel:
    """A fitted linear mixed model y = X beta + Z b + e.

    Attributes
    ----------
    formula : str
    REML : bool
    fixef, se : by name of coefficient
    vcov : array of shape (p, p), in the order of ``fixef``
    theta : array, relative covariance parameters in lme4's order
    sigma : float, residual standard deviation
    varcorr : records ``group term1 term2 vcov sdcor``, the residual last
    loglik : float, restricted for REML
    df : int, number of parameters
    nobs : int
    ngroups : levels by grouping factor
    ranef, condvar : group → level → effect
    fitted, residuals : arrays of shape (n,)
    is_singular : whether a variance is exactly zero or a correlation exactly one
    converged : gradient zero and curvature positive at the optimum
    messages : tuple of str
    """

    formula: str
    REML: bool
    fixef: Mapping[str, float]
    se: Mapping[str, float]
    vcov: Floats
    theta: Floats
    sigma: float
    varcorr: tuple[VarianceComponent, ...]
    loglik: float
    df: int
    nobs: int
    ngroups: Mapping[str, int]
    fitted: Floats
    residuals: Floats
    is_singular: bool
    converged: bool
    messages: tuple[str, ...]
    data: MixedData
    problem: Problem
    optimum: Estimate

    @property
    def deviance(self) -> float:
        """Minus twice the log-likelihood (for REML the REML criterion)."""
        return -2 * self.loglik

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return self.deviance + 2 * self.df

    @property
    def bic(self) -> float:
        """Schwarz's criterion with ``nobs`` observations, also for REML, as lme4 has it."""
        return self.deviance + math.log(self.nobs) * self.df

    @cached_property
    def _random(self) -> tuple[RandomEstimates, ...]:
        return random_estimates(self.data, self.optimum.at, self.sigma)

    @property
    def ranef(self) -> Levels:
        """Random effects (conditional modes): group → level → effect."""
        return as_mapping(self.data, tuple(one.b for one in self._random))

    @property
    def condvar(self) -> Levels:
        """Their variances given y, the parameters taken as known: group → level → effect."""
        variances = tuple(np.diagonal(one.cov, axis1=1, axis2=2) for one in self._random)
        return as_mapping(self.data, variances)

    @property
    def condcov(self) -> Mapping[str, Floats]:
        """Conditional covariances by group, arrays of shape (levels, k, k)."""
        return {f.name: one.cov for f, one in zip(self.data.factors, self._random, strict=True)}

    @property
    def scaled_residuals(self) -> Floats:
        """Residuals divided by sigma."""
        return self.residuals / self.sigma

    @cached_property
    def _moments(self) -> Moments:
        return moments(self.problem, self.optimum.at)

    @cached_property
    def kenward_roger(self) -> KenwardRoger:
        """The Kenward-Roger approximation, in units of sigma² and for the orthonormal X."""
        if not self.REML:
            msg = "Kenward-Roger is for REML fits; use REML=True, or ddf='Satterthwaite'"
            raise MethodError(msg)
        found = kenward_roger(self._moments, self.optimum.at.Phi)
        if not np.all(np.isfinite(found.W)):
            msg = (
                "Kenward-Roger: the data do not tell the variances apart (their information matrix "
                "is singular); leave out a random term, or use ddf='Satterthwaite'"
            )
            raise NotEstimableError(msg)
        return found

    @cached_property
    def satterthwaite(self) -> Satterthwaite:
        """The Satterthwaite approximation, in units of sigma² and for the orthonormal X."""
        return satterthwaite(self.problem, self.optimum.at, self._moments)

    @property
    def vcov_kr(self) -> Floats:
        """Covariance of the fixed effects with the Kenward-Roger adjustment, shape (p, p)."""
        R = self.data.fixed.R_inverse
        return self.sigma**2 * (R @ self.kenward_roger.adjusted @ R.T)

    def coefficients(
        self, ddf: Ddf = "Kenward-Roger", level: float = 0.95
    ) -> Mapping[str, Coefficient]:
        """Records ``estimate se df t p low high`` by coefficient.

        Raises
        ------
        MethodError
            For Kenward-Roger and a fit by maximum likelihood, or an unknown method.
        """
        names = tuple(self.fixef)
        beta = np.array([self.fixef[name] for name in names])
        se, df = np.sqrt(np.diagonal(self.vcov)), np.full(len(names), math.inf)
        if ddf == "Kenward-Roger":
            se = np.sqrt(np.diagonal(self.vcov_kr))
            df = self.kenward_roger.df(self.data.fixed.R_inverse)
        elif ddf == "Satterthwaite":
            df = self.satterthwaite.df(self.data.fixed.R_inverse)
        elif ddf != "z":
            msg = f"ddf must be 'Kenward-Roger', 'Satterthwaite' or 'z', not {ddf!r}"
            raise MethodError(msg)
        return coefficient_table(names, beta, se, df, level)

    def anova(self, ddf: Ddf = "Kenward-Roger") -> Mapping[str, TermTest]:
        """Type III F tests by term, as lmerTest's ``anova(fit, type = 3)``."""
        approximation = self.kenward_roger if ddf == "Kenward-Roger" else self.satterthwaite
        beta = np.array(list(self.fixef.values()))
        return term_tests(self.data, beta, self.sigma, approximation)

    def test(self, L: Floats, ddf: Ddf = "Kenward-Roger") -> TermTest:  # noqa: N803  the usual symbol
        """F test of ``L beta = 0`` for rows L of shape (l, p) over the coefficients."""
        approximation = self.kenward_roger if ddf == "Kenward-Roger" else self.satterthwaite
        beta = np.array(list(self.fixef.values()))
        rows = {"L": np.atleast_2d(np.asarray(L, dtype=float))}
        return term_tests(self.data, beta, self.sigma, approximation, rows)["L"]

    def confint(
        self, method: Literal["profile", "wald"] = "profile", level: float = 0.95
    ) -> Mapping[str, Interval]:
        """Confidence intervals: by profile likelihood for all parameters (sd, correlation, sigma and
        coefficients, by maximum likelihood), or Wald for the coefficients.
        """
        if method == "wald":
            table = self.coefficients("z", level)
            return {name: Interval(row.low, row.high) for name, row in table.items()}
        if method != "profile":
            msg = f"method must be 'profile' or 'wald', not {method!r}"
            raise MethodError(msg)
        return profile.profile_intervals(self.data, self.optimum.at.theta, level)

    def icc(self) -> IntraclassCorrelation:
        """Intraclass correlation (Nakagawa & Schielzeth 2013; random slopes by Johnson 2014)."""
        return rsquared.icc(self.data, self.varcorr, self._linear_predictor)

    def r2(self) -> ExplainedVariance:
        """Marginal and conditional R² (Nakagawa & Schielzeth 2013; Johnson 2014)."""
        return rsquared.r2(self.data, self.varcorr, self._linear_predictor)

    @property
    def _linear_predictor(self) -> Floats:
        return self.data.fixed.X @ np.array(list(self.fixef.values()))

    def predict(self, newdata: Data | None = None, *, random: bool = True) -> Floats:
        """Expected response, with the random effects of known groups or without any.

        A level that the fit has not seen gets random effects of zero, the mean of all groups.
        """
        beta = np.array(list(self.fixef.values()))
        modes = tuple(one.b for one in self._random)
        return predict.predict(self.data, beta, modes, newdata, random=random)

    def simulate(self, rng: Generator, n: int = 1) -> Floats:
        """New responses from the fitted model, new random effects included; shape (nobs, n)."""
        mean = self._linear_predictor + self.data.frame.offset
        return bootstrap.simulate(self.data, mean, self.theta, self.sigma, rng, n)

    def bootstrap(self, rng: Generator, n: int = 1000, level: float = 0.95) -> bootstrap.Bootstrap:
        """Parametric bootstrap: n refits to simulated responses, with percentile intervals."""
        return bootstrap.bootstrap(self, rng, n, level)

    def refit(self, y: Floats) -> LinearMixedModel:
        """The same model fitted to another response of shape (nobs,)."""
        return fitted_model(self.formula, self.data, y - self.data.frame.offset, REML=self.REML)

    def summary(self, ddf: Ddf | None = None) -> str:
        """The table that R users know; by default with the degrees of freedom that fit the method."""
        return summary.summary(self, ddf or ("Kenward-Roger" if self.REML else "Satterthwaite"))


def lmer(formula: str, data: Data, REML: bool = True) -> LinearMixedModel:  # noqa: FBT001, FBT002, N803  as in R
    """Fit a linear mixed model by REML or maximum likelihood.

    Parameters
    ----------
    formula : str
        In lme4's notation, e.g. ``y ~ treatment + (1 + depth | mouse)``.
    data : mapping of column name to array-like
        A dict of lists or arrays; a pandas DataFrame works too. Rows with missing values are left
        out and counted in ``messages``.
    REML : bool
        Restricted maximum likelihood, or maximum likelihood if false.

    Returns
    -------
    LinearMixedModel

    Raises
    ------
    FormulaError, DataError, DesignError
        What is wrong, where, and what would be right.
    NotEstimableError
        If the design leaves no degrees of freedom for a variance.

    Notes
    -----
    Bates et al. (2015): the profiled criterion is minimised over theta (see :mod:`pls`,
    :mod:`criterion` and :mod:`estimate` for the steps and their cost).
    """
    return lmer_of(mixed_data(formula, data), REML=bool(REML))


def lmer_of(data: MixedData, *, REML: bool) -> LinearMixedModel:
    """The fit to a model's own response."""
    return fitted_model(data.formula.text, data, data.y, REML=REML)


def fitted_model(
    formula: str,
    data: MixedData,
    y: Floats,
    *,
    REML: bool,  # noqa: N803  as in R
) -> LinearMixedModel:
    """The fit of a model to the response ``y`` of shape (n,), offset removed."""
    problem = problem_of(data, y, REML=REML)
    check_variances(data, problem)
    optimum = estimate(problem, moment_start(problem, is_diagonal(data.terms)))
    at = optimum.at
    sigma = math.sqrt(at.r2 / problem.nu)
    theta = at.theta / scale_of_theta(data)
    beta = fixed_estimates(data, y, at)
    R = data.fixed.R_inverse
    vcov = sigma**2 * (R @ at.Phi @ R.T)
    fitted = data.fixed.X @ beta + random_part(data, random_estimates(data, at, sigma))
    boundary = singular_components(data, theta)
    names = data.fixed.names
    return LinearMixedModel(
        formula=formula,
        REML=REML,
        fixef=dict(zip(names, beta.tolist(), strict=True)),
        se=dict(zip(names, np.sqrt(np.diagonal(vcov)).tolist(), strict=True)),
        vcov=vcov,
        theta=theta,
        sigma=sigma,
        varcorr=variance_components(data, theta, sigma),
        loglik=-at.value / 2,
        df=len(names) + len(theta) + 1,
        nobs=data.n,
        ngroups={f.name: f.J for f in data.factors},
        fitted=fitted + data.frame.offset,
        residuals=y - fitted,
        is_singular=bool(boundary),
        converged=optimum.converged,
        messages=_messages(data, boundary, converged=optimum.converged),
        data=data,
        problem=problem,
        optimum=optimum,
    )


def check_variances(data: MixedData, problem: Problem) -> None:
    """Refuse a REML fit whose random effects all lie in the span of the fixed effects.

    Raises
    ------
    NotEstimableError
        Naming the grouping factor that has no degrees of freedom left, or saying that the residual
        has none.
    """
    if not problem.REML:
        return
    A, p = problem.A, problem.p
    for number, (factor, slots) in enumerate(zip(data.factors, data.where.slots, strict=True)):
        k = factor.k
        if number == 0:
            total, explained = np.einsum("bskk->", A.A11), float((A.A1x[..., :p] ** 2).sum())
        else:
            columns = slice(slots.offset, slots.offset + slots.size * k)
            total = np.einsum("brr->br", A.Arr)[:, columns].sum()
            explained = float((A.Arx[:, columns, :p] ** 2).sum())
        if total - explained <= 1e-10 * total:  # noqa: PLR2004  rounding
            raise NotEstimableError(used_up(factor.J, factor.name, ", ".join(data.fixed.names)))
    if float(A.Axx[p, p]) <= 1e-20 * max(float(data.y @ data.y), 1e-300):
        msg = "the fixed effects fit the response exactly; there is no variance left to explain"
        raise NotEstimableError(msg)


def _messages(data: MixedData, boundary: list[str], *, converged: bool) -> tuple[str, ...]:
    found = [f"boundary (singular) fit: {what}" for what in boundary]
    if data.frame.omitted:
        found.append(f"{data.frame.omitted} rows with missing values were left out")
    if data.fixed.dropped:
        names = ", ".join(data.fixed.dropped)
        found.append(f"fixed-effect columns that depend on the others were dropped: {names}")
    if not converged:
        found.append("the fit did not converge: the optimum fails the gradient or curvature check")
    return tuple(found)
