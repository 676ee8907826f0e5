"""A link to a section that stands on another page of its series now still leads to it."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

SET = "?design-effect.m=40#sim-design-effect"


@pytest.fixture(scope="module", params=["http", "file"])
def url(
    request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> str:
    if request.param == "http":
        return str(request.getfixturevalue("served"))
    copy = tmp_path_factory.mktemp("disk") / "讀物 (n)"
    ignored = shutil.ignore_patterns("runtime", "*.zip")
    shutil.copytree(site / "the-honest-n", copy, ignore=ignored)
    return f"{copy.as_uri()}/"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("#toolbox", "toolbox/index.html#toolbox"),
        ("#ref-hurlbert1984", "toolbox/index.html#ref-hurlbert1984"),
        ("#quiz-ceiling", "plan/index.html#quiz-ceiling"),
        ("#%zz", "index.html#%zz"),
    ],
)
def test_it_is_found_there(old: str, new: str, reader: Reader) -> None:
    page = reader.chapter("zh", old)
    expect(page).to_have_url(re.compile(re.escape(f"/zh/mixed-models/{new}") + "$"))


def test_what_the_address_says_is_taken_along(reader: Reader, language: str) -> None:
    page = reader.chapter(language, SET)
    expect(page).to_have_url(re.compile(re.escape(f"/mixed-models/plan/index.html{SET}") + "$"))
    expect(page.locator("#sim-design-effect [name='m']")).to_have_value("40")


def test_a_section_named_while_the_page_is_read_is_found_too(reader: Reader) -> None:
    page = reader.chapter("en", part="analyse")
    page.evaluate("() => { location.hash = '#pitfalls'; }")
    expect(page).to_have_url(re.compile(r"/mixed-models/toolbox/index\.html#pitfalls$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/mixed-models/analyse/index\.html$"))
