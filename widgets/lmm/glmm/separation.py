"""Separation: a combination of predictors tells some responses with certainty.

Then the likelihood rises for ever in its direction, with random effects as without, and the
estimate is infinite (Albert & Anderson 1984, Biometrika 71:1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..data.fixed_effects import FixedEffects
from .start import WithoutRandomEffects

MOVING = 1e-2
"""Scoring that still moves eta by more than this at its end is on its way to infinity."""

ASIDE = 1e-2
"""Rows, and coefficients, that move by less than this share of the largest stay where they are."""

Rows = NDArray[np.bool_]


def separating(
    found: WithoutRandomEffects, fixed: FixedEffects, lowest: Rows, highest: Rows
) -> tuple[str, ...]:
    """The coefficients without a finite estimate; none if there is no separation.

    Parameters
    ----------
    found : the model without random effects, fitted in terms of the orthonormal ``fixed.Q``
    lowest, highest : shape (n,), rows whose response is as low, as high as it can be

    Notes
    -----
    The last step of Fisher scoring is the proof: in its direction every row that moves at all goes
    to the end where its response is.
    """
    size = float(np.abs(found.step).max())
    if not size > MOVING:
        return ()
    up, down = found.step > ASIDE * size, found.step < -ASIDE * size
    if np.any(up & ~highest) or np.any(down & ~lowest):
        return ()
    moved = np.abs(fixed.R_inverse @ found.direction) * np.sqrt(np.mean(fixed.X**2, axis=0))
    return _named(fixed, moved)


def _named(fixed: FixedEffects, moved: Floats) -> tuple[str, ...]:
    large = moved > ASIDE * moved.max()
    return tuple(name for name, one in zip(fixed.names, large, strict=True) if one)
