"""The REML criterion moves when time is counted in days instead of weeks; the ML one does not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from widgets.lmm import lmer

SEED = 3
MICE, WEEKS = 6, 8
DAYS = 7


def values() -> dict[str, str]:
    """Return how far each log-likelihood falls when a week becomes seven days."""
    mouse, week = np.divmod(np.arange(MICE * WEEKS), WEEKS)
    rng = default_rng(SEED)
    y = rng.normal(0, 1, MICE)[mouse] + 0.1 * week + rng.normal(0, 1, len(mouse))
    data = {"y": y, "mouse": mouse, "weeks": week, "days": week * DAYS}
    return {name: _drop(data, REML=reml) for name, reml in (("reml", True), ("ml", False))}


def _drop(data: Mapping[str, NDArray[np.generic]], *, REML: bool) -> str:  # noqa: N803  as in R
    """The fall of the log-likelihood."""
    weeks, days = (
        lmer(f"y ~ {unit} + (1 | mouse)", data, REML=REML).loglik for unit in ("weeks", "days")
    )
    return f"{abs(weeks - days):.2f}"
