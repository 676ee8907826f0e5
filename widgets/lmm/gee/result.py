"""What :func:`geeglm` gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..arguments import check_choice
from ..arrays import Floats
from ..coefficients import intervals
from ..data.columns import Data
from ..data.new_rows import fixed_part, frame_of_new_rows
from ..results import Interval
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
