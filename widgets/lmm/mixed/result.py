"""What :func:`lmer` and :func:`lme` return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from numpy.random import Generator

from widgets.lmm.arguments import check_choice
from widgets.lmm.arrays import Floats
from widgets.lmm.coefficients import Coefficient, intervals
from widgets.lmm.data.columns import Data
from widgets.lmm.inference import profile
from widgets.lmm.inference.kenward_roger import KenwardRoger
from widgets.lmm.mixed import predict, rsquared, simulate, summary, wald
from widgets.lmm.mixed.estimates import LinearMixedFit
from widgets.lmm.mixed.wald import Ddf
from widgets.lmm.results import ExplainedVariance, Interval, IntraclassCorrelation, TermTest


@dataclass(frozen=True, eq=False, repr=False)
class LinearMixedModel(LinearMixedFit):
    """A fitted linear mixed model: what it can be asked.

    Its estimates are the attributes of :class:`LinearMixedFit`.
    """

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
