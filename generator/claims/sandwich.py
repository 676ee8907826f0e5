"""False alarms of an uncorrected sandwich with few clusters of equal size, half of them treated.

With a continuous response and the identity link the estimate is the difference of the means of
cluster means. Per arm with k clusters the sandwich is (k - 1)/k times the unbiased estimate of its
variance, so that z² = t² k/(k - 1) with t on 2k - 2 degrees of freedom.
"""

from __future__ import annotations

from widgets.lmm.distributions import t
from widgets.notation import text

NORMAL = 1.959964


def claim() -> dict[str, str]:
    """Return the shares by number of clusters."""
    return {
        f"clusters{clusters}": text(_share(clusters // 2), "percent")
        for clusters in (10, 20, 40, 100)
    }


def _share(k: int) -> float:
    return 2 * float(t.sf(NORMAL * ((k - 1) / k) ** 0.5, 2 * k - 2))
