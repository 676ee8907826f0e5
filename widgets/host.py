"""The browser's only door: JSON text in, JSON text out.

A request names a ``call``, a ``widget`` and the ``values`` of its controls:

``simulate``
    one run; answers ``readouts`` (``value`` in full, ``text`` and ``relation`` for people),
    ``verdict``, ``notes`` and ``tables``.
``repeat``
    ``count`` more experiments after the ``done`` ones counted in ``tally`` (``null`` at first);
    answers as ``simulate`` does, and with the new ``tally`` and ``done``.
``dataset``
    the data behind the figure in full; answers ``columns``.

One call has no widget:

``run``
    runs ``code`` with the columns ``data``; answers what it ``printed`` and, if it failed, the
    ``problem`` with its line.

A request that cannot be met is answered by ``error`` with its ``kind`` and ``message``.
The door keeps nothing between calls: equal requests have equal answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from numpy.random import default_rng

from widgets import cell, notation, simulators
from widgets.contract import ControlError, Readout, Result, Table, Tally, Widget

Reply = dict[str, Any]

REPEATS = 1
"""Second word of the seed of repeats, which keeps their random numbers apart from the sample's."""


class RequestError(ValueError):
    """A request that is not one of those this door knows."""


def answer(request: str) -> str:
    """The reply to a request, both JSON text."""
    try:
        reply = _reply(json.loads(request))
    except (ControlError, RequestError, simulators.UnknownSimulatorError) as error:
        reply = {"error": {"kind": type(error).__name__, "message": str(error)}}
    return json.dumps(reply, allow_nan=False, ensure_ascii=False, separators=(",", ":"))


def simulate(widget: Widget[Any], given: Mapping[str, object]) -> Result:
    """One run of a simulator at the given values and, for the rest, its defaults."""
    values = widget.values(given)
    return widget.simulate(values, default_rng(values.get("seed", 0)))


def written(readouts: tuple[Readout, ...], result: Result) -> dict[str, dict[str, Any]]:
    """Every readout's value, with the text that people see."""
    return {
        readout.name: {
            "value": result.readouts[readout.name],
            "text": notation.text(result.readouts[readout.name], readout.style),
            "relation": notation.relation(result.readouts[readout.name], readout.style),
        }
        for readout in readouts
    }


def _reply(request: Any) -> Reply:  # noqa: ANN401  what came in is not known before it is looked at
    if not isinstance(request, dict):
        msg = f"a request must be a JSON object, not {type(request).__name__}"
        raise RequestError(msg)
    call = request.get("call")
    if call == "run":
        return _run(request)
    if call not in _CALLS:
        msg = f"call must be one of {', '.join(_CALLS)} or run, not {call!r}"
        raise RequestError(msg)
    return _CALLS[call](simulators.load(str(request.get("widget"))), request)


def _simulate(widget: Widget[Any], request: Mapping[str, Any]) -> Reply:
    return _described(widget.readouts, simulate(widget, request.get("values", {})))


def _repeat(widget: Widget[Any], request: Mapping[str, Any]) -> Reply:
    if widget.repeats is None:
        msg = f"{widget.name} has nothing to repeat"
        raise RequestError(msg)
    values = widget.values(request.get("values", {}))
    done, count = int(request.get("done", 0)), int(request.get("count", 0))
    rng = default_rng([values.get("seed", 0), REPEATS, done])
    tally = _sum(request.get("tally"), widget.repeats.run(values, rng, count))
    result = widget.repeats.summarise(values, tally)
    return _described(widget.repeats.readouts, result) | {"tally": tally, "done": done + count}


def _dataset(widget: Widget[Any], request: Mapping[str, Any]) -> Reply:
    values = widget.values(request.get("values", {}))
    return {"columns": _lists(widget.dataset(values, default_rng(values.get("seed", 0))))}


def _run(request: Mapping[str, Any]) -> Reply:
    outcome = cell.run(str(request.get("code", "")), request.get("data", {}))
    return {"printed": outcome.printed, "problem": outcome.error}


_CALLS: dict[str, Callable[[Widget[Any], Mapping[str, Any]], Reply]] = {
    "simulate": _simulate,
    "repeat": _repeat,
    "dataset": _dataset,
}


def _described(readouts: tuple[Readout, ...], result: Result) -> Reply:
    return {
        "readouts": written(readouts, result),
        "verdict": result.verdict,
        "notes": list(result.notes),
        "tables": {name: _lists(table) for name, table in result.tables.items()},
    }


def _lists(table: Table) -> dict[str, list[Any]]:
    return {name: list(column) for name, column in table.items()}


def _sum(before: Tally | None, new: Tally) -> dict[str, list[int]]:
    if before is None:
        return {name: list(counts) for name, counts in new.items()}
    return {
        name: [a + b for a, b in zip(before[name], counts, strict=True)]
        for name, counts in new.items()
    }
