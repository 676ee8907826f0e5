"""Read-outs as the page shows them: a table that compares analyses, and a list of the others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.simulators import label_validation
from generator.simulators.labels import Labels, Words
from generator.simulators.sentence import Written
from widgets.contract import Readout, Widget

Answers = Mapping[str, Mapping[str, Any]]
"""Readouts as the host answers them: ``value``, ``text`` and ``relation`` by name."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number: its name, its full value as JSON (empty if it does not exist), and its text."""

    name: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the comparison."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """An entry of the comparison; an interval has two numbers."""

    column: Column
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An analysis in the comparison."""

    name: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A read-out in the list, with the ends of its interval if it has them."""

    label: str
    number: Number
    ends: tuple[Item, ...] = ()


def written(answers: Answers) -> dict[str, Written]:
    """The numbers as sentences write them."""
    return {name: Written(one["text"], one["relation"]) for name, one in answers.items()}


def columns(widget: Widget[Any], labels: Labels) -> tuple[Column, ...]:
    """The columns of the comparison."""
    return tuple(Column(name, labels.columns[name]) for name in label_validation.columns(widget))


def rows(widget: Widget[Any], labels: Labels, answers: Answers) -> tuple[Row, ...]:
    """The comparison, one row an analysis."""
    return tuple(
        Row(
            row,
            labels.rows[row],
            tuple(_cell(row, column, answers) for column in columns(widget, labels)),
        )
        for row in widget.comparison
    )


def items(widget: Widget[Any], labels: Labels, answers: Answers) -> tuple[Item, ...]:
    """The read-outs of one run that stand outside the comparison."""
    single = [
        readout
        for readout in widget.readouts
        if not label_validation.in_comparison(widget, readout)
    ]
    return listed(single, labels.readouts, answers)


def listed(readouts: Sequence[Readout], words: Words, answers: Answers) -> tuple[Item, ...]:
    """Read-outs one by one; ``x.low`` and ``x.high`` stand with the ``x.…`` before them."""
    found: list[Item] = []
    stem_before = ""
    for readout in readouts:
        stem, _, last = readout.name.rpartition(".")
        item = Item(words[readout.name], _number(readout.name, answers))
        if found and stem and stem == stem_before and last in label_validation.INTERVAL:
            before = found.pop()
            item = Item(before.label, before.number, (*before.ends, item))
        found.append(item)
        stem_before = stem
    return tuple(found)


def _cell(row: str, column: Column, answers: Answers) -> Cell:
    names = label_validation.INTERVAL if column.name == "interval" else (column.name,)
    present = [f"{row}.{name}" for name in names if f"{row}.{name}" in answers]
    return Cell(column, tuple(_number(name, answers) for name in present))


def _number(name: str, answers: Answers) -> Number:
    value = answers[name]["value"]
    return Number(name, "" if value is None else json.dumps(value), answers[name]["text"])
