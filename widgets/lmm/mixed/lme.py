"""Mixed models with one grouping factor and, if wanted, AR(1) residuals: :func:`lme`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.data.columns import Data
from widgets.lmm.errors import DesignError, check_choice
from widgets.lmm.likelihood.ar1 import best_phi, predecessors, quadratic
from widgets.lmm.likelihood.criterion import Evaluation, Problem, evaluate
from widgets.lmm.likelihood.crossproducts import CrossProducts, cross_products
from widgets.lmm.likelihood.estimate import Estimate, estimate
from widgets.lmm.likelihood.model import MixedData, mixed_data, problem_of
from widgets.lmm.likelihood.start import moment_start
from widgets.lmm.mixed.fit import assembled, lmer_of
from widgets.lmm.mixed.result import LinearMixedModel


def lme(
    formula: str, data: Data, correlation: Literal["AR1"] | None = None, REML: bool = True
) -> LinearMixedModel:
    """Fit a mixed model whose residuals may follow an AR(1) within groups, in row order.

    Parameters
    ----------
    formula : str
        With random terms of one grouping factor, e.g. ``y ~ time + (1 | mouse)``.
    data : mapping of columns
    correlation : None or "AR1"
    REML : restricted maximum likelihood, or maximum likelihood if false

    Returns
    -------
    LinearMixedModel with ``phi``; the exact optimum of the joint likelihood.
    """
    check_choice("correlation", correlation, (None, "AR1"))
    parts = mixed_data(formula, data)
    if len(parts.factors) != 1:
        names = ", ".join(factor.name for factor in parts.factors)
        msg = f"lme() takes one grouping factor, {formula!r} has {names}; use lmer()"
        raise DesignError(msg)
    if correlation is None:
        return replace(lmer_of(parts, REML=REML), tool="lme")
    return _with_ar1(parts, REML=REML)


def _with_ar1(data: MixedData, *, REML: bool) -> LinearMixedModel:
    problem = problem_of(data, data.y, REML=REML)
    rows = predecessors(data.factors[0].levels)
    Q, factor = data.fixed.Q, data.factors[0]
    Xy = np.column_stack([Q, data.y - Q @ (Q.T @ data.y)])

    def transformed(phi: float) -> CrossProducts:
        moved = replace(factor, Z=rows.transformed(factor.Z, phi))
        return cross_products((moved,), data.where, rows.transformed(Xy, phi))

    products = quadratic(transformed)
    start = moment_start(problem)

    def at(phi: float) -> Problem:
        return replace(problem, A=products(phi))

    best = best_phi(_profile(at, rows.logdet, start))
    optimum = estimate(at(best.phi), start)
    optimum = replace(optimum, converged=optimum.converged and best.converged)
    return assembled(data, data.y, at(best.phi), optimum, best.phi, rows.logdet(best.phi))


def _profile(
    at: Callable[[float], Problem], logdet: Callable[[float], float], start: Floats
) -> Callable[[float], tuple[float, Callable[[float], float]]]:
    """The criterion minimised over theta, and with theta held."""

    def profile(phi: float) -> tuple[float, Callable[[float], float]]:
        found: Estimate[Evaluation] = estimate(at(phi), start)
        theta = found.at.theta

        def held(other: float) -> float:
            return evaluate(at(other), theta).value + logdet(other)

        return found.at.value + logdet(phi), held

    return profile
