"""The tree of decisions, walked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

OTHER = {"zh": "en", "en": "zh"}
TAGS = {"zh": "zh-Hant-TW", "en": "en"}
ENDS = {
    "1": "lm(y ~ x)",
    "2-1": "lm(y ~ x + group)",
    "2-2-1-1-1": "brm(",
    "2-2-1-1-2-1": "corAR1",
    "2-2-1-1-2-2": "lmer(y ~ x + (1 | unit))",
    "2-2-1-2-1": "geeglm(",
    "2-2-1-2-2": "lmer(y ~ x + (1 | cluster))",
    "2-2-2-1-1": "family = bernoulli()",
    "2-2-2-1-2-1": "ar1(",
    "2-2-2-1-2-2": "glmer(",
    "2-2-2-2-1": "geeglm(",
    "2-2-2-2-2": 'family = binomial, corstr = "exchangeable")',
}
"""Every path to its end, and what the advice there says."""


def tree(page: Page) -> Locator:
    return page.locator("#tree-choose")


def open_answers(page: Page) -> Locator:
    return tree(page).locator("button.tree-answer[aria-pressed='false']:visible")


def walk(page: Page, path: str) -> None:
    for step in path.split("-"):
        open_answers(page).nth(int(step) - 1).click()


@pytest.mark.parametrize("path", ENDS)
def test_every_path_ends_in_a_formula_and_a_link(path: str, reader: Reader, language: str) -> None:
    page = reader.chapter(language, f"?choose.path={path}#choose", part="analyse")
    advice = tree(page).locator(".tree-advice:visible")
    expect(advice).to_have_count(1)
    expect(advice.locator("pre")).to_contain_text(ENDS[path])
    expect(open_answers(page)).to_have_count(0)
    assert len(path.split("-")) == tree(page).locator(".tree-question:visible").count()


def test_the_lines_of_an_answer_given_begin_at_one_place(
    readers: Callable[..., Any], language: str
) -> None:
    with readers(viewport={"width": 320, "height": 640}) as reader:
        page = reader.chapter(language, "?choose.path=2-2#choose", part="analyse")
        given = tree(page).locator("button.tree-answer[aria-pressed='true']")
        expect(given).to_have_count(2)
        for answer in given.all():
            begins = answer.evaluate(
                """(button) => {
                  const text = document.createRange();
                  text.selectNodeContents(button);
                  return [...text.getClientRects()].map((line) => Math.round(line.left));
                }"""
            )
            assert len(begins) > 1
            assert max(begins) - min(begins) <= 1


def test_only_the_first_question_is_open_at_first(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="analyse")
    expect(tree(page).locator(".tree-question:visible")).to_have_count(1)
    expect(open_answers(page)).to_have_count(2)
    expect(tree(page).locator(".tree-tools button:visible")).to_have_count(0)


def test_an_answer_opens_the_next_question_and_takes_the_reader_there(
    reader: Reader, language: str
) -> None:
    page = reader.chapter(language, part="analyse")
    walk(page, "2")
    questions = tree(page).locator(".tree-question:visible")
    expect(questions).to_have_count(2)
    expect(questions.last).to_be_focused()
    page.wait_for_function("() => location.search === '?choose.path=2'")


def test_steps_are_taken_back_one_by_one_or_all_at_once(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="analyse")
    walk(page, "2-2-1")
    tree(page).locator("[data-action='back']").click()
    expect(tree(page).locator(".tree-question:visible")).to_have_count(3)
    tree(page).locator("button[aria-pressed='true']").first.click()
    expect(tree(page).locator(".tree-question:visible")).to_have_count(1)
    walk(page, "2-1")
    tree(page).locator("[data-action='again']").click()
    expect(open_answers(page)).to_have_count(2)
    page.wait_for_function("() => location.search === ''")


def test_the_tree_is_walked_by_keyboard(reader: Reader) -> None:
    page = reader.chapter("en", part="analyse")
    open_answers(page).nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(tree(page).locator(".tree-advice:visible")).to_be_focused()
    expect(tree(page).locator(".tree-advice:visible pre")).to_contain_text("lm(y ~ x + group)")


def test_the_path_survives_the_language_switch(reader: Reader, language: str) -> None:
    page = reader.chapter(language, "#choose", part="analyse")
    walk(page, "2-2-2")
    page.locator(f"a[hreflang='{TAGS[OTHER[language]]}']").first.click()
    page.wait_for_url(f"**/{OTHER[language]}/mixed-models/**")
    expect(tree(page).locator(".tree-question:visible")).to_have_count(4)


def test_a_link_to_the_path_is_copied(readers: Callable[..., Any], language: str) -> None:
    with readers(permissions=["clipboard-read", "clipboard-write"]) as reader:
        page = reader.chapter(language, part="analyse")
        walk(page, "2-1")
        tree(page).locator("[data-action='copy_link']").click()
        link = page.evaluate("() => navigator.clipboard.readText()")
        assert link.endswith("?choose.path=2-1#tree-choose")


def test_a_link_copied_twice_leaves_the_button_as_it_was(reader: Reader) -> None:
    reader.context.add_init_script("navigator.clipboard.writeText = async () => {}")
    page = reader.chapter("en", "?choose.path=2#choose", part="analyse")
    button = tree(page).locator("[data-action='copy_link']")
    words = button.inner_text()
    button.click()
    expect(button).to_have_text("Link copied")
    expect(button).to_have_attribute("aria-live", "polite")
    button.click()
    expect(button).to_have_attribute("aria-live", "off")
    expect(button).to_have_text(words)


def test_a_path_that_makes_no_sense_is_followed_as_far_as_it_does(
    reader: Reader, language: str
) -> None:
    page = reader.chapter(language, "?choose.path=2-9-1", part="analyse")
    expect(tree(page).locator(".tree-question:visible")).to_have_count(2)


def test_paper_has_the_whole_tree_or_the_way_walked(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="analyse")
    page.emulate_media(media="print")
    expect(tree(page).locator(".tree-advice:visible")).to_have_count(len(ENDS))
    page.emulate_media(media="screen")
    walk(page, "2-1")
    page.emulate_media(media="print")
    expect(tree(page).locator(".tree-advice:visible")).to_have_count(1)


def test_the_way_is_printed_without_the_chapter(reader: Reader) -> None:
    page = reader.chapter("en", part="analyse")
    walk(page, "2-1")
    page.evaluate("() => { globalThis.print = () => {}; }")
    tree(page).locator("[data-action='print']").click()
    page.emulate_media(media="print")
    expect(tree(page)).to_be_visible()
    expect(page.locator("#code")).to_be_hidden()
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#code")).to_be_visible()


def test_without_javascript_the_tree_is_a_nested_list(
    readers: Callable[..., Any], language: str
) -> None:
    with readers(java_script_enabled=False) as reader:
        page = reader.chapter(language, part="analyse")
        expect(tree(page).locator(".tree-advice:visible")).to_have_count(len(ENDS))
        expect(tree(page).locator("button:visible")).to_have_count(0)
        expect(tree(page).locator("ul ul ul ul ul ul > li")).to_have_count(4)
