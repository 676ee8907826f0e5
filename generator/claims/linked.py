"""What the simulator shows at settings that the text links to."""

from __future__ import annotations

from widgets.host import simulate
from widgets.notation import relation, text
from widgets.simulators import load

THREE_MICE = {"n_mice": 3, "m_cells": 100}
WITHOUT_EFFECT = {"beta": 0, "seed": 27}


def claim() -> dict[str, str]:
    """Return numbers of the sample with three mice, and of one without any effect."""
    nested = load("nested")
    three = simulate(nested, THREE_MICE).readouts
    none = simulate(nested, WITHOUT_EFFECT).readouts
    return {
        "three.ols": relation(three["ols.p"], "p"),
        "three.mixed": relation(three["mixed.p"], "p"),
        "none.t": text(none["mixed.t"], "decimal"),
        "none.df": text(none["mixed.df"], "df"),
        "none.p": relation(none["mixed.p"], "p"),
    }
