"""The few types a simulator and an instrument are made of.

A simulator is a value, :class:`Widget`: the controls a reader moves, the numbers they are
answered with, and one pure function between the two. It holds no words; a label is looked up
by the name of what it labels in ``content/<language>/widgets/<name>.toml``.
"""

from __future__ import annotations

from widgets.contract.controls import Choice, Control, ControlError, Seed, Slider, Value
from widgets.contract.instrument import Answer, Input, Instrument, InstrumentError
from widgets.contract.results import Cell, Readout, Result, Style, Table, Tally
from widgets.contract.widget import ContractError, Repeats, Try, Widget

BUILD_TIME_FILE = "chart.py"
"""The one file of a simulator that only the build runs: it does not travel to the browser, and it
alone may import what the browser does not have."""

__all__ = [
    "BUILD_TIME_FILE",
    "Answer",
    "Cell",
    "Choice",
    "ContractError",
    "Control",
    "ControlError",
    "Input",
    "Instrument",
    "InstrumentError",
    "Readout",
    "Repeats",
    "Result",
    "Seed",
    "Slider",
    "Style",
    "Table",
    "Tally",
    "Try",
    "Value",
    "Widget",
]
