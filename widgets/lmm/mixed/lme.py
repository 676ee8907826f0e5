"""Mixed models with one grouping factor and, if wanted, AR(1) residuals: :func:`lme`."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from numpy.typing import ArrayLike

from ..arguments import check_choice
from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..data.groups import neighbours, times_of
from ..errors import DesignError, MethodError
from ..likelihood.check import check_variances
from ..likelihood.estimate import estimate
from ..likelihood.model import MixedData, mixed_data
from ..likelihood.serial import estimate_phi, serial_problem
from ..likelihood.start import moment_start
from .fit import assembled, lmer_of
from .result import LinearMixedModel


def lme(
    formula: str,
    data: Data,
    correlation: Literal["AR1"] | None = None,
    time: str | ArrayLike | None = None,
    REML: bool = True,
    *,
    contrasts: Contrasts | None = None,
) -> LinearMixedModel:
    """Fit a mixed model whose residuals may follow an AR(1) within groups.

    Parameters
    ----------
    formula : str
        With random terms of one grouping factor, e.g. ``y ~ time + (1 | mouse)``.
    data : mapping of columns
    correlation : None, or "AR1": phi^|s - t| between times s and t of a group
    time : whole numbers (a column's name, or the column); without them each group's rows stand in
        order of time and are one step apart
    REML : restricted maximum likelihood, or maximum likelihood if false
    contrasts : "treatment", "sum", "helmert" or "poly" by variable, as ``{"dose": "sum"}``; else
        treatment contrasts, or polynomial ones where a factor is ordered

    Returns
    -------
    LinearMixedModel with ``phi``; the exact optimum of the joint likelihood.

    Raises
    ------
    FormulaError, DataError, DesignError, MethodError
        What is wrong, where, and what would be right.

    Notes
    -----
    Pinheiro & Bates (2000), §5.3.1; see :mod:`ar1` and :mod:`serial`.
    """
    check_choice("correlation", correlation, (None, "AR1"))
    check_choice("REML", REML, (True, False))
    if correlation is None and time is not None:
        msg = "time orders the rows of a serial correlation; with it goes correlation='AR1'"
        raise MethodError(msg)
    parts = mixed_data(formula, data, contrasts)
    if len(parts.factors) != 1:
        names = ", ".join(factor.name for factor in parts.factors)
        msg = f"lme() takes one grouping factor, {formula!r} has {names}; use lmer()"
        raise DesignError(msg)
    if correlation is None:
        return replace(lmer_of(parts, REML=bool(REML)), tool="lme")
    times = times_of(time, data, parts.frame, parts.factors[0].levels)
    fit = lme_of(replace(parts, time=times), REML=bool(REML))
    return replace(fit, messages=(*fit.messages, *neighbours(parts.frame, times)))


def lme_of(data: MixedData, *, REML: bool) -> LinearMixedModel:
    """The fit with an AR(1)."""
    at = serial_problem(data, REML=REML)
    check_variances(data, at(0.0))
    best = estimate_phi(at)
    problem = at(best.phi)
    optimum = estimate(problem, moment_start(at(0.0)))
    optimum = replace(optimum, converged=optimum.converged and best.converged)
    return assembled(data, problem, optimum, best.phi)
