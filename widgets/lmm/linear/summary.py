"""The text tables that R users know, of models without random effects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.lmm.printing import (
    coefficient_lines,
    correlation_blocks,
    criteria_lines,
    probability,
    quantile_lines,
    significant,
)

if TYPE_CHECKING:
    from widgets.lmm.linear.gls import GeneralizedLeastSquares
    from widgets.lmm.linear.least_squares import LinearModel


def summary_of_lm(model: LinearModel) -> str:
    """Formula, residuals, coefficients, R² and the F test of the whole model."""
    left = f"{significant(model.sigma, 4)} on {model.df_residual} degrees of freedom"
    closing = [f"Residual standard error: {left}"]
    whole = model.f_test
    if whole is not None:
        r2, adjusted = significant(model.r_squared, 4), significant(model.adjusted_r_squared, 4)
        dfs = f"{whole.numdf:.0f} and {whole.dendf:.0f} DF"
        closing += [
            f"Multiple R-squared: {r2}, adjusted R-squared: {adjusted}",
            f"F-statistic: {significant(whole.F, 4)} on {dfs}, p-value: {probability(whole.p)}",
        ]
    blocks = [
        "Linear model fit by least squares",
        f"Formula: {model.formula}",
        "Residuals:\n" + quantile_lines(model.residuals),
        "Coefficients:\n" + coefficient_lines(model.coefficients()),
        "\n".join(closing),
        *model.messages,
    ]
    return "\n\n".join(blocks) + "\n"


def summary_of_gls(model: GeneralizedLeastSquares) -> str:
    """Formula, criteria, phi, coefficients with their correlations, residuals."""
    method = "REML" if model.REML else "maximum likelihood"
    criteria = {"AIC": model.aic, "BIC": model.bic, "logLik": model.loglik}
    blocks = [
        f"Generalized least squares fit by {method}",
        f"Formula: {model.formula}",
        criteria_lines(criteria, 4),
        f"Correlation structure: AR(1) within {model.group}\nPhi: {model.phi:.7f}",
        "Coefficients:\n" + coefficient_lines(model.coefficients()),
    ]
    blocks += correlation_blocks("coefficients", list(model.fixef), model.vcov)
    counts = f"{model.nobs} total; {model.nobs - len(model.fixef)} residual"
    blocks += [
        "Standardized residuals:\n" + quantile_lines(model.residuals / model.sigma),
        f"Residual standard error: {significant(model.sigma, 7)}",
        f"Degrees of freedom: {counts}; groups: {model.group}, {model.ngroups}",
        *model.messages,
    ]
    return "\n\n".join(blocks) + "\n"
