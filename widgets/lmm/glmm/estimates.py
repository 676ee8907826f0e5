"""What a generalised linear mixed model was asked for, and what was estimated."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from ..arguments import check_choice
from ..arrays import Floats
from ..coefficients import Coefficient, table_of
from ..criteria import Criteria
from ..likelihood.estimate import Estimate
from ..likelihood.model import MixedData
from ..linalg import spd_inverse
from ..mixed.effects import RandomEstimates
from ..mixed.random_part import RandomPart
from ..results import VarianceComponent
from .conditional import Conditional
from .effects import random_estimates
from .marginal import MarginalEvaluation
from .problem import Prepared
from .start import information
from .zero_part import ZeroPart


@dataclass(frozen=True)
class Specification:
    """What was asked for.

    Attributes
    ----------
    tool : the function, "glmer" or "glmmTMB"
    family : "binomial", "poisson", "nbinom2" …
    link : "logit", "probit", "cloglog", "log" or "identity"
    nAGQ : points of the quadrature, 1 for Laplace's approximation
    ziformula, dispformula : of the zeros and of the dispersion, or None
    """

    tool: Literal["glmer", "glmmTMB"]
    family: str
    link: str
    nAGQ: int = 1
    ziformula: str | None = None
    dispformula: str | None = None


@dataclass(frozen=True, eq=False, repr=False)
class GeneralizedFit(RandomPart, Criteria):
    """The estimates of a generalised linear mixed model, and what follows from them.

    Attributes
    ----------
    formula : str
    specification : family, link, points of the quadrature
    fixef, se : by name of coefficient, on the scale of the link
    vcov : array of shape (p, p), from the full Hessian over all parameters
    theta : array, covariance parameters in lme4's order
    varcorr : records ``group term1 term2 vcov sdcor``
    loglik : float, with all constants
    df : int, number of parameters asked for
    nobs : int
    ngroups : levels by grouping factor
    is_singular : whether a variance is exactly zero or a correlation exactly one
    converged : gradient zero and curvature positive at the optimum
    messages : tuple of str
    zi_fixef, zi_se, zi_vcov : coefficients of the zeros on the logit scale; empty without any
    disp_fixef, disp_se : coefficients of the dispersion on the log scale; empty without any
    nbinom2_theta : of a negative binomial, whose variance is mu + mu²/theta; else None
    log_theta_se : standard error of its logarithm
    """

    formula: str
    specification: Specification
    fixef: Mapping[str, float]
    se: Mapping[str, float]
    vcov: Floats
    theta: Floats
    varcorr: tuple[VarianceComponent, ...]
    loglik: float
    parameters: int
    is_singular: bool
    converged: bool
    messages: tuple[str, ...]
    zi_fixef: Mapping[str, float]
    zi_se: Mapping[str, float]
    zi_vcov: Floats
    disp_fixef: Mapping[str, float]
    disp_se: Mapping[str, float]
    nbinom2_theta: float | None
    log_theta_se: float | None
    data: MixedData
    zero: ZeroPart | None
    dispersion: ZeroPart | None
    ready: Prepared
    optimum: Estimate[MarginalEvaluation]

    def __repr__(self) -> str:
        """One line; :meth:`summary` says more."""
        family = f"{self.specification.family} ({self.specification.link})"
        return f"<{family} fit of {self.formula!r}: log-likelihood {self.loglik:.4f}>"

    @property
    def family(self) -> str:
        """The distribution of the response."""
        return self.specification.family

    @property
    def link(self) -> str:
        """The function of the mean that is linear."""
        return self.specification.link

    @property
    def nAGQ(self) -> int:
        """Points of the quadrature, 1 for Laplace's approximation."""
        return self.specification.nAGQ

    @property
    def sigma(self) -> float:
        """One: these families have no residual variance; see :attr:`nbinom2_theta`."""
        return 1.0

    @property
    def df(self) -> int:
        """Number of parameters asked for."""
        return self.parameters

    @property
    def observations(self) -> int:
        """What Schwarz's criterion counts: ``nobs``."""
        return self.nobs

    @cached_property
    def random_estimates(self) -> tuple[RandomEstimates, ...]:
        """Modes and covariances per grouping factor."""
        return random_estimates(self.data, self.optimum.at)

    @cached_property
    def fitted(self) -> Floats:
        """Expected responses given the random effects, shape (n,); shares for the binomial."""
        at = self.optimum.at
        return self._conditional.mean(at.mode.eta, at.further)

    @property
    def response(self) -> Floats:
        """The response, shape (n,): counts, or shares of successes."""
        return self.data.y + self.data.frame.offset

    @property
    def residuals(self) -> Floats:
        """What R's ``residuals`` gives: deviance residuals for glmer, responses for glmmTMB."""
        difference = self.response - self.fitted
        if self.specification.tool == "glmmTMB":
            return difference
        result: Floats = np.sign(difference) * np.sqrt(self._unit_deviances)
        return result

    @property
    def scaled_residuals(self) -> Floats:
        """Pearson residuals: the difference from the expected response over its deviation."""
        at = self.optimum.at
        difference = self.response - self.fitted
        variance = self._conditional.variance(at.mode.eta, at.further)
        result: Floats = difference / np.sqrt(variance)
        return result

    @property
    def residual_deviance_conditional(self) -> float:
        """Sum of squared deviance residuals at the conditional modes; lme4's ``deviance(fit)``."""
        return float(self._unit_deviances.sum())

    @property
    def _unit_deviances(self) -> Floats:
        loglik = self.optimum.at.mode.there.loglik
        return np.maximum(2 * (self._conditional.saturated() - loglik), 0.0)

    @property
    def _conditional(self) -> Conditional:
        return self.ready.marginal.conditional

    @cached_property
    def vcov_rx(self) -> Floats:
        """Covariance of the coefficients given theta: lme4's ``vcov(fit, use.hessian = FALSE)``."""
        at = self.optimum.at
        rows, weight = self.ready.marginal.rows, at.mode.there.weight
        known = information(rows, at.V, weight, at.spread, self.data.fixed.Q)
        R = self.data.fixed.R_inverse
        return R @ spd_inverse(known)[0] @ R.T

    @property
    def se_rx(self) -> Mapping[str, float]:
        """Standard errors given theta; smaller than ``se``, which counts that it is estimated."""
        return dict(zip(self.fixef, np.sqrt(np.diagonal(self.vcov_rx)).tolist(), strict=True))

    def coefficients(
        self, ddf: Literal["z"] | None = None, level: float = 0.95
    ) -> Mapping[str, Coefficient]:
        """Records ``estimate se df t p low high`` by coefficient: z tests, ``df`` infinite.

        Raises
        ------
        MethodError
            If other degrees of freedom are asked for: they are defined for Gaussian models only.
        """
        check_choice("ddf", ddf, ("z", None))
        return table_of(self.fixef, self.se, math.inf, level)

    def zi_coefficients(self, level: float = 0.95) -> Mapping[str, Coefficient]:
        """The same records for the coefficients of the zeros."""
        return table_of(self.zi_fixef, self.zi_se, math.inf, level)
