"""A link to a page that has another name now still leads to it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from generator.building.build import build
from generator.options import Options
from generator.project import PROJECT

if TYPE_CHECKING:
    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The site on disk, whose chapter once had another name."""
    folder = tmp_path_factory.mktemp("moved")
    content = shutil.copytree(PROJECT / "content", folder / "content")
    (content / "redirects.toml").write_text('"step-13" = "mixed-models#nested"\n')
    build(Options(content=content, output=folder / "site"))
    return (folder / "site").as_uri() + "/"


def test_the_old_name_leads_to_the_place_that_it_is_given(reader: Reader, language: str) -> None:
    page = reader.open(f"{language}/step-13/index.html")
    expect(page).to_have_url(re.compile(rf"/{language}/mixed-models/index\.html#nested$"))


def test_what_the_address_says_is_taken_along(reader: Reader, language: str) -> None:
    page = reader.open(f"{language}/step-13/index.html?design-effect.m=40#design-effect")
    expect(page).to_have_url(re.compile(r"/index\.html\?design-effect\.m=40#design-effect$"))
    expect(page.locator("#sim-design-effect [name='m']")).to_have_value("40")


def test_without_scripts_it_leads_there_too(readers: Callable[..., Any], language: str) -> None:
    with readers(java_script_enabled=False) as reader:
        page = reader.open(f"{language}/step-13/index.html")
        expect(page).to_have_url(re.compile(rf"/{language}/mixed-models/index\.html#nested$"))
