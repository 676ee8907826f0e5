"""What a reader types is found, in both languages, over HTTP and from disk."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.searching import search

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

OPEN = {"zh": "搜尋", "en": "Search"}


@pytest.fixture(scope="module", params=["http", "file"])
def url(
    request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> str:
    if request.param == "http":
        return str(request.getfixturevalue("served"))
    copy = tmp_path_factory.mktemp("disk") / "讀物 (n)"
    ignored = shutil.ignore_patterns("runtime", "*.zip", "disk.*")
    shutil.copytree(site / "the-honest-n", copy, ignore=ignored)
    return f"{copy.as_uri()}/"


@pytest.fixture
def page(reader: Reader, language: str) -> Page:
    return reader.chapter(language)


def test_chinese_words_are_found_in_the_middle_of_a_sentence(page: Page) -> None:
    for word in ("假性重複", "隨機", "自由度", "小鼠"):
        found = search(page, word)
        excerpts = page.locator(".search-dialog [lang|='zh'] .search-excerpt")
        assert any(text.find(word) > 0 for text in excerpts.all_inner_texts()), word
        for link in found.all():
            assert word in link.locator("mark").all_inner_texts()


def test_english_words_are_found_however_they_are_typed(page: Page) -> None:
    for query in ("Kenward", "kenward-roger", "ＫＥＮＷＡＲＤ　Roger", "design effect"):
        search(page, query)
        word = "design" if query.startswith("d") else "Kenward"
        marks = page.locator(".search-dialog [lang='en'] mark").all_inner_texts()
        assert word.split(maxsplit=1)[0].lower() in {
            mark.split("–")[0].lower() for mark in marks
        }, query


def test_a_sign_is_found_with_and_without_spaces_around_it(page: Page) -> None:
    for queries, written in ((("n=60", "n = 60", "ｎ＝60"), "n = 60"), (("nAGQ=25",), "nAGQ=25")):
        for query in queries:
            search(page, query)
            marks = page.locator(".search-dialog mark").all_inner_texts()
            assert written in [mark.replace("\xa0", " ") for mark in marks], query


def test_a_heading_comes_before_what_only_stands_in_the_text(reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    first = search(page, "GLMM").first
    expect(first).to_have_attribute(
        "href", f"../../{language}/mixed-models/toolbox/index.html#glmm"
    )


def test_a_term_is_found_in_the_glossary(page: Page, language: str) -> None:
    search(page, {"zh": "設計效應", "en": "design effect"}[language])
    entry = f".search-own [href='../../{language}/glossary/index.html#term-design-effect']"
    expect(page.locator(entry)).to_be_visible()


def test_a_term_is_found_by_its_other_names(page: Page) -> None:
    named = {
        "偽重複": "pseudoreplication",
        "隨機效果": "random-effect",
        "信心區間": "confidence-interval",
        "dependent variable": "response",
    }
    for name, key in named.items():
        search(page, name)
        entry = page.locator(f".search-dialog a[href$='/glossary/index.html#term-{key}']")
        expect(entry).to_be_visible()


def test_the_title_comes_before_headings(reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    first = search(page, {"zh": "混合", "en": "mixed"}[language]).first
    expect(first).to_have_attribute("href", f"../../{language}/mixed-models/index.html")


def test_the_other_language_has_a_group_of_its_own(page: Page, language: str) -> None:
    search(page, "Satterthwaite")
    tags = {"zh": "zh-Hant-TW", "en": "en"}
    own, other = tags.pop(language), tags.popitem()[1]
    for group, tag in ((".search-own", own), (".search-other", other)):
        links = page.locator(f"{group} a")
        assert links.count() > 0
        assert {link.get_attribute("lang") for link in links.all()} == {tag}
    expect(page.locator(".search-group")).to_be_visible()


def test_for_nonsense_there_is_a_sentence_that_quotes_it(page: Page) -> None:
    for query in ("qqxyzzy", "猋猋", "(.*", "<b>x"):
        assert search(page, query).count() == 0
        expect(page.locator(".search-said")).to_contain_text(query)
        expect(page.locator(".search-group")).to_be_hidden()


def test_the_keyboard_alone_leads_to_a_section(reader: Reader, language: str) -> None:
    page = reader.open(f"{language}/index.html")
    page.keyboard.press("Control+k")
    field = page.locator("dialog input")
    expect(field).to_be_focused()
    page.keyboard.type("lme4 nlme")
    links = page.locator("dialog li > a")
    expect(links.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    href = links.first.evaluate("(link) => link.href")
    page.keyboard.press("Enter")
    page.wait_for_url(href)
    expect(page.locator("dialog")).to_be_hidden()


def test_escape_gives_the_focus_back(page: Page, language: str) -> None:
    button = page.get_by_role("button", name=OPEN[language], exact=True)
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("p")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_section_of_the_same_page_is_shown_and_the_dialog_gone(
    reader: Reader, language: str
) -> None:
    page = reader.chapter(language, part="toolbox")
    found = search(page, "GLMM").first
    found.click()
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator("#glmm")).to_be_in_viewport()
