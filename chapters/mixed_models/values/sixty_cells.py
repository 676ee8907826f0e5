"""What sixty cells from three mice are worth when mice differ as much as the cells of one do."""

from __future__ import annotations

import math

from widgets.host import simulate
from widgets.lmm import design_effect
from widgets.notation import text
from widgets.simulators import load
from widgets.simulators.sixty_cells.model import CELLS, EXPERIMENTS, MICE


def values() -> dict[str, str]:
    """Return the simulator's opening numbers, and the design effect behind them."""
    widget = load("sixty-cells")
    opening = simulate(widget, {})
    spread = widget.defaults["mice_differ"]
    de = float(design_effect(CELLS, spread**2 / (spread**2 + 1)))
    return {
        "worth": text(MICE * CELLS / de, "decimal"),
        "narrow": f"{math.sqrt(de):.1f}",
        "missed": text(opening.readouts["missed"], "count"),
        "experiments": text(EXPERIMENTS, "count"),
        "rate": text(opening.readouts["miss_rate"], "percent"),
    }
