"""The text table that R users know, of a mixed model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from widgets.lmm.likelihood.model import MixedData
from widgets.lmm.printing import (
    coefficient_lines,
    correlation_blocks,
    criteria_lines,
    fixed_point,
    quantile_lines,
    significant,
    table,
)
from widgets.lmm.results import VarianceComponent

if TYPE_CHECKING:
    from widgets.lmm.mixed.result import LinearMixedModel
    from widgets.lmm.mixed.wald import Ddf


class WithRandomEffects(Protocol):
    """A fit whose random effects can be printed."""

    @property
    def varcorr(self) -> tuple[VarianceComponent, ...]: ...  # noqa: D102

    @property
    def data(self) -> MixedData: ...  # noqa: D102

    @property
    def ngroups(self) -> Mapping[str, int]: ...  # noqa: D102

    @property
    def nobs(self) -> int: ...  # noqa: D102


TESTS: Mapping[Ddf, str] = {
    "Kenward-Roger": "T-tests use Kenward-Roger's method",
    "Satterthwaite": "T-tests use Satterthwaite's method",
    "inner-outer": "T-tests use inner-outer degrees of freedom",
    "z": "Z tests",
}


def summary(model: LinearMixedModel, ddf: Ddf) -> str:
    """Model, criterion, residuals, random effects, fixed effects and messages."""
    method = "REML" if model.REML else "maximum likelihood"
    fixed = coefficient_lines(model.coefficients(ddf), df=True, normal=ddf == "z")
    blocks = [
        f"Linear mixed model fit by {method}. {TESTS[ddf]}",
        f"Formula: {model.formula}",
        _criterion(model),
        "Scaled residuals:\n" + quantile_lines(model.scaled_residuals),
        "Random effects:\n" + random_lines(model),
        *([] if model.phi is None else [f"Correlation structure: AR(1)\nPhi: {model.phi:.7f}"]),
        "Fixed effects:\n" + fixed,
    ]
    blocks += correlation_blocks("fixed effects", list(model.fixef), model.vcov)
    if model.messages:
        blocks.append("\n".join(model.messages))
    return "\n\n".join(blocks) + "\n"


def _criterion(model: LinearMixedModel) -> str:
    if model.REML:
        return f"REML criterion at convergence: {model.deviance:.4f}"
    values = {
        "AIC": model.aic,
        "BIC": model.bic,
        "logLik": model.loglik,
        "deviance": model.deviance,
        "df.resid": model.nobs - model.df,
    }
    return criteria_lines(values, 1)


def random_lines(model: WithRandomEffects) -> str:
    """Variances, standard deviations and correlations of the random effects, and their groups."""
    rows = [["Groups", "Name", "Variance", "Std.Dev.", "Corr"]]
    shown = None
    for one in model.varcorr:
        if one.term2 is None:
            group = "" if one.group == shown and one.group != "Residual" else one.group
            rows.append([group, one.term1 or "", significant(one.vcov), significant(one.sdcor), ""])
            shown = one.group
    place = 1
    for term in model.data.terms:
        found = {(v.term1, v.term2): v.sdcor for v in model.varcorr if v.group == term.group}
        for b in range(1, term.k):
            pairs = [found[term.names[a], term.names[b]] for a in range(b)]
            rows[place + b][4] = " ".join(fixed_point(pair, 2) for pair in pairs)
        place += term.k
    groups = "; ".join(f"{name}, {count}" for name, count in model.ngroups.items())
    return table(rows, left=2) + f"\nNumber of obs: {model.nobs}, groups: {groups}"
