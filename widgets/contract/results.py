"""What a run gives back: numbers, the names of sentences, and the tables that charts draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Cell = int | float | str | None
"""One entry of a table; ``None`` is a value that does not exist."""

Table = Mapping[str, Sequence[Cell]]
"""Named columns of one length."""

Tally = Mapping[str, Sequence[int]]
"""Counts that can be added: the tally of two runs is the sum of their tallies."""

Style = Literal["decimal", "p", "df", "count", "percent", "effective"]
"""How a number is written; see :mod:`widgets.notation`."""


@dataclass(frozen=True, slots=True)
class Readout:
    """A number that is shown, and how it is written."""

    name: str
    style: Style = "decimal"


@dataclass(frozen=True, slots=True)
class Result:
    """What one run answers.

    ``readouts`` has a value for every readout declared, ``None`` where nothing can be estimated.
    ``verdict`` and ``notes`` name sentences; ``tables`` are the data the charts draw, by the name
    that the charts give them.
    """

    readouts: Mapping[str, float | None]
    verdict: str
    notes: tuple[str, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
