"""What a reader writes into a code cell, through the browser's door."""

from __future__ import annotations

import json
from typing import Any

import pytest

from widgets import host

DATA = {"y": [1.0, 2.0, 4.0, 5.0, 2.5, 3.5], "g": ["a", "a", "b", "b", "c", "c"]}


def run(code: str) -> dict[str, Any]:
    request = {"call": "run", "code": code, "data": DATA}
    reply: dict[str, Any] = json.loads(host.answer(json.dumps(request)))
    return reply


def test_what_is_printed_comes_back() -> None:
    assert run("print(1 + 1)\nprint('sí')") == {"printed": "2\nsí\n", "problem": ""}


def test_the_engine_fits_the_data_of_the_cell() -> None:
    reply = run("from widgets.lmm import lmer\nprint(lmer('y ~ 1 + (1 | g)', data).nobs)")
    assert reply == {"printed": "6\n", "problem": ""}


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("x = 1\n\nprint(z)", "line 3: NameError: name 'z' is not defined"),
        ("x = (", "line 1: SyntaxError: '(' was never closed"),
        ("raise SystemExit('enough')", "line 1: SystemExit: enough"),
    ],
)
def test_a_mistake_is_told_with_its_line(code: str, problem: str) -> None:
    assert run(code)["problem"] == problem


def test_a_mistake_deep_in_the_engine_names_the_readers_line() -> None:
    problem = run("from widgets.lmm import lmer\nlmer('y ~ 1', data)")["problem"]
    assert problem.startswith("line 2: DesignError: ")


def test_what_was_printed_before_a_mistake_is_kept() -> None:
    assert run("print('before')\n1 / 0")["printed"] == "before\n"


def test_cells_leave_nothing_behind() -> None:
    run("left = 1")
    assert run("print(left)")["problem"] == "line 1: NameError: name 'left' is not defined"
