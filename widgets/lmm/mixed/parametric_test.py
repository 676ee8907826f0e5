"""The likelihood ratio against its distribution under the null model: :func:`pb_test`.

Halekoh, U. & Højsgaard, S. (2014), J. Stat. Softw. 59(9), §5 (R's ``PBmodcomp``); Davison &
Hinkley (1997), *Bootstrap Methods and their Application*, eq. (4.11), for p.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from ..arguments import check_count, check_generator
from ..arrays import Floats
from ..errors import DesignError
from ..likelihood.model import problem_of
from ..likelihood.objective import objective_of
from ..optimiser import minimise
from .refit import by_maximum_likelihood, check_model, refit
from .result import LinearMixedModel

LEAST = 0.2
"""Of theta, where the search of a simulated response begins: off the boundary."""

CLOSE = 1e-7
"""Decrease of the deviance below which that search ends."""


@dataclass(frozen=True, eq=False)
class ParametricTest:
    """A parametric bootstrap of a likelihood ratio.

    Attributes
    ----------
    chisq : twice the difference of the log-likelihoods (maximum likelihood), at least 0
    df : difference in the numbers of parameters
    p : (1 + how many simulated ones are at least as large)/(1 + n)
    reference : shape (n,), the simulated ones
    """

    chisq: float
    df: int
    p: float
    reference: Floats


def pb_test(
    model0: LinearMixedModel, model1: LinearMixedModel, rng: Generator, n: int = 1000
) -> ParametricTest:
    """Test a mixed model within a larger one by simulating from the smaller one.

    Parameters
    ----------
    model0, model1 : fits of :func:`lmer` or :func:`lme` to the same rows, one nested in the other;
        REML fits are refitted by maximum likelihood
    rng : numpy's random generator; equal states give equal results
    n : number of simulated responses, at least 1

    Raises
    ------
    MethodError
        If an argument is not what it must be.
    DesignError
        If the models have other rows or responses, or the same number of parameters.
    """
    for model in (model0, model1):
        check_model("pb_test", model)
    check_generator(rng)
    check_count("n", n)
    null, full = sorted(map(by_maximum_likelihood, (model0, model1)), key=lambda fit: fit.df)
    _check_comparable(null, full)
    observed = max(2 * (full.loglik - null.loglik), 0.0)
    small, large = _deviance_of(null), _deviance_of(full)
    reference = np.array([max(small(y) - large(y), 0.0) for y in null.simulate(rng, n).T])
    p = (1 + int((reference >= observed).sum())) / (1 + n)
    return ParametricTest(observed, full.df - null.df, p, reference)


def _check_comparable(null: LinearMixedModel, full: LinearMixedModel) -> None:
    y0, y1 = (fit.fitted + fit.residuals for fit in (null, full))
    if len(y0) != len(y1) or not np.allclose(y0, y1):
        msg = "the models have different rows or responses; fit both to the same"
        raise DesignError(msg)
    if null.df == full.df:
        msg = f"both models have {null.df} parameters; one must be nested in the other"
        raise DesignError(msg)


def _deviance_of(model: LinearMixedModel) -> Callable[[Floats], float]:
    """The least deviance of a model by its response (n,)."""
    data, offset = model.data, model.data.frame.offset
    if model.phi is not None or model.psi is not None:
        return lambda y: refit(model, y).deviance

    start = np.where(np.abs(model.optimum.theta) < LEAST, LEAST, model.optimum.theta)

    def deviance(y: Floats) -> float:
        problem = problem_of(replace(data, y=y - offset), REML=False)
        found = minimise(objective_of(problem), start, CLOSE).value
        return min(found, problem.evaluate(np.zeros(len(start))).value)

    return deviance
