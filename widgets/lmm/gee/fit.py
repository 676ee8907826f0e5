"""Fitting marginal models: :func:`geeglm`."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..arguments import check_choice
from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..data.design import Frame, check_variables, model_matrix
from ..data.factors import Factor
from ..data.fixed_effects import fixed_effects
from ..data.groups import groups_of, times_of
from ..data.outcome import with_outcome
from ..data.weights import Weights, weights_of
from ..errors import DesignError, MethodError, NotEstimableError
from ..families import family_of
from ..formula import fixed_formula
from .clusters import Clusters, clusters_of
from .equations import MarginalData, solution_of
from .result import MarginalModel
from .working import CORRELATIONS, seen_together

FEWEST = 2
"""Clusters that a variance between clusters needs."""


def geeglm(
    formula: str,
    data: Data,
    id: str | ArrayLike,  # noqa: A002  R's name
    family: str = "gaussian",
    corstr: str = "exchangeable",
    time: str | ArrayLike | None = None,
    *,
    contrasts: Contrasts | None = None,
    weights: Weights = None,
) -> MarginalModel:
    """Fit a marginal model by generalised estimating equations.

    Parameters
    ----------
    formula : str without random terms; the response of a binomial is 0 and 1, a factor with two
        levels, or cbind(successes, failures)
    data : mapping of columns
    id : name of the column of clusters, or the column itself. Rows of one cluster need not stand
        together (R's geepack takes each run of equal values as a cluster of its own)
    family : "gaussian" (identity link), "binomial" (logit) or "poisson" (log)
    corstr : "independence", "exchangeable", "ar1": alpha^|s - t| between times s and t, or
        "unstructured": a correlation for each two times
    time : whole numbers for "ar1" and "unstructured" (a column's name, or the column), geepack's
        ``waves``; without them the rows of a cluster stand in order of time, one step apart
    contrasts : "treatment", "sum", "helmert" or "poly" by variable, as ``{"dose": "sum"}``; else
        treatment contrasts, or polynomial ones where a factor is ordered
    weights : of rows, positive (a column's name, or the column), by which their variance is
        divided; with them a binomial response may be a share

    Raises
    ------
    FormulaError, DataError, DesignError, NotEstimableError
        What is wrong, where, and what would be right.

    Notes
    -----
    Liang, K.-Y. & Zeger, S. L. (1986). Biometrika 73:13-22. Scale and correlation are estimated as
    in R's geepack (Halekoh, Højsgaard & Yan 2006, J. Stat. Softw. 15(2)); its trials of a binomial
    count as weights there, so that with ``cbind`` scale and naive covariance have no meaning of
    their own. O(n p²) a step, about ten steps; for "ar1" O(n m) for clusters of m rows.
    """
    check_choice("corstr", corstr, tuple(CORRELATIONS))
    if time is not None and corstr not in {"ar1", "unstructured"}:
        msg = f"time orders the rows of corstr='ar1'; {corstr!r} has no use for it"
        raise MethodError(msg)
    chosen = family_of(family)
    parsed = fixed_formula(formula, "geeglm", instead="name the clusters by id=")
    check_variables(contrasts, parsed)
    given = weights_of(weights, data)
    frame, outcome, memory = with_outcome(parsed, data, family, contrasts=contrasts, weights=given)
    trials = outcome.trials
    if given is not None and family != "binomial":
        trials = trials * given[frame.rows]
    groups = _clusters(id, data, frame)
    fixed = fixed_effects(model_matrix(parsed.fixed, frame), frame.n)
    if not fixed.p:
        msg = f"{formula!r} has no coefficient to estimate; keep at least the intercept"
        raise DesignError(msg)
    clusters = clusters_of(groups, times_of(time, data, frame, groups))
    if corstr == "unstructured":
        _check_pairs(clusters)
    order = clusters.order
    made = MarginalData(
        outcome.y[order],
        trials[order],
        frame.offset[order],
        fixed.Q[order],
        fixed,
        clusters,
        chosen,
    )
    solution = solution_of(made, CORRELATIONS[corstr])
    id_name = id if isinstance(id, str) else "id"
    return MarginalModel(formula, corstr, id_name, parsed, memory, frame, made, solution)


def _check_pairs(clusters: Clusters) -> None:
    """Refuse an unstructured correlation of two times that no cluster has."""
    times = np.unique(clusters.time).tolist()
    missing = np.argwhere(~seen_together(clusters))
    if len(missing):
        a, b = (times[i] for i in missing[0])
        msg = (
            f"corstr='unstructured': no cluster has both the times {a:g} and {b:g}, so that their "
            "correlation cannot be estimated; use 'exchangeable' or 'ar1'"
        )
        raise NotEstimableError(msg)


def _clusters(given: str | ArrayLike, data: Data, frame: Frame) -> Factor:
    groups = groups_of("id", given, data, frame)
    if len(groups.levels) < FEWEST:
        name = given if isinstance(given, str) else "id"
        msg = (
            f"column {name!r} has only one level, {groups.levels[0]!r}; robust standard errors "
            "come from differences between clusters and need at least two"
        )
        raise DesignError(msg)
    return groups
