"""How many steps the plain optimiser of the simulator takes from two starts."""

from __future__ import annotations

from widgets.host import simulate
from widgets.notation import text
from widgets.simulators import load

PATIENT = 120


def values() -> dict[str, str]:
    """Return where the opening path ends, and the steps of longer ones."""
    widget = load("convergence")
    opening = simulate(widget, {}).readouts
    centred: dict[str, object] = {"centre": "mean", "start": "origin", "steps": PATIENT}
    paths: dict[str, dict[str, object]] = {
        "patient": {"steps": PATIENT},
        "days": centred,
        "weeks": centred | {"unit": "weeks"},
    }
    steps = {name: simulate(widget, given).readouts["steps_taken"] for name, given in paths.items()}
    return {name: text(taken, "count") for name, taken in steps.items()} | {
        "steps": text(opening["steps_taken"], "count"),
        "reached": text(opening["slope.reached"], "decimal"),
        "best": text(opening["slope.best"], "decimal"),
    }
