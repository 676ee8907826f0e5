"""What the simulator of random slopes opens with, and the standard errors of three plans."""

from __future__ import annotations

import math
from collections.abc import Mapping

from widgets.host import simulate
from widgets.notation import text
from widgets.simulators import load
from widgets.simulators.random_slopes.model import PATIENTS, visit_noise

MANY_VISITS = 40


def values() -> dict[str, str]:
    """Return p by both models, what forty visits do to their intervals, and standard errors."""
    widget = load("random-slopes")
    opening, many = (simulate(widget, given).readouts for given in ({}, {"n_visits": MANY_VISITS}))
    sd, visits = widget.defaults["sd_slopes"], widget.defaults["n_visits"]
    return {
        "p_wrong": text(opening["intercepts.p"], "p"),
        "p_right": text(opening["slopes.p"], "p"),
        "wrong_shrinks": _share(opening, many, "intercepts"),
        "right_shrinks": _share(opening, many, "slopes"),
        "se_now": text(_error(sd, visits, PATIENTS), "decimal"),
        "se_visits": text(_error(sd, MANY_VISITS, PATIENTS), "decimal"),
        "se_patients": text(_error(sd, visits, 2 * PATIENTS), "decimal"),
    }


def _share(
    before: Mapping[str, float | None], after: Mapping[str, float | None], model: str
) -> str:
    """The width of an interval after, as a share of that before."""
    wide, narrow = (
        (one[f"{model}.high"] or 0) - (one[f"{model}.low"] or 0) for one in (before, after)
    )
    return f"{100 * narrow / wide:.0f}%"


def _error(sd_slopes: float, visits: int, patients: int) -> float:
    """The true standard error of the average slope, √((τ² + σ²/Sₜₜ)/J)."""
    return math.sqrt((sd_slopes**2 + visit_noise(visits)) / patients)
