"""The host answers for instruments, and refuses what is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from widgets import host, instruments
from widgets.contract import Instrument, InstrumentError, Readout


def doubled(given: Mapping[str, Any]) -> dict[str, Any]:
    if "n" not in given:
        msg = "n: there is none; give a number"
        raise InstrumentError(msg)
    return {"readouts": {"n": 2 * given["n"]}, "note": "twice"}


DOUBLE = Instrument("double", doubled, (Readout("n", "count"), Readout("p", "p")))


def asked(**request: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(host.answer(json.dumps({"call": "answer", **request})))
    return answer


def test_numbers_are_written_and_one_that_there_is_not_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(instruments, "load", lambda _name: DOUBLE)
    reply = asked(instrument="double", input={"n": 1200})
    assert reply["note"] == "twice"
    assert reply["readouts"]["n"] == {"value": 2400, "text": "2,400", "relation": "=\u00a02,400"}
    assert reply["readouts"]["p"]["value"] is None


def test_what_an_instrument_refuses_comes_back_in_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(instruments, "load", lambda _name: DOUBLE)
    reply = asked(instrument="double", input={})
    assert reply["error"] == {
        "kind": "InstrumentError",
        "message": "n: there is none; give a number",
    }


def test_an_unknown_instrument_is_refused_by_name() -> None:
    reply = asked(instrument="theremin", input={})
    assert reply["error"]["kind"] == "UnknownInstrumentError"
    assert "theremin" in reply["error"]["message"]
