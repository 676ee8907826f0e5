"""What the simulator of autocorrelation opens with, and false alarms by correlation."""

from __future__ import annotations

from widgets.host import simulate
from widgets.notation import text
from widgets.simulators import load
from widgets.simulators.autocorrelation.experiment import miss_rate

STRONG = 0.9


def values() -> dict[str, str]:
    """Return p by both models, and shares of false alarms of a random intercept."""
    widget = load("autocorrelation")
    opening = simulate(widget, {}).readouts
    rho, visits = widget.defaults["rho"], widget.defaults["n_visits"]
    return {
        "p_intercept": text(opening["intercept.p"], "p"),
        "p_ar1": text(opening["ar1.p"], "p"),
        "rho": f"{rho:g}",
        "strong": f"{STRONG:g}",
        "share": text(miss_rate(rho, visits), "percent"),
        "strong_share": text(miss_rate(STRONG, visits), "percent"),
    }
