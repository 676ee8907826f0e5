"""The text table that users of geepack know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.lmm.printing import (
    coefficient_lines,
    fixed_point,
    probability,
    significant,
    table,
)

if TYPE_CHECKING:
    from widgets.lmm.gee.result import MarginalModel
    from widgets.lmm.gee.sandwich import Bias

CORRECTIONS = {
    "MD": "Mancl and DeRouen's correction",
    "KC": "Kauermann and Carroll's correction",
    "FG": "Fay and Graubard's correction",
}


def summary(model: MarginalModel, bias: Bias | None) -> str:
    """Formula, coefficients, scale, correlation, clusters and messages."""
    errors = "robust standard errors" + (f", {CORRECTIONS[bias]}" if bias else "")
    correlation = f"\nEstimated correlation: {significant(model.alpha)}" if model.alpha else ""
    most = max(model.cluster_sizes.values())
    blocks = [
        f"Marginal model fit by generalised estimating equations; {errors}",
        f"Formula: {model.formula}\nFamily: {model.family.name}, link: {model.family.link.name}",
        "Coefficients:\n" + _coefficients(model, bias),
        f"Correlation structure: {model.corstr}{correlation}",
        f"Estimated scale parameter: {significant(model.scale)}",
        f"Number of clusters: {model.nclusters}, maximum cluster size: {most}",
    ]
    if model.messages:
        blocks.append("\n".join(model.messages))
    return "\n\n".join(blocks) + "\n"


def _coefficients(model: MarginalModel, bias: Bias | None) -> str:
    if bias is not None:
        return coefficient_lines(model.coefficients(bias), df=True)
    rows = [["", "Estimate", "Std. Error", "Wald", "Pr(>|W|)"]]
    for name, one in model.coefficients().items():
        ends = [fixed_point(one.t**2, 3), probability(one.p)]
        rows.append([name, significant(one.estimate), significant(one.se), *ends])
    return table(rows, left=1)
