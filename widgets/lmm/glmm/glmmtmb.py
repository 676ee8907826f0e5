"""Fitting mixed models of many families, zeros and dispersions: :func:`glmmTMB`."""

from __future__ import annotations

import numpy as np

from ..arguments import check_choice
from ..arrays import Floats
from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..data.design import Frame, check_variables, check_varies, frame_beside
from ..data.outcome import Outcome, outcome_of
from ..data.variables import Memory
from ..data.weights import Weights, check_successes, weights_of
from ..errors import MethodError
from ..formula import Formula, mixed_formula, read_one_sided, written
from ..likelihood.model import data_of_frame
from .assemble import assembled
from .estimates import Specification
from .result import GeneralizedLinearMixedModel
from .tmb_families import FAMILIES, check_response
from .tmb_search import Response, best, scaled_groups
from .zero_part import ZeroPart, complete_in_part, constant_part, part_formula, part_of


def glmmTMB(
    formula: str,
    data: Data,
    family: str = "nbinom2",
    ziformula: str | None = None,
    dispformula: str | None = None,
    *,
    contrasts: Contrasts | None = None,
    weights: Weights = None,
) -> GeneralizedLinearMixedModel:
    """Fit a generalised linear mixed model by maximum likelihood (Laplace's approximation).

    Parameters
    ----------
    formula : str
        In lme4's notation, e.g. ``spikes ~ treatment + (1 | mouse)``.
    data : mapping of column name to array-like
    family : counts with a log link: "nbinom2" (variance mu + mu²/theta), "nbinom1"
        (mu (1 + phi)), "poisson", "compois" (Conway-Maxwell), "truncated_poisson",
        "truncated_nbinom2", "truncated_nbinom1"; "gaussian"; "binomial" and, for shares without
        trials, "beta" and "ordbeta" (with zeros and ones), with a logit link; "Gamma" and, with
        zeros, "tweedie", with a log link
    ziformula : str, optional
        One-sided, e.g. ``~ 1``: fixed effects, on the logit scale, of the probability that a row is
        zero whatever its count would be; of a truncated family, that it is zero (hurdle).
    dispformula : str, optional
        One-sided: fixed effects of the dispersion on the log scale, see :mod:`densities`.
    contrasts : "treatment", "sum", "helmert" or "poly" by variable, as ``{"dose": "sum"}``; else
        treatment contrasts, or polynomial ones where a factor is ordered
    weights : of rows, positive (a column's name, or the column), times which the log-density of a
        row is taken; trials of a binomial response, which then may be a share

    Returns
    -------
    GeneralizedLinearMixedModel
        With ``zi_fixef`` and ``disp_fixef``.

    Raises
    ------
    FormulaError, DataError, DesignError, MethodError
        What is wrong, where, and what would be right.

    Notes
    -----
    Brooks et al. (2017), R Journal 9:378. The criterion is minimised over all parameters together;
    the determinant takes the observed second derivatives, as TMB does.
    """
    check_choice("family", family, tuple(FAMILIES))
    read = mixed_formula(formula, instead="geeglm()")
    zeros = part_formula("ziformula", ziformula, read.response)
    spread = part_formula("dispformula", dispformula, read.response)
    _check_parts(family, zeros, spread)
    given = weights_of(weights, data)
    outcome = _outcome(read, data, family, given, hurdle=zeros is not None)
    y = complete_in_part(complete_in_part(outcome.y, zeros, data), spread, data)
    check_variables(contrasts, read, *(one for one in (zeros, spread) if one is not None))
    frame, memory = frame_beside(y, read, data, contrasts=contrasts)
    rows = frame.rows
    check_varies(read, y[rows])
    matrices = data_of_frame(read, frame, memory, y[rows], residual=False)
    if family == "gaussian":
        matrices = scaled_groups(matrices, y[rows])
    zero = None if zeros is None else part_of(zeros, data, frame, y, contrasts)
    dispersion = _dispersion(read, spread, data, frame, y, contrasts)
    kept = None if given is None or family == "binomial" else given[rows]
    trials = outcome.trials[rows]
    constant = spread is None or not spread.fixed.terms
    response = Response(matrices, y[rows], trials, kept, dispersion, constant)
    found = best(response, family, zero)
    link = FAMILIES[family].link
    return assembled(found, Specification("glmmTMB", family, link, 1, ziformula, dispformula))


def _check_parts(family: str, zeros: Formula | None, spread: Formula | None) -> None:
    """Refuse a part that a family does not have."""
    if zeros is not None and FAMILIES[family].zeros is None:
        counts = ", ".join(name for name, one in FAMILIES.items() if one.zeros)
        msg = f"ziformula is for the families {counts}, not {family!r}"
        raise MethodError(msg)
    if spread is not None and not FAMILIES[family].disperses:
        msg = f"dispformula is for families with a dispersion; {family!r} has none"
        raise MethodError(msg)


def _outcome(
    read: Formula, data: Data, family: str, weights: Floats | None, *, hurdle: bool
) -> Outcome:
    """The response, checked against what the family can have."""
    name = f"the response {written(read.response)!r}"
    if family == "binomial":
        found = outcome_of(read.response, data, family, weights)
        check_successes(found.y, found.trials, name)
        return found
    found = outcome_of(read.response, data, "gaussian", weights)
    check_response(family, found.y, name, hurdle=hurdle)
    return found


def _dispersion(
    read: Formula,
    spread: Formula | None,
    data: Data,
    frame: Frame,
    y: Floats,
    contrasts: Contrasts | None,
) -> ZeroPart:
    if spread is not None:
        return part_of(spread, data, frame, y, contrasts)
    return constant_part(read_one_sided("~ 1", read.response), Memory(), int(np.sum(frame.rows)))
