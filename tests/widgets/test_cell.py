"""What a reader writes into a code cell, through the browser's endpoint."""

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
    reply = run("from lmm import lmer\nprint(lmer('y ~ 1 + (1 | g)', data).nobs)")
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
    problem = run("from lmm import lmer\nlmer('y ~ 1', data)")["problem"]
    assert problem.startswith("line 2: DesignError: ")


def test_what_was_printed_before_a_mistake_is_kept() -> None:
    assert run("print('before')\n1 / 0")["printed"] == "before\n"


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("lmm", "widgets.lmm"),
        ("lmm.errors", "widgets.lmm.errors"),
        ("lmm.gee.fit", "widgets.lmm.gee.fit"),
    ],
)
def test_the_engine_of_a_cell_is_the_one_engine(there: str, here: str) -> None:
    code = f"import sys, {there}, {here}\nprint(sys.modules['{there}'] is sys.modules['{here}'])"
    assert run(code) == {"printed": "True\n", "problem": ""}
    known = "import widgets.lmm.errors\nfrom lmm import ModelError\nimport lmm.errors"
    same = "print(ModelError is widgets.lmm.errors.ModelError is lmm.errors.ModelError)"
    assert run(f"{known}\n{same}") == {"printed": "True\n", "problem": ""}


def test_the_engine_keeps_its_own_name_and_origin() -> None:
    code = "import lmm.errors as e\nprint(e.__name__, e.__spec__.name)"
    assert run(code)["printed"] == "widgets.lmm.errors widgets.lmm.errors\n"


def test_a_module_that_the_engine_lacks_is_not_found() -> None:
    assert "No module named" in run("import lmm.nothing")["problem"]


def test_cells_leave_nothing_behind() -> None:
    run("left = 1")
    assert run("print(left)")["problem"] == "line 1: NameError: name 'left' is not defined"
