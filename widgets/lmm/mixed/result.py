"""What :func:`lmer` and :func:`lme` return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.random import Generator

from widgets.lmm.arguments import check_choice
from widgets.lmm.arrays import Floats
from widgets.lmm.coefficients import Coefficient, intervals
from widgets.lmm.criteria import Criteria
from widgets.lmm.data.columns import Data
from widgets.lmm.inference import profile
from widgets.lmm.inference.kenward_roger import KenwardRoger
from widgets.lmm.inference.moments import Moments, moments
from widgets.lmm.likelihood.criterion import Evaluation, Problem
from widgets.lmm.likelihood.estimate import Estimate
from widgets.lmm.likelihood.model import MixedData
from widgets.lmm.mixed import predict, rsquared, simulate, summary, wald
from widgets.lmm.mixed.effects import RandomEstimates, random_estimates
from widgets.lmm.mixed.random_part import RandomPart
from widgets.lmm.mixed.wald import Ddf
from widgets.lmm.results import (
    ExplainedVariance,
    Interval,
    IntraclassCorrelation,
    TermTest,
    VarianceComponent,
)


@dataclass(frozen=True, eq=False, repr=False)
class LinearMixedModel(RandomPart, Criteria):
    """A fitted linear mixed model y = X beta + Z b + e.

    Attributes
    ----------
    formula : str
    REML : bool
    fixef, se : by name of coefficient
    vcov : array of shape (p, p), in the order of ``fixef``
    theta : array, relative covariance parameters in lme4's order
    sigma : float, residual standard deviation
    phi : correlation of neighbouring residuals, for :func:`lme` with an AR(1); else None
    tool : which function of R has the same conventions (nlme's BIC for REML counts n - p)
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

    tool: Literal["lmer", "lme"]
    fixef: Mapping[str, float]
    vcov: Floats
    theta: Floats
    sigma: float
    phi: float | None
    varcorr: tuple[VarianceComponent, ...]
    loglik: float
    fitted: Floats
    residuals: Floats
    is_singular: bool
    messages: tuple[str, ...]
    data: MixedData
    problem: Problem
    optimum: Estimate[Evaluation]

    def __repr__(self) -> str:
        """One line; :meth:`summary` says more."""
        method = "REML" if self.REML else "ML"
        return f"<{method} fit of {self.formula!r}: log-likelihood {self.loglik:.4f}>"

    @property
    def formula(self) -> str:
        """As it was given."""
        return self.data.formula.text

    @property
    def REML(self) -> bool:
        """Whether the fit is by restricted maximum likelihood."""
        return self.problem.REML

    @property
    def converged(self) -> bool:
        """Whether the gradient is zero and the curvature positive at the optimum."""
        return self.optimum.converged

    @property
    def se(self) -> Mapping[str, float]:
        """Standard errors by coefficient."""
        return self.data.fixed.by_name(np.sqrt(np.diagonal(self.vcov)))

    @property
    def df(self) -> int:
        """Number of parameters: coefficients, theta, sigma and phi if there is one."""
        return len(self.fixef) + len(self.theta) + 1 + (self.phi is not None)

    @property
    def observations(self) -> int:
        """What Schwarz's criterion counts: ``nobs``, for nlme's REML less the coefficients."""
        return self.nobs - len(self.fixef) * (self.REML and self.tool == "lme")

    @cached_property
    def random_estimates(self) -> tuple[RandomEstimates, ...]:
        """Modes and covariances per grouping factor."""
        return random_estimates(self.data, self.optimum.at, self.sigma)

    @property
    def scaled_residuals(self) -> Floats:
        """Residuals divided by sigma."""
        return self.residuals / self.sigma

    @cached_property
    def moments(self) -> Moments:
        """What Kenward-Roger and Satterthwaite are computed from."""
        return moments(self.problem, self.optimum.at)

    @property
    def vcov_kr(self) -> Floats:
        """Covariance of the fixed effects with the Kenward-Roger adjustment, shape (p, p)."""
        found = wald.approximation(self, "Kenward-Roger")
        adjusted = found.adjusted if isinstance(found, KenwardRoger) else found.Phi
        return self.sigma**2 * self.data.fixed.covariance(adjusted)

    def coefficients(
        self, ddf: Ddf | None = None, level: float = 0.95
    ) -> Mapping[str, Coefficient]:
        """Records ``estimate se df t p low high`` by coefficient.

        Parameters
        ----------
        ddf : "Kenward-Roger", "Satterthwaite", "inner-outer" (nlme's) or "z"
            By default Kenward-Roger for REML, Satterthwaite for ML, inner-outer with an AR(1).
        level : of the intervals

        Raises
        ------
        MethodError
            If this fit has no such method: Kenward-Roger needs REML.
        """
        return wald.coefficients(self, ddf, level)

    def anova(self, ddf: Ddf | None = None) -> Mapping[str, TermTest]:
        """Type III F tests by term, as lmerTest's ``anova(fit, type = 3)``."""
        return wald.anova(self, ddf)

    def test(self, L: Floats, ddf: Ddf | None = None) -> TermTest:
        """F test of ``L beta = 0`` for rows L of shape (l, p) over the coefficients."""
        return wald.contrast(self, L, ddf)

    def confint(
        self, method: Literal["profile", "wald"] = "profile", level: float = 0.95
    ) -> Mapping[str, Interval]:
        """Confidence intervals by name.

        The profile likelihood (maximum likelihood) gives them for standard deviations,
        correlations, phi, sigma and coefficients, Wald's method for the coefficients.
        """
        check_choice("method", method, ("profile", "wald"))
        if method == "wald":
            return intervals(self.coefficients("z", level))
        return profile.profile_intervals(self.data, self.theta, self.phi, level)

    def icc(self) -> IntraclassCorrelation:
        """Intraclass correlation (Nakagawa & Schielzeth 2013; random slopes by Johnson 2014)."""
        return rsquared.icc(self.data, self.varcorr, self.linear_predictor)

    def r2(self) -> ExplainedVariance:
        """Marginal and conditional R² (Nakagawa & Schielzeth 2013; Johnson 2014)."""
        return rsquared.r2(self.data, self.varcorr, self.linear_predictor)

    def predict(self, newdata: Data | None = None, *, random: bool = True) -> Floats:
        """Expected response, with the random effects of known groups or without any.

        A level that the fit has not seen gets random effects of zero, the mean of all groups.
        """
        return predict.predict(self.data, self.fixef, self.modes, newdata, random=random)

    def simulate(self, rng: Generator, n: int = 1) -> Floats:
        """New responses from the fitted model, with new random effects; shape (nobs, n)."""
        mean = self.linear_predictor + self.data.frame.offset
        return simulate.simulate(self.data, mean, self.theta, self.sigma, self.phi, rng, n)

    def summary(self, ddf: Ddf | None = None) -> str:
        """The table that R users know, with the degrees of freedom asked for."""
        return summary.summary(self, ddf or wald.best_ddf(self))
