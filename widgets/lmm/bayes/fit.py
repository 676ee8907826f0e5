"""Fitting Bayesian random-intercept models: :func:`brm`."""

from __future__ import annotations

import math

import numpy as np

from ..arrays import Floats
from ..data.columns import Data
from ..data.design import model_matrix, with_response
from ..data.fixed_effects import fixed_effects, left_out
from ..data.random_effects import random_intercept
from ..errors import NotEstimableError
from ..formula import read_formula
from .joint import Joint, integrated
from .likelihood import Sums, sums_of
from .posterior import SCALES, Posterior
from .priors import Prior, defaults_of, read_prior
from .quadrature import Box

EXACT = 1e-24
"""Residual over total sum of squares, below which the coefficients fit exactly."""


def brm(formula: str, data: Data, prior: str | Prior | None = None) -> Posterior:
    """The posterior of a Gaussian random-intercept model, by quadrature instead of simulation.

    Parameters
    ----------
    formula : str with one random term ``(1 | group)``
    data : mapping of columns
    prior : of the standard deviation between groups: "student_t(df, 0, scale)", "normal(0, scale)",
        "exponential(rate)" or "inv_gamma(shape, scale)", as brms writes them (of the positive
        values). By default that of brms, as are the others: flat on the coefficients,
        t with 3 degrees of freedom on the intercept at centred predictors and, from zero on, on
        the residual standard deviation, with the scale of the response

    Raises
    ------
    FormulaError, DataError, DesignError, MethodError
        What is wrong, where, and what would be right.

    Notes
    -----
    Means and standard deviations are accurate to 1e-4 standard deviations or better (``accuracy``
    tells), probabilities to about 1e-5. Everything but the two standard deviations is
    integrated in closed form, those by Gauss-Legendre rules on the box that holds all but some
    10^-8 of the posterior, refined until the means stay.
    """
    parsed = read_formula(formula)
    frame, response, _ = with_response(parsed, data)
    term = random_intercept(parsed, frame, "brm")
    fixed = fixed_effects(model_matrix(parsed.fixed, frame), frame.n)
    defaults = defaults_of(response)
    has_intercept = fixed.names[:1] == ("(Intercept)",)
    y = response - frame.offset
    sums = sums_of(fixed.X, y, term.levels, defaults if has_intercept else None)
    between = defaults.sd if prior is None else read_prior(prior)
    joint, start = _joint(sums, y, between, defaults.sd)
    nodes, moments, error = integrated(joint, start)
    names = (*fixed.names, *SCALES)
    intercept = {"Intercept": defaults.intercept} if has_intercept else {}
    return Posterior(
        formula=formula,
        group=term.group,
        priors={**intercept, "sd": between.name, "sigma": defaults.sd.name},
        mean=dict(zip(names, moments.mean.tolist(), strict=True)),
        sd=dict(zip(names, moments.sd.tolist(), strict=True)),
        accuracy=error,
        nobs=frame.n,
        ngroups=len(term.levels.levels),
        messages=left_out(frame, fixed),
        nodes=nodes,
    )


def _joint(sums: Sums, y: Floats, prior_tau: Prior, prior_sigma: Prior) -> tuple[Joint, Box]:
    """The density, and where to look for it first."""
    rss = float(sums.within[-1, -1] + sums.between[:, -1, -1].sum())
    if rss <= EXACT * float(y @ y):
        msg = "the coefficients fit the response exactly; there is no variance left to explain"
        raise NotEstimableError(msg)
    spread = math.sqrt(rss / sums.n)
    mean_size = float(sums.n / sums.counts.sum())
    joint = Joint(sums, prior_tau, prior_sigma, spread / math.sqrt(mean_size))
    middle = math.log(spread)
    return joint, Box(np.array([-3.0, middle - 6]), np.array([8.0, middle + 3]))
