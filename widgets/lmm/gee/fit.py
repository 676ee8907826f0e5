"""Fitting marginal models: :func:`geeglm`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from widgets.lmm.data.columns import Data, Factor, as_factor, column, drop_unused, rows_of
from widgets.lmm.data.design import Frame, model_matrix
from widgets.lmm.data.fixed_effects import FixedEffects, fixed_effects
from widgets.lmm.data.outcome import Outcome, with_outcome
from widgets.lmm.data.variables import Memory
from widgets.lmm.errors import DataError, DesignError, check_choice
from widgets.lmm.families import Family, family_of
from widgets.lmm.formula import Formula, read_formula
from widgets.lmm.gee.clusters import Clusters, clusters_of
from widgets.lmm.gee.equations import MarginalData, Solution, solution_of
from widgets.lmm.gee.result import MarginalModel
from widgets.lmm.gee.sandwich import sandwich_of
from widgets.lmm.gee.working import CORRELATIONS

FEWEST = 2
"""Clusters that a variance between clusters needs."""


def geeglm(
    formula: str,
    data: Data,
    id: str | ArrayLike,  # noqa: A002  R's name
    family: str = "gaussian",
    corstr: str = "exchangeable",
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
    corstr : "independence", "exchangeable" or "ar1" (by the order of rows within a cluster)

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
    parsed, chosen = read_formula(formula), family_of(family)
    if parsed.random:
        msg = f"{formula!r} has a random term; geeglm() has none: name the clusters by id="
        raise DesignError(msg)
    frame, outcome, memory = with_outcome(parsed, data, family)
    groups, id_name = _groups(id, data, frame)
    fixed = fixed_effects(model_matrix(parsed.fixed, frame), frame.n)
    if not fixed.p:
        msg = f"{formula!r} has no coefficient to estimate; keep at least the intercept"
        raise DesignError(msg)
    clusters = clusters_of(groups)
    ordered = _ordered(frame, outcome, fixed, clusters, chosen)
    solution = solution_of(ordered, CORRELATIONS[corstr])
    request = _Request(formula, parsed, chosen, corstr, id_name)
    return _result(request, memory, frame, fixed, ordered, solution)


@dataclass(frozen=True)
class _Request:
    """What was asked for."""

    text: str
    parsed: Formula
    family: Family
    corstr: str
    id_name: str


def _groups(given: str | ArrayLike, data: Data, frame: Frame) -> tuple[Factor, str]:
    """The clusters of the complete rows, and what they are called."""
    name = given if isinstance(given, str) else "id"
    values = column(data if isinstance(given, str) else {"id": given}, name)
    if len(values) != len(frame.rows):
        msg = f"column {name!r} has {len(values)} values, the others have {len(frame.rows)}"
        raise DataError(msg)
    groups = as_factor(rows_of(values, frame.rows))
    if np.any(groups.codes < 0):
        msg = f"column {name!r} has missing values; every row needs a cluster"
        raise DataError(msg)
    groups = drop_unused(groups)
    if len(groups.levels) < FEWEST:
        msg = (
            f"column {name!r} has only one level, {groups.levels[0]!r}; robust standard errors "
            "come from differences between clusters and need at least two"
        )
        raise DesignError(msg)
    return groups, name


def _ordered(
    frame: Frame, outcome: Outcome, fixed: FixedEffects, clusters: Clusters, family: Family
) -> MarginalData:
    order = clusters.order
    return MarginalData(
        outcome.y[order],
        outcome.trials[order],
        frame.offset[order],
        fixed.Q[order],
        fixed.names,
        clusters,
        family,
    )


def _result(
    request: _Request,
    memory: Memory,
    frame: Frame,
    fixed: FixedEffects,
    ordered: MarginalData,
    solution: Solution,
) -> MarginalModel:
    at, clusters = solution.at, ordered.clusters
    beta = fixed.R_inverse @ at.gamma
    return MarginalModel(
        formula=request.text,
        family=request.family,
        corstr=request.corstr,
        id_name=request.id_name,
        fixef=dict(zip(fixed.names, beta.tolist(), strict=True)),
        alpha=at.alpha,
        scale=at.scale,
        nobs=frame.n,
        cluster_sizes=dict(zip(clusters.names, clusters.sizes.tolist(), strict=True)),
        fitted=clusters.in_data_order(at.mu),
        residuals=clusters.in_data_order(ordered.y - at.mu),
        converged=solution.converged,
        messages=_messages(frame, fixed, ordered, solution, request.corstr),
        sandwich=sandwich_of(at, fixed, clusters),
        parsed=request.parsed,
        memory=memory,
    )


def _messages(
    frame: Frame, fixed: FixedEffects, ordered: MarginalData, solution: Solution, corstr: str
) -> tuple[str, ...]:
    found = []
    if frame.omitted:
        found.append(f"{frame.omitted} rows with missing values were left out")
    if fixed.dropped:
        found.append(f"columns that depend on the others were dropped: {', '.join(fixed.dropped)}")
    if not solution.converged:
        found.append("the estimating equations were not solved to the last digits")
    if CORRELATIONS[corstr].least_eigenvalue(solution.at.alpha, ordered.clusters) < 0:
        found.append(
            f"the working correlation {solution.at.alpha:.3g} is not possible in clusters of this "
            "size; the naive standard errors have no meaning"
        )
    if ordered.clusters.count <= fixed.p:
        found.append(
            f"{ordered.clusters.count} clusters are too few for robust standard errors of "
            f"{fixed.p} coefficients"
        )
    return tuple(found)
