"""Numbers and tables as R prints them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from .arrays import Floats
from .coefficients import Coefficient

SMALLEST_P = 2.2e-16


def coefficient_lines(
    rows: Mapping[str, Coefficient], *, df: bool = False, normal: bool = False
) -> str:
    """A coefficient table; ``df`` adds the degrees of freedom, ``normal`` calls t and p those of z.

    Parameters
    ----------
    rows : by name of coefficient
    """
    letter = "z" if normal else "t"
    shown = df and not normal
    lines = [
        ["", "Estimate", "Std. Error", *(["df"] * shown), f"{letter} value", f"Pr(>|{letter}|)"]
    ]
    for name, one in rows.items():
        middle = [fixed_point(one.df, 4)] * shown
        ends = [fixed_point(one.t, 3), probability(one.p)]
        lines.append([name, significant(one.estimate), significant(one.se), *middle, *ends])
    return table(lines, left=1)


def correlation_blocks(of: str, names: Sequence[str], vcov: Floats) -> list[str]:
    """The correlations of estimates with this covariance, shape (p, p), if there are two or more.

    Parameters
    ----------
    of : what the estimates are called
    """
    return [f"Correlation of {of}:\n" + _triangle(names, vcov)] if len(names) > 1 else []


def _triangle(names: Sequence[str], vcov: Floats) -> str:
    sd = np.sqrt(np.diagonal(vcov))
    correlation = vcov / np.outer(sd, sd)
    rows = [["", *names[:-1]]]
    for i in range(1, len(names)):
        cells = [f"{correlation[i, j]:z.3f}" if j < i else "" for j in range(len(names) - 1)]
        rows.append([names[i], *cells])
    return table(rows, left=1)


def quantile_lines(residuals: Floats) -> str:
    """The five numbers of a sample."""
    quantiles = np.quantile(residuals, [0, 0.25, 0.5, 0.75, 1])
    names = ["Min", "1Q", "Median", "3Q", "Max"]
    return table([names, [significant(float(q)) for q in quantiles]], left=0)


def criteria_lines(values: Mapping[str, float], digits: int) -> str:
    """Names above their values, e.g. AIC, BIC and log-likelihood."""
    return table([list(values), [fixed_point(float(v), digits) for v in values.values()]], left=0)


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
    return f"{value:z.{max(digits - before, 0)}f}" if before else f"{value:z.{digits}f}"


def probability(p: float) -> str:
    """A p-value as R prints it."""
    if math.isnan(p):
        return "NaN"
    if p < SMALLEST_P:
        return "<2e-16"
    return f"{p:.3g}" if p < 1e-3 else f"{p:.4f}"  # noqa: PLR2004


def fixed_point(value: float, digits: int) -> str:
    """The number with that many decimals."""
    return "NaN" if math.isnan(value) else f"{value:z.{digits}f}"
