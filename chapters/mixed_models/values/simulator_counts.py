"""What the simulator of counts opens with, and the zeros of a negative binomial of small mean."""

from __future__ import annotations

from widgets.host import simulate
from widgets.notation import relation, text
from widgets.simulators import load
from widgets.simulators.counts.families import probabilities

MEAN, PHI = 2.0, 1.0


def values() -> dict[str, str]:
    """Return p and zeros of the opening sample, and the zeros of a mean of two."""
    opening = simulate(load("counts"), {}).readouts
    return {
        "p_poisson": relation(opening["poisson.p"], "p"),
        "p_nbinom": relation(opening["nbinom.p"], "p"),
        "zeros": text(opening["zeros.observed"], "percent"),
        "zeros_poisson": text(opening["zeros.poisson"], "percent"),
        "zeros_nbinom": text(opening["zeros.nbinom"], "percent"),
        "pi": text(opening["pi"], "percent"),
        "low_mean": f"{MEAN:g}",
        "low_phi": f"{PHI:g}",
        "low_zeros": f"{100 * probabilities(MEAN, PHI, 0.0, 1)[0]:.0f}%",
    }
