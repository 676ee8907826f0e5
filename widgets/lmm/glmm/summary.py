"""The text table that R users know, of a generalised mixed model."""

from __future__ import annotations

import math

from ..mixed.summary import random_lines
from ..printing import (
    coefficient_lines,
    correlation_blocks,
    criteria_lines,
    quantile_lines,
    significant,
)
from .estimates import GeneralizedFit


def summary(fit: GeneralizedFit) -> str:
    """Model, criteria, residuals, random effects, fixed effects and messages."""
    zeros = fit.specification.ziformula
    blocks = [
        f"Generalized linear mixed model fit by maximum likelihood ({_method(fit)})",
        f"Family: {fit.family} ({fit.link})\nFormula: {fit.formula}"
        + (f"\nZero inflation: {zeros}" if fit.zero is not None else ""),
        _criteria(fit),
        "Scaled residuals:\n" + quantile_lines(fit.scaled_residuals),
        "Random effects:\n" + random_lines(fit),
    ]
    if fit.nbinom2_theta is not None:
        theta = fit.nbinom2_theta
        shown = significant(theta) if math.isfinite(theta) else "infinite"
        blocks.append(f"Dispersion parameter (theta): {shown}")
    blocks.append("Fixed effects:\n" + coefficient_lines(fit.coefficients(), normal=True))
    if fit.zero is not None:
        blocks.append(
            "Zero-inflation model:\n" + coefficient_lines(fit.zi_coefficients(), normal=True)
        )
    blocks += correlation_blocks("fixed effects", list(fit.fixef), fit.vcov)
    if fit.messages:
        blocks.append("\n".join(fit.messages))
    return "\n\n".join(blocks) + "\n"


def _method(fit: GeneralizedFit) -> str:
    if fit.nAGQ == 1:
        return "Laplace approximation"
    return f"adaptive Gauss-Hermite quadrature, nAGQ = {fit.nAGQ}"


def _criteria(fit: GeneralizedFit) -> str:
    values = {
        "AIC": fit.aic,
        "BIC": fit.bic,
        "logLik": fit.loglik,
        "-2*log(L)": fit.deviance,
        "df.resid": fit.nobs - fit.df,
    }
    return criteria_lines(values, 1)
