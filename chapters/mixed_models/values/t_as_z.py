"""What becomes of the promised 5% when a t-value from six mice is read as a normal deviate.

With equally many cells in each mouse and a treatment of whole mice, t has the distribution of the
t-test on the means of mice, but for the few samples that put the variance between mice at zero.
"""

from __future__ import annotations

from widgets.lmm.distributions import t
from widgets.notation import text
from widgets.simulators import load

NORMAL = 1.96
LEVEL = 0.05


def values() -> dict[str, str]:
    """Return the shares of false alarms without any effect, and the critical value of t."""
    df = load("nested").values({})["n_mice"] - 2
    return {
        "z": text(share(NORMAL, df), "percent"),
        "kr": text(share(critical(df), df), "percent"),
        "critical": text(critical(df), "decimal"),
    }


def critical(df: int) -> float:
    """Return the value that |t| exceeds as often as promised."""
    return float(t.isf(LEVEL / 2, df))


def share(bound: float, df: int) -> float:
    """Return how often |t| exceeds a bound."""
    return 2 * float(t.sf(bound, df))
