"""Fitting counts with more variance or more zeros than Poisson's: :func:`glmmTMB`."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from ..arguments import check_choice
from ..arrays import Floats
from ..data.columns import Data
from ..data.contrasts import Contrasts
from ..data.design import check_variables, check_varies, frame_beside
from ..data.outcome import outcome_of
from ..formula import mixed_formula
from ..likelihood.model import MixedData, data_of_frame
from .assemble import assembled
from .conditional import binomial
from .counts import negative_binomial, poisson
from .estimates import Specification
from .fit import Found, search
from .result import GeneralizedLinearMixedModel
from .start import WithoutRandomEffects, without_random_effects
from .tails import logit
from .zero_inflation import ZeroInflated
from .zero_part import (
    ZeroPart,
    complete_in_zero_part,
    constant_zero_part,
    zero_formula,
    zero_part,
)

FAMILIES = ("nbinom2", "poisson")

FARTHEST = 4.0
"""Logits of an added zero with which a search begins."""

LARGE = 1e3
"""A theta beyond this may be infinite."""

SEVERAL = 2
"""Coefficients of the zeros from which on the search has several starts."""

EQUAL = 1e-5
"""Criterion values closer than this are the same fit: theta tends to infinity slowly."""


def glmmTMB(
    formula: str,
    data: Data,
    family: str = "nbinom2",
    ziformula: str | None = None,
    *,
    contrasts: Contrasts | None = None,
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
    contrasts : "treatment", "sum", "helmert" or "poly" by variable, as ``{"dose": "sum"}``; else
        treatment contrasts, or polynomial ones where a factor is ordered

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
    read = mixed_formula(formula, instead="geeglm()")
    zeros = zero_formula(ziformula, read.response)
    y = complete_in_zero_part(outcome_of(read.response, data, "poisson").y, zeros, data)
    check_variables(contrasts, read, *([] if zeros is None else [zeros]))
    frame, memory = frame_beside(y, read, data, contrasts=contrasts)
    counts = y[frame.rows]
    check_varies(read, counts)
    matrices = data_of_frame(read, frame, memory, counts, residual=False)
    zero = None if zeros is None else zero_part(zeros, data, frame, y, contrasts)
    first = without_random_effects(poisson(counts), matrices.fixed.Q, frame.offset)
    found = _best(_Counts(matrices, counts, first), family, zero)
    return assembled(found, Specification("glmmTMB", family, "log", 1, ziformula))


@dataclass(frozen=True)
class _Counts:
    """The matrices, the counts and the Poisson model without random effects."""

    data: MixedData
    y: Floats
    first: WithoutRandomEffects

    def fitted(self, family: str, zero: ZeroPart | None) -> Found:
        """The optimum of one model."""
        counts = negative_binomial(self.y) if family == "nbinom2" else poisson(self.y)
        distribution = counts if zero is None else ZeroInflated(counts, self.y == 0)
        further = _further(self.y, self.first, family, zero)
        elsewhere = [] if zero is None or zero.fixed.p < SEVERAL else self._elsewhere(family, zero)
        return search(
            self.data, distribution, self.first, further=further, zero=zero, elsewhere=elsewhere
        )

    def _elsewhere(self, family: str, zero: ZeroPart) -> list[Floats]:
        """More starts where predictors of the zeros make several optima likely.

        Two begin at the fit in which all rows have one probability of an added zero: with that
        probability, and with the logistic regression of what is zero. The third has that
        regression alone.
        """
        one = constant_zero_part(zero, len(self.y))
        found = self.fitted(family, one)
        theta, working, rest = found.ready.marginal.split(found.optimum.at.x)
        level, dispersion = one.design[:, 0] * rest[0][0], rest[1:]
        same = np.concatenate([theta, working, zero.design.T @ level / len(self.y), *dispersion])
        logistic = _of_zeros(self.y, zero)
        mixed = np.concatenate([theta, working, logistic, *dispersion])
        plain = np.concatenate([theta, np.zeros_like(working), logistic, *dispersion])
        return [same, mixed, plain]


def _best(counts: _Counts, family: str, zero: ZeroPart | None) -> Found:
    """The optimum, which may lie where a further parameter is infinite."""
    found = counts.fitted(family, zero)
    if zero is not None and zero.formula.fixed.intercept:
        plain = replace(counts.fitted(family, None), absent=zero)
        found = plain if _as_good(plain, found) else found
    if family == "nbinom2" and (_theta(found) > LARGE or not found.optimum.converged):
        plain = replace(counts.fitted("poisson", zero), equidispersed=True)
        if zero is not None and zero.formula.fixed.intercept:
            none = replace(counts.fitted("poisson", None), absent=zero, equidispersed=True)
            plain = none if _as_good(none, plain) else plain
        found = plain if _as_good(plain, found) else found
    return found


def _as_good(limit: Found, found: Found) -> bool:
    return limit.optimum.at.value <= found.optimum.at.value + EQUAL


def _theta(found: Found) -> float:
    return math.exp(float(found.optimum.at.x[-1]))


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


def _of_zeros(y: Floats, zero: ZeroPart) -> Floats:
    """Coefficients of a logistic regression of being zero, the odds halved: some zeros are counts'.

    Shape (r,), for the columns of ``zero.design``.
    """
    is_zero = binomial((y == 0).astype(float), np.ones(len(y)), logit)
    fitted = without_random_effects(is_zero, zero.design, np.zeros(len(y)))
    bounded = np.clip(fitted.eta - math.log(2), -FARTHEST, FARTHEST)
    result: Floats = zero.design.T @ bounded / len(y)
    return result
