"""Terms and citations, explained where they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def term(page: Page) -> Locator:
    return page.locator("a.term").first


def citation(page: Page) -> Locator:
    return page.locator("a.citation").first


def glance(page: Page) -> Locator:
    return page.get_by_role("tooltip")


def test_pointing_at_a_term_shows_what_it_means(reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    term(page).hover()
    expect(glance(page)).to_have_text(term(page).get_attribute("data-means") or "nothing")
    page.mouse.move(5, 5)
    expect(glance(page)).to_be_hidden()


def test_pointing_at_a_citation_shows_the_work(reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    citation(page).hover()
    expect(glance(page)).to_contain_text("Hurlbert, S. H. (1984). Pseudoreplication")
    expect(glance(page)).not_to_contain_text("↩")
    expect(glance(page).locator("[lang=en] cite")).to_have_count(1)


def test_the_pointer_may_move_onto_the_explanation(reader: Reader) -> None:
    page = reader.chapter("en")
    citation(page).hover()
    glance(page).hover()
    page.wait_for_timeout(400)
    expect(glance(page)).to_be_visible()


@pytest.mark.parametrize("kind", ["term", "citation"])
def test_focus_shows_and_escape_hides_it(kind: str, reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    link = page.locator(f"a.{kind}").first
    page.keyboard.press("Tab")
    link.focus()
    expect(glance(page)).to_be_visible()
    expect(link).to_have_attribute("aria-describedby", "glance")
    page.keyboard.press("Escape")
    expect(glance(page)).to_be_hidden()
    expect(link).to_be_focused()
    assert link.get_attribute("aria-describedby") is None


def test_leaving_by_keyboard_hides_it(reader: Reader) -> None:
    page = reader.chapter("en")
    page.keyboard.press("Tab")
    term(page).focus()
    expect(glance(page)).to_be_visible()
    page.locator(".theme-switch").focus()
    expect(glance(page)).to_be_hidden()


@pytest.mark.parametrize("kind", ["term", "citation"])
def test_a_first_tap_explains_and_a_second_follows(
    kind: str, readers: Callable[..., Any], language: str
) -> None:
    with readers(**PHONE) as reader:
        page = reader.chapter(language)
        link = page.locator(f"a.{kind}").first
        link.tap()
        expect(glance(page)).to_be_visible()
        box = glance(page).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["viewport"]["width"]  # type: ignore[index]
        link.tap()
        page.wait_for_url("**/glossary/index.html#term-*" if kind == "term" else "**#ref-*")


def test_a_tap_elsewhere_hides_it(readers: Callable[..., Any]) -> None:
    with readers(**PHONE) as reader:
        page = reader.chapter("en")
        term(page).tap()
        expect(glance(page)).to_be_visible()
        page.locator("h2").first.tap(position={"x": 2, "y": 2})
        expect(glance(page)).to_be_hidden()


def test_without_javascript_both_lead_to_their_entries(
    readers: Callable[..., Any], language: str
) -> None:
    with readers(java_script_enabled=False) as reader:
        page = reader.chapter(language)
        citation(page).click()
        expect(page.locator(".references li:target")).to_have_count(1)
        term(page).click()
        page.wait_for_url(f"**/{language}/glossary/index.html#term-*")
        expect(page.locator(".glossary > :target dd").first).to_be_visible()


def test_every_term_of_the_chapter_has_its_entry(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="whole")
    hrefs = [link.get_attribute("href") or "" for link in page.locator("a.term").all()]
    wanted = {href.partition("#")[2] for href in hrefs}
    assert len(wanted) >= 20
    page = reader.open(f"{language}/glossary/index.html")
    ids = {one.get_attribute("id") for one in page.locator(".glossary > div").all()}
    assert wanted <= ids
