"""Generalised least squares with residuals that correlate or differ in variance: :func:`gls`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

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
from ..data.variables import Memory
from ..data.weights import Weights, weights_of
from ..errors import MethodError, NotEstimableError
from ..formula import Formula, fixed_formula
from ..inference.wald_test import wald_test
from ..likelihood.ar1 import Predecessors, best_phi, predecessors
from ..likelihood.residual_structure import CORRELATIONS, Correlation, Structure, Weighing
from ..likelihood.structure_arguments import check_neighbours, structure_lines, structure_of
from ..likelihood.structured import best_psi
from ..linalg import spd_inverse
from ..printing import (
    coefficient_lines,
    correlation_blocks,
    criteria_lines,
    quantile_lines,
    significant,
)
from ..results import Interval, TermTest
from .predict import FittedRows, LinearPredictions

NOT_CONVERGED = "the search for phi did not converge"

NOT_STRUCTURED = "the search for the covariance of the residuals did not converge"


@dataclass(frozen=True)
class SerialData:
    """Rows of groups: ``y`` lacks the offset; without ``time`` they are in its order.

    ``structure`` is that of the residuals where they are more than AR(1).
    """

    formula: Formula
    group: str
    frame: Frame
    memory: Memory
    y: Floats
    fixed: FixedEffects
    groups: Factor
    time: Floats | None = None
    structure: Structure | None = None


@dataclass(frozen=True, eq=False, repr=False)
class GeneralizedLeastSquares(LinearPredictions, Criteria):
    """A linear model with correlated residuals.

    Attributes
    ----------
    formula, group : str
    fixef, se : by coefficient; for ML without nlme's factor sqrt(n/(n - p))
    vcov : shape (p, p)
    phi : correlation of neighbouring residuals (AR1), at distance one (CAR1), of any two (CS);
        None where there is no such one
    variances : standard deviations by level, relative to the first, or None
    correlation_matrix : between all times, shape (T, T), of an unstructured one; else None
    sigma, loglik, deviance, aic, bic : float
    df, nobs, ngroups : int
    fitted, residuals : shape (n,)
    converged : bool
    messages : tuple of str
    """

    REML: bool
    fixef: Mapping[str, float]
    vcov: Floats
    phi: float | None
    sigma: float
    loglik: float
    fitted: Floats
    residuals: Floats
    converged: bool
    messages: tuple[str, ...]
    data: SerialData
    psi: Floats | None = None

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
        """Number of parameters: coefficients, sigma, and those of the structure."""
        return len(self.fixef) + 1 + (1 if self.psi is None else len(self.psi))

    @property
    def variances(self) -> Mapping[str, float] | None:
        """Standard deviations by level, relative to the first one, which has sigma."""
        structure = self.data.structure
        return None if structure is None or self.psi is None else structure.deviations(self.psi)

    @property
    def correlation_matrix(self) -> Floats | None:
        """Of an unstructured correlation: between all times, ascending, shape (T, T)."""
        structure = self.data.structure
        if structure is None or self.psi is None or structure.correlation != "UN":
            return None
        return structure.matrix(self.psi)

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
        structure = self.data.structure
        if structure is not None and self.psi is not None:
            return self.fitted[:, None] + self.sigma * structure.correlated(self.psi, e)
        rows = predecessors(self.data.groups, self.data.time)
        return self.fitted[:, None] + self.sigma * rows.correlated(e, self.phi or 0.0)

    @property
    def _rows(self) -> FittedRows:
        data = self.data
        return FittedRows(data.formula, data.frame, data.memory, self.nobs - len(self.fixef))

    def summary(self) -> str:
        """The table that R users know: criteria, phi, coefficients and residuals."""
        method = "REML" if self.REML else "maximum likelihood"
        criteria = {"AIC": self.aic, "BIC": self.bic, "logLik": self.loglik}
        blocks = [
            f"Generalized least squares fit by {method}",
            f"Formula: {self.formula}",
            criteria_lines(criteria, 4),
            *self._structure_lines(),
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

    def _structure_lines(self) -> list[str]:
        """What the summary says of correlation and variances."""
        structure = self.data.structure
        if structure is None:
            return [f"Correlation structure: AR(1) within {self.group}\nPhi: {self.phi:.7f}"]
        return structure_lines(structure, self.psi, self.group)


def gls(
    formula: str,
    data: Data,
    group: str,
    correlation: Correlation | None = "AR1",
    time: str | ArrayLike | None = None,
    REML: bool = True,
    *,
    variances: str | ArrayLike | None = None,
    contrasts: Contrasts | None = None,
    weights: Weights = None,
) -> GeneralizedLeastSquares:
    """Fit a linear model whose residuals correlate within groups or differ in variance.

    Parameters
    ----------
    formula : str without random terms
    data : mapping of columns
    group : name of the column of groups
    correlation : "AR1": phi^|s - t| between times s and t of a group, phi in (-1, 1); "CAR1": the
        same for any times, phi in (0, 1); "CS": phi between any two rows; "UN": one for each two
        times; None: none
    time : numbers (a column's name, or the column), whole ones but for "CAR1"; without them each
        group's rows stand in order of time and are one step apart
    REML : restricted maximum likelihood, or maximum likelihood if false
    variances : categories (a column's name, or the column) whose residuals have standard deviations
        of their own, nlme's ``varIdent``
    contrasts : "treatment", "sum", "helmert" or "poly" by variable, as ``{"dose": "sum"}``; else
        treatment contrasts, or polynomial ones where a factor is ordered
    weights : of rows, positive (a column's name, or the column): the residual variance is sigma²
        over the weight

    Returns
    -------
    GeneralizedLeastSquares

    Raises
    ------
    FormulaError, DataError, DesignError, MethodError, NotEstimableError
        What is wrong, where, and what would be right.

    Notes
    -----
    Pinheiro & Bates (2000), §5.2 and §5.3; the profiled criterion is minimised over phi, see
    :mod:`ar1`, or over all parameters of the structure, see :mod:`residual_structure`.
    """
    check_choice("correlation", correlation, (*CORRELATIONS, None))
    check_choice("REML", REML, (True, False))
    if correlation is None and time is not None:
        msg = "time orders the rows of a correlation; with it goes correlation='AR1'"
        raise MethodError(msg)
    parsed = fixed_formula(formula, "gls", instead="use lme()")
    check_variables(contrasts, parsed)
    given = weights_of(weights, data)
    made = _serial_data(parsed, data, group, (correlation, time), contrasts, given)
    if correlation == "AR1" and variances is None and given is None:
        return gls_of(made, REML=bool(REML))
    structure = structure_of(
        correlation, (made.groups, group), made.time, variances, data, made.frame
    )
    if given is not None:
        structure = replace(structure, weights=given[made.frame.rows])
    return gls_of(replace(made, structure=structure), REML=bool(REML))


def _serial_data(
    formula: Formula,
    data: Data,
    group: str,
    order: tuple[Correlation | None, str | ArrayLike | None],
    contrasts: Contrasts | None,
    weights: Floats | None,
) -> SerialData:
    correlation, time = order
    frame, response, memory = with_response(formula, data, contrasts, weights)
    groups = groups_of("group", group, data, frame)
    fixed = fixed_effects(model_matrix(formula.fixed, frame), frame.n)
    times = times_of(time, data, frame, groups, whole=correlation != "CAR1")
    y = response - frame.offset
    if correlation is not None:
        check_neighbours(groups, group)
    return SerialData(formula, group, frame, memory, y, fixed, groups, times)


def gls_of(data: SerialData, *, REML: bool) -> GeneralizedLeastSquares:
    """The fit to rows that are ready."""
    if data.structure is not None:
        return _structured(data, data.structure, REML=REML)
    fixed = data.fixed
    rows = predecessors(data.groups, data.time)
    start = fixed.Q.T @ data.y
    Xy = np.column_stack([fixed.Q, data.y - fixed.Q @ start])

    def solved(phi: float) -> _Solved:
        return _solve(Xy, rows, phi, fixed.logdet_R, REML=REML)

    best = best_phi(lambda phi: (solved(phi).value, lambda other: solved(other).value))
    at = solved(best.phi)
    messages = (
        *left_out(data.frame, fixed),
        *neighbours(data.frame, data.time),
        *(() if best.converged else (NOT_CONVERGED,)),
    )
    found = _Estimates(at, start, best.phi, best.converged, messages)
    return _result(data, found, REML=REML)


def _structured(data: SerialData, structure: Structure, *, REML: bool) -> GeneralizedLeastSquares:
    """The fit with a structure of the residuals."""
    fixed, n = data.fixed, len(data.y)
    start = fixed.Q.T @ data.y
    free = data.y - fixed.Q @ start
    nu = n - fixed.p if REML else n

    def solved(psi: Floats) -> _Solved:
        white, logdet = structure.whitened(psi, np.column_stack([fixed.Q, free]))
        return _least_squares(white, logdet, fixed.logdet_R, REML=REML)

    def profile(psi: Floats) -> tuple[float, Floats]:
        at = solved(psi)
        if not math.isfinite(at.value):
            return math.inf, np.zeros(len(psi))
        weighing = Weighing(nu / at.r2, at.Phi if REML else None)
        return at.value, structure.derivative(psi, fixed.Q, free - fixed.Q @ at.beta, weighing)

    best = best_psi(structure, profile)
    at = solved(best.psi)
    if not math.isfinite(at.value):
        msg = "the covariance of the residuals cannot be estimated; use a simpler structure"
        raise NotEstimableError(msg)
    serial = structure.correlation in {"AR1", "CAR1", "UN"}
    messages = (
        *left_out(data.frame, fixed),
        *(neighbours(data.frame, data.time) if serial else ()),
        *(() if best.converged else (NOT_STRUCTURED,)),
    )
    found = _Estimates(at, start, structure.phi(best.psi), best.converged, messages, best.psi)
    return _result(data, found, REML=REML)


def _result(data: SerialData, found: _Estimates, *, REML: bool) -> GeneralizedLeastSquares:
    """The fit at the best parameters of the residuals."""
    fixed, at, n = data.fixed, found.at, len(data.y)
    sigma = math.sqrt(at.r2 / (n - fixed.p if REML else n))
    beta = fixed.coefficients(at.beta + found.start)
    fitted = fixed.X @ beta
    return GeneralizedLeastSquares(
        REML=REML,
        fixef=fixed.by_name(beta),
        vcov=sigma**2 * fixed.covariance(at.Phi),
        phi=found.phi,
        sigma=sigma,
        loglik=-at.value / 2,
        fitted=fitted + data.frame.offset,
        residuals=data.y - fitted,
        converged=found.converged,
        messages=found.messages,
        data=data,
        psi=found.psi,
    )


@dataclass(frozen=True)
class _Estimates:
    """What the search for the parameters of the residuals found."""

    at: _Solved
    start: Floats
    phi: float | None
    converged: bool
    messages: tuple[str, ...]
    psi: Floats | None = None


@dataclass(frozen=True)
class _Solved:
    value: float
    beta: Floats
    Phi: Floats
    r2: float


def _solve(Xy: Floats, rows: Predecessors, phi: float, logdet_R: float, *, REML: bool) -> _Solved:
    """Least squares on the transformed rows, with the profiled criterion."""
    moved = rows.transformed(Xy, phi) / math.sqrt(1 - phi * phi)
    return _least_squares(moved, rows.logdet(phi), logdet_R, REML=REML)


def _least_squares(moved: Floats, logdet_C: float, logdet_R: float, *, REML: bool) -> _Solved:
    """Least squares on rows with independent residuals; ``logdet_C`` is of their covariance."""
    n, p = len(moved), moved.shape[1] - 1
    S = moved.T @ moved
    Phi, logdet = spd_inverse(S[:p, :p])
    beta = Phi @ S[:p, p]
    r2 = float(S[p, p] - beta @ S[:p, p])
    nu = n - p if REML else n
    if not r2 > 0:
        return _Solved(math.inf, beta, Phi, r2)
    value = logdet_C + nu * (1 + math.log(2 * math.pi * r2 / nu))
    return _Solved(value + (float(logdet) + logdet_R if REML else 0.0), beta, Phi, r2)
