"""What :func:`glmer` and :func:`glmmTMB` return."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, overload

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from ..arguments import check_choice, check_count, check_generator
from ..arrays import Floats
from ..coefficients import intervals
from ..data.columns import Data
from ..errors import MethodError
from ..inference.wald_test import wald_test
from ..mixed.predict import predict, with_errors
from ..predictions import IntervalOf, Prediction, check_asked, on_response
from ..results import ExplainedVariance, Interval, IntraclassCorrelation, TermTest
from . import explained, profile, summary
from .effects import random_draws
from .estimates import GeneralizedFit
from .population import (
    PopulationCoefficient,
    population_averaged,
    population_mean,
)

STEP = 1e-5
"""Of the difference that the slope of the mean is."""


@dataclass(frozen=True, eq=False, repr=False)
class GeneralizedLinearMixedModel(GeneralizedFit):
    """A fitted generalised linear mixed model: what it can be asked.

    Its estimates are the attributes of :class:`GeneralizedFit`.
    """

    @overload
    def predict(
        self,
        newdata: Data | None = None,
        *,
        random: bool | Sequence[str] = True,
        type: Literal["link", "response"] = "link",
    ) -> Floats: ...

    @overload
    def predict(
        self,
        newdata: Data | None = None,
        *,
        random: bool | Sequence[str] = True,
        type: Literal["link", "response"] = "link",
        se: bool = False,
        interval: Literal["confidence"] | None = None,
        level: float = 0.95,
    ) -> Floats | Prediction: ...

    def predict(
        self,
        newdata: Data | None = None,
        *,
        random: bool | Sequence[str] = True,
        type: Literal["link", "response"] = "link",  # noqa: A002  R's name
        se: bool = False,
        interval: Literal["confidence"] | None = None,
        level: float = 0.95,
    ) -> Floats | Prediction:
        """Predictions by row, with the random effects of known groups or without any.

        Parameters
        ----------
        newdata : columns that the formulas name; None for the rows of the fit
        random : false sets all random effects to zero, as those of unknown levels are; or the
            grouping factors whose effects are added
        type : "link" for the linear predictor, "response" for the expected response (a probability,
            or a count; with zero inflation times one minus the probability of an added zero)
        se : whether to answer with a :class:`Prediction`, which has standard errors of the fixed
            part (for the response by the delta method); with ``random=False``
        interval : "confidence", by the normal distribution on the scale of the link
        level : of the interval, in (0, 1)

        Returns
        -------
        array of shape (n,), or with ``se`` or ``interval`` a Prediction

        Raises
        ------
        DataError
            If a column or value is missing, or a fixed effect has a new level.
        MethodError
            If there is no such type, grouping factor or interval; if errors are asked for of
            random effects, or of responses with added zeros.
        """
        check_choice("type", type, ("link", "response"))
        if check_asked(interval, level, se=se, random=random, whole=False):
            return self._with_errors(newdata, type, interval, level)
        eta = predict(self.data, self.fixef, self.modes, newdata, random=random)
        if type == "link":
            return eta
        return self._conditional.mean(eta, self._further(newdata))

    def _further(self, newdata: Data | None) -> tuple[Floats, ...]:
        """The further predictors by row, of old or new data."""
        found = list(self.optimum.at.further)
        if newdata is None or not found:
            return tuple(found)
        place = 0
        for part, fixef in ((self.zero, self.zi_fixef), (self.dispersion, self.disp_fixef)):
            if part is not None:
                constant = part.fixed.names == ("(Intercept)",)
                found[place] = found[place][:1] if constant else part.predictor(fixef, newdata)
                place += 1
        return (*found[:place], *(one[:1] for one in found[place:]))

    def _with_errors(
        self, newdata: Data | None, scale: str, interval: IntervalOf, level: float
    ) -> Prediction:
        found = with_errors(self.data, self.fixef, self.vcov, newdata, interval, level)
        if scale == "link":
            return found
        if self.zero is not None:
            msg = "standard errors of responses with added zeros are not known; use type='link'"
            raise MethodError(msg)

        def mean(eta: Floats) -> Floats:
            return self._conditional.mean(eta, self._further(newdata))

        slope = (mean(found.estimate + STEP) - mean(found.estimate - STEP)) / (2 * STEP)
        return on_response(found, mean, slope)

    def simulate(self, rng: Generator, n: int = 1) -> Floats:
        """New responses from the fitted model, new random effects included; shape (nobs, n).

        For the binomial these are numbers of successes.

        Parameters
        ----------
        rng : numpy's random generator; equal states give equal responses
        n : number of responses, at least 1

        Raises
        ------
        MethodError
            If an argument is not what it must be.
        """
        check_generator(rng)
        check_count("n", n)
        eta = np.repeat(self.linear_predictor + self.data.frame.offset, n).reshape(-1, n)
        eta += random_draws(self.data, self.theta, rng, n)
        further = self.optimum.at.further
        return np.stack([self._conditional.draw(rng, one, further) for one in eta.T], axis=1)

    def confint(
        self, method: Literal["profile", "wald"] = "profile", level: float = 0.95
    ) -> Mapping[str, Interval]:
        """Confidence intervals by name, on the scale of the link.

        The profile likelihood gives them for standard deviations, correlations and coefficients,
        Wald's method for the coefficients.

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
        if method == "profile":
            return profile.profile_intervals(self, level)
        return intervals(self.coefficients(level=level))

    def test(self, L: ArrayLike) -> TermTest:
        """Wald test of ``L beta = 0``: q F is chi-square with q degrees of freedom.

        Parameters
        ----------
        L : array-like of shape (l, p), or (p,) for one row, in the order of ``fixef``

        Raises
        ------
        DataError, MethodError
            If L holds no numbers, has another shape or nothing but zeros.
        """
        return wald_test(L, self.fixef, self.vcov, math.inf)

    def icc(self) -> IntraclassCorrelation:
        """Intraclass correlation on the scale of the link (Nakagawa et al. 2017)."""
        return explained.icc(self)

    def r2(self) -> ExplainedVariance:
        """Marginal and conditional R² on the scale of the link (Nakagawa et al. 2017)."""
        return explained.r2(self)

    def population_averaged(self) -> Mapping[str, PopulationCoefficient]:
        """The effects in the population that a binomial fit implies: ``conditional marginal``."""
        return population_averaged(self)

    def population_mean(self) -> Floats:
        """Expected responses averaged over the random effects, shape (n,)."""
        return population_mean(self)

    def summary(self) -> str:
        """The table that R users know."""
        return summary.summary(self)
