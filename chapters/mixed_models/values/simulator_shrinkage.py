"""What the simulator of shrinkage opens with, and how much of a departure the model keeps."""

from __future__ import annotations

from widgets.host import simulate
from widgets.notation import text
from widgets.simulators import load

FEW, MANY = 2, 40


def values() -> dict[str, str]:
    """Return the opening numbers of the first mouse and the shares kept at the true SDs."""
    widget = load("shrinkage")
    opening = simulate(widget, {}).readouts
    sd = widget.defaults["sd_between"]
    kept = {n: n * sd**2 / (n * sd**2 + 1) for n in (FEW, MANY)}
    return {
        "cells": text(widget.defaults["n_cells"], "count"),
        "raw": text(opening["mouse.raw"], "decimal"),
        "estimate": text(opening["mouse.estimate"], "decimal"),
        "true": text(opening["mouse.true"], "decimal"),
        "sd": text(sd, "decimal"),
        "kept_few": f"{100 * kept[FEW]:.0f}%",
        "kept_many": f"{100 * kept[MANY]:.0f}%",
    }
