"""The text table that users of geepack know."""

from __future__ import annotations

from ..printing import (
    coefficient_lines,
    fixed_point,
    probability,
    significant,
    table,
)
from .estimates import MarginalFit
from .sandwich import Bias

CORRECTIONS = {
    "MD": "Mancl and DeRouen's correction",
    "KC": "Kauermann and Carroll's correction",
    "FG": "Fay and Graubard's correction",
}


def summary(fit: MarginalFit, bias: Bias | None) -> str:
    """Formula, coefficients, scale, correlation, clusters and messages."""
    errors = "robust standard errors" + (f", {CORRECTIONS[bias]}" if bias else "")
    correlation = f"\nEstimated correlation: {significant(fit.alpha)}" if fit.alpha else ""
    if fit.correlation_matrix is not None:
        rows = [" ".join(f"{one:7.3f}" for one in row) for row in fit.correlation_matrix]
        correlation = "\n".join(["", *rows])
    most = max(fit.cluster_sizes.values())
    blocks = [
        f"Marginal model fit by generalised estimating equations; {errors}",
        f"Formula: {fit.formula}\nFamily: {fit.family.name}, link: {fit.family.link.name}",
        "Coefficients:\n" + _coefficients(fit, bias),
        f"Correlation structure: {fit.corstr}{correlation}",
        f"Estimated scale parameter: {significant(fit.scale)}",
        f"Number of clusters: {fit.nclusters}, maximum cluster size: {most}",
    ]
    if fit.messages:
        blocks.append("\n".join(fit.messages))
    return "\n\n".join(blocks) + "\n"


def _coefficients(fit: MarginalFit, bias: Bias | None) -> str:
    if bias is not None:
        return coefficient_lines(fit.coefficients(bias), df=True)
    rows = [["", "Estimate", "Std. Error", "Wald", "Pr(>|W|)"]]
    for name, one in fit.coefficients().items():
        ends = [fixed_point(one.t**2, 3), probability(one.p)]
        rows.append([name, significant(one.estimate), significant(one.se), *ends])
    return table(rows, left=1)
