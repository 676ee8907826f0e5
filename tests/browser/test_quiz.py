"""The questions of the chapter, as readers answer them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

ANSWERS = {
    "piglets": "D",
    "within-mice": "B",
    "two-cells": "C",
    "five-mice": "A",
}
OUTLINE = list(ANSWERS)
OTHER = {"zh": "en", "en": "zh"}
TAGS = {"zh": "zh-Hant-TW", "en": "en"}

ANSWER_ELSEWHERE = """() => {
  const kept = JSON.parse(sessionStorage.getItem("quiz"));
  const answers = { ...kept, "quiz-two-cells": { first: "B", last: "B" } };
  sessionStorage.setItem("quiz", JSON.stringify(answers));
}"""


def question(page: Page, name: str) -> Locator:
    return page.locator(f"#quiz-{name}")


def choose(page: Page, name: str, option: str) -> None:
    question(page, name).locator(f"input[value='{option}']").check()


def score(page: Page) -> str:
    return page.locator("quiz-score [role=status]").inner_text()


@pytest.mark.parametrize("name", OUTLINE)
def test_the_right_option_is_the_one_that_is_praised(
    name: str, reader: Reader, language: str
) -> None:
    page = reader.chapter(language)
    for option in "ABCD":
        choose(page, name, option)
        said = question(page, name).locator(".quiz-said:visible")
        expect(said).to_have_count(1)
        expect(said).to_have_attribute("data-option", option)
        praised = "quiz-right" in (said.get_attribute("class") or "")
        assert praised == (ANSWERS[name] == option)


def test_every_option_of_every_question_has_its_own_sentence(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="whole")
    quizzes = page.locator("quiz-item")
    assert quizzes.count() >= 10
    for quiz in quizzes.all():
        said = [text.strip() for text in quiz.locator(".quiz-said").all_text_contents()]
        assert len(said) == quiz.locator("input[type=radio]").count()
        assert len(set(said)) == len(said)


def test_the_first_choice_counts_and_a_second_is_free(reader: Reader) -> None:
    page = reader.chapter("en")
    assert score(page) == ""
    choose(page, "five-mice", "A")
    choose(page, "piglets", "A")
    choose(page, "piglets", "D")
    count = page.locator("quiz-item").count()
    assert score(page) == f"1 of 2 right at the first try; {count} questions in all."


def test_starting_over_forgets_every_answer(reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    choose(page, "five-mice", "A")
    page.locator("quiz-score button").click()
    assert score(page) == ""
    expect(page.locator(".quiz-said:visible")).to_have_count(0)
    expect(page.locator("quiz-item input:checked")).to_have_count(0)
    expect(page.locator("quiz-score button")).to_be_hidden()
    page.reload()
    expect(page.locator("quiz-item input:checked")).to_have_count(0)


def test_answers_are_kept_through_the_language_switch(reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    choose(page, "five-mice", "B")
    choose(page, "two-cells", "C")
    page.locator(f"a[hreflang='{TAGS[OTHER[language]]}']").first.click()
    page.wait_for_url(f"**/{OTHER[language]}/mixed-models/**")
    expect(question(page, "five-mice").locator("input[value='B']")).to_be_checked()
    expect(question(page, "five-mice").locator(".quiz-said:visible")).to_have_count(1)
    assert score(page).count("1") >= 1
    expect(page.locator("quiz-item input:checked")).to_have_count(2)


def test_a_page_that_comes_back_keeps_what_was_answered_since(reader: Reader) -> None:
    """A browser may keep a page as it was, while its reader answers on in the other language."""
    page = reader.chapter("en")
    choose(page, "five-mice", "A")
    page.evaluate(ANSWER_ELSEWHERE)
    page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(question(page, "two-cells").locator("input[value='B']")).to_be_checked()
    choose(page, "within-mice", "B")
    page.reload()
    expect(page.locator("quiz-item input:checked")).to_have_count(3)


def test_a_question_is_answered_by_keyboard(reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    radios = question(page, "within-mice").get_by_role("radio")
    radios.first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(radios.nth(3)).to_be_checked()
    expect(question(page, "within-mice").locator(".quiz-said:visible")).to_have_attribute(
        "data-option", "D"
    )


def test_a_screen_reader_is_told_the_question_and_what_is_said(
    reader: Reader, language: str
) -> None:
    page = reader.chapter(language)
    asked = page.locator("#quiz-five-mice-asked").inner_text()
    expect(question(page, "five-mice").get_by_role("radiogroup", name=asked)).to_have_count(1)
    region = question(page, "five-mice").locator("[aria-live='polite']")
    expect(region.locator(".quiz-said")).to_have_count(4)


def test_without_javascript_the_answers_can_be_unfolded(
    readers: Callable[..., Any], language: str
) -> None:
    with readers(java_script_enabled=False) as reader:
        page = reader.chapter(language)
        item = question(page, "five-mice")
        expect(item.locator(".quiz-options li")).to_have_count(4)
        expect(item.locator(".quiz-said:visible")).to_have_count(0)
        item.locator("summary").click()
        expect(item.locator(".quiz-said:visible")).to_have_count(4)
