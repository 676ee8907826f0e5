"""What ten clinics are worth, for the quiz: the effective sample size and its ceiling."""

from __future__ import annotations

from widgets.lmm import design_effect

CLINICS, ICC = 10, 0.05


def values() -> dict[str, str]:
    """Effective sizes of ten clinics with an ICC of .05 and 50 or 500 patients in each."""
    return {
        "fifty": f"{_effective(50):.0f}",
        "five-hundred": f"{_effective(500):.0f}",
        "ceiling": f"{CLINICS / ICC:.0f}",
    }


def _effective(m: int) -> float:
    return float(CLINICS * m / design_effect(m, ICC))
