"""How often four ways to judge a treatment of whole clusters reject a true null hypothesis.

With k clusters of m members in each of two arms and an identity link, the estimate of a GEE is the
difference of the means of cluster means. The sandwich is (k - 1)/k times the unbiased estimate of
its variance, so that z² is t² k/(k - 1) with t on 2k - 2 degrees of freedom. Every cluster has the
leverage 1/k: Kauermann and Carroll (2001, J. Am. Stat. Assoc. 96:1387) divide the variance by
1 - 1/k, which makes it unbiased, Mancl and DeRouen (2001, Biometrics 57:126) by its square. None of
this depends on m or on the ICC. What ignores clusters does: with ρ the ICC its residual sum of
squares is (1 + (m - 1) ρ) χ² with 2k - 2 degrees of freedom and (1 - ρ) χ² with 2k (m - 1).
"""

from __future__ import annotations

from functools import cache

from widgets.lmm.distributions import f as fisher
from widgets.lmm.distributions import normal
from widgets.lmm.distributions import t as student
from widgets.lmm.distributions.quadratic_form import positive_probability

METHODS = ("ignored", "plain", "kc", "md")
ALPHA = 0.05
MEMBERS = 10

POWERS = {"plain": 0, "kc": 1, "md": 2}
"""How often a correction divides the variance by one less the leverage."""


@cache
def sandwich(method: str, clusters: int) -> float:
    """Return the share of false alarms of a sandwich, plain and read as normal, or corrected."""
    k, df = clusters // 2, clusters - 2
    power = POWERS[method]
    critical = float(student.isf(ALPHA / 2, df)) if power else float(normal.isf(ALPHA / 2))
    return 2 * float(student.sf(critical * (1 - 1 / k) ** ((1 - power) / 2), df))


@cache
def ignored(clusters: int, icc: float) -> float:
    """Return the share of false alarms of a t-test that ignores clusters (Imhof 1961)."""
    between, within = 1 + (MEMBERS - 1) * icc, 1 - icc
    df = clusters * MEMBERS - 2
    bound = float(fisher.isf(ALPHA, 1, df)) / df
    return positive_probability(
        [between, -bound * between, -bound * within],
        [1, clusters - 2, clusters * (MEMBERS - 1)],
        [0] * 3,
    )


def share(method: str, clusters: int, icc: float) -> float:
    """Return the share of false alarms of any of the methods."""
    return ignored(clusters, icc) if method == "ignored" else sandwich(method, clusters)
