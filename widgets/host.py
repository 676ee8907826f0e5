"""The browser's only endpoint: JSON text in, JSON text out.

A request names a ``call``, a ``widget`` and the ``values`` of its controls:

``simulate``
    one run; replies with ``readouts`` (``value`` in full, ``text`` and ``relation`` for people),
    ``verdict``, ``notes`` and ``tables``.
``repeat``
    ``count`` more experiments after the ``done`` ones counted in ``tally`` (``null`` at first);
    replies as ``simulate`` does, and with the new ``tally`` and ``done``.
``dataset``
    the data behind the figure in full; replies with ``columns``.

One call names an ``instrument`` and its ``input``:

``answer``
    what the instrument answers; its ``readouts`` are written as above.

One call has neither:

``run``
    runs ``code`` with the columns ``data``; replies with what it ``printed`` and, if it failed, the
    ``problem`` with its line.

A request that cannot be met is answered by ``error`` with its ``kind`` and ``message``.
It has no state between calls: equal requests have equal replies.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from numpy.random import default_rng

from widgets import cell, instruments, notation, simulators
from widgets.contract import (
    ControlError,
    Instrument,
    InstrumentError,
    Readout,
    Result,
    Table,
    Tally,
    Widget,
)

Reply = dict[str, Any]

REPEATS = 1
"""Second word of the seed of repeats, which keeps their random numbers apart from the sample's."""


class RequestError(ValueError):
    """A request that is not one of those above."""


def answer(request: str) -> str:
    """The reply to a request, both JSON text."""
    try:
        reply = _reply(_read(request))
    except _REFUSED as error:
        reply = {"error": {"kind": type(error).__name__, "message": str(error)}}
    return json.dumps(reply, allow_nan=False, ensure_ascii=False, separators=(",", ":"))


_REFUSED = (
    ControlError,
    InstrumentError,
    RequestError,
    instruments.UnknownInstrumentError,
    simulators.UnknownSimulatorError,
)


def ask(instrument: Instrument, given: Mapping[str, Any]) -> Reply:
    """What an instrument answers, its numbers written."""
    answered = dict(instrument.answer(given))
    return answered | {"readouts": written(instrument.readouts, answered.get("readouts", {}))}


def simulate(widget: Widget[Any], given: Mapping[str, object]) -> Result:
    """One run of a simulator at the given values and, for the rest, its defaults."""
    values = widget.values(given)
    return widget.simulate(values, default_rng(values.get("seed", 0)))


def dataset(widget: Widget[Any], given: Mapping[str, object]) -> Table:
    """The data behind the figure in full, at the given values."""
    values = widget.values(given)
    return widget.dataset(values, default_rng(values.get("seed", 0)))


def written(
    readouts: tuple[Readout, ...], numbers: Mapping[str, float | None]
) -> dict[str, dict[str, Any]]:
    """Every readout's value, with the text that people see."""
    return {
        readout.name: {
            "value": _unsigned(numbers.get(readout.name)),
            "text": notation.text(numbers.get(readout.name), readout.style),
            "relation": notation.relation(numbers.get(readout.name), readout.style),
        }
        for readout in readouts
    }


def _unsigned(value: float | None) -> float | None:
    """The number itself; nought without a sign, which −0.0 + 0 is."""
    return None if value is None else value + 0


def _read(text: str) -> dict[str, Any]:
    try:
        request = json.loads(text)
    except ValueError as error:
        msg = f"a request must be JSON text: {error}"
        raise RequestError(msg) from None
    if not isinstance(request, dict):
        msg = f"a request must be a JSON object, not {type(request).__name__}"
        raise RequestError(msg)
    return request


def _reply(request: Mapping[str, Any]) -> Reply:
    call = request.get("call")
    if call in _ALONE:
        return _ALONE[call](request)
    if call not in _CALLS:
        msg = f"call must be one of {', '.join([*_CALLS, *_ALONE])}, not {call!r}"
        raise RequestError(msg)
    return _CALLS[call](simulators.load(str(request.get("widget"))), request)


def _simulate(widget: Widget[Any], request: Mapping[str, Any]) -> Reply:
    return _described(widget.readouts, simulate(widget, _object(request, "values")))


def _repeat(widget: Widget[Any], request: Mapping[str, Any]) -> Reply:
    if widget.repeats is None:
        msg = f"{widget.name} has nothing to repeat"
        raise RequestError(msg)
    values = widget.values(_object(request, "values"))
    done, count = _whole(request, "done"), _whole(request, "count")
    rng = default_rng([values.get("seed", 0), REPEATS, done])
    tally = _sum(request.get("tally"), widget.repeats.run(values, rng, count))
    result = widget.repeats.summarise(values, tally)
    return _described(widget.repeats.readouts, result) | {"tally": tally, "done": done + count}


def _dataset(widget: Widget[Any], request: Mapping[str, Any]) -> Reply:
    return {"columns": _lists(dataset(widget, _object(request, "values")))}


def _run(request: Mapping[str, Any]) -> Reply:
    outcome = cell.run(str(request.get("code", "")), _object(request, "data"))
    return {"printed": outcome.printed, "problem": outcome.error}


def _answer(request: Mapping[str, Any]) -> Reply:
    instrument = instruments.load(str(request.get("instrument")))
    return ask(instrument, _object(request, "input"))


_ALONE: dict[str, Callable[[Mapping[str, Any]], Reply]] = {"run": _run, "answer": _answer}
"""Calls that have no widget."""

_CALLS: dict[str, Callable[[Widget[Any], Mapping[str, Any]], Reply]] = {
    "simulate": _simulate,
    "repeat": _repeat,
    "dataset": _dataset,
}


def _object(request: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = request.get(name, {})
    if not isinstance(value, dict):
        msg = f"{name} must be a JSON object, not {value!r}"
        raise RequestError(msg)
    return value


def _whole(request: Mapping[str, Any], name: str) -> int:
    value = request.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        msg = f"{name} must be a whole number from 0 on, not {value!r}"
        raise RequestError(msg)
    return value


def _described(readouts: tuple[Readout, ...], result: Result) -> Reply:
    return {
        "readouts": written(readouts, result.readouts),
        "verdict": result.verdict,
        "notes": list(result.notes),
        "tables": {name: _lists(table) for name, table in result.tables.items()},
    }


def _lists(table: Table) -> dict[str, list[Any]]:
    return {name: list(column) for name, column in table.items()}


def _sum(before: Tally | None, new: Tally) -> dict[str, list[int]]:
    if before is None:
        return {name: list(counts) for name, counts in new.items()}
    if _sizes(before) != {name: len(counts) for name, counts in new.items()}:
        msg = f"tally must be what an earlier answer gave, not {before!r}"
        raise RequestError(msg)
    return {
        name: [a + b for a, b in zip(before[name], counts, strict=True)]
        for name, counts in new.items()
    }


def _sizes(tally: object) -> dict[str, int] | None:
    """How many counts each name has; None for what is no tally."""
    if not isinstance(tally, dict) or not all(isinstance(one, list) for one in tally.values()):
        return None
    return {name: len(counts) for name, counts in tally.items()}
