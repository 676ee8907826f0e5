"""What was estimated of a linear mixed model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from ..arrays import Floats
from ..criteria import Criteria
from ..inference.moments import Moments, moments
from ..likelihood.criterion import Evaluation, Problem
from ..likelihood.estimate import Estimate
from ..likelihood.model import MixedData
from ..results import VarianceComponent
from .effects import RandomEstimates, random_estimates
from .random_part import RandomPart


@dataclass(frozen=True, eq=False, repr=False)
class LinearMixedFit(RandomPart, Criteria):
    """The estimates of a linear mixed model y = X beta + Z b + e, and what follows from them.

    Attributes
    ----------
    formula : str
    REML : bool
    fixef, se : by name of coefficient
    vcov : array of shape (p, p), in the order of ``fixef``
    theta : array, relative covariance parameters in lme4's order
    sigma : float, residual standard deviation
    phi : correlation of neighbouring residuals, for :func:`lme` with an AR(1) or CAR(1), of any two
        with compound symmetry; else None
    psi : all parameters of another structure than AR(1), shape (m,); else None
    variances : standard deviations by level, relative to the first one, which has sigma; or None
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
    psi: Floats | None = None

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
        inside = self.phi is not None if self.psi is None else len(self.psi)
        return len(self.fixef) + len(self.theta) + 1 + inside

    @property
    def variances(self) -> Mapping[str, float] | None:
        """Standard deviations of residuals by level, relative to the first."""
        structure = self.data.structure
        return None if structure is None or self.psi is None else structure.deviations(self.psi)

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
        """Residuals over their deviations, sigma or sigma over the root of a weight."""
        weights, structure = self.data.weights, self.data.structure
        scaled = self.residuals / self.sigma
        if structure is not None and self.psi is not None:
            return scaled / structure.scale(self.psi)
        return scaled if weights is None else scaled * np.sqrt(weights)

    @cached_property
    def moments(self) -> Moments:
        """What Kenward-Roger and Satterthwaite are computed from."""
        return moments(self.problem, self.optimum.at)
