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
from ..data.new_rows import fixed_part, frame_of_new_rows
from ..inference.wald_test import wald_test
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
    ) -> Floats:
        """Predictions by row, shape (n,).

        Parameters
        ----------
        newdata : columns that the formula names, but the response; None for the rows of the fit
        type : "link" for the linear predictor, "response" for the expected response, of one trial
            for the binomial; R's ``predict`` and the mixed models here have the same default

        Raises
        ------
        DataError
            If a column or value is missing, or a factor has a new level.
        MethodError
            If there is no such type.
        """
        check_choice("type", type, ("link", "response"))
        if newdata is None:
            eta = self.data.fixed.X @ np.array(list(self.fixef.values())) + self.frame.offset
        else:
            frame = frame_of_new_rows(self.parsed, newdata, self.memory)
            eta = fixed_part(self.parsed.fixed, frame, self.fixef)
        return eta if type == "link" else self.family.link.mean(eta)

    def summary(self, bias: Bias | None = None) -> str:
        """Coefficients, scale, correlation and clusters, as text."""
        check_choice("bias", bias, BIASES)
        return summary(self, bias)
