"""What hunting does to the equilibrium (Volterra's third law)."""

from __future__ import annotations

from widgets.simulators.predators.model import DEATH, GAIN

SHARE = 0.3
"""Share of both kinds that hunters take a year."""


def values() -> dict[str, str]:
    """Return the hares in equilibrium before and after, as text."""
    return {"before": f"{DEATH / GAIN:.0f}", "after": f"{(DEATH + SHARE) / GAIN:.0f}"}
