"""Five centres with two hundred samples each; some centres send more patients than others.

``expression ~ disease + age + sex + (1 | center)``, log2 expression of one gene.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

SEED = 5
CENTRES, SAMPLES = 5, 200
CASES = (0.2, 0.35, 0.5, 0.65, 0.8)
"""Share of patients among the samples of each centre."""

BATCHES = 4
"""Of fifty samples, in each centre."""

LEVEL, EFFECT, PER_YEAR, MALE = 7.0, 0.3, 0.01, 0.15
SD_CENTRE, SD_BATCH, SD_RESIDUAL = 0.5, 0.2, 0.8
AGES = (55.0, 12.0)

Floats = NDArray[np.float64]


def disease() -> NDArray[np.bool_]:
    """Who is ill, shape (CENTRES, SAMPLES): in every batch the share of its centre."""
    place = (np.arange(SAMPLES) * 7 % 50 + 0.5) / 50
    return place < np.array(CASES)[:, None]


def draw(rng: Generator, effect: float, experiments: int) -> Floats:
    """Expression without age and sex in fresh centres, shape (experiments, CENTRES, SAMPLES)."""
    centre = rng.normal(0, SD_CENTRE, (experiments, CENTRES, 1))
    batch = rng.normal(0, SD_BATCH, (experiments, CENTRES, BATCHES))
    noise = rng.normal(0, SD_RESIDUAL, (experiments, CENTRES, SAMPLES))
    mean = LEVEL + effect * disease() + centre
    return np.asarray(mean + np.repeat(batch, SAMPLES // BATCHES, axis=2) + noise)


def sample() -> dict[str, Floats]:
    """Age, sex (1 for male) and expression of the samples in the file, shape (CENTRES, SAMPLES)."""
    rng = default_rng(SEED)
    expression = draw(rng, EFFECT, 1)[0]
    age = np.round(rng.normal(*AGES, expression.shape))
    male = rng.integers(0, 2, expression.shape).astype(float)
    expression = np.round(expression + PER_YEAR * (age - AGES[0]) + MALE * male, 3)
    return {"age": age, "male": male, "expression": expression}


def table() -> dict[str, list[Any]]:
    """The file's columns."""
    made = sample()
    centre, number = np.divmod(np.arange(CENTRES * SAMPLES), SAMPLES)
    batch = centre * BATCHES + number // (SAMPLES // BATCHES)
    return {
        "center": ["ABCDE"[place] for place in centre],
        "batch": [f"B{place + 1:02d}" for place in batch],
        "disease": ["case" if ill else "control" for ill in disease().ravel()],
        "age": made["age"].astype(int).ravel().tolist(),
        "sex": ["M" if male else "F" for male in made["male"].ravel()],
        "expression": made["expression"].ravel().tolist(),
    }
