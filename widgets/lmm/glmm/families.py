"""The distributions that :func:`glmer` and :func:`glmmTMB` know, by R's names."""

from __future__ import annotations

import numpy as np

from ..arrays import Floats
from ..data.outcome import Outcome
from ..data.weights import check_successes
from .conditional import Conditional, binomial
from .counts import poisson
from .tails import TAILS
from .weighted import weighted

LINKS: dict[str, tuple[str, ...]] = {"binomial": tuple(TAILS), "poisson": ("log",)}
"""The links of each family of :func:`glmer`, the canonical one first."""


def distribution(
    family: str, link: str, outcome: Outcome, weights: Floats | None = None
) -> Conditional:
    """The distribution of a response; ``weights`` (n,) of a binomial are in its trials already.

    Raises
    ------
    DataError
        If a share is no whole number of successes.
    """
    if family == "binomial":
        check_successes(outcome.y, outcome.trials, "the response")
        return binomial(np.rint(outcome.y * outcome.trials), outcome.trials, TAILS[link])
    return weighted(poisson(outcome.y), weights)
