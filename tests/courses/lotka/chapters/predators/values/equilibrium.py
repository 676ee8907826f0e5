"""Where hares and lynx stay as they are."""

from __future__ import annotations

from widgets.simulators.predators.model import equilibrium


def values() -> dict[str, str]:
    """Return both numbers as text."""
    hares, lynx = equilibrium(growth=1)
    return {"hares": f"{hares:.0f}", "lynx": f"{lynx:.0f}"}
