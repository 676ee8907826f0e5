"""How long a page takes to read."""

from __future__ import annotations

import pytest

from generator.addresses import Address
from generator.pages.pages import page
from generator.pages.sources import Source
from generator.rendering.reading_time import CHARACTERS, CHARACTERS_OF, WORDS, minutes, rounded
from tests.generator.languages import EN, JA, ZH


def prose(text: str) -> str:
    """The running text of a page."""
    head = "---\ntitle: T\ndescription: D\norder: 1\n---\n"
    return page(Source("page.md", Address("en", "page"), EN, f"{head}{text}\n")).prose


def test_english_is_counted_in_words() -> None:
    assert minutes("don’t " * WORDS * 3, EN) == 3


def test_chinese_is_counted_in_characters() -> None:
    assert minutes("小鼠，" * CHARACTERS, ZH) == 2


def test_japanese_is_counted_in_ideographs_and_syllabic_signs() -> None:
    half = CHARACTERS_OF["Jpan"] // 2
    assert minutes("鼠" * half * 3 + "ネズミ" * half, JA) == 3


def test_a_chinese_page_with_english_words_takes_the_time_of_both() -> None:
    assert minutes("鼠" * CHARACTERS + " lmer" * WORDS, ZH) == 2


def test_code_formulas_pictures_and_markup_take_no_time() -> None:
    many = " word" * WORDS * 9
    unread = f"```\n{many}\n```\n\n$\\text{{{many}}}$ word ![{many}](a.png) [word](b.md '{many}')"
    assert prose(f"{unread}\n\n:::{{simulator}} nested\n:::").split() == ["word", "word"]


def test_what_stands_in_boxes_lists_and_tables_is_read_as_well() -> None:
    text = "## One {#one}\n\n:::{note} Two\n- `three`\n:::\n\n| four |\n|---|\n| *fi*ve |"
    assert prose(text).split() == ["One", "Two", "three", "four", "five"]


@pytest.mark.parametrize(
    ("exact", "shown"), [(0.4, 0), (1.2, 1), (9.6, 10), (10.4, 10), (13, 15), (41, 40)]
)
def test_long_times_are_rounded_to_fives(exact: float, shown: int) -> None:
    assert rounded(exact) == shown
