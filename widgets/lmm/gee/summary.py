"""The text table that users of geepack know, and what a fit has to say of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.lmm.data.fixed_effects import left_out
from widgets.lmm.gee.working import CORRELATIONS
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


def messages(model: MarginalModel) -> tuple[str, ...]:
    """Rows and columns left out, and what cannot be trusted."""
    found = [*left_out(model.frame, model.data.fixed)]
    if not model.converged:
        found.append("the estimating equations were not solved to the last digits")
    if CORRELATIONS[model.corstr].least_eigenvalue(model.alpha, model.data.clusters) < 0:
        found.append(
            f"the working correlation {model.alpha:.3g} is not possible in clusters of this size; "
            "the naive standard errors have no meaning"
        )
    if model.nclusters <= model.data.fixed.p:
        found.append(
            f"{model.nclusters} clusters are too few for robust standard errors of "
            f"{model.data.fixed.p} coefficients"
        )
    return tuple(found)
