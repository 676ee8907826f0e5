"""What :func:`lmer` and :func:`lme` return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, overload

from numpy.random import Generator
from numpy.typing import ArrayLike

from ..arguments import check_choice
from ..arrays import Floats
from ..coefficients import Coefficient, intervals
from ..data.columns import Data
from ..errors import MethodError
from ..inference import profile
from ..inference.kenward_roger import KenwardRoger
from ..predictions import IntervalOf, Prediction, check_asked
from ..results import ExplainedVariance, Interval, IntraclassCorrelation, TermTest
from . import predict, rsquared, simulate, summary, wald
from .estimates import LinearMixedFit
from .wald import Ddf


@dataclass(frozen=True, eq=False, repr=False)
class LinearMixedModel(LinearMixedFit):
    """A fitted linear mixed model: what it can be asked.

    Its estimates are the attributes of :class:`LinearMixedFit`.
    """

    @property
    def vcov_kr(self) -> Floats:
        """Covariance of the fixed effects with the Kenward-Roger adjustment, shape (p, p).

        For a fit of REML; see :mod:`kenward_roger`.
        """
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
        level : of the intervals, in (0, 1)

        Raises
        ------
        MethodError
            If this fit has no such method (Kenward-Roger needs REML), or ``level`` is no share.
        NotEstimableError
            If the data do not tell the variances apart, for Kenward-Roger.
        """
        return wald.coefficients(self, ddf, level)

    def anova(
        self,
        ddf: Ddf | None = None,
        type: Literal[2, 3] = 3,  # noqa: A002  R's name
    ) -> Mapping[str, TermTest]:
        """F tests by term, as lmerTest's ``anova(fit, type = 3)``.

        Parameters
        ----------
        ddf : "Kenward-Roger", "Satterthwaite" or "inner-outer"; by default as in
            :meth:`coefficients`
        type : 3, or 2: each term after all terms that do not contain it

        Raises
        ------
        MethodError, NotEstimableError
            As :meth:`coefficients`; also for "z", which has no F.
        """
        return wald.anova(self, ddf, type)

    def test(self, L: ArrayLike, ddf: Ddf | None = None) -> TermTest:
        """F test of ``L beta = 0``.

        Parameters
        ----------
        L : array-like of shape (l, p), or (p,) for one row, in the order of ``fixef``; rows that
            depend on earlier ones are left out
        ddf : as in :meth:`anova`

        Raises
        ------
        DataError, MethodError
            If L holds no numbers, has another shape or nothing but zeros; as :meth:`anova`.
        """
        return wald.contrast(self, L, ddf)

    def confint(
        self, method: Literal["profile", "wald"] = "profile", level: float = 0.95
    ) -> Mapping[str, Interval]:
        """Confidence intervals by name.

        The profile likelihood (maximum likelihood) gives them for standard deviations,
        correlations, phi, sigma and coefficients (Bates et al. 2015, §5.1), Wald's method for the
        coefficients, by the normal distribution.

        Parameters
        ----------
        method : "profile" or "wald"
        level : in (0, 1)

        Raises
        ------
        MethodError
            If there is no such method, or ``level`` is no share.
        """
        check_choice("method", method, ("profile", "wald"))
        if method == "wald":
            return intervals(self.coefficients("z", level))
        if self.psi is not None:
            msg = "profile intervals are not known for this structure of residuals; use 'wald'"
            raise MethodError(msg)
        return profile.profile_intervals(self.data, self.theta, self.phi, level)

    def icc(self) -> IntraclassCorrelation:
        """Intraclass correlation (Nakagawa & Schielzeth 2013; random slopes by Johnson 2014)."""
        return rsquared.icc(self.data, self.varcorr, self.linear_predictor)

    def r2(self) -> ExplainedVariance:
        """Marginal and conditional R² (Nakagawa & Schielzeth 2013; Johnson 2014)."""
        return rsquared.r2(self.data, self.varcorr, self.linear_predictor)

    @overload
    def predict(
        self, newdata: Data | None = None, *, random: bool | Sequence[str] = True
    ) -> Floats: ...

    @overload
    def predict(
        self,
        newdata: Data | None = None,
        *,
        random: bool | Sequence[str] = True,
        se: bool,
        interval: IntervalOf = None,
        level: float = 0.95,
    ) -> Prediction: ...

    @overload
    def predict(
        self,
        newdata: Data | None = None,
        *,
        random: bool | Sequence[str] = True,
        interval: IntervalOf,
        level: float = 0.95,
    ) -> Prediction: ...

    def predict(
        self,
        newdata: Data | None = None,
        *,
        random: bool | Sequence[str] = True,
        se: bool = False,
        interval: IntervalOf = None,
        level: float = 0.95,
    ) -> Floats | Prediction:
        """Expected response by row, shape (n,).

        Parameters
        ----------
        newdata : columns that the formula names, but the response; None for the rows of the fit
        random : whether to add the random effects, or the grouping factors whose effects are added;
            a level that the fit has not seen has effects of zero, the mean of all groups
        se : whether to answer with a :class:`Prediction`, which has the standard errors sqrt(x'Vx)
            of the fixed part, V the covariance of the fixed effects; with ``random=False``
        interval : "confidence" for the expected value, "prediction" for a new observation of a new
            group, both by the normal distribution
        level : of the interval, in (0, 1)

        Returns
        -------
        array, or with ``se`` or ``interval`` a Prediction

        Raises
        ------
        DataError
            If a column or value is missing, or a fixed effect has a new level.
        MethodError
            If there is no such grouping factor or interval, or errors of random effects are asked
            for.
        """
        if check_asked(interval, level, se=se, random=random):
            variances = None
            if interval == "prediction":
                variances = predict.Spread(self.varcorr, self.sigma)
            return predict.with_errors(
                self.data, self.fixef, self.vcov, newdata, interval, level, variances
            )
        return predict.predict(self.data, self.fixef, self.modes, newdata, random=random)

    def simulate(self, rng: Generator, n: int = 1) -> Floats:
        """New responses from the fitted model, with new random effects; shape (nobs, n).

        Parameters
        ----------
        rng : numpy's random generator; equal states give equal responses
        n : number of responses, at least 1

        Raises
        ------
        MethodError
            If an argument is not what it must be.
        """
        mean = self.linear_predictor + self.data.frame.offset
        parameters = self.theta, self.sigma, self.phi, self.psi
        return simulate.simulate(self.data, mean, parameters, rng, n)

    def summary(self, ddf: Ddf | None = None) -> str:
        """The table that R users know, with the degrees of freedom asked for."""
        return summary.summary(self, ddf or wald.best_ddf(self))
