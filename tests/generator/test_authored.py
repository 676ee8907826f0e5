"""Mistakes in the Python of simulators, figures and values are told as mistakes of the author."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from generator.errors import MistakeError, authored


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("x = 1\ndef simulate(values:\n", "model.py:2: '(' was never closed; write it as Python"),
        ("x = 1\nimport nosuch\n", "model.py:2: ModuleNotFoundError: No module named 'nosuch'; "),
        (
            "import fractions\n\nx = fractions.Fraction(1, 0)\n",
            "model.py:3: ZeroDivisionError: Fraction(1, 0); mend this line",
        ),
    ],
)
def test_the_line_of_the_author_is_named(tmp_path: Path, code: str, message: str) -> None:
    model = tmp_path / "model.py"
    model.write_text(code)
    with pytest.raises(MistakeError) as error, authored(tmp_path):
        runpy.run_path(str(model))
    assert str(error.value).startswith(f"{tmp_path}/{message}")


def test_what_fails_elsewhere_is_told_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(MistakeError) as error, authored(tmp_path / "nested"):
        runpy.run_path(str(tmp_path / "model.py"))
    assert str(error.value).startswith(f"{tmp_path}/nested: FileNotFoundError: ")
    assert str(error.value).endswith("; mend it")
