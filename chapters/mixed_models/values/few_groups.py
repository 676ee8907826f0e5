"""How little a few groups say about the SD between groups, even if each were known exactly."""

from __future__ import annotations

from widgets.lmm.distributions import chi2


def values() -> dict[str, str]:
    """Return the ends of the 95% interval of an SD as multiples of its estimate."""
    return {
        f"{end}{groups}": f"{bound:.2f}"
        for groups in (5, 20, 50)
        for end, bound in zip(("low", "high"), _interval(groups), strict=True)
    }


def _interval(groups: int) -> tuple[float, float]:
    """(J - 1) s² / sigma² is chi-square with J - 1 degrees of freedom for J normal levels."""
    df = groups - 1
    low, high = (float(chi2.ppf(q, df)) for q in (0.975, 0.025))
    return (df / low) ** 0.5, (df / high) ** 0.5
