"""What :func:`geeglm` gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.coefficients import Coefficient, coefficient_table
from widgets.lmm.data.columns import Data
from widgets.lmm.data.new_rows import fixed_part, frame_of_new_rows
from widgets.lmm.data.variables import Memory
from widgets.lmm.errors import NotEstimableError, check_choice
from widgets.lmm.families import Family
from widgets.lmm.formula import Formula
from widgets.lmm.gee.sandwich import Bias, Sandwich
from widgets.lmm.gee.summary import summary

Reference = Literal["t", "z"]


@dataclass(frozen=True, eq=False, repr=False)
class MarginalModel:
    """A marginal model fitted by generalised estimating equations.

    Attributes
    ----------
    fixef : by coefficient, on the scale of the link
    alpha : the working correlation's parameter, None for independence
    scale : phi, the mean of the squared Pearson residuals
    nobs : int
    cluster_sizes : by name of cluster
    fitted, residuals : shape (n,), on the scale of the response
    converged : bool
    messages : tuple of str
    """

    formula: str
    family: Family
    corstr: str
    id_name: str
    fixef: Mapping[str, float]
    alpha: float | None
    scale: float
    nobs: int
    cluster_sizes: Mapping[str, int]
    fitted: Floats
    residuals: Floats
    converged: bool
    messages: tuple[str, ...]
    sandwich: Sandwich
    parsed: Formula
    memory: Memory

    def __repr__(self) -> str:
        """One line."""
        return f"<fit of {self.formula!r}: {self.nclusters} clusters, {self.corstr}>"

    @property
    def nclusters(self) -> int:
        """Number of clusters."""
        return len(self.cluster_sizes)

    @property
    def ngroups(self) -> Mapping[str, int]:
        """Number of clusters by the name of their column."""
        return {self.id_name: self.nclusters}

    @property
    def vcov_naive(self) -> Floats:
        """Covariance of the coefficients, right only if the working correlation is; (p, p)."""
        return self.sandwich.naive()

    @property
    def vcov_robust(self) -> Floats:
        """Sandwich covariance of the coefficients without a correction, shape (p, p)."""
        return self.sandwich.robust()

    @property
    def vcov(self) -> Floats:
        """The robust covariance."""
        return self.vcov_robust

    @property
    def se(self) -> Mapping[str, float]:
        """Robust standard errors by coefficient."""
        return self._by_name(np.sqrt(np.diagonal(self.vcov_robust)))

    @property
    def se_naive(self) -> Mapping[str, float]:
        """Naive standard errors by coefficient."""
        return self._by_name(np.sqrt(np.diagonal(self.vcov_naive)))

    def _by_name(self, values: Floats) -> Mapping[str, float]:
        return dict(zip(self.fixef, values.tolist(), strict=True))

    def coefficients(
        self, bias: Bias | None = None, reference: Reference | None = None, level: float = 0.95
    ) -> Mapping[str, Coefficient]:
        """Records ``estimate se df t p low high`` with robust standard errors.

        Parameters
        ----------
        bias : None for the plain sandwich, as geepack has it; "MD" (Mancl & DeRouen), "KC"
            (Kauermann & Carroll) or "FG" (Fay & Graubard), which correct its bias with few clusters
        reference : "z" for the normal distribution, "t" for Student's with as many degrees of
            freedom as there are clusters more than coefficients (Mancl & DeRouen 2001, §3);
            by default "z" without a correction (t² is geepack's Wald statistic), else "t"
        level : of the confidence intervals

        Raises
        ------
        NotEstimableError
            If there are not more clusters than coefficients, for t.
        """
        check_choice("bias", bias, (None, "MD", "KC", "FG"))
        check_choice("reference", reference, (None, "t", "z"))
        chosen = reference or ("z" if bias is None else "t")
        names, estimate = tuple(self.fixef), np.array(list(self.fixef.values()))
        df = np.full(len(names), self._df() if chosen == "t" else np.inf)
        se = np.sqrt(np.diagonal(self.sandwich.robust(bias)))
        return coefficient_table(names, estimate, se, df, level)

    def _df(self) -> float:
        left = self.nclusters - len(self.fixef)
        if left < 1:
            msg = (
                f"{self.nclusters} clusters leave no degrees of freedom for {len(self.fixef)} "
                "coefficients; a t-test needs more clusters than coefficients"
            )
            raise NotEstimableError(msg)
        return float(left)

    def predict(self, newdata: Data) -> Floats:
        """Expected response of new rows, of one trial for the binomial."""
        frame = frame_of_new_rows(self.parsed, newdata, self.memory)
        return self.family.link.mean(fixed_part(self.parsed.fixed, frame, self.fixef))

    def summary(self, bias: Bias | None = None) -> str:
        """Coefficients, scale, correlation and clusters, as text."""
        return summary(self, bias)
