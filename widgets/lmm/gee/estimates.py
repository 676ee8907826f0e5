"""What was estimated of a marginal model."""

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
from ..data.design import Frame
from ..data.fixed_effects import left_out
from ..data.groups import neighbours
from ..data.variables import Memory
from ..errors import NotEstimableError
from ..families import Family
from ..formula import Formula
from .equations import MarginalData, Solution
from .sandwich import BIASES, Bias, Sandwich, sandwich_of
from .working import CORRELATIONS

Reference = Literal["t", "z"]


@dataclass(frozen=True, eq=False, repr=False)
class MarginalFit:
    """The estimates of a marginal model, and what follows from them.

    Attributes
    ----------
    formula, corstr : as given
    id_name : name of the column of clusters
    parsed, memory, frame : the formula and its variables
    data : what the estimating equations are made of
    solution : where they are solved
    """

    formula: str
    corstr: str
    id_name: str
    parsed: Formula
    memory: Memory
    frame: Frame
    data: MarginalData
    solution: Solution

    def __repr__(self) -> str:
        """One line."""
        return f"<fit of {self.formula!r}: {self.nclusters} clusters, {self.corstr}>"

    @property
    def family(self) -> Family:
        """Distribution and link."""
        return self.data.family

    @property
    def fixef(self) -> Mapping[str, float]:
        """Estimates by coefficient, on the scale of the link."""
        return self.data.fixed.by_name(self.data.fixed.coefficients(self.solution.at.gamma))

    @property
    def alpha(self) -> float | None:
        """The working correlation's one parameter, None where it has none or many."""
        alpha = self.solution.at.alpha
        return None if isinstance(alpha, np.ndarray) else alpha

    @property
    def correlation_matrix(self) -> Floats | None:
        """Of an unstructured correlation: between all times, ascending, shape (T, T); else None."""
        alpha = self.solution.at.alpha
        return alpha if isinstance(alpha, np.ndarray) else None

    @property
    def scale(self) -> float:
        """The mean phi of the squared Pearson residuals."""
        return self.solution.at.scale

    @property
    def nobs(self) -> int:
        """Number of rows."""
        return self.frame.n

    @property
    def cluster_sizes(self) -> Mapping[str, int]:
        """Number of rows by cluster."""
        clusters = self.data.clusters
        return dict(zip(clusters.names, clusters.sizes.tolist(), strict=True))

    @property
    def nclusters(self) -> int:
        """Number of clusters."""
        return self.data.clusters.count

    @property
    def ngroups(self) -> Mapping[str, int]:
        """Number of clusters by the name of their column."""
        return {self.id_name: self.nclusters}

    @property
    def fitted(self) -> Floats:
        """Means on the scale of the response, of one trial for the binomial; shape (n,)."""
        return self.data.clusters.in_data_order(self.solution.at.mu)

    @property
    def residuals(self) -> Floats:
        """Response minus fitted, shape (n,)."""
        return self.data.clusters.in_data_order(self.data.y - self.solution.at.mu)

    @property
    def converged(self) -> bool:
        """Whether the estimating equations are solved."""
        return self.solution.converged

    @property
    def messages(self) -> tuple[str, ...]:
        """Rows and columns left out, and what cannot be trusted."""
        found = [*left_out(self.frame, self.data.fixed)]
        if self.corstr in {"ar1", "unstructured"} and not self.data.clusters.timed:
            found += neighbours(self.frame, None)
        if not self.converged:
            found.append("the estimating equations were not solved to the last digits")
        alpha = self.solution.at.alpha
        if CORRELATIONS[self.corstr].least_eigenvalue(alpha, self.data.clusters) < 0:
            value = "" if self.alpha is None else f" {self.alpha:.3g}"
            found.append(
                f"the working correlation{value} is not possible in clusters of this "
                "size; the naive standard errors have no meaning"
            )
        if self.nclusters <= self.data.fixed.p:
            found.append(
                f"{self.nclusters} clusters are too few for robust standard errors of "
                f"{self.data.fixed.p} coefficients"
            )
        return tuple(found)

    @cached_property
    def sandwich(self) -> Sandwich:
        """Scores and information by cluster."""
        return sandwich_of(self.data, self.solution.at)

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
        return self.data.fixed.by_name(np.sqrt(np.diagonal(self.vcov_robust)))

    @property
    def se_naive(self) -> Mapping[str, float]:
        """Naive standard errors by coefficient."""
        return self.data.fixed.by_name(np.sqrt(np.diagonal(self.vcov_naive)))

    def coefficients(
        self, bias: Bias | None = None, reference: Reference | None = None, level: float = 0.95
    ) -> Mapping[str, Coefficient]:
        """Records ``estimate se df t p low high`` with robust standard errors.

        Parameters
        ----------
        bias : None for the plain sandwich, as geepack has it; "MD" (Mancl & DeRouen), "KC"
            (Kauermann & Carroll) or "FG" (Fay & Graubard), which correct its bias with few clusters
        reference : "z" for the normal distribution, "t" for Student's with as many degrees of
            freedom as there are clusters more than coefficients (as Mancl & DeRouen 2001 use it);
            by default "z" without a correction (t² is geepack's Wald statistic), else "t"
        level : of the confidence intervals, in (0, 1)

        Raises
        ------
        MethodError
            If there is no such correction or reference, or ``level`` is no share.
        NotEstimableError
            If there are not more clusters than coefficients, for t; if a cluster alone determines
            a coefficient, for MD and KC.
        """
        check_choice("bias", bias, BIASES)
        check_choice("reference", reference, (None, "t", "z"))
        chosen = reference or ("z" if bias is None else "t")
        df = self._df() if chosen == "t" else math.inf
        se = np.sqrt((self._influence(bias) ** 2).sum(axis=0))
        return table_of(self.fixef, self.data.fixed.by_name(se), df, level)

    def _influence(self, bias: Bias | None) -> Floats:
        """What each cluster adds to the coefficients, shape (J, p)."""
        influence = self.sandwich.influence(bias)
        lone = np.flatnonzero(np.isnan(influence).any(axis=1))
        if lone.size:
            msg = (
                f"cluster {self.data.clusters.names[int(lone[0])]!r} alone determines a "
                "coefficient: its residuals tell nothing of their variance, and the correction is "
                "not defined; use bias='FG' or None, or fewer terms"
            )
            raise NotEstimableError(msg)
        return influence

    def _df(self) -> float:
        p = self.data.fixed.p
        if self.nclusters <= p:
            msg = (
                f"{self.nclusters} clusters leave no degrees of freedom for {p} coefficients; "
                "a t-test needs more clusters than coefficients"
            )
            raise NotEstimableError(msg)
        return float(self.nclusters - p)
