from __future__ import annotations

import pytest

from generator.errors import MistakeError
from generator.pages.front_matter import FrontMatter, split

GOOD = "---\ntitle: T\ndescription: D\norder: 2\n---\nText\n"


def test_a_page_says_what_it_is() -> None:
    text = (
        '---\ntitle: T\nstep: "STEP 1 / 2"\nlead: One\n  and two.\ndescription: D\norder: -1\n---\n'
    )
    parts = split("page.md", text)
    assert parts.front_matter == FrontMatter("T", "D", -1, lead="One and two.", step="STEP 1 / 2")
    assert parts.lines == {"title": 2, "step": 3, "lead": 4, "description": 6, "order": 7}


def test_the_text_below_keeps_its_lines() -> None:
    assert split("page.md", GOOD).text.split("\n").index("Text") == 5


def test_values_may_hold_colons_and_comments_are_skipped() -> None:
    text = GOOD.replace("title: T", "# a comment\n\ntitle: n: 60 or 3?")
    assert split("page.md", text).front_matter.title == "n: 60 or 3?"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Text\n", "page.md:1: the page has no front matter; start it with ---"),
        ("---\ntitle: T\n", "page.md:1: the front matter does not end; close it with a line ---"),
        (
            GOOD.replace("title: T", "titel: T"),
            "page.md:2: front matter has no key 'titel'; did you",
        ),
        (GOOD.replace("title: T\n", ""), "page.md:1: 'title' is missing; add 'title: …'"),
        (GOOD.replace("title: T", "title:"), "page.md:2: 'title' is missing"),
        (GOOD.replace("order: 2", "order: two"), "page.md:4: order is 'two'; write a whole number"),
        (GOOD.replace("title: T", "title"), "page.md:2: 'title' is not 'key: value'"),
        (GOOD.replace("order: 2", "title: U"), "page.md:4: 'title' is given twice; keep one"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(MistakeError) as error:
        split("page.md", text)
    assert str(error.value).startswith(message)
