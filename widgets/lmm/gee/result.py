"""What :func:`geeglm` gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from widgets.lmm.arguments import check_choice
from widgets.lmm.arrays import Floats
from widgets.lmm.coefficients import intervals
from widgets.lmm.data.columns import Data
from widgets.lmm.data.new_rows import fixed_part, frame_of_new_rows
from widgets.lmm.gee.estimates import MarginalFit
from widgets.lmm.gee.sandwich import BIASES, Bias
from widgets.lmm.gee.summary import summary
from widgets.lmm.results import Interval


@dataclass(frozen=True, eq=False, repr=False)
class MarginalModel(MarginalFit):
    """A marginal model fitted by generalised estimating equations: what it can be asked.

    Its estimates are the attributes of :class:`MarginalFit`.
    """

    def confint(self, bias: Bias | None = None, level: float = 0.95) -> Mapping[str, Interval]:
        """Confidence intervals of :meth:`coefficients` by name, which raises the same."""
        return intervals(self.coefficients(bias, level=level))

    def predict(self, newdata: Data) -> Floats:
        """Expected response of new rows, of one trial for the binomial; shape (n,).

        Raises
        ------
        DataError
            If a column or value is missing, or a factor has a new level.
        """
        frame = frame_of_new_rows(self.parsed, newdata, self.memory)
        return self.family.link.mean(fixed_part(self.parsed.fixed, frame, self.fixef))

    def summary(self, bias: Bias | None = None) -> str:
        """Coefficients, scale, correlation and clusters, as text."""
        check_choice("bias", bias, BIASES)
        return summary(self, bias)
