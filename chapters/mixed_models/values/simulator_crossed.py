"""What the simulator of crossed random effects opens with."""

from __future__ import annotations

from widgets.host import simulate
from widgets.notation import relation, text
from widgets.simulators import load


def values() -> dict[str, str]:
    """Return p by both models, the degrees of freedom of the right one, and false alarms."""
    opening = simulate(load("crossed"), {}).readouts
    return {
        "p_reader": relation(opening["reader.p"], "p"),
        "p_both": relation(opening["both.p"], "p"),
        "df": text(opening["both.df"], "df"),
        "share": text(opening["reader.miss"], "percent"),
    }
