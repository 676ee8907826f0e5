"""The text table that R users know, of a mixed model."""

from __future__ import annotations

from collections.abc import Mapping

from ..likelihood.structure_arguments import structure_lines
from ..printing import (
    coefficient_lines,
    correlation_blocks,
    criteria_lines,
    fixed_point,
    quantile_lines,
    significant,
    table,
)
from . import wald
from .estimates import LinearMixedFit
from .random_part import RandomPart
from .wald import Ddf

TESTS: Mapping[Ddf, str] = {
    "Kenward-Roger": "T-tests use Kenward-Roger's method",
    "Satterthwaite": "T-tests use Satterthwaite's method",
    "inner-outer": "T-tests use inner-outer degrees of freedom",
    "z": "Z tests",
}


def summary(fit: LinearMixedFit, ddf: Ddf) -> str:
    """Model, criterion, residuals, random effects, fixed effects and messages."""
    method = "REML" if fit.REML else "maximum likelihood"
    fixed = coefficient_lines(wald.coefficients(fit, ddf), df=True, normal=ddf == "z")
    blocks = [
        f"Linear mixed model fit by {method}. {TESTS[ddf]}",
        f"Formula: {fit.formula}",
        _criterion(fit),
        "Scaled residuals:\n" + quantile_lines(fit.scaled_residuals),
        "Random effects:\n" + random_lines(fit),
        *_structure(fit),
        "Fixed effects:\n" + fixed,
    ]
    blocks += correlation_blocks("fixed effects", list(fit.fixef), fit.vcov)
    if fit.messages:
        blocks.append("\n".join(fit.messages))
    return "\n\n".join(blocks) + "\n"


def _structure(fit: LinearMixedFit) -> list[str]:
    """What is said of the residuals' structure."""
    if fit.data.structure is not None:
        return structure_lines(fit.data.structure, fit.psi, fit.data.factors[0].name)
    return [] if fit.phi is None else [f"Correlation structure: AR(1)\nPhi: {fit.phi:.7f}"]


def _criterion(fit: LinearMixedFit) -> str:
    if fit.REML:
        return f"REML criterion at convergence: {fit.deviance:.4f}"
    values = {
        "AIC": fit.aic,
        "BIC": fit.bic,
        "logLik": fit.loglik,
        "deviance": fit.deviance,
        "df.resid": fit.nobs - fit.df,
    }
    return criteria_lines(values, 1)


def random_lines(fit: RandomPart) -> str:
    """Variances, standard deviations and correlations of the random effects, and their groups."""
    rows = [["Groups", "Name", "Variance", "Std.Dev.", "Corr"]]
    shown = None
    for one in fit.varcorr:
        if one.term2 is None:
            group = "" if one.group == shown and one.group != "Residual" else one.group
            rows.append([group, one.term1 or "", significant(one.vcov), significant(one.sdcor), ""])
            shown = one.group
    place = 1
    for term in fit.data.terms:
        found = {(v.term1, v.term2): v.sdcor for v in fit.varcorr if v.group == term.group}
        for b in range(1, term.k):
            pairs = [found[term.names[a], term.names[b]] for a in range(b)]
            rows[place + b][4] = " ".join(fixed_point(pair, 2) for pair in pairs)
        place += term.k
    groups = "; ".join(f"{name}, {count}" for name, count in fit.ngroups.items())
    return table(rows, left=2) + f"\nNumber of obs: {fit.nobs}, groups: {groups}"
