"""One language, two and three: each page leads to the others, and nothing else is asked for."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.project import PROJECT
from generator.rendering.search import SEARCH
from tests.generator import sites

GOLDEN = sites.GOLDEN / "two-languages" / "content"
JAPANESE = """
[[languages]]
folder = "ja"
tag = "ja"
script = "Jpan"
name = "日本語"
title = "正直"
tagline = "ネズミを数える"
"""


def made(scratch: Path, *folders: str) -> Path:
    """The golden site in these languages; Japanese says what English does."""
    content = shutil.copytree(GOLDEN, scratch / "content")
    for folder in ("zh", "en"):
        shutil.copy(PROJECT / "content" / folder / "interface.toml", content / folder)
    settings = content / "site.toml"
    head, *tables = settings.read_text().split("[[languages]]")
    written = dict(zip(("zh", "en"), (f"[[languages]]{table}" for table in tables), strict=True))
    settings.write_text(head + "\n".join({**written, "ja": JAPANESE}[one] for one in folders))
    shutil.copytree(content / "en", content / "ja")
    glossary = content / "glossary.toml"
    terms = glossary.read_text()
    for key in ("", "_meaning", "_also"):
        terms = re.sub(rf'^en{key} = (".*")$', rf"\g<0>\nja{key} = \1", terms, flags=re.MULTILINE)
    for folder in {"zh", "en", "ja"}.difference(folders):
        shutil.rmtree(content / folder)
        terms = re.sub(rf"^{folder}(_\w+)? = .*\n", "", terms, flags=re.MULTILINE)
    glossary.write_text(terms)
    given = replace(sites.options(content, scratch), templates=PROJECT / "templates")
    sites.make(given)
    return given.output


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("three"), "zh", "en", "ja")


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("one"), "en")


def links(page: Path) -> list[tuple[str, str, str]]:
    """Tag, URL and name of every link to another language."""
    found = r'<a hreflang="([^"]+)" lang="\1" href="([^"]+)">([^<]+)</a>'
    return re.findall(found, page.read_text())


def test_each_page_leads_to_the_two_other_languages(three: Path) -> None:
    assert links(three / "en" / "part" / "one" / "index.html") == [
        ("zh-Hant-TW", "../../../zh/part/one/index.html", "中文"),
        ("ja", "../../../ja/part/one/index.html", "日本語"),
    ]
    assert [tag for tag, _, _ in links(three / "ja" / "index.html")] == ["zh-Hant-TW", "en"]


def test_machines_are_told_of_all_three(three: Path) -> None:
    html = (three / "ja" / "part" / "one" / "index.html").read_text()
    tags = re.findall(r'<link rel="alternate" hreflang="([^"]+)"', html)
    assert tags == ["zh-Hant-TW", "en", "ja", "x-default"]
    assert 'hreflang="x-default" href="https://example.org/honest/en/part/one/"' in html
    assert re.findall(r'og:locale:alternate" content="(\w+)"', html) == ["zh_TW", "en_GB"]
    assert (three / "sitemap.xml").read_text().count('hreflang="ja"') == 3 * len(
        [*(three / "ja").rglob("index.html")]
    ) - 3 * 2  # pages that moved are not in it


def test_all_languages_are_searched(three: Path) -> None:
    text, _, _ = (three / SEARCH).read_text().partition(";\nglobalThis.siteVariants=")
    assert {page["language"] for page in json.loads(text.removeprefix("globalThis.siteText="))} == {
        "zh-Hant-TW",
        "en",
        "ja",
    }


def test_the_root_knows_the_home_page_of_every_language(three: Path) -> None:
    html = (three / "index.html").read_text()
    homes = re.search(r"data-homes='([^']*)'", html)
    assert homes is not None
    assert json.loads(homes[1]) == {
        "zh-Hant-TW": "zh/index.html",
        "en": "en/index.html",
        "ja": "ja/index.html",
    }


def test_one_language_has_no_link_to_another(one: Path) -> None:
    html = (one / "en" / "index.html").read_text()
    assert links(one / "en" / "index.html") == []
    assert "#choose" not in html
    assert "og:locale:alternate" not in html


def test_with_one_language_the_root_leads_to_its_home_page(one: Path) -> None:
    html = (one / "index.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=en/index.html">' in html
    assert 'data-homes=\'{"en": "en/index.html"}\'' in html
