"""What every simulator promises, tried on every simulator there is."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from generator.simulators import points
from widgets import host, simulators
from widgets.contract import Repeats, Seed, Table, Widget

FEW = 20

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(params=simulators.names())
def widget(request: pytest.FixtureRequest) -> Widget[Any]:
    return simulators.load(request.param)


def everywhere(widget: Widget[Any]) -> Iterator[points.Values]:
    yield from points.corners(widget)
    yield from points.single_steps(widget)
    yield from points.random_points(widget)


def ask(
    call: str, widget: Widget[Any], values: Mapping[str, Any], **more: object
) -> dict[str, Any]:
    request = {"call": call, "widget": widget.name, "values": values, **more}
    reply: dict[str, Any] = json.loads(host.answer(json.dumps(request)))
    assert "error" not in reply, reply["error"]
    return reply


def assert_whole(table: Table) -> None:
    lengths = {len(column) for column in table.values()}
    assert len(lengths) == 1
    for column in table.values():
        assert all(cell is None or isinstance(cell, str) or math.isfinite(cell) for cell in column)


def test_there_are_simulators() -> None:
    assert {"nested", "design-effect"} <= set(simulators.names())


def test_is_found_under_its_own_name(widget: Widget[Any]) -> None:
    assert simulators.load(widget.name) is widget


def test_answers_wherever_its_controls_can_be_set(widget: Widget[Any]) -> None:
    names = {readout.name for readout in widget.readouts}
    for values in everywhere(widget):
        reply = ask("simulate", widget, values)
        assert set(reply["readouts"]) == names
        numbers = [one["value"] for one in reply["readouts"].values()]
        assert all(number is None or math.isfinite(number) for number in numbers)
        assert not any(number == 0 and math.copysign(1, number) < 0 for number in numbers)
        texts = [one["text"] for one in reply["readouts"].values()]
        assert not [text for text in texts if re.fullmatch("−0([.]0*)?%?", text)]
        assert reply["verdict"] in widget.verdicts
        assert set(reply["notes"]) <= set(widget.notes)
        for table in reply["tables"].values():
            assert_whole(table)


def test_draws_the_same_tables_at_every_corner(widget: Widget[Any]) -> None:
    columns = [
        {name: set(table) for name, table in ask("simulate", widget, values)["tables"].items()}
        for values in points.corners(widget)
    ]
    assert all(other == columns[0] for other in columns)


def test_equal_seeds_give_equal_results(widget: Widget[Any]) -> None:
    assert ask("simulate", widget, {}) == ask("simulate", widget, {})


def test_another_seed_gives_another_sample(widget: Widget[Any]) -> None:
    if not any(isinstance(control, Seed) for control in widget.controls):
        pytest.skip("nothing in it is random")
    assert ask("simulate", widget, {"seed": 2}) != ask("simulate", widget, {"seed": 3})


def test_gives_its_data_in_full(widget: Widget[Any]) -> None:
    for values in points.corners(widget):
        columns = ask("dataset", widget, values)["columns"]
        assert_whole(columns)
        assert all(len(column) > 0 for column in columns.values())


def test_the_repeats_answer_at_every_corner(widget: Widget[Any]) -> None:
    repeats = with_repeats(widget)
    names = {readout.name for readout in repeats.readouts}
    for values in points.corners(widget):
        reply = ask("repeat", widget, values, tally=None, done=0, count=FEW)
        assert set(reply["readouts"]) == names
        numbers = [one["value"] for one in reply["readouts"].values()]
        assert all(number is None or math.isfinite(number) for number in numbers)
        assert reply["verdict"] in repeats.verdicts
        assert reply["done"] == FEW


def test_tallies_of_two_runs_add_up(widget: Widget[Any]) -> None:
    with_repeats(widget)
    first = ask("repeat", widget, {}, tally=None, done=0, count=FEW)
    alone = ask("repeat", widget, {}, tally=None, done=FEW, count=FEW)
    both = ask("repeat", widget, {}, tally=first["tally"], done=FEW, count=FEW)
    for name, counts in both["tally"].items():
        added = np.add(first["tally"][name], alone["tally"][name])
        assert counts == added.tolist()


def with_repeats(widget: Widget[Any]) -> Repeats[Any]:
    if widget.repeats is None:
        pytest.skip("it repeats nothing")
    return widget.repeats


@pytest.mark.parametrize(
    ("request_text", "says"),
    [
        ("{", "a request must be JSON text"),
        ("[]", "a request must be a JSON object, not list"),
        ('{"call": "paint"}', "one of simulate, repeat, dataset, run, answer, not 'paint'"),
        ('{"call": "simulate", "widget": "nested", "values": [3]}', "values must be a JSON object"),
        ('{"call": "run", "code": "1", "data": 3}', "data must be a JSON object, not 3"),
        ('{"call": "repeat", "widget": "nested", "count": "many"}', "count must be a whole number"),
        ('{"call": "repeat", "widget": "nested", "count": -1}', "count must be a whole number"),
        ('{"call": "repeat", "widget": "nested", "count": 5, "tally": {"ols": [1]}}', "tally must"),
        ('{"call": "repeat", "widget": "design-effect", "count": 5}', "has nothing to repeat"),
    ],
)
def test_a_request_that_cannot_be_met_is_answered(request_text: str, says: str) -> None:
    problem = json.loads(host.answer(request_text))["error"]
    assert problem["kind"] == "RequestError"
    assert says in problem["message"]
