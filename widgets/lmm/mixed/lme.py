"""Mixed models of one grouping factor with a structure of the residuals: :func:`lme`."""

from __future__ import annotations

from dataclasses import replace

from numpy.typing import ArrayLike

from ..arguments import check_choice
from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..data.groups import neighbours, times_of
from ..data.weights import Weights
from ..errors import DesignError, MethodError
from ..likelihood.check import check_variances
from ..likelihood.estimate import estimate
from ..likelihood.model import MixedData, mixed_data, problem_of
from ..likelihood.residual_structure import CORRELATIONS, Correlation
from ..likelihood.serial import estimate_phi, serial_problem
from ..likelihood.start import moment_start
from ..likelihood.structure_arguments import structure_of
from ..likelihood.structured import structured_optimum
from .fit import assembled, lmer_of
from .result import LinearMixedModel


def lme(
    formula: str,
    data: Data,
    correlation: Correlation | None = None,
    time: str | ArrayLike | None = None,
    REML: bool = True,
    *,
    variances: str | ArrayLike | None = None,
    contrasts: Contrasts | None = None,
    weights: Weights = None,
) -> LinearMixedModel:
    """Fit a mixed model whose residuals may correlate within groups, or differ in variance.

    Parameters
    ----------
    formula : str
        With random terms of one grouping factor, e.g. ``y ~ time + (1 | mouse)``.
    data : mapping of columns
    correlation : None; "AR1": phi^|s - t| between times s and t of a group; "CAR1": the same for
        any times, phi in (0, 1); "CS": phi between any two rows (which a random intercept is, too);
        "UN": one for each two times
    time : numbers (a column's name, or the column), whole ones but for "CAR1"; without them each
        group's rows stand in order of time and are one step apart
    REML : restricted maximum likelihood, or maximum likelihood if false
    variances : categories (a column's name, or the column) whose residuals have standard deviations
        of their own, nlme's ``varIdent``
    contrasts : "treatment", "sum", "helmert" or "poly" by variable, as ``{"dose": "sum"}``; else
        treatment contrasts, or polynomial ones where a factor is ordered
    weights : of rows, positive (a column's name, or the column): the residual variance is
        sigma² over the weight

    Returns
    -------
    LinearMixedModel with ``phi`` and ``variances``; the exact optimum of the joint likelihood.

    Raises
    ------
    FormulaError, DataError, DesignError, MethodError
        What is wrong, where, and what would be right.

    Notes
    -----
    Pinheiro & Bates (2000), §5.2 and §5.3; see :mod:`ar1`, :mod:`serial` and
    :mod:`residual_structure`.
    """
    check_choice("correlation", correlation, (None, *CORRELATIONS))
    check_choice("REML", REML, (True, False))
    if correlation is None and time is not None:
        msg = "time orders the rows of a serial correlation; with it goes correlation='AR1'"
        raise MethodError(msg)
    parts = mixed_data(formula, data, contrasts, weights)
    if len(parts.factors) != 1:
        names = ", ".join(factor.name for factor in parts.factors)
        msg = f"lme() takes one grouping factor, {formula!r} has {names}; use lmer()"
        raise DesignError(msg)
    if correlation is None and variances is None:
        return replace(lmer_of(parts, REML=bool(REML)), tool="lme")
    factor = parts.factors[0]
    times = times_of(time, data, parts.frame, factor.levels, whole=correlation != "CAR1")
    parts = replace(parts, time=times)
    if correlation != "AR1" or variances is not None or parts.weights is not None:
        groups = (factor.levels, factor.name)
        found = structure_of(correlation, groups, times, variances, data, parts.frame)
        parts = replace(parts, structure=replace(found, weights=parts.weights, grouped=True))
    fit = lme_of(parts, REML=bool(REML))
    serial = correlation in {"AR1", "CAR1", "UN"}
    said = neighbours(parts.frame, times) if serial else ()
    return replace(fit, messages=(*fit.messages, *said))


def lme_of(data: MixedData, *, REML: bool) -> LinearMixedModel:
    """The fit with an AR(1), or another structure of the residuals."""
    if data.structure is not None:
        check_variances(data, problem_of(data, REML=REML))
        found, problem, optimum = structured_optimum(data, data.structure, REML=REML)
        optimum = replace(optimum, converged=optimum.converged and found.converged)
        fit = assembled(data, problem, optimum, data.structure.phi(found.psi))
        return replace(fit, tool="lme", psi=found.psi)
    at = serial_problem(data, REML=REML)
    check_variances(data, at(0.0))
    best = estimate_phi(at)
    problem = at(best.phi)
    optimum = estimate(problem, moment_start(at(0.0)))
    optimum = replace(optimum, converged=optimum.converged and best.converged)
    return assembled(data, problem, optimum, best.phi)
