"""The opening sample of the simulator ``nested``, as readers can download it there."""

from __future__ import annotations

from typing import Any

from numpy.random import default_rng

from widgets.simulators.nested.model import WIDGET


def table() -> dict[str, list[Any]]:
    """The file's columns."""
    values = WIDGET.defaults
    return {
        name: list(cells)
        for name, cells in WIDGET.dataset(values, default_rng(values["seed"])).items()
    }
