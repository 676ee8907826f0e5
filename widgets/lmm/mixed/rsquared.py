"""Variance explained: intraclass correlation and R² of mixed models.

Nakagawa, S. & Schielzeth, H. (2013), Methods Ecol. Evol. 4:133; for random slopes the mean
variance of Z b over the observations, Johnson, P. C. D. (2014), Methods Ecol. Evol. 5:944.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.likelihood.model import MixedData
from widgets.lmm.results import ExplainedVariance, IntraclassCorrelation, VarianceComponent


def icc(
    data: MixedData, components: Sequence[VarianceComponent], predictor: Floats
) -> IntraclassCorrelation:
    """Adjusted and unadjusted intraclass correlation; None where the random variance is zero."""
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
    """Variances of the fixed effects, the random effects (None where one is zero) and residual."""
    fixed = float(np.var(predictor, ddof=1))
    residual = components[-1].vcov
    random, place = 0.0, 0
    for term in data.terms:
        S = np.zeros((term.k, term.k))
        for a in range(term.k):
            S[a, a] = components[place + a].vcov
        place += term.k
        for a in range(term.k):
            for b in range(a + 1, term.k):
                S[a, b] = S[b, a] = components[place].vcov
                place += 1
        if np.any(np.diagonal(S) == 0):
            return fixed, None, residual
        random += float(np.mean(np.einsum("na,ab,nb->n", term.Z, S, term.Z)))
    return fixed, random, residual
