"""How often a useless treatment of mice is called significant: cells counted, and mice counted."""

from __future__ import annotations

from chapters.mixed_models.values.repeated import repeated


def values() -> dict[str, str]:
    """Return the shares with p < .05 at the simulator's defaults but without an effect."""
    repeats = repeated({"beta": 0})
    return {
        "n": repeats["repeats.n"],
        "ols": repeats["repeats.ols.share"],
        "mixed": repeats["repeats.mixed.share"],
    }
