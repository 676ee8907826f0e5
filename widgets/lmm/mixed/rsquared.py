"""Variance explained: intraclass correlation and R² of mixed models.

Nakagawa, S. & Schielzeth, H. (2013), Methods Ecol. Evol. 4:133; for random slopes the mean
variance of Z b over the observations, Johnson, P. C. D. (2014), Methods Ecol. Evol. 5:944.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..arrays import Floats
from ..likelihood.model import MixedData
from ..linalg import eigen
from ..results import ExplainedVariance, IntraclassCorrelation, VarianceComponent

PERFECT = 1e-10
"""Least eigenvalue of the correlations below which they are perfect (performance's tolerance)."""


def icc(
    data: MixedData, components: Sequence[VarianceComponent], predictor: Floats
) -> IntraclassCorrelation:
    """Adjusted and unadjusted intraclass correlation; None for a singular fit."""
    fixed, random, residual = variances(data, components, predictor)
    if random is None:
        return IntraclassCorrelation(None, None)
    return IntraclassCorrelation(random / (random + residual), random / (fixed + random + residual))


def r2(
    data: MixedData, components: Sequence[VarianceComponent], predictor: Floats
) -> ExplainedVariance:
    """Marginal and conditional R²; a singular fit has no conditional one."""
    fixed, random, residual = variances(data, components, predictor)
    if random is None:
        return ExplainedVariance(fixed / (fixed + residual), None)
    total = fixed + random + residual
    return ExplainedVariance(fixed / total, (fixed + random) / total)


def variances(
    data: MixedData, components: Sequence[VarianceComponent], predictor: Floats
) -> tuple[float, float | None, float]:
    """Variances of the fixed effects, the random effects (None if singular) and the residual."""
    fixed = float(np.var(predictor, ddof=1))
    residual = components[-1].vcov
    random, place = 0.0, 0
    for term in data.terms:
        size = term.k * (term.k + 1) // 2
        S = covariance(components[place : place + size], term.k)
        place += size
        if _singular(S):
            return fixed, None, residual
        random += float(np.mean(np.einsum("na,ab,nb->n", term.Z, S, term.Z)))
    return fixed, random, residual


def covariance(components: Sequence[VarianceComponent], k: int) -> Floats:
    """The matrix of one term's k variances, which come first, and their covariances."""
    S = np.diag([one.vcov for one in components[:k]])
    rows, columns = np.triu_indices(k, 1)
    S[rows, columns] = S[columns, rows] = [one.vcov for one in components[k:]]
    return S


def _singular(S: Floats) -> bool:
    """Whether a variance is zero or the effects are perfectly correlated."""
    sd = np.sqrt(np.diagonal(S))
    if np.any(sd == 0):
        return True
    values, _ = eigen(S / np.outer(sd, sd))
    return bool(values[0] < PERFECT)
