"""Fitting counts with more variance or more zeros than Poisson's: :func:`glmmTMB`."""

from __future__ import annotations

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.data.columns import Data
from widgets.lmm.data.design import frame_beside
from widgets.lmm.data.outcome import outcome_of
from widgets.lmm.errors import DataError, check_choice
from widgets.lmm.formula import written
from widgets.lmm.glmm.assemble import assembled
from widgets.lmm.glmm.conditional import Conditional
from widgets.lmm.glmm.counts import negative_binomial, poisson
from widgets.lmm.glmm.fit import search
from widgets.lmm.glmm.glmer import mixed_formula
from widgets.lmm.glmm.result import GeneralizedLinearMixedModel, Specification
from widgets.lmm.glmm.start import WithoutRandomEffects, without_random_effects
from widgets.lmm.glmm.zero_inflation import ZeroInflated
from widgets.lmm.glmm.zero_part import (
    ZeroPart,
    complete_in_zero_part,
    zero_formula,
    zero_part,
)
from widgets.lmm.likelihood.model import data_of_frame

FAMILIES = ("nbinom2", "poisson")


def glmmTMB(
    formula: str, data: Data, family: str = "nbinom2", ziformula: str | None = None
) -> GeneralizedLinearMixedModel:
    """Fit a mixed model to counts by maximum likelihood (Laplace's approximation).

    Parameters
    ----------
    formula : str
        In lme4's notation, e.g. ``spikes ~ treatment + (1 | mouse)``.
    data : mapping of column name to array-like
    family : "nbinom2" or "poisson"
        The negative binomial has the variance mu + mu²/theta.
    ziformula : str, optional
        One-sided, e.g. ``~ 1``: fixed effects of the probability, on the logit scale, that a row is
        zero whatever its count would be.

    Returns
    -------
    GeneralizedLinearMixedModel

    Raises
    ------
    FormulaError, DataError, DesignError
        What is wrong, where, and what would be right.

    Notes
    -----
    Brooks et al. (2017), R Journal 9:378. The criterion is minimised over all parameters together;
    the determinant takes the observed second derivatives, as TMB does.
    """
    check_choice("family", family, FAMILIES)
    read, zeros = mixed_formula(formula), zero_formula(ziformula)
    y = complete_in_zero_part(outcome_of(read.response, data, "poisson").y, zeros, data)
    frame, memory = frame_beside(y, read, data)
    counts = y[frame.rows]
    if np.ptp(counts) == 0:
        msg = f"the response {written(read.response)!r} is constant; there is nothing to model"
        raise DataError(msg)
    matrices = data_of_frame(read, frame, memory, counts, residual=False)
    first = without_random_effects(poisson(counts), matrices.fixed.Q, frame.offset)
    zero = None if zeros is None else zero_part(zeros, data, frame, y)
    distribution = _distribution(counts, family, zero)
    further = _further(counts, first, family, zero)
    found = search(matrices, distribution, first, further=further, zero=zero)
    return assembled(found, Specification("glmmTMB", family, "log", 1, ziformula))


def _distribution(y: Floats, family: str, zero: ZeroPart | None) -> Conditional:
    counts = negative_binomial(y) if family == "nbinom2" else poisson(y)
    return counts if zero is None else ZeroInflated(counts, y == 0)


def _further(
    y: Floats, first: WithoutRandomEffects, family: str, zero: ZeroPart | None
) -> list[tuple[Floats, Floats]]:
    """Model matrices and start values of the zeros and of log theta."""
    mu = first.there.weight
    found = []
    if zero is not None:
        expected = float(np.exp(-mu).mean())
        share = (float((y == 0).mean()) - expected) / max(1 - expected, 1e-9)
        share = min(max(share, 0.05), 0.9)
        level = np.full(len(y), np.log(share / (1 - share)))
        found.append((zero.design, zero.design.T @ level / len(y)))
    if family == "nbinom2":
        excess = float(((y - mu) ** 2 - mu).sum() / (mu * mu).sum())
        found.append((np.ones((len(y), 1)), -np.log(np.clip([excess], 0.05, 5.0))))
    return found
