"""Odds ratios of a patient and of the average that the simulator shows."""

from __future__ import annotations

from widgets.contract import Result
from widgets.host import simulate
from widgets.notation import text
from widgets.simulators import load

FAR = 4.0


def values() -> dict[str, str]:
    """Return both odds ratios at the opening, and the marginal one of very different patients."""
    widget = load("marginal-conditional")
    opening, far = simulate(widget, {}), simulate(widget, {"sd_between": FAR})
    return {
        "sd": f"{widget.defaults['sd_between']:g}",
        "far": f"{FAR:g}",
        "conditional": _ratio(opening, "glmm"),
        "marginal": _ratio(opening, "gee"),
        "flat": _ratio(far, "gee"),
    }


def _ratio(result: Result, method: str) -> str:
    return text(result.readouts[f"{method}.true"], "decimal")
