"""How far this engine is from R: the largest difference of each quantity, and R's versions."""

from __future__ import annotations

import math

from validation.cases import versions
from validation.comparisons import comparisons
from validation.document import rounded_up
from validation.fits import POSTERIORS
from widgets.notation import NO_BREAK, text

SETTLED = 1e-9
"""Below this, differences are no longer told: other processors round differently."""

JOINER = "\u2060"

POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def values() -> dict[str, str]:
    """Return the number of models and the largest difference of each comparison."""
    found = {f"version.{name.lower()}": unbroken(one) for name, one in versions().items()}
    fitted = {case["id"] for one in comparisons() if one.model != "brm" for case in one.cases}
    found["models"] = text(len(fitted), "count")
    found["runs"] = text(len(POSTERIORS), "count")
    for comparison in comparisons():
        found[f"{comparison.name}.models"] = text(len(comparison.cases), "count")
        found[f"{comparison.name}.largest"] = difference(comparison.largest)
    return found


def unbroken(version: str) -> str:
    """Return the version so that no line ends at its hyphen."""
    return version.replace("-", f"-{JOINER}")


def difference(value: float) -> str:
    """Return the number rounded up to one digit and a power of ten; from 1 on, to one decimal."""
    if value < SETTLED:
        return f"<{NO_BREAK}10{_raised(math.log10(SETTLED))}"
    if value >= 1:
        return f"{math.ceil(10 * value) / 10:.1f}"
    digit, power = rounded_up(value)
    return f"{digit}{NO_BREAK}×{NO_BREAK}10{_raised(power)}"


def _raised(power: float) -> str:
    return f"{power:.0f}".translate(POWERS)
