"""The templates of the site itself, filled with a small one."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import MistakeError
from generator.project import PROJECT
from tests.generator import sites

PAGES = ("index.html", "mixed-models/index.html", "part/one/index.html")
TAGS = {"zh": "zh-Hant-TW", "en": "en"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scratch = tmp_path_factory.mktemp("site")
    content = scratch / "content"
    shutil.copytree(sites.GOLDEN / "two-languages" / "content", content)
    for folder in TAGS:
        shutil.copy(PROJECT / "content" / folder / "interface.toml", content / folder)
    given = replace(sites.options(content, scratch), templates=PROJECT / "templates")
    sites.make(given)
    return given.output


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("folder", TAGS)
def test_the_first_link_with_a_language_leads_to_the_same_page_in_the_other(
    site: Path, folder: str, page: str
) -> None:
    html = (site / folder / page).read_text()
    other = "en" if folder == "zh" else "zh"
    first = re.search(r"<a [^>]*hreflang=[^>]*>", html)
    assert first is not None
    assert f'hreflang="{TAGS[other]}"' in first[0]
    up = "../" * (page.count("/") + 1)
    assert f'href="{up}{other}/{page}"' in first[0]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("folder", TAGS)
def test_a_page_says_what_it_is_to_machines(site: Path, folder: str, page: str) -> None:
    html = (site / folder / page).read_text()
    place = page.removesuffix("index.html")
    url = "https://example.org/honest"
    assert f'<html lang="{TAGS[folder]}"' in html
    assert f'<link rel="canonical" href="{url}/{folder}/{place}">' in html
    for language, tag in TAGS.items():
        assert f'<link rel="alternate" hreflang="{tag}" href="{url}/{language}/{place}">' in html
    assert 'hreflang="x-default"' in html
    for name in ("title", "description", "url", "image", "type", "locale", "site_name"):
        assert f'<meta property="og:{name}" content="' in html
    assert '<meta name="description" content="' in html


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("folder", TAGS)
def test_no_page_needs_what_its_security_policy_forbids(site: Path, folder: str, page: str) -> None:
    html = (site / folder / page).read_text()
    assert 'http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src' in html
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", html) == []
    inline = re.findall(r"<script(?![^>]*(?:\ssrc=|application/json))[^>]*>", html)
    assert inline == []


def test_a_page_without_simulators_asks_for_no_runtime(site: Path) -> None:
    assert "site-assets" not in (site / "en" / "mixed-models" / "index.html").read_text()


def test_the_root_offers_both_languages_without_a_script(site: Path) -> None:
    html = (site / "index.html").read_text()
    assert re.findall(r'<a [^>]*href="([^"]*index\.html)"', html) == [
        "zh/index.html",
        "en/index.html",
    ]
    assert 'http-equiv="refresh"' not in html


def test_the_page_for_unknown_addresses_brings_all_it_needs(site: Path) -> None:
    html = (site / "404.html").read_text()
    assert re.findall(r"<link[^>]*stylesheet|<script[^>]*src=", html) == []
    assert html.count("'sha256-") == 2
    assert {'lang="zh-Hant-TW"', 'lang="en"'} <= set(re.findall(r'lang="[^"]*"', html))


def test_a_word_that_a_template_misses_is_told_with_its_line(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(sites.TEMPLATES, templates)
    page = templates / "page.html"
    page.write_text(f"{page.read_text()}{{{{ words.page.nothing }}}}\n")
    line = page.read_text().count("\n")
    given = sites.options(sites.GOLDEN / "two-languages" / "content", tmp_path)
    with pytest.raises(MistakeError) as error:
        sites.make(replace(given, templates=templates))
    assert f"templates/page.html:{line}: 'dict object' has no attribute 'nothing'" in str(
        error.value
    )
