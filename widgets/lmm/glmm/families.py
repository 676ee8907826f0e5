"""The distributions that :func:`glmer` and :func:`glmmTMB` know, by R's names."""

from __future__ import annotations

import numpy as np

from ..data.outcome import Outcome
from .conditional import Binomial, binomial
from .counts import Poisson, poisson
from .tails import TAILS

LINKS: dict[str, tuple[str, ...]] = {"binomial": tuple(TAILS), "poisson": ("log",)}
"""The links of each family of :func:`glmer`, the canonical one first."""


def distribution(family: str, link: str, outcome: Outcome) -> Binomial | Poisson:
    """The distribution of a response."""
    if family == "binomial":
        return binomial(np.rint(outcome.y * outcome.trials), outcome.trials, TAILS[link])
    return poisson(outcome.y)
