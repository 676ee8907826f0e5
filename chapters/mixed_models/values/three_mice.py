"""Three mice with a hundred cells each, with an effect and without."""

from __future__ import annotations

from chapters.mixed_models.values.repeated import repeated

THREE = {"n_mice": 3, "m_cells": 100}


def values() -> dict[str, str]:
    """Return the shares with p < .05."""
    effect, null = repeated(THREE), repeated(THREE | {"beta": 0})
    return {
        "n": effect["repeats.n"],
        "ols": effect["repeats.ols.share"],
        "mixed": effect["repeats.mixed.share"],
        "ols_null": null["repeats.ols.share"],
    }
