"""The two worked values of the design effect."""

from __future__ import annotations

from widgets.host import simulate
from widgets.notation import text
from widgets.simulators import load


def values() -> dict[str, str]:
    """Return the design effects of ICC .05 with 20 members, and of ICC .1 with 21."""
    return {"small": _of(icc=0.05, m=20), "large": _of(icc=0.1, m=21)}


def _of(icc: float, m: int) -> str:
    result = simulate(load("design-effect"), {"icc": icc, "m": m})
    return text(result.readouts["de"], "decimal")
