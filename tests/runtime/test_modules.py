"""What ships suffices for itself, in the reader's Python."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import PurePosixPath

import pytest
from playwright.sync_api import Page

from generator.runtime import prepare
from tests.runtime.conftest import ROOT

pytestmark = pytest.mark.browser


def shipped() -> list[str]:
    """Every module of the standard library and of numpy that ships."""
    archives = [
        gzip.decompress(path.read_bytes())
        for name, path in prepare(ROOT / ".cache").files.items()
        if name.endswith(".bin")
    ]
    paths = [
        PurePosixPath(name).with_suffix("")
        for archive in archives
        for name in zipfile.ZipFile(io.BytesIO(archive)).namelist()
        if name.endswith(".pyc")
    ]
    return [".".join(part for part in path.parts if part != "__init__") for path in paths]


def run(page: Page, code: str) -> str:
    """What a code cell prints."""
    told = page.evaluate("(asked) => globalThis.ask(asked)", {"call": "run", "code": code})
    assert "value" in told, told
    assert told["value"]["problem"] == "", told
    printed: str = told["value"]["printed"]
    return printed


def test_no_module_asks_for_one_that_stayed_behind(page: Page) -> None:
    names = shipped()
    assert "numpy.ma.core" in names
    code = f"""
from importlib import import_module
for name in {names!r}:
    try:
        import_module(name)
    except ImportError as error:
        print(f"{{name}}: {{error}}")
"""
    assert run(page, code) == ""


def test_help_shows_a_signature(page: Page) -> None:
    said = run(page, "import numpy\nhelp(numpy.median)")
    assert "median(a, axis=None, out=None, overwrite_input=False, keepdims=False)" in said


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("statistics.stdev([1, 2, 3])", "1.0"),
        ("datetime.datetime.strptime('29 Feb 2024', '%d %b %Y').weekday()", "3"),
        ("list(csv.reader(['mouse,cell', '1,2']))", "[['mouse', 'cell'], ['1', '2']]"),
        ("decimal.Decimal('0.1') * 3", "0.3"),
        ("fractions.Fraction(6, 120)", "1/20"),
        ("textwrap.shorten('sixty cells of three mice', 14)", "sixty [...]"),
        ("numpy.median(numpy.ma.array([1.0, 2.0, 9.0]))", "2.0"),
        ("numpy.genfromtxt(['1,2', '3,4'], delimiter=',').sum()", "10.0"),
        ("numpy.polynomial.Polynomial([1, 2])(3)", "7.0"),
    ],
)
def test_a_script_has_what_it_may_ask_for(page: Page, expression: str, expected: str) -> None:
    library = expression.replace("list(", "").split(".")[0]
    assert run(page, f"import {library}\nprint({expression})").strip() == expected
