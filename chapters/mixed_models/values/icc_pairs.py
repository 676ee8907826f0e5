"""The intraclass correlation as a share and as a correlation, and what it makes of twenty cells."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from widgets.lmm.linear.design_effect import design_effect
from widgets.notation import text

SEED = 1
SD_BETWEEN, SD_WITHIN = 1.0, 2.0
PAIRS, CELLS = 100_000, 20


def values() -> dict[str, str]:
    """Return the share, the correlation of pairs of cells, and the worth of CELLS cells."""
    share = SD_BETWEEN**2 / (SD_BETWEEN**2 + SD_WITHIN**2)
    rng = default_rng(SEED)
    mouse = rng.normal(0, SD_BETWEEN, PAIRS)
    pairs = mouse + rng.normal(0, SD_WITHIN, (2, PAIRS))
    worth = CELLS / float(design_effect(CELLS, share))
    return {
        "share": text(share, "decimal"),
        "correlation": text(float(np.corrcoef(pairs)[0, 1]), "decimal"),
        "pairs": text(PAIRS, "count"),
        "worth": f"{worth:.1f}",
        "ceiling": text(1 / share, "count"),
    }
