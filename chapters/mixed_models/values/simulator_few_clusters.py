"""False alarms of the plain sandwich by the number of clusters."""

from __future__ import annotations

from widgets.notation import text
from widgets.simulators import load
from widgets.simulators.few_clusters.false_alarms import sandwich


def values() -> dict[str, str]:
    """Return the clusters that the simulator opens with, and shares of false alarms."""
    clusters = load("few-clusters").defaults["n_clusters"]
    counts = {"plain": clusters, "four": 4, "twelve": 12, "sixty": 60}
    shares = {name: text(sandwich("plain", count), "percent") for name, count in counts.items()}
    return shares | {"clusters": text(clusters, "count")}
