"""The dialog in which readers search: when it fetches, how it looks, and to whom."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.searching import FOUND, search

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def test_the_text_is_not_fetched_before_it_is_searched(reader: Reader) -> None:
    page = reader.chapter("en")
    page.wait_for_load_state("load")
    assert not any("/search.js" in url for url in reader.requests)
    search(page, "mice")
    assert sum("/search.js" in url for url in reader.requests) == 1


def test_every_query_as_readers_type_it_finds_its_section(reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    for query, section in FOUND.items():
        search(page, query)
        expect(page.locator(f".search-dialog a[href$='#{section}']")).not_to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_dialog(
    scheme: str, readers: Callable[..., Any], language: str
) -> None:
    with readers(color_scheme=scheme) as reader:
        reader.context.add_init_script(path=str(AXE))
        page = reader.chapter(language)
        search(page, "Kenward")
        faults = page.evaluate(
            """async () => (await globalThis.axe.run("dialog")).violations.flatMap((rule) =>
                 rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`))"""
        )
        assert faults == []


def test_on_the_narrowest_phone_nothing_scrolls_sideways(
    readers: Callable[..., Any], language: str
) -> None:
    with readers(viewport={"width": 320, "height": 568}) as reader:
        page = reader.chapter(language)
        search(page, "mcmcglmm")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        inner = page.locator(".search-dialog")
        assert inner.evaluate("(one) => one.scrollWidth <= one.clientWidth")


def test_a_reader_who_goes_on_in_the_same_page_keeps_what_she_has_set(
    reader: Reader, language: str
) -> None:
    panel = reader.panel(language).start()
    panel.set(n_mice=4)
    other = "zh" if language == "en" else "en"
    for folder in (language, other):
        found = search(panel.page, "Hurlbert")
        found.and_(panel.page.locator(f"[href*='{folder}/mixed-models/index']")).first.click()
        expect(panel.page).to_have_url(re.compile(rf"/{folder}/mixed-models/.*nested\.n_mice=4.*#"))
        expect(panel.control("n_mice")).to_have_value("4")


def test_without_javascript_there_is_no_button(readers: Callable[..., Any], language: str) -> None:
    with readers(java_script_enabled=False) as reader:
        page = reader.chapter(language)
        expect(page.locator(".search-open")).to_be_hidden()
        expect(page.locator(".search-dialog")).to_be_hidden()


def test_print_has_no_button(reader: Reader) -> None:
    page = reader.chapter("en")
    page.emulate_media(media="print")
    expect(page.locator(".search-open")).to_be_hidden()


def test_what_could_not_be_fetched_is_said_and_fetched_at_the_next_opening(
    reader: Reader, language: str
) -> None:
    page = reader.chapter(language)
    page.context.route("**/assets/search.js", lambda route: route.abort())
    page.locator(".search-open").click()
    said = page.locator(".search-said")
    expect(said).to_have_text(page.locator("site-search").get_attribute("data-failed") or "-")
    page.context.unroute("**/assets/search.js")
    page.keyboard.press("Escape")
    assert search(page, "Kenward").count() > 0


def test_a_shortcut_typed_into_a_field_opens_nothing(reader: Reader) -> None:
    page = reader.chapter("en")
    page.locator("#sim-nested input[type='number']").first.focus()
    page.keyboard.press("Control+k")
    expect(page.locator("dialog")).to_be_hidden()


@pytest.mark.parametrize("keys", ["Control+k", "Meta+k"])
def test_a_shortcut_opens_the_search_from_a_slider_too(reader: Reader, keys: str) -> None:
    page = reader.chapter("en")
    page.locator("#sim-nested input[type='range']").first.press(keys)
    expect(page.locator("dialog")).to_be_visible()


def test_a_slash_opens_the_search_and_no_letter_alone_does(reader: Reader) -> None:
    """Letters come with any sentence that is dictated (WCAG 2.1.4)."""
    page = reader.chapter("en")
    page.keyboard.press("k")
    expect(page.locator("dialog")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("dialog")).to_be_visible()


def test_a_slash_is_written_where_a_reader_writes(reader: Reader) -> None:
    page = reader.chapter("en")
    page.locator(".search-open").click()
    page.keyboard.type("1/2")
    expect(page.locator("dialog input")).to_have_value("1/2")


def test_a_key_that_ends_a_composition_follows_no_link(reader: Reader) -> None:
    """In Safari it comes when the composition has ended, with a code that tells."""
    page = reader.chapter("zh")
    expect(search(page, "樣本").first).to_be_visible()
    page.locator("dialog input").evaluate(
        """(input) => input.dispatchEvent(new KeyboardEvent(
             "keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }))"""
    )
    expect(page.locator("dialog")).to_be_visible()


def test_a_text_marked_past_the_edge_leaves_the_dialog_open(reader: Reader) -> None:
    page = reader.chapter("en")
    search(page, "Kenward")
    box = page.locator("dialog input").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(10, box["y"] + 20)
    page.mouse.up()
    expect(page.locator("dialog")).to_be_visible()
    page.mouse.click(10, box["y"] + 20)
    expect(page.locator("dialog")).to_be_hidden()
