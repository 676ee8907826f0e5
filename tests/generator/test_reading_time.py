"""How long a page takes to read."""

from __future__ import annotations

import pytest

from generator.markdown.placeholders import Simulator
from generator.rendering.reading_time import CHARACTERS, CHARACTERS_OF, WORDS, minutes, rounded
from tests.generator.languages import EN, JA, ZH


def test_english_is_counted_in_words() -> None:
    assert minutes(("<p>" + "don’t " * WORDS * 3 + "</p>",), EN) == 3


def test_chinese_is_counted_in_characters() -> None:
    assert minutes(("<p>" + "小鼠，" * CHARACTERS + "</p>",), ZH) == 2


def test_japanese_is_counted_in_ideographs_and_syllabic_signs() -> None:
    half = CHARACTERS_OF["Jpan"] // 2
    assert minutes(("<p>" + "鼠" * half * 3 + "ネズミ" * half + "</p>",), JA) == 3


def test_a_chinese_page_with_english_words_takes_the_time_of_both() -> None:
    assert minutes(("鼠" * CHARACTERS + " lmer" * WORDS,), ZH) == 2


def test_code_formulas_pictures_and_markup_take_no_time() -> None:
    words = " word" * WORDS * 9
    unread = "".join(f"<{tag} a='b'>{words}</{tag}>" for tag in ("pre", "math", "svg"))
    assert minutes((f"{unread}<p title='{words}'>word</p>", Simulator("nested", 1)), EN) == 0


@pytest.mark.parametrize(
    ("exact", "shown"), [(0.4, 0), (1.2, 1), (9.6, 10), (10.4, 10), (13, 15), (41, 40)]
)
def test_long_times_are_rounded_to_fives(exact: float, shown: int) -> None:
    assert rounded(exact) == shown
