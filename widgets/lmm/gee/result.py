"""What :func:`geeglm` gives back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ..arguments import check_choice
from ..arrays import Floats
from ..coefficients import intervals
from ..data.columns import Data
from ..data.new_rows import fixed_rows, frame_of_new_rows
from ..inference.wald_test import wald_test
from ..predictions import Prediction, check_asked, on_response, predicted
from ..results import Interval, TermTest
from .estimates import MarginalFit
from .sandwich import BIASES, Bias
from .summary import summary


@dataclass(frozen=True, eq=False, repr=False)
class MarginalModel(MarginalFit):
    """A marginal model fitted by generalised estimating equations: what it can be asked.

    Its estimates are the attributes of :class:`MarginalFit`.
    """

    def confint(self, bias: Bias | None = None, level: float = 0.95) -> Mapping[str, Interval]:
        """Confidence intervals of :meth:`coefficients` by name, which raises the same."""
        return intervals(self.coefficients(bias, level=level))

    def test(self, L: ArrayLike) -> TermTest:
        """Wald test of ``L beta = 0`` with the robust covariance: q F is chi-square with q df.

        Parameters
        ----------
        L : array-like of shape (l, p), or (p,) for one row, in the order of ``fixef``

        Raises
        ------
        DataError, MethodError
            If L holds no numbers, has another shape or nothing but zeros.
        """
        return wald_test(L, self.fixef, self.vcov_robust, math.inf)

    def predict(
        self,
        newdata: Data | None = None,
        *,
        type: Literal["link", "response"] = "link",  # noqa: A002  R's name
        se: bool = False,
        interval: Literal["confidence"] | None = None,
        level: float = 0.95,
    ) -> Floats | Prediction:
        """Predictions by row, shape (n,).

        Parameters
        ----------
        newdata : columns that the formula names, but the response; None for the rows of the fit
        type : "link" for the linear predictor, "response" for the expected response, of one trial
            for the binomial; R's ``predict`` and the mixed models here have the same default
        se : whether to answer with a :class:`Prediction`, which has robust standard errors (for the
            response by the delta method)
        interval : "confidence", by the normal distribution on the scale of the link
        level : of the interval, in (0, 1)

        Raises
        ------
        DataError
            If a column or value is missing, or a factor has a new level.
        MethodError
            If there is no such type or interval.
        """
        check_choice("type", type, ("link", "response"))
        asked = check_asked(interval, level, se=se, whole=False)
        frame = self.frame
        if newdata is not None:
            frame = frame_of_new_rows(self.parsed, newdata, self.memory)
        X = fixed_rows(self.parsed.fixed, frame, self.fixef)
        eta = X @ np.array(list(self.fixef.values())) + frame.offset
        link = self.family.link
        if not asked:
            return eta if type == "link" else link.mean(eta)
        found = predicted(X, eta, self.vcov, math.inf, interval, level)
        return found if type == "link" else on_response(found, link.mean, link.slope(eta))

    def summary(self, bias: Bias | None = None) -> str:
        """Coefficients, scale, correlation and clusters, as text."""
        check_choice("bias", bias, BIASES)
        return summary(self, bias)
