"""What the simulator shows when it opens, and at settings that the text links to."""

from __future__ import annotations

from widgets import host
from widgets.notation import relation, text
from widgets.simulators import load

THREE_MICE = {"n_mice": 3, "m_cells": 100}
WITHOUT_EFFECT = {"beta": 0, "seed": 27}


def values() -> dict[str, str]:
    """Return the opening table, and numbers with three mice and without any effect."""
    nested = load("nested")
    opening = host.written(nested.readouts, host.simulate(nested, {}).readouts)
    three = host.simulate(nested, THREE_MICE).readouts
    none = host.simulate(nested, WITHOUT_EFFECT).readouts
    return {
        **{f"opening.{name}": readout["text"] for name, readout in opening.items()},
        "three.ols": relation(three["ols.p"], "p"),
        "three.mixed": relation(three["mixed.p"], "p"),
        "none.t": text(none["mixed.t"], "decimal"),
        "none.df": text(none["mixed.df"], "df"),
        "none.p": relation(none["mixed.p"], "p"),
    }
