"""What the simulator of small samples opens with, and false alarms of z by the number of mice."""

from __future__ import annotations

from widgets.host import simulate
from widgets.notation import text
from widgets.simulators import load
from widgets.simulators.small_sample.false_alarms import exact

MORE_CELLS, MORE_MICE = 60, 40


def values() -> dict[str, str]:
    """Return p by z and by Kenward and Roger, and shares of false alarms of z."""
    widget = load("small-sample")
    opening = simulate(widget, {}).readouts
    mice, cells = (widget.defaults[name] for name in ("n_mice", "m_cells"))
    shares = {
        "z": exact(mice, cells)["z"],
        "z_cells": exact(mice, MORE_CELLS)["z"],
        "z_mice": exact(MORE_MICE, cells)["z"],
        "four": exact(4, cells)["z"],
        "twelve": exact(12, cells)["z"],
    }
    return {name: text(share, "percent") for name, share in shares.items()} | {
        "p_z": text(opening["z.p"], "p"),
        "p_kr": text(opening["kr.p"], "p"),
        "cells": text(cells, "count"),
    }
