from __future__ import annotations

import pytest

from generator.addresses import Address
from generator.errors import MistakeError
from generator.pages.front_matter import FrontMatter, split
from generator.pages.pages import page
from generator.pages.sources import Source
from tests.generator.languages import EN

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
        (GOOD.replace("order: 2", f"order: {'9' * 5000}"), "page.md:4: order is '999"),
        (GOOD.replace("title: T", "title:T"), "page.md:2: 'title:T' is not 'key: value'; write a"),
        (GOOD.replace("title: T", 'title: "T'), 'page.md:2: the quotes of "T do not match; put'),
        (
            GOOD.replace("title: T", 'title: "T" or "U"'),
            'page.md:2: the quotes of "T" or "U" do not match',
        ),
        (
            GOOD.replace("title: T", "title: |\n  T"),
            "page.md:2: '|' begins no text; write the text",
        ),
        (
            GOOD.replace("order: 2", "order: 2\nstep:\n  - STEP 1\n  - STEP 2"),
            "page.md:5: '- STEP 1 - STEP 2' is a list; write one text",
        ),
        (GOOD.replace("title: T", "title: [T, U]"), "page.md:2: '[T, U]' is a list; write one"),
        (
            GOOD.replace("title: T", "title: T # for now"),
            "page.md:2: '# for now' would be part of the text; write it on a line of its own",
        ),
        (GOOD.replace("order: 2", "title: U"), "page.md:4: 'title' is given twice; keep one"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(MistakeError) as error:
        split("page.md", text)
    assert str(error.value).startswith(message)


@pytest.mark.parametrize("title", ["1. Beans", "- Beans", "# Beans", "+ Beans"])
def test_a_title_is_running_text_whatever_it_begins_with(title: str) -> None:
    text = GOOD.replace("title: T", f"title: '{title}'\nlead: '{title}'")
    made = page(Source("page.md", Address("en", "page"), EN, text))
    assert made.headline == made.lead == (title,)


def test_a_mistake_in_a_headline_is_told_with_its_line() -> None:
    text = GOOD.replace("order: 2", "order: 2\nheadline: $\\nosuch$")
    with pytest.raises(MistakeError, match=r"^page.md:5: the formula "):
        page(Source("page.md", Address("en", "page"), EN, text))


@pytest.mark.parametrize("key", ["title", "description", "step"])
@pytest.mark.parametrize("text", ["*p* values", "`lme4`", "$x$", "[a](a.md)", "{term}`icc`"])
def test_what_stands_outside_of_the_page_is_plain_text(key: str, text: str) -> None:
    value = {"title": "T", "description": "D", "step": "S", key: text}
    head = "".join(f"{name}: '{one}'\n" for name, one in value.items())
    with pytest.raises(MistakeError, match=f"^page.md:[234]: {key} is plain text"):
        page(Source("page.md", Address("en", "page"), EN, f"---\n{head}order: 1\n---\n"))


def test_quotes_may_stand_around_several_lines() -> None:
    text = GOOD.replace("title: T", 'title: "One\n  and two"')
    assert split("page.md", text).front_matter.title == "One and two"
