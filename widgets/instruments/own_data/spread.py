"""The intraclass correlation of units, its interval, and what the rows are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from widgets.instruments.own_data.analyses import Mixed
from widgets.instruments.own_data.design import Design
from widgets.instruments.own_data.rows import Floats, joined
from widgets.lmm import design_effect
from widgets.lmm.distributions import f as fisher

TAIL = 0.025


@dataclass(frozen=True)
class Spread:
    """The share of units in the variance, given the treatment.

    ``icc`` is that of the mixed model's variances, ``low`` and ``high`` its 95 % interval;
    ``n_effective`` independent rows tell as much about a mean as these do.
    """

    icc: float
    low: float
    high: float
    design_effect: float
    n_effective: float


def spread(design: Design, fitted: Mixed) -> Spread | None:
    """The spread of these rows; None where no mixed model was fitted.

    The interval is that of Searle, Casella & McCulloch (1992), §3.6, for one random factor: with
    F = MS(units)/E, where E is what MS(units) would be without a variance of units, the ratio of
    the two variances lies between (F/F* - 1)/n0 for the two quantiles F*. It is exact for balanced
    rows in units without sub-units or blocks. E and F are those of the REML variances.
    """
    if not fitted.variances:
        return None
    v = fitted.variances
    total = sum(v.values())
    icc = v["unit"] / total if total > 0 else 0.0
    rows = design.rows
    sizes = rows.unit.counts.astype(float)
    n, units = float(sizes.sum()), len(sizes)
    n0 = (n - (sizes**2).sum() / n) / (units - 1)
    per_arm = 0 if design.kind == "within" else len(rows.arm.levels) - 1
    df1, df2, base = units - 1 - per_arm, n - units, v["residual"]
    if "subunit" in v and rows.subunit is not None:
        subunits = len(joined(rows.unit, rows.subunit).levels)
        base, df2 = base + v["subunit"] * n / subunits, subunits - units
    if min(df1, df2) < 1 or base <= 0 or total <= 0:
        return Spread(icc, 0.0, 1.0, *_worth(sizes, icc))
    ratio = 1 + n0 * v["unit"] / base
    low, high = (
        max(0.0, (ratio / float(fisher.isf(np.array(tail), df1, df2)) - 1) * base / n0)
        for tail in (TAIL, 1 - TAIL)
    )
    rest = total - v["unit"]
    ends = low / (low + rest), high / (high + rest)
    return Spread(icc, min(ends[0], icc), max(ends[1], icc), *_worth(sizes, icc))


def _worth(sizes: Floats, icc: float) -> tuple[float, float]:
    """The design effect by the size-weighted mean size, and the rows divided by it."""
    weighted = float((sizes**2).sum() / sizes.sum())
    effect = float(design_effect(weighted, icc))
    return effect, float(sizes.sum()) / effect
