"""Whether a simulator answers as it declares: at its defaults, or all over its box."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import isfinite
from pathlib import Path
from typing import Any

from numpy.random import default_rng

from generator.errors import Mistake, MistakeError, authored, error, nearest
from generator.project import shown
from generator.simulators import points
from widgets import host
from widgets.contract import Readout, Result, Table, Value, Widget

FEW = 20
"""Experiments are enough to see what repeats answer."""

REPEATED = 10
"""Random points at which a simulator repeats its experiment, which takes the longest."""

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
    found = [*_of_one_run(widget, {}), *_of_repeats(widget, {})]
    if found:
        raise MistakeError(*found)


def faults(widget: Widget[Any], folder: Path) -> list[Mistake]:
    """What is wrong with a simulator anywhere in the box of its controls, each fault once.

    A fault is told where it stands in ``folder``, with the values at which it was first met.
    """
    found: dict[tuple[str, int | None, str], Mistake] = {}
    singly = (*points.corners(widget), *points.single_steps(widget))
    at_random = (*points.random_points(widget),)
    for values in (*singly, *at_random):
        _collect(found, widget, values, partial(_of_one_run, widget, values), folder)
    for values in at_random[:REPEATED]:
        _collect(found, widget, values, partial(_of_repeats, widget, values), folder)
    return list(found.values())


def _collect(
    found: dict[tuple[str, int | None, str], Mistake],
    widget: Widget[Any],
    values: Mapping[str, Value],
    run: Callable[[], list[Mistake]],
    folder: Path,
) -> None:
    """Add the mistakes of a run that are not known yet, with the values that led to them."""
    try:
        with authored(folder):
            mistakes: Sequence[Mistake] = run()
    except MistakeError as cause:
        mistakes = cause.mistakes
    defaults = widget.defaults
    moved = [f"{name}={value}" for name, value in values.items() if value != defaults[name]]
    at = f" at {', '.join(moved)}" if moved else " at the defaults"
    for one in mistakes:
        told = replace(one, problem=one.problem + at)
        kind = one.problem.partition(":")[0]  # KeyError: 91 is the same fault as KeyError: 92
        found.setdefault((one.path, one.line, kind), told)


def _of_one_run(widget: Widget[Any], given: Mapping[str, Value]) -> list[Mistake]:
    """The mistakes in what one run at these values answers, and in its data."""
    complaints = _complaints(
        host.simulate(widget, given), widget.readouts, widget.verdicts, widget.notes
    )
    data = _misshapen("dataset", host.dataset(widget, given))
    return [*_placed(widget.simulate, complaints), *_placed(widget.dataset, data)]


def _of_repeats(widget: Widget[Any], given: Mapping[str, Value]) -> list[Mistake]:
    """The mistakes in what a few repeats at these values answer."""
    if not (repeats := widget.repeats):
        return []
    values = widget.values(given)
    result = repeats.summarise(values, repeats.run(values, default_rng(1), FEW))
    complaints = _complaints(result, repeats.readouts, repeats.verdicts, ())
    return _placed(repeats.summarise, complaints)


def _placed(function: Callable[..., Any], complaints: Iterator[Complaint]) -> list[Mistake]:
    """What is wrong with the result of a function, told where the function is defined."""
    place = function.__code__
    path, line = shown(Path(place.co_filename)), place.co_firstlineno
    return [Mistake(path, line, *complaint) for complaint in complaints]


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
