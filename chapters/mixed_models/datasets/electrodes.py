"""Five rats, thirty-two channels each; of the units on a channel, eight are in the file.

Spikes in ten seconds without and with the stimulus: a log-linear model with a level for the rat,
the channel and the unit, an effect of the stimulus that differs from rat to rat, and counts that
scatter more than Poisson's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

SEED = 32
RATS, CHANNELS, UNITS = 5, 32, 200
UNITS_IN_FILE = 8
SECONDS = 10
LOG_RATE, EFFECT = 1.4, 0.12
SD_RAT, SD_EFFECT, SD_CHANNEL, SD_UNIT = 0.25, 0.15, 0.3, 0.5
SHAPE = 6.0
"""Of the gamma distribution that makes the counts negative binomial."""


def spikes() -> NDArray[np.int64]:
    """Spike counts, shape (RATS, CHANNELS, UNITS_IN_FILE, 2): without and with the stimulus."""
    rng = default_rng(SEED)
    shape = (RATS, CHANNELS, UNITS_IN_FILE)
    level = LOG_RATE + rng.normal(0, SD_RAT, (RATS, 1, 1))
    level = level + rng.normal(0, SD_CHANNEL, (RATS, CHANNELS, 1)) + rng.normal(0, SD_UNIT, shape)
    effect = EFFECT + rng.normal(0, SD_EFFECT, (RATS, 1, 1))
    mean = SECONDS * np.exp(np.stack([level, level + effect], axis=-1))
    return np.asarray(rng.poisson(mean * rng.gamma(SHAPE, 1 / SHAPE, mean.shape)))


def table() -> dict[str, list[Any]]:
    """The file's columns."""
    counts = spikes()
    rat, channel, unit, stimulus = np.indices(counts.shape).reshape(4, -1)
    return {
        "rat": [f"R{number + 1}" for number in rat],
        "channel": (channel + 1).tolist(),
        "unit": (unit + 1).tolist(),
        "stim": ["on" if number else "off" for number in stimulus],
        "spikes": counts.ravel().tolist(),
        "rate": (counts.ravel() / SECONDS).tolist(),
    }
