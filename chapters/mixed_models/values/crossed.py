"""Thirty readers judge the same twenty pictures, ten of each kind; the model forgets pictures."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from widgets.lmm import lm_many, lmer_many
from widgets.notation import text

SEED = 7
READERS, PICTURES = 30, 20
EXPERIMENTS = 5_000
SD_READER, SD_PICTURE, SD_RESIDUAL = 1.0, 0.5, 1.0


def kind() -> NDArray[np.intp]:
    """The kind of each picture, 0 or 1."""
    return np.asarray(np.arange(PICTURES) % 2)


def draw(rng: Generator, experiments: int) -> NDArray[np.float64]:
    """Judgements that do not depend on the kind, shape (experiments, READERS, PICTURES)."""
    reader = rng.normal(0, SD_READER, (experiments, READERS, 1))
    picture = rng.normal(0, SD_PICTURE, (experiments, 1, PICTURES))
    noise = rng.normal(0, SD_RESIDUAL, (experiments, READERS, PICTURES))
    return np.asarray(reader + picture + noise)


def values() -> dict[str, str]:
    """Return the shares of false alarms with readers only, and with pictures as well.

    As everybody sees everything, the test with both crossed is the t-test on means of pictures.
    """
    y = draw(default_rng(SEED), EXPERIMENTS)
    data = {"kind": np.tile(kind(), READERS), "reader": np.repeat(np.arange(READERS), PICTURES)}
    fits = lmer_many("y ~ kind + (1 | reader)", data, y.reshape(EXPERIMENTS, -1).T)
    both = lm_many("y ~ kind", {"kind": kind()}, y.mean(axis=1).T)
    return {
        "n": text(EXPERIMENTS, "count"),
        "readers": text(_alarms(fits.p["kind"]), "percent"),
        "both": text(_alarms(both.p["kind"]), "percent"),
    }


def _alarms(p: NDArray[np.float64]) -> float:
    return float((p < 0.05).mean())  # noqa: PLR2004  the usual promise
