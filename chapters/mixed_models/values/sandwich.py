"""False alarms of a sandwich with few clusters of equal size, half of them treated.

With a continuous response and the identity link the estimate is the difference of the means of
cluster means. Per arm with k clusters the sandwich is (k - 1)/k times the unbiased estimate of its
variance, so that z² = t² k/(k - 1) with t on 2k - 2 degrees of freedom. Every cluster has
leverage 1/k: Kauermann and Carroll divide the variance by 1 - 1/k, which gives the unbiased one,
Mancl and DeRouen by its square.
"""

from __future__ import annotations

from widgets.lmm.distributions import t
from widgets.notation import text

NORMAL = 1.959964


def values() -> dict[str, str]:
    """Return the shares by number of clusters, and those of two corrections with 10 clusters."""
    plain = {f"clusters{clusters}": share(clusters // 2) for clusters in (10, 20, 40, 100)}
    corrected = {"kc10": share(5, power=1), "md10": share(5, power=2)}
    return {key: text(value, "percent") for key, value in (plain | corrected).items()}


def share(k: int, power: int = 0) -> float:
    """Return the share of false alarms with k clusters per arm.

    The variance is divided by 1 - 1/k to ``power``: 0 for the plain sandwich, which is read as
    normal, 1 for Kauermann and Carroll, 2 for Mancl and DeRouen, which are read as t.
    """
    df = 2 * k - 2
    critical = float(t.isf(0.025, df)) if power else NORMAL
    return 2 * float(t.sf(critical * (1 - 1 / k) ** ((1 - power) / 2), df))
