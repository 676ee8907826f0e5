"""The text table that R users know, of a generalised mixed model."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from widgets.lmm.mixed.summary import random_lines
from widgets.lmm.printing import (
    coefficient_lines,
    correlation_blocks,
    criteria_lines,
    quantile_lines,
    significant,
)

if TYPE_CHECKING:
    from widgets.lmm.glmm.result import GeneralizedLinearMixedModel


def summary(model: GeneralizedLinearMixedModel) -> str:
    """Model, criteria, residuals, random effects, fixed effects and messages."""
    zeros = model.specification.ziformula
    blocks = [
        f"Generalized linear mixed model fit by maximum likelihood ({_method(model)})",
        f"Family: {model.family} ({model.link})\nFormula: {model.formula}"
        + (f"\nZero inflation: {zeros}" if model.zero is not None else ""),
        _criteria(model),
        "Scaled residuals:\n" + quantile_lines(model.scaled_residuals),
        "Random effects:\n" + random_lines(model),
    ]
    if model.nbinom2_theta is not None:
        theta = model.nbinom2_theta
        shown = significant(theta) if math.isfinite(theta) else "infinite"
        blocks.append(f"Dispersion parameter (theta): {shown}")
    blocks.append("Fixed effects:\n" + coefficient_lines(model.coefficients(), normal=True))
    if model.zero is not None:
        blocks.append(
            "Zero-inflation model:\n" + coefficient_lines(model.zi_coefficients(), normal=True)
        )
    blocks += correlation_blocks("fixed effects", list(model.fixef), model.vcov)
    if model.messages:
        blocks.append("\n".join(model.messages))
    return "\n\n".join(blocks) + "\n"


def _method(model: GeneralizedLinearMixedModel) -> str:
    if model.nAGQ == 1:
        return "Laplace approximation"
    return f"adaptive Gauss-Hermite quadrature, nAGQ = {model.nAGQ}"


def _criteria(model: GeneralizedLinearMixedModel) -> str:
    values = {
        "AIC": model.aic,
        "BIC": model.bic,
        "logLik": model.loglik,
        "-2*log(L)": model.deviance,
        "df.resid": model.nobs - model.df,
    }
    return criteria_lines(values, 1)
