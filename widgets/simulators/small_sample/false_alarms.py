"""How often four tests of a treatment given to whole mice reject a true null hypothesis.

With J mice of m cells, half of them treated, and λ = 1 + m τ² the sums of squares of treatment,
mice and cells are λ χ²₁, A = λ χ² with J - 2 degrees of freedom and E = χ² with N - J. Every test
compares the first with a function of A and E that grows with their scale, and A / (A + E) is
independent of their sum: given that ratio, the probability to reject is a tail of F with 1 and
N - 2 degrees of freedom, and one integral remains. Where A / (J - 2) < E / (N - J) the mice seem
alike; REML then takes (A + E) / (N - 2) for either variance (Searle, Casella & McCulloch 1992,
Variance Components, ch. 3), Kenward and Roger keep J - 2 degrees of freedom and Satterthwaite's are
N - 2. The likelihood-ratio test refits by ML, with J and N for the numbers of degrees of freedom.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from widgets.lmm.distributions import chi2, normal
from widgets.lmm.distributions import f as fisher
from widgets.lmm.distributions import t as student

Floats = NDArray[np.float64]

METHODS = ("z", "lrt", "satterthwaite", "kr")
ALPHA = 0.05
SD_BETWEEN = 1.0
"""Of mice; the standard deviation of cells is 1."""

NODES = 201
BELOW, ABOVE = 18.0, 9.0
"""How far the logit of the ratio reaches below and above that of its mean."""


@cache
def exact(mice: int, cells: int) -> dict[str, float]:
    """Return the share of false alarms of each test, for mice with equal numbers of cells."""
    scale, total = 1 + cells * SD_BETWEEN**2, mice * cells
    ratio, weight = _ratio(mice - 2, total - mice)
    between, within = scale * ratio, 1 - ratio
    alike = between / (mice - 2) < within / (total - mice)
    variance = np.where(alike, (between + within) / (total - 2), between / (mice - 2))
    z = float(normal.isf(ALPHA / 2))
    few = float(student.isf(ALPHA / 2, mice - 2))
    many = float(student.isf(ALPHA / 2, total - 2))
    bounds = {
        "z": z**2 * variance,
        "lrt": _likelihood_bound(between, within, mice, total),
        "satterthwaite": np.where(alike, many, few) ** 2 * variance,
        "kr": few**2 * variance,
    }
    tail = fisher.sf(
        np.array([bounds[name] for name in METHODS]) * (total - 2) / scale, 1, total - 2
    )
    return {name: float(weight @ row) for name, row in zip(METHODS, tail, strict=True)}


def _ratio(df1: int, df2: int) -> tuple[Floats, Floats]:
    """Return nodes of A / (A + E) for chi-squared A and E, and weights that add up to 1."""
    logit = np.log(df1 / df2) + np.linspace(-BELOW, ABOVE, NODES)
    log_density = 0.5 * df1 * logit - 0.5 * (df1 + df2) * np.logaddexp(0, logit)
    weight = np.exp(log_density - log_density.max())
    return 1 / (1 + np.exp(-logit)), weight / weight.sum()


def _likelihood_bound(between: Floats, within: Floats, mice: int, total: int) -> Floats:
    """Return the sum of squares of treatment from which on the likelihood ratio rejects."""
    aim = deviance(between, within, mice, total) + float(chi2.isf(ALPHA, 1))
    of_cells = (total - mice) * np.log(within / (total - mice))
    apart = mice * np.exp((aim - of_cells) / mice)
    alike = total * np.exp(aim / total) - within
    either = np.where(apart / mice >= within / (total - mice), apart, alike)
    return np.asarray(either - between)


def deviance(between: Floats, within: Floats, mice: int, total: int) -> Floats:
    """Return twice the negative log-likelihood by ML at its best, less a constant of the design."""
    apart = mice * np.log(between / mice) + (total - mice) * np.log(within / (total - mice))
    alike = total * np.log((between + within) / total)
    return np.where(between / mice >= within / (total - mice), apart, alike)
