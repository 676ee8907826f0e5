"""Mixed models with one grouping factor and, if wanted, AR(1) residuals: :func:`lme`."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ..arguments import check_choice
from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..errors import DesignError
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
    REML: bool = True,
    *,
    contrasts: Contrasts | None = None,
) -> LinearMixedModel:
    """Fit a mixed model whose residuals may follow an AR(1) within groups, in row order.

    Parameters
    ----------
    formula : str
        With random terms of one grouping factor, e.g. ``y ~ time + (1 | mouse)``.
    data : mapping of columns, each group's rows in order of time
    correlation : None, or "AR1": phi^|s - t| between the s-th and t-th row of a group
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
    parts = mixed_data(formula, data, contrasts)
    if len(parts.factors) != 1:
        names = ", ".join(factor.name for factor in parts.factors)
        msg = f"lme() takes one grouping factor, {formula!r} has {names}; use lmer()"
        raise DesignError(msg)
    if correlation is None:
        return replace(lmer_of(parts, REML=bool(REML)), tool="lme")
    return lme_of(parts, REML=bool(REML))


def lme_of(data: MixedData, *, REML: bool) -> LinearMixedModel:
    """The fit with an AR(1)."""
    at = serial_problem(data, REML=REML)
    check_variances(data, at(0.0))
    best = estimate_phi(at)
    problem = at(best.phi)
    optimum = estimate(problem, moment_start(at(0.0)))
    optimum = replace(optimum, converged=optimum.converged and best.converged)
    return assembled(data, problem, optimum, best.phi)
