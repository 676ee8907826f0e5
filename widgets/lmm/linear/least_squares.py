"""Ordinary least squares: :func:`lm`, with cluster-robust standard errors."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from ..arguments import check_choice, check_count, check_generator
from ..arrays import Floats
from ..coefficients import Coefficient, intervals, table_of
from ..criteria import Criteria
from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..data.design import Frame, check_variables, model_matrix, with_response
from ..data.fixed_effects import FixedEffects, fixed_effects, left_out
from ..data.groups import groups_of
from ..data.sums import sum_rows
from ..data.variables import Memory
from ..data.weights import Weights, weights_of
from ..distributions import f as fisher
from ..errors import DesignError
from ..formula import Formula, fixed_formula
from ..inference.wald_test import wald_test
from ..linalg import spd_inverse
from ..printing import coefficient_lines, probability, quantile_lines, significant
from ..results import ExplainedVariance, Interval, TermTest
from .predict import FittedRows, LinearPredictions


@dataclass(frozen=True, eq=False, repr=False)
class LinearModel(LinearPredictions, Criteria):
    """A linear model fitted by least squares.

    Attributes
    ----------
    fixef, se : by coefficient
    vcov : shape (p, p)
    df_residual : int
    sigma : float, with ``df_residual`` in the denominator
    r_squared, adjusted_r_squared : float
    f_test : F test of all coefficients but the intercept; None where there are no others
    loglik, deviance, aic, bic : float; the deviance is minus twice the log-likelihood
    nobs : int
    fitted, residuals : shape (n,)
    weights : shape (n,), or None
    messages : tuple of str
    """

    fixef: Mapping[str, float]
    vcov: Floats
    sigma: float
    r_squared: float
    loglik: float
    fitted: Floats
    residuals: Floats
    parsed: Formula
    frame: Frame
    memory: Memory
    fixed: FixedEffects
    weights: Floats | None = None

    def __repr__(self) -> str:
        """One line."""
        return f"<fit of {self.formula!r}: log-likelihood {self.loglik:.4f}>"

    @property
    def formula(self) -> str:
        """As it was given."""
        return self.parsed.text

    @property
    def se(self) -> Mapping[str, float]:
        """Standard errors by coefficient."""
        return self.fixed.by_name(np.sqrt(np.diagonal(self.vcov)))

    @property
    def nobs(self) -> int:
        """Number of observations."""
        return len(self.residuals)

    @property
    def converged(self) -> bool:
        """True: least squares are solved, not searched for."""
        return True

    @property
    def df_residual(self) -> int:
        """Observations less coefficients."""
        return self.nobs - self.fixed.p

    @property
    def messages(self) -> tuple[str, ...]:
        """Rows and columns left out."""
        return left_out(self.frame, self.fixed)

    @property
    def df(self) -> int:
        """Number of parameters: coefficients and the residual variance."""
        return len(self.fixef) + 1

    @property
    def adjusted_r_squared(self) -> float:
        """R² of the variances instead of the sums of squares."""
        total = self.nobs - self.parsed.fixed.intercept
        return 1 - (1 - self.r_squared) * total / self.df_residual

    @property
    def f_test(self) -> TermTest | None:
        """F test of all coefficients but the intercept."""
        numdf = self.fixed.p - self.parsed.fixed.intercept
        if numdf == 0:
            return None
        ratio = self.r_squared / (1 - self.r_squared) if self.r_squared < 1 else math.inf
        F = ratio * self.df_residual / numdf
        p = float(fisher.sf(F, numdf, self.df_residual))
        meansq = F * self.sigma**2
        return TermTest(F, numdf, self.df_residual, p, meansq * numdf, meansq)

    @property
    def observations(self) -> int:
        """What Schwarz's criterion counts: ``nobs``."""
        return self.nobs

    def coefficients(self, level: float = 0.95) -> Mapping[str, Coefficient]:
        """Records ``estimate se df t p low high`` with t-tests on ``df_residual``."""
        return table_of(self.fixef, self.se, self.df_residual, level)

    def confint(self, level: float = 0.95) -> Mapping[str, Interval]:
        """Confidence intervals of :meth:`coefficients` by name, by Student's t."""
        return intervals(self.coefficients(level))

    def test(self, L: ArrayLike) -> TermTest:
        """F test of ``L beta = 0`` on the residual degrees of freedom.

        Parameters
        ----------
        L : array-like of shape (l, p), or (p,) for one row, in the order of ``fixef``

        Raises
        ------
        DataError, MethodError
            If L holds no numbers, has another shape or nothing but zeros.
        """
        return wald_test(L, self.fixef, self.vcov, self.df_residual, self.sigma)

    def r2(self) -> ExplainedVariance:
        """R² as the mixed models have it: both of its parts are ``r_squared``."""
        return ExplainedVariance(self.r_squared, self.r_squared)

    def simulate(self, rng: Generator, n: int = 1) -> Floats:
        """New responses from the fitted model, shape (nobs, n).

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
        e = rng.standard_normal((self.nobs, n))
        if self.weights is not None:
            e /= np.sqrt(self.weights)[:, None]
        return self.fitted[:, None] + self.sigma * e

    def cluster_robust(
        self, cluster: ArrayLike, correction: Literal["CR0", "CR1"] = "CR1", level: float = 0.95
    ) -> Mapping[str, Coefficient]:
        """Coefficients with cluster-robust standard errors and G - 1 degrees of freedom.

        Parameters
        ----------
        cluster : array-like of length n (all rows of the data)
        correction : CR0 is the plain sandwich; CR1 multiplies it by G/(G-1) (n-1)/(n-p)
        level : of the confidence intervals, in (0, 1)

        Raises
        ------
        DataError, DesignError, MethodError
            If the clusters are not one for each row, or fewer than two; if there is no such
            correction.

        Notes
        -----
        Liang, K.-Y. & Zeger, S. L. (1986). Biometrika 73:13-22. Biased downward with few clusters.
        """
        check_choice("correction", correction, ("CR0", "CR1"))
        vcov, G = self._sandwich(cluster, correction)
        se = self.fixed.by_name(np.sqrt(np.maximum(np.diagonal(vcov), 0.0)))
        return table_of(self.fixef, se, G - 1, level)

    def _sandwich(self, cluster: ArrayLike, correction: str) -> tuple[Floats, int]:
        groups = groups_of("cluster", "cluster", {"cluster": cluster}, self.frame)
        G, n, p = len(groups.levels), self.nobs, self.fixed.p
        if G < 2:  # noqa: PLR2004
            msg = "cluster-robust standard errors need at least 2 clusters"
            raise DesignError(msg)
        weight = 1.0 if self.weights is None else self.weights
        scores = sum_rows(groups.codes, self.fixed.Q * (weight * self.residuals)[:, None], G)
        _, Phi = _solved(self.fixed, self.residuals, self.weights)
        half = scores @ Phi @ self.fixed.R_inverse.T
        vcov = half.T @ half
        return vcov * G / (G - 1) * (n - 1) / (n - p) if correction == "CR1" else vcov, G

    @property
    def _rows(self) -> FittedRows:
        return FittedRows(self.parsed, self.frame, self.memory, self.df_residual)

    def summary(self) -> str:
        """The table that R users know: residuals, coefficients, R² and the F test."""
        left = f"{significant(self.sigma, 4)} on {self.df_residual} degrees of freedom"
        closing = [f"Residual standard error: {left}"]
        whole = self.f_test
        if whole is not None:
            r2, adjusted = significant(self.r_squared, 4), significant(self.adjusted_r_squared, 4)
            dfs = f"{whole.numdf:.0f} and {whole.dendf:.0f} DF"
            closing += [
                f"Multiple R-squared: {r2}, adjusted R-squared: {adjusted}",
                f"F-statistic: {significant(whole.F, 4)} on {dfs}, p-value: {probability(whole.p)}",
            ]
        blocks = [
            "Linear model fit by least squares",
            f"Formula: {self.formula}",
            "Residuals:\n" + quantile_lines(self.residuals),
            "Coefficients:\n" + coefficient_lines(self.coefficients()),
            "\n".join(closing),
            *self.messages,
        ]
        return "\n\n".join(blocks) + "\n"


def lm(
    formula: str, data: Data, *, contrasts: Contrasts | None = None, weights: Weights = None
) -> LinearModel:
    """Fit a linear model by (weighted) least squares, every row counted as independent.

    Parameters
    ----------
    formula : str without random terms
    data : mapping of columns; rows with missing values are left out and counted in ``messages``
    contrasts : "treatment", "sum", "helmert" or "poly" by variable, as ``{"dose": "sum"}``; else
        treatment contrasts, or polynomial ones where a factor is ordered
    weights : of rows, positive (a column's name, or the column): the residual variance is
        sigma² over the weight

    Returns
    -------
    LinearModel

    Raises
    ------
    FormulaError, DataError, DesignError
        What is wrong, where, and what would be right.
    """
    parsed = fixed_formula(formula, "lm", instead="use lmer()")
    check_variables(contrasts, parsed)
    given = weights_of(weights, data)
    frame, response, memory = with_response(parsed, data, contrasts, given)
    weight = np.ones(frame.n) if given is None else given[frame.rows]
    y = response - frame.offset
    fixed = fixed_effects(model_matrix(parsed.fixed, frame), frame.n)
    n, p = len(y), fixed.p
    coordinates, Phi = _solved(fixed, y, None if given is None else weight)
    fitted = fixed.Q @ coordinates
    rss = float((weight * (y - fitted) ** 2).sum())
    whole = fitted + frame.offset  # R counts the offset as explained, too
    center = float(weight @ whole / weight.sum()) if parsed.fixed.intercept else 0.0
    explained = float((weight * (whole - center) ** 2).sum())
    logdet = float(np.log(weight).sum())
    return LinearModel(
        fixef=fixed.by_name(fixed.coefficients(coordinates)),
        vcov=rss / (n - p) * fixed.covariance(Phi),
        sigma=math.sqrt(rss / (n - p)),
        r_squared=explained / (explained + rss),
        loglik=(logdet - n * (1 + math.log(2 * math.pi * rss / n))) / 2 if rss > 0 else math.inf,
        fitted=whole,
        residuals=y - fitted,
        parsed=parsed,
        frame=frame,
        memory=memory,
        fixed=fixed,
        weights=None if given is None else weight,
    )


def _solved(fixed: FixedEffects, y: Floats, weights: Floats | None) -> tuple[Floats, Floats]:
    """Coefficients of Q (p,), and their covariance over sigma² (p, p)."""
    Q = fixed.Q
    if weights is None:
        return Q.T @ y, np.eye(fixed.p)
    weighted = Q * weights[:, None]
    Phi, _ = spd_inverse(weighted.T @ Q)
    return Phi @ (weighted.T @ y), Phi
