"""Where the right options stand, and how long they are: neither may give the answer away."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest

from generator.addresses import Address
from generator.catalog import builder
from generator.options import Options
from generator.pages.pages import page
from generator.pages.sources import read
from generator.source_files import SourceFile

CONTENT = Path(__file__).resolve().parents[3] / "content"
PARTS = ("mixed-models", "mixed-models/plan", "mixed-models/analyse", "mixed-models/toolbox")
ITEM = re.compile(r'<quiz-item.*?id="quiz-([a-z0-9-]+)".*?</quiz-item>', re.DOTALL)
OPTION = re.compile(r'<li data-option="([A-Z])">.*?class="quiz-text">(.*?)</span></li>', re.DOTALL)
RIGHT = re.compile(r'quiz-right" data-option="([A-Z])"')


def questions(language: str) -> dict[str, tuple[str, dict[str, int]]]:
    """The right letter of every question, and how long each option is as readers see it."""
    languages = builder.settings(Options(output=Path("none"))).languages
    found = {}
    for name in PARTS:
        file = SourceFile.at(CONTENT / language / f"{name}.md")
        made = page(read(file, Address(language, name), languages.of(language)))
        html = "".join(node if isinstance(node, str) else "###" for node in made.body)
        for item in ITEM.finditer(html):
            lengths = {
                letter: len(unescape(re.sub("<[^>]*>", "", text)))
                for letter, text in OPTION.findall(item[0])
            }
            found[item[1]] = (RIGHT.findall(item[0])[0], lengths)
    return found


def test_both_languages_have_the_same_answers() -> None:
    assert {name: right for name, (right, _) in questions("zh").items()} == {
        name: right for name, (right, _) in questions("en").items()
    }


def test_no_place_is_right_in_more_than_half_of_the_questions() -> None:
    rights = Counter(right for right, _ in questions("en").values())
    assert set(rights) == set("ABCD")
    assert max(rights.values()) <= rights.total() / 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_longest_option_is_right_no_more_often_than_by_chance(language: str) -> None:
    every = questions(language)
    longest = [
        name
        for name, (right, long) in every.items()
        if long[right] > max(length for letter, length in long.items() if letter != right)
    ]
    assert len(longest) <= len(every) / 4, longest
