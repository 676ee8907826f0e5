"""Fitting linear mixed models: :func:`lmer`."""

from __future__ import annotations

import math

from ..arguments import check_choice
from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..data.fixed_effects import left_out
from ..data.weights import Weights
from ..likelihood.check import check_variances
from ..likelihood.criterion import Evaluation, Problem
from ..likelihood.estimate import Estimate, estimate
from ..likelihood.model import MixedData, mixed_data, problem_of
from ..likelihood.start import moment_start
from ..likelihood.theta import natural
from .effects import (
    fixed_estimates,
    random_estimates,
    random_part,
    singular_components,
    variance_components,
)
from .result import LinearMixedModel


def lmer(
    formula: str,
    data: Data,
    REML: bool = True,
    *,
    contrasts: Contrasts | None = None,
    weights: Weights = None,
) -> LinearMixedModel:
    """Fit a linear mixed model by REML or maximum likelihood.

    Parameters
    ----------
    formula : str
        In lme4's notation, e.g. ``y ~ treatment + (1 + depth | mouse)``.
    data : mapping of column name to array-like
        A dict of lists or arrays; a pandas DataFrame works too. Rows with missing values are left
        out and counted in ``messages``.
    REML : bool
        Restricted maximum likelihood, or maximum likelihood if false.
    contrasts : "treatment", "sum", "helmert" or "poly" by variable, as ``{"dose": "sum"}``; else
        treatment contrasts, or polynomial ones where a factor is ordered
    weights : of rows, positive (a column's name, or the column): the residual variance is
        sigma² over the weight

    Returns
    -------
    LinearMixedModel

    Raises
    ------
    FormulaError, DataError, DesignError
        What is wrong, where, and what would be right.
    NotEstimableError
        If the design leaves no degrees of freedom for a variance.

    Notes
    -----
    Bates et al. (2015): the profiled criterion is minimised over theta (see :mod:`pls`,
    :mod:`criterion` and :mod:`estimate` for the steps and their cost).
    """
    check_choice("REML", REML, (True, False))
    return lmer_of(mixed_data(formula, data, contrasts, weights), REML=bool(REML))


def lmer_of(data: MixedData, *, REML: bool) -> LinearMixedModel:
    """The fit to a model's own response."""
    problem = problem_of(data, REML=REML)
    check_variances(data, problem)
    optimum = estimate(problem, moment_start(problem))
    return assembled(data, problem, optimum)


def assembled(
    data: MixedData,
    problem: Problem,
    optimum: Estimate[Evaluation],
    phi: float | None = None,
) -> LinearMixedModel:
    """The result from an optimum; ``phi`` belongs to residuals with an AR(1)."""
    at, fixed = optimum.at, data.fixed
    sigma = math.sqrt(at.r2 / problem.nu)
    theta = natural(data.places, data.factors, at.theta)
    beta = fixed_estimates(data, at)
    fitted = fixed.X @ beta + random_part(data, random_estimates(data, at, sigma))
    boundary = singular_components(data, theta)
    return LinearMixedModel(
        tool="lmer" if phi is None else "lme",
        fixef=fixed.by_name(beta),
        vcov=sigma**2 * fixed.covariance(at.Phi),
        theta=theta,
        sigma=sigma,
        phi=phi,
        varcorr=variance_components(data, theta, sigma),
        loglik=-at.value / 2,
        fitted=fitted + data.frame.offset,
        residuals=data.y - fitted,
        is_singular=bool(boundary),
        messages=_messages(data, boundary, optimum),
        data=data,
        problem=problem,
        optimum=optimum,
    )


def _messages(
    data: MixedData, boundary: list[str], optimum: Estimate[Evaluation]
) -> tuple[str, ...]:
    found = [f"boundary (singular) fit: {what}" for what in boundary]
    found += left_out(data.frame, data.fixed)
    if not optimum.identified:
        found.append("the data do not tell some variances apart: the likelihood is flat in them")
    if not optimum.converged:
        found.append("the fit did not converge: the optimum fails the gradient or curvature check")
    return tuple(found)
