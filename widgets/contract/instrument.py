"""An instrument as one value: a request in, an answer out, both as JSON has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from widgets.contract.results import Readout

Input = Mapping[str, Any]
"""What a page sends: an object of JSON."""

Answer = Mapping[str, Any]
"""What it gets: an object of JSON; ``readouts`` in it are numbers by name, ``None`` where there is
none."""


class InstrumentError(ValueError):
    """An input that an instrument cannot answer: ``where: what is wrong; what would be right``."""


@dataclass(frozen=True)
class Instrument:
    """A page's tool that answers what readers bring, where a simulator answers what they move.

    It holds no words; a label is looked up by the name of what it labels in
    ``content/<language>/instruments/<name>.toml``.
    """

    name: str
    """As pages write it; its folder has underscores."""

    answer: Callable[[Input], Answer]
    readouts: tuple[Readout, ...] = ()
    """Every number that an answer may have among its ``readouts``, and how it is written."""

    example: Input = field(default_factory=dict)
    """What the page shows before anything has been brought."""

    data: str = ""
    """The file of ``content/data`` whose columns the example is about; it becomes its
    ``columns``."""
