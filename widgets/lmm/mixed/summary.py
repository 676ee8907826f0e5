"""The text table that R users know."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from widgets.lmm.mixed.result import LinearMixedModel
    from widgets.lmm.mixed.wald import Ddf

SMALLEST_P = 2.2e-16


def summary(model: LinearMixedModel, ddf: Ddf) -> str:
    """Model, criterion, residuals, random effects, fixed effects and messages."""
    method = "REML" if model.REML else "maximum likelihood"
    tests = {"z": "z tests"}.get(ddf, f"t-tests use {ddf}'s method")
    blocks = [
        f"Linear mixed model fit by {method}. {tests[0].upper()}{tests[1:]}",
        f"Formula: {model.formula}",
        _criterion(model),
        "Scaled residuals:\n" + _residuals(model),
        "Random effects:\n" + _random(model),
        "Fixed effects:\n" + _fixed(model, ddf),
    ]
    if len(model.fixef) > 1:
        blocks.append("Correlation of fixed effects:\n" + _correlations(model))
    if model.messages:
        blocks.append("\n".join(model.messages))
    return "\n\n".join(blocks) + "\n"


def _criterion(model: LinearMixedModel) -> str:
    if model.REML:
        return f"REML criterion at convergence: {model.deviance:.4f}"
    rows = [
        ("AIC", model.aic),
        ("BIC", model.bic),
        ("logLik", model.loglik),
        ("deviance", model.deviance),
        ("df.resid", model.nobs - model.df),
    ]
    return table([[name for name, _ in rows], [_plain(float(v), 1) for _, v in rows]], left=0)


def _residuals(model: LinearMixedModel) -> str:
    quantiles = np.quantile(model.scaled_residuals, [0, 0.25, 0.5, 0.75, 1])
    names = ["Min", "1Q", "Median", "3Q", "Max"]
    return table([names, [f"{q:.4f}" for q in quantiles]], left=0)


def _random(model: LinearMixedModel) -> str:
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
            rows[place + b][4] = " ".join(_plain(pair, 2) for pair in pairs)
        place += term.k
    groups = "; ".join(f"{name}, {count}" for name, count in model.ngroups.items())
    return table(rows, left=2) + f"\nNumber of obs: {model.nobs}, groups: {groups}"


def _fixed(model: LinearMixedModel, ddf: Ddf) -> str:
    normal = ddf == "z"
    last = ["z value", "Pr(>|z|)"] if normal else ["df", "t value", "Pr(>|t|)"]
    rows = [["", "Estimate", "Std. Error", *last]]
    for name, one in model.coefficients(ddf).items():
        middle = [] if normal else [_plain(one.df, 4)]
        ends = [_plain(one.t, 3), probability(one.p)]
        rows.append([name, significant(one.estimate), significant(one.se), *middle, *ends])
    return table(rows, left=1)


def _correlations(model: LinearMixedModel) -> str:
    sd = np.sqrt(np.diagonal(model.vcov))
    correlation = model.vcov / np.outer(sd, sd)
    names = list(model.fixef)
    rows = [["", *names[:-1]]]
    for i in range(1, len(names)):
        cells = [f"{correlation[i, j]:.3f}" if j < i else "" for j in range(len(names) - 1)]
        rows.append([names[i], *cells])
    return table(rows, left=1)


def table(rows: Sequence[Sequence[str]], left: int) -> str:
    """Rows as aligned text, the first ``left`` columns to the left."""
    widths = [max(len(row[j]) for row in rows) for j in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if j < left else cell.rjust(width)
            for j, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(" ".join(cells).rstrip())
    return "\n".join(lines)


def significant(value: float, digits: int = 5) -> str:
    """The number with about that many digits, without an exponent where that is short."""
    if not math.isfinite(value):
        return "NaN"
    if value != 0 and not 1e-4 <= abs(value) < 1e9:  # noqa: PLR2004
        return f"{value:.{digits - 1}e}"
    before = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return f"{value:.{max(digits - before, 0)}f}" if before else f"{value:.{digits}f}"


def probability(p: float) -> str:
    """A p-value as R prints it."""
    if math.isnan(p):
        return "NaN"
    if p < SMALLEST_P:
        return "<2e-16"
    return f"{p:.3g}" if p < 1e-3 else f"{p:.4f}"  # noqa: PLR2004


def _plain(value: float, digits: int) -> str:
    return "NaN" if math.isnan(value) else f"{value:.{digits}f}"
