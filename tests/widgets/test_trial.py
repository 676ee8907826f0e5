"""A simulator that does not answer as it declares is the author's mistake, told by its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.random import Generator

from generator.errors import MistakeError
from generator.simulators import points, trial
from widgets import simulators
from widgets.contract import Choice, Readout, Repeats, Result, Seed, Slider, Table, Tally, Widget

MODEL = Path(__file__)
THREE: Any = np.int64(3)
RIGHT = Result({"mean": 1.0}, "near", tables={"values": {"value": [1, None, 2.5]}})


def answering(result: object) -> Widget[Any]:
    def simulate(_values: object, _rng: Generator) -> Any:  # noqa: ANN401  anything may come back
        return result

    def dataset(_values: object, _rng: Generator) -> Table:
        return {}

    return Widget(
        name="mean",
        controls=(Slider("n", 2, 9, 4),),
        readouts=(Readout("mean"),),
        verdicts=("near", "far"),
        notes=("few",),
        simulate=simulate,
        dataset=dataset,
    )


def told(widget: object) -> str:
    with pytest.raises(MistakeError) as error:
        trial.check(widget, "mean", MODEL)
    return str(error.value).removeprefix("tests/widgets/test_trial.py:")


@pytest.mark.parametrize("name", simulators.names())
def test_the_simulators_answer_as_they_declare(name: str) -> None:
    trial.check(simulators.load(name), name, MODEL)


def test_a_right_answer_passes() -> None:
    trial.check(answering(RIGHT), "mean", MODEL)


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (None, "a NoneType comes back; return Result(…)"),
        (replace(RIGHT, readouts={}), "the result lacks the readout 'mean'; write readouts={"),
        (
            replace(RIGHT, readouts={"mean": 1.0, "maen": 1.0}),
            "the simulator declares no readout 'maen'; did you mean 'mean'?",
        ),
        (
            replace(RIGHT, readouts={"mean": float("nan")}),
            "the readout 'mean' is nan; give a float, or None if it does not exist",
        ),
        (
            replace(RIGHT, readouts={"mean": THREE}),
            "the readout 'mean' is np.int64(3); give a float",
        ),
        (replace(RIGHT, verdict="nere"), "the simulator declares no verdict 'nere'; did you mean"),
        (replace(RIGHT, notes=("many",)), "the simulator declares no note 'many'; the notes are:"),
        (
            replace(RIGHT, tables={"values": {"x": [1, 2], "y": [1]}}),
            "the columns of the table 'values' differ in length; give each a cell for each row",
        ),
        (
            replace(RIGHT, tables={"values": {"x": [float("inf")]}}),
            "the column 'x' of the table 'values' holds inf; use None for what does not exist",
        ),
    ],
)
def test_a_wrong_answer_is_told_where_the_function_stands(result: object, message: str) -> None:
    widget = answering(result)
    line = widget.simulate.__code__.co_firstlineno
    assert told(widget).startswith(f"{line}: {message}")


def test_wrong_repeats_are_told_too() -> None:
    def run(_values: object, _rng: Generator, count: int) -> Tally:
        return {"done": [count]}

    def summarise(_values: object, tally: Tally) -> Result:
        return Result({"share": float(tally["done"][0])}, "often")

    repeats = Repeats(run, summarise, readouts=(Readout("share"),), verdicts=("rare",))
    said = told(replace(answering(RIGHT), repeats=repeats))
    line = summarise.__code__.co_firstlineno
    assert said == f"{line}: the simulator declares no verdict 'often'; the verdicts are: rare"


def test_a_simulator_bears_the_name_of_its_folder() -> None:
    said = told(replace(answering(RIGHT), name="median"))
    assert said.endswith(" the simulator calls itself 'median'; write name=\"mean\"")


def test_what_is_no_simulator_is_refused() -> None:
    assert told({}).endswith(" WIDGET is no Widget but a dict; write WIDGET = Widget[Values](…)")


def failing(when: Callable[[Any], bool]) -> Widget[Any]:
    """A simulator that fails where ``when`` holds, as a table that lacks a key does."""

    def simulate(values: Any, _rng: Generator) -> Result:  # noqa: ANN401
        if when(values):
            raise KeyError(values["level"])
        return RIGHT

    return replace(
        answering(RIGHT),
        simulate=simulate,
        controls=(Slider("level", 50, 99, 95), Slider("n", 2, 9, 4)),
    )


def test_a_failure_at_one_step_of_a_slider_is_told_with_the_value_and_its_line() -> None:
    widget = failing(lambda values: values["level"] == 91 and values["n"] == 4)
    line = widget.simulate.__code__.co_firstlineno + 2
    assert [str(one) for one in trial.faults(widget, MODEL)] == [
        f"tests/widgets/test_trial.py:{line}: KeyError: 91 at level=91; mend this line"
    ]


def test_a_failure_of_two_controls_together_is_found_at_random_points() -> None:
    widget = failing(lambda values: 55 < values["level"] < 80 and 4 < values["n"] < 9)
    [fault] = trial.faults(widget, MODEL)
    assert fault.line == widget.simulate.__code__.co_firstlineno + 2


def test_an_answer_that_is_wrong_in_many_places_is_told_once() -> None:
    widget = answering(replace(RIGHT, verdict="nere"))
    [fault] = trial.faults(widget, MODEL)
    assert fault.problem == "the simulator declares no verdict 'nere' at n=2"


def test_every_step_of_a_short_slider_is_tried_and_a_long_one_at_random() -> None:
    long, short = Slider("long", 0, 1000, 5), Slider("short", 0.1, 0.7, 0.1, step=0.1)
    widget = replace(answering(RIGHT), controls=(long, short, Choice("c", ("a", "b"), "a"), Seed()))
    assert [*points.single_steps(widget)] == [
        *({"short": value} for value in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)),
        {"c": "a"},
        {"c": "b"},
    ]
    drawn = [*points.random_points(widget)]
    assert drawn == [*points.random_points(widget)]
    assert len({values["long"] for values in drawn}) > points.RANDOM / 2
    for values in drawn:
        assert widget.values(values) == values


def test_a_box_of_many_corners_is_tried_at_some_of_them() -> None:
    sliders = tuple(Slider(f"s{i}", 0, 1, 0) for i in range(20))
    drawn = [*points.corners(replace(answering(RIGHT), controls=sliders))]
    assert len(drawn) == points.CORNERS
    assert len({tuple(values.values()) for values in drawn}) > points.CORNERS / 2
