"""An odds ratio within patients, and the same seen over all patients."""

from __future__ import annotations

import numpy as np
from numpy.polynomial.hermite_e import hermegauss

from widgets.notation import text

SD = 2.0
"""Of the random intercept on the logit scale."""

LOG_ODDS = 1.0
NODES = 60


def values() -> dict[str, str]:
    """Return the conditional and the marginal odds ratio, for half of the untreated successful."""
    before, after = _share(0.0), _share(LOG_ODDS)
    marginal = after / (1 - after) / (before / (1 - before))
    return {
        "conditional": text(float(np.exp(LOG_ODDS)), "decimal"),
        "marginal": text(marginal, "decimal"),
    }


def _share(centre: float) -> float:
    """The share of successes over all patients, by Gauss-Hermite quadrature."""
    nodes, weights = hermegauss(NODES)  # type: ignore[no-untyped-call]
    return float(weights @ (1 / (1 + np.exp(-centre - SD * nodes))) / weights.sum())
