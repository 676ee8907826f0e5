"""The statistics engine in the browser says what it says in CPython, for every reference case."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from generator.runtime import models_zip
from tests.lmm import endpoint
from tests.runtime.conftest import ROOT, Server
from validation.cases import Case, all_cases, columns_of
from validation.fits import POSTERIORS
from widgets.lmm.planning.analyses import TESTS

pytestmark = pytest.mark.browser

MODELS = ("lmm", "gls-ar1", "ols", "icc", "gee", "glmm")


def request() -> dict[str, Any]:
    """All open cases with their data, posteriors under several priors, and powers."""
    needed = ("id", "data", "model", "formula", "factors", "levels", "method")
    optional = (
        "random",
        "correlation",
        "group",
        "response",
        "family",
        "link",
        "tool",
        "zi_formula",
        "prior",
    )
    cases = [case for case in all_cases().values() if case["model"] in MODELS]
    plain: Case = {"method": "", "factors": [], "levels": {}}
    cases += [
        case | plain | {"id": f"{case['id']} {prior}", "model": "brm", "prior": prior}
        for case in POSTERIORS
        for prior in (None, "normal(0, 1)", "exponential(0.1)", "inv_gamma(2, 1)")
    ]
    cases += [
        plain | {"id": f"power {test}", "data": "dyestuff.csv", "model": "power", "formula": test}
        for test in TESTS
    ]
    return {
        "cases": [
            {key: case[key] for key in (*needed, *optional) if key in case} for case in cases
        ],
        "data": {
            name: {column: values.tolist() for column, values in columns_of(name).items()}
            for name in {case["data"] for case in cases}
        },
    }


@pytest.fixture
def opened_to_cases(site: Server, tmp_path: Path) -> Server:
    """The site with an endpoint that fits reference cases."""
    widgets = tmp_path / "widgets"
    shutil.copytree(ROOT / "widgets", widgets, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(endpoint.__file__, widgets / "host.py")
    site.contents["/models.zip.bin"] = models_zip(tmp_path / "cache", widgets)
    return site


@pytest.mark.usefixtures("opened_to_cases")
def test_every_case_is_the_same_in_the_browser(page: Page) -> None:
    asked = request()
    page.evaluate("() => globalThis.unverified()")
    told = page.evaluate("(asked) => globalThis.ask(asked)", asked)
    assert "value" in told, told
    native = json.loads(endpoint.answer(json.dumps(asked)))
    assert told["value"].keys() == native.keys()
    for name, expected in native.items():
        there = told["value"][name]
        assert there.keys() == expected.keys(), name
        for what, value in expected.items():
            same = None if value is None else pytest.approx(value, rel=1e-8, abs=1e-12)
            assert there[what] == same, (name, what)
