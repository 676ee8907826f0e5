"""The text table that users of geepack know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.lmm.mixed.summary import probability, significant, table

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
    last = ["df", "t value", "Pr(>|t|)"] if bias else ["Wald", "Pr(>|W|)"]
    rows = [["", "Estimate", "Std. Error", *last]]
    for name, one in model.coefficients(bias).items():
        middle = [f"{one.df:.0f}", f"{one.t:.3f}"] if bias else [f"{one.t**2:.3f}"]
        rows.append(
            [name, significant(one.estimate), significant(one.se), *middle, probability(one.p)]
        )
    return table(rows, left=1)
