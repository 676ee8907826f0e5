"""One-way random effects: the intraclass correlation of grouped values, and design effects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..arguments import check_share
from ..arrays import Floats
from ..data.columns import column, complete_rows, numeric, rows_of
from ..data.factors import Factor, as_factor, drop_unused
from ..data.sums import sum_rows
from ..distributions import f as fisher
from ..errors import NotEstimableError
from ..results import Interval
from .design_effect import design_effect


@dataclass(frozen=True)
class OneWayICC:
    """Intraclass correlation from the one-way analysis of variance.

    Attributes
    ----------
    icc : ANOVA estimate (may be negative), with ``interval`` from F (exact if balanced)
    icc_of_mean : correlation of two means of groups of this size
    F, p : test that the groups do not differ
    ms_between, ms_within : mean squares
    n0 : the group size of a balanced design with the same expectation
    ngroups, nobs : counts
    mean_size, weighted_size : mean group size, and the mean weighted by size
    design_effect, effective_n : by the weighted size, with a negative icc counted as zero
    """

    icc: float
    interval: Interval
    icc_of_mean: float
    F: float
    p: float
    ms_between: float
    ms_within: float
    n0: float
    ngroups: int
    nobs: int
    mean_size: float
    weighted_size: float

    @property
    def design_effect(self) -> float:
        """1 + (m - 1) ICC with m the size-weighted mean size, right for unequal groups too."""
        return float(design_effect(self.weighted_size, max(self.icc, 0.0)))

    @property
    def effective_n(self) -> float:
        """Number of independent observations that would tell as much about the mean."""
        return self.nobs / self.design_effect


def icc(values: ArrayLike, groups: ArrayLike, level: float = 0.95) -> OneWayICC:
    """Intraclass correlation of values in groups, by analysis of variance.

    Parameters
    ----------
    values, groups : array-like of equal length; rows with a missing value are left out
    level : of the F interval, in (0, 1)

    Raises
    ------
    DataError
        If the values are no numbers, or not as many as the groups.
    MethodError
        If the level does not lie between 0 and 1.
    NotEstimableError
        With fewer than two groups, or no group of two.

    Notes
    -----
    Donner, A. (1986). Int. Stat. Rev. 54:67-82; the interval of Shrout & Fleiss (1979) with n0.
    """
    check_share("level", level)
    y, g = _sample(values, groups)
    size = np.bincount(g.codes).astype(float)
    k, N = len(size), len(y)
    if k < 2 or k == N:  # noqa: PLR2004  two groups, one of them with two values
        msg = f"{N} values in {k} groups: the ICC needs 2 groups, and one of 2 values"
        raise NotEstimableError(msg)
    mean = sum_rows(g.codes, y[:, None], k)[:, 0] / size
    ms_between = float((size * (mean - y.mean()) ** 2).sum()) / (k - 1)
    ms_within = float(((y - mean[g.codes]) ** 2).sum()) / (N - k)
    n0 = (N - float((size**2).sum()) / N) / (k - 1)
    F = ms_between / ms_within if ms_within > 0 else np.inf
    return OneWayICC(
        icc=_from_ratio(F, n0),
        interval=_interval(F, n0, (k - 1, N - k), (1 - level) / 2),
        icc_of_mean=1 - 1 / F if F > 0 else -np.inf,
        F=F,
        p=float(fisher.sf(F, k - 1, N - k)),
        ms_between=ms_between,
        ms_within=ms_within,
        n0=n0,
        ngroups=k,
        nobs=N,
        mean_size=N / k,
        weighted_size=float((size**2).sum()) / N,
    )


def _sample(values: ArrayLike, groups: ArrayLike) -> tuple[Floats, Factor]:
    """The complete rows."""
    data = {"values": values, "groups": groups}
    y, g = numeric(column(data, "values"), "values"), as_factor(column(data, "groups"))
    rows = complete_rows([("values", y), ("groups", g)])
    return y[rows], drop_unused(as_factor(rows_of(g, rows)))


def _interval(F: float, n0: float, df: tuple[int, int], tail: float) -> Interval:
    """From the F quantiles with k - 1 and N - k degrees of freedom."""
    low = F / float(fisher.isf(tail, *df))
    high = F * float(fisher.isf(tail, *df[::-1]))
    return Interval(_from_ratio(low, n0), _from_ratio(high, n0))


def _from_ratio(F: float, n0: float) -> float:
    return 1.0 if np.isinf(F) else (F - 1) / (F + n0 - 1)
