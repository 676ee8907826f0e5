"""Fitting binomial and Poisson mixed models: :func:`glmer`."""

from __future__ import annotations

import numpy as np

from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..data.design import check_variables
from ..data.outcome import with_outcome
from ..data.weights import Weights, weights_of
from ..errors import MethodError
from ..families import chosen_link
from ..formula import mixed_formula
from ..likelihood.model import MixedData, data_of_frame
from .assemble import assembled
from .estimates import Specification
from .families import LINKS, distribution
from .fit import search
from .result import GeneralizedLinearMixedModel
from .start import without_random_effects

MOST_POINTS = 100
"""Up to this many the nodes of the quadrature are known to be accurate."""


def glmer(
    formula: str,
    data: Data,
    family: str = "binomial",
    link: str | None = None,
    nAGQ: int = 1,
    *,
    contrasts: Contrasts | None = None,
    weights: Weights = None,
) -> GeneralizedLinearMixedModel:
    """Fit a generalised linear mixed model by maximum likelihood.

    Parameters
    ----------
    formula : str
        In lme4's notation, e.g. ``cbind(dead, alive) ~ dose + (1 | cage)`` or
        ``spikes ~ treatment + offset(log(minutes)) + (1 | mouse)``.
    data : mapping of column name to array-like
    family : "binomial" or "poisson"
        A binomial response is 0 and 1, a factor with two levels (the second is success), truth
        values, or ``cbind(successes, failures)``.
    link : "logit", "probit" or "cloglog" for the binomial, "log" for the Poisson
    nAGQ : int
        1 for Laplace's approximation; more for the points of adaptive Gauss-Hermite quadrature,
        which needs a single random intercept or slope.
    contrasts : "treatment", "sum", "helmert" or "poly" by variable, as ``{"dose": "sum"}``; else
        treatment contrasts, or polynomial ones where a factor is ordered
    weights : of rows, positive (a column's name, or the column): trials of a binomial response,
        which then may be a share; else the log-density of a row is multiplied by its weight

    Returns
    -------
    GeneralizedLinearMixedModel

    Raises
    ------
    FormulaError, DataError, DesignError
        What is wrong, where, and what would be right.
    MethodError
        If there is no such family, link or number of points.

    Notes
    -----
    See :mod:`marginal` for the criterion, minimised over theta and beta together, :mod:`modes` for
    the conditional modes and :mod:`quadrature`.
    """
    link = chosen_link(family, link, LINKS)
    read = mixed_formula(formula, instead="geeglm()")
    check_variables(contrasts, read)
    given = weights_of(weights, data)
    frame, outcome, memory = with_outcome(read, data, family, contrasts=contrasts, weights=given)
    matrices = data_of_frame(read, frame, memory, outcome.y, residual=False)
    check_points(nAGQ, matrices)
    conditional = distribution(family, link, outcome, None if given is None else given[frame.rows])
    first = without_random_effects(conditional, matrices.fixed.Q, frame.offset)
    found = search(matrices, conditional, first, points=int(nAGQ))
    return assembled(found, Specification("glmer", family, link, int(nAGQ)))


def check_points(nAGQ: object, data: MixedData) -> None:
    """Refuse a number of points that a model cannot have."""
    points = 0 if isinstance(nAGQ, bool) or not isinstance(nAGQ, int | np.integer) else int(nAGQ)
    if not 1 <= points <= MOST_POINTS:
        msg = f"nAGQ must be a whole number from 1 to {MOST_POINTS}, not {nAGQ!r}"
        raise MethodError(msg)
    if points > 1 and (len(data.terms) > 1 or data.terms[0].k > 1):
        terms = " + ".join(f"({' + '.join(t.names)} | {t.group})" for t in data.terms)
        msg = (
            f"nAGQ = {nAGQ} needs one random effect per group, such as (1 | mouse); this model has "
            f"{terms}, for which there is Laplace's approximation, nAGQ = 1"
        )
        raise MethodError(msg)
