"""Whether a simulator answers as it declares, tried at its defaults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from numpy.random import default_rng

from generator.errors import Mistake, MistakeError, error, nearest
from generator.project import shown
from widgets import host
from widgets.contract import Readout, Result, Table, Widget

FEW = 20
"""Experiments are enough to see what repeats answer."""

Complaint = tuple[str, str]
"""What is wrong, and what would be right."""


def check(widget: object, name: str, model: Path) -> None:
    """Refuse a simulator that is not what its folder says, or whose answers are not."""
    if not isinstance(widget, Widget):
        problem = f"WIDGET is no Widget but a {type(widget).__name__}"
        raise error(shown(model), None, problem, "write WIDGET = Widget[Values](…)")
    if widget.name != name:
        problem = f"the simulator calls itself {widget.name!r}"
        raise error(shown(model), None, problem, f'write name="{name}"')
    values = widget.defaults
    _refuse(
        widget.simulate,
        _complaints(host.simulate(widget, {}), widget.readouts, widget.verdicts, widget.notes),
    )
    if repeats := widget.repeats:
        result = repeats.summarise(values, repeats.run(values, default_rng(1), FEW))
        _refuse(repeats.summarise, _complaints(result, repeats.readouts, repeats.verdicts, ()))


def _refuse(function: Callable[..., Any], complaints: Iterator[Complaint]) -> None:
    """Tell what is wrong with the result of a function where the function is defined."""
    place = function.__code__
    path, line = shown(Path(place.co_filename)), place.co_firstlineno
    mistakes = [Mistake(path, line, *complaint) for complaint in complaints]
    if mistakes:
        raise MistakeError(*mistakes)


def _complaints(
    result: object,
    readouts: tuple[Readout, ...],
    verdicts: tuple[str, ...],
    notes: tuple[str, ...],
) -> Iterator[Complaint]:
    if not isinstance(result, Result):
        yield f"a {type(result).__name__} comes back", "return Result(…)"
        return
    yield from _misread(result.readouts, [readout.name for readout in readouts])
    yield from _unknown("verdict", [result.verdict], verdicts)
    yield from _unknown("note", result.notes, notes)
    for name, table in result.tables.items():
        yield from _misshapen(name, table)


def _misread(given: Mapping[str, object], names: Sequence[str]) -> Iterator[Complaint]:
    for name in names:
        if name not in given:
            yield f"the result lacks the readout {name!r}", f'write readouts={{"{name}": …}}'
    yield from _unknown("readout", given, names)
    for name, number in given.items():
        if isinstance(number, str) or not _can_travel(number):
            hint = "give a float, or None if it does not exist"
            yield f"the readout {name!r} is {number!r}", hint


def _unknown(kind: str, given: Iterable[str], names: Sequence[str]) -> Iterator[Complaint]:
    for name in given:
        if name not in names:
            advice = nearest(name, names, what=f"the {kind}s are")
            yield f"the simulator declares no {kind} {name!r}", advice


def _misshapen(name: str, table: Table) -> Iterator[Complaint]:
    if len({len(column) for column in table.values()}) > 1:
        yield f"the columns of the table {name!r} differ in length", "give each a cell for each row"
    for column, cells in table.items():
        odd = [cell for cell in cells if not _can_travel(cell)]
        if odd:
            problem = f"the column {column!r} of the table {name!r} holds {odd[0]!r}"
            yield problem, "use None for what does not exist, and .tolist() of arrays"


def _can_travel(cell: object) -> bool:
    """Whether JSON can carry it."""
    return (
        cell is None or isinstance(cell, str) or (isinstance(cell, int | float) and isfinite(cell))
    )
