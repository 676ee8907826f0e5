"""Generalised least squares with AR(1) residuals: :func:`gls`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import overload

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
from ..data.factors import Factor
from ..data.fixed_effects import FixedEffects, fixed_effects, left_out
from ..data.groups import groups_of, neighbours, times_of
from ..data.new_rows import fixed_part, fixed_rows, frame_of_new_rows
from ..data.variables import Memory
from ..errors import NotEstimableError
from ..formula import Formula, fixed_formula
from ..inference.wald_test import wald_test
from ..likelihood.ar1 import Predecessors, best_phi, predecessors
from ..linalg import spd_inverse
from ..predictions import IntervalOf, Prediction, check_asked, predicted
from ..printing import (
    coefficient_lines,
    correlation_blocks,
    criteria_lines,
    quantile_lines,
    significant,
)
from ..results import Interval, TermTest

NOT_CONVERGED = "the search for phi did not converge"


@dataclass(frozen=True)
class SerialData:
    """Rows of groups: ``y`` lacks the offset; without ``time`` they are in its order."""

    formula: Formula
    group: str
    frame: Frame
    memory: Memory
    y: Floats
    fixed: FixedEffects
    groups: Factor
    time: Floats | None = None


@dataclass(frozen=True, eq=False, repr=False)
class GeneralizedLeastSquares(Criteria):
    """A linear model with correlated residuals.

    Attributes
    ----------
    formula, group : str
    fixef, se : by coefficient; for ML without nlme's factor sqrt(n/(n - p))
    vcov : shape (p, p)
    phi : correlation of neighbouring residuals
    sigma, loglik, deviance, aic, bic : float
    df, nobs, ngroups : int
    fitted, residuals : shape (n,)
    converged : bool
    messages : tuple of str
    """

    REML: bool
    fixef: Mapping[str, float]
    vcov: Floats
    phi: float
    sigma: float
    loglik: float
    fitted: Floats
    residuals: Floats
    converged: bool
    messages: tuple[str, ...]
    data: SerialData

    def __repr__(self) -> str:
        """One line."""
        return f"<fit of {self.formula!r}: log-likelihood {self.loglik:.4f}>"

    @property
    def formula(self) -> str:
        """As it was given."""
        return self.data.formula.text

    @property
    def group(self) -> str:
        """Name of the column of groups."""
        return self.data.group

    @property
    def se(self) -> Mapping[str, float]:
        """Standard errors by coefficient."""
        return self.data.fixed.by_name(np.sqrt(np.diagonal(self.vcov)))

    @property
    def nobs(self) -> int:
        """Number of observations."""
        return len(self.residuals)

    @property
    def ngroups(self) -> int:
        """Number of groups."""
        return len(self.data.groups.levels)

    @property
    def df(self) -> int:
        """Number of parameters: coefficients, phi and sigma."""
        return len(self.fixef) + 2

    @property
    def observations(self) -> int:
        """What Schwarz's criterion counts: ``nobs``, for REML less the coefficients (nlme's)."""
        return self.nobs - len(self.fixef) * self.REML

    def coefficients(self, level: float = 0.95) -> Mapping[str, Coefficient]:
        """Records ``estimate se df t p low high`` with n - p degrees of freedom, as nlme's."""
        return table_of(self.fixef, self.se, self.nobs - len(self.fixef), level)

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
        dendf = self.nobs - len(self.fixef)
        return wald_test(L, self.fixef, self.vcov, dendf, self.sigma)

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
        rows = predecessors(self.data.groups, self.data.time)
        return self.fitted[:, None] + self.sigma * rows.correlated(e, self.phi)

    @overload
    def predict(self, newdata: Data | None = None) -> Floats: ...

    @overload
    def predict(
        self,
        newdata: Data | None = None,
        *,
        se: bool,
        interval: IntervalOf = None,
        level: float = 0.95,
    ) -> Prediction: ...

    @overload
    def predict(
        self, newdata: Data | None = None, *, interval: IntervalOf, level: float = 0.95
    ) -> Prediction: ...

    def predict(
        self,
        newdata: Data | None = None,
        *,
        se: bool = False,
        interval: IntervalOf = None,
        level: float = 0.95,
    ) -> Floats | Prediction:
        """Expected response by row, shape (n,).

        Parameters
        ----------
        newdata : columns that the formula names, but the response; None for the rows of the fit
        se : whether to answer with a :class:`Prediction`, which has standard errors
        interval : "confidence" for the expected value, "prediction" for a new observation
        level : of the interval, in (0, 1)

        Returns
        -------
        array, or with ``se`` or ``interval`` a Prediction; by Student's t with n - p df

        Raises
        ------
        DataError
            If a column or value is missing, or a factor has a new level.
        MethodError
            If there is no such interval, or ``level`` is no share.
        """
        if check_asked(interval, level, se=se):
            return self._predicted(newdata, interval, level)
        if newdata is None:
            return self.fitted
        frame = frame_of_new_rows(self.data.formula, newdata, self.data.memory)
        return fixed_part(self.data.formula.fixed, frame, self.fixef)

    def _predicted(self, newdata: Data | None, interval: IntervalOf, level: float) -> Prediction:
        """Predictions with their errors."""
        terms = self.data.formula.fixed
        frame = self.data.frame
        if newdata is not None:
            frame = frame_of_new_rows(self.data.formula, newdata, self.data.memory)
        X = fixed_rows(terms, frame, self.fixef)
        estimate = X @ np.array(list(self.fixef.values())) + frame.offset
        return predicted(
            X, estimate, self.vcov, self.nobs - len(self.fixef), interval, level, self.sigma**2
        )

    def summary(self) -> str:
        """The table that R users know: criteria, phi, coefficients and residuals."""
        method = "REML" if self.REML else "maximum likelihood"
        criteria = {"AIC": self.aic, "BIC": self.bic, "logLik": self.loglik}
        blocks = [
            f"Generalized least squares fit by {method}",
            f"Formula: {self.formula}",
            criteria_lines(criteria, 4),
            f"Correlation structure: AR(1) within {self.group}\nPhi: {self.phi:.7f}",
            "Coefficients:\n" + coefficient_lines(self.coefficients()),
        ]
        blocks += correlation_blocks("coefficients", list(self.fixef), self.vcov)
        counts = f"{self.nobs} total; {self.nobs - len(self.fixef)} residual"
        blocks += [
            "Standardized residuals:\n" + quantile_lines(self.residuals / self.sigma),
            f"Residual standard error: {significant(self.sigma, 7)}",
            f"Degrees of freedom: {counts}; groups: {self.group}, {self.ngroups}",
            *self.messages,
        ]
        return "\n\n".join(blocks) + "\n"


def gls(
    formula: str,
    data: Data,
    group: str,
    correlation: str = "AR1",
    time: str | ArrayLike | None = None,
    REML: bool = True,
    *,
    contrasts: Contrasts | None = None,
) -> GeneralizedLeastSquares:
    """Fit a linear model whose residuals follow an AR(1) within groups.

    Parameters
    ----------
    formula : str without random terms
    data : mapping of columns
    group : name of the column of groups
    correlation : "AR1": phi^|s - t| between times s and t of a group, phi in (-1, 1)
    time : whole numbers (a column's name, or the column); without them each group's rows stand in
        order of time and are one step apart
    REML : restricted maximum likelihood, or maximum likelihood if false
    contrasts : "treatment", "sum", "helmert" or "poly" by variable, as ``{"dose": "sum"}``; else
        treatment contrasts, or polynomial ones where a factor is ordered

    Returns
    -------
    GeneralizedLeastSquares

    Raises
    ------
    FormulaError, DataError, DesignError, MethodError, NotEstimableError
        What is wrong, where, and what would be right.

    Notes
    -----
    Pinheiro & Bates (2000), §5.3.1; the profiled criterion is minimised over phi, see :mod:`ar1`.
    """
    check_choice("correlation", correlation, ("AR1",))
    check_choice("REML", REML, (True, False))
    parsed = fixed_formula(formula, "gls", instead="use lme()")
    check_variables(contrasts, parsed)
    return gls_of(_serial_data(parsed, data, group, time, contrasts), REML=bool(REML))


def _serial_data(
    formula: Formula,
    data: Data,
    group: str,
    time: str | ArrayLike | None,
    contrasts: Contrasts | None,
) -> SerialData:
    frame, response, memory = with_response(formula, data, contrasts)
    groups = groups_of("group", group, data, frame)
    if len(groups.levels) == len(groups):
        msg = (
            f"every level of {group!r} has one row: no neighbours are left to learn their "
            "correlation from; use lm()"
        )
        raise NotEstimableError(msg)
    fixed = fixed_effects(model_matrix(formula.fixed, frame), frame.n)
    times = times_of(time, data, frame, groups)
    y = response - frame.offset
    return SerialData(formula, group, frame, memory, y, fixed, groups, times)


def gls_of(data: SerialData, *, REML: bool) -> GeneralizedLeastSquares:
    """The fit to rows that are ready."""
    fixed, n = data.fixed, len(data.y)
    rows = predecessors(data.groups, data.time)
    start = fixed.Q.T @ data.y
    Xy = np.column_stack([fixed.Q, data.y - fixed.Q @ start])

    def solved(phi: float) -> _Solved:
        return _solve(Xy, rows, phi, fixed.logdet_R, REML=REML)

    best = best_phi(lambda phi: (solved(phi).value, lambda other: solved(other).value))
    at = solved(best.phi)
    sigma = math.sqrt(at.r2 / (n - fixed.p if REML else n))
    beta = fixed.coefficients(at.beta + start)
    fitted = fixed.X @ beta
    return GeneralizedLeastSquares(
        REML=REML,
        fixef=fixed.by_name(beta),
        vcov=sigma**2 * fixed.covariance(at.Phi),
        phi=best.phi,
        sigma=sigma,
        loglik=-at.value / 2,
        fitted=fitted + data.frame.offset,
        residuals=data.y - fitted,
        converged=best.converged,
        messages=(
            *left_out(data.frame, fixed),
            *neighbours(data.frame, data.time),
            *(() if best.converged else (NOT_CONVERGED,)),
        ),
        data=data,
    )


@dataclass(frozen=True)
class _Solved:
    value: float
    beta: Floats
    Phi: Floats
    r2: float


def _solve(Xy: Floats, rows: Predecessors, phi: float, logdet_R: float, *, REML: bool) -> _Solved:
    """Least squares on the transformed rows, with the profiled criterion."""
    n, p = len(Xy), Xy.shape[1] - 1
    moved = rows.transformed(Xy, phi) / math.sqrt(1 - phi * phi)
    S = moved.T @ moved
    Phi, logdet = spd_inverse(S[:p, :p])
    beta = Phi @ S[:p, p]
    r2 = float(S[p, p] - beta @ S[:p, p])
    nu = n - p if REML else n
    value = rows.logdet(phi) + nu * (1 + math.log(2 * math.pi * r2 / nu))
    return _Solved(value + (float(logdet) + logdet_R if REML else 0.0), beta, Phi, r2)
