"""What one language has and the other lacks is told with both places."""

from __future__ import annotations

import pytest

from generator.addresses import Address
from generator.catalog.translation_check import differences, missing_files, same_places
from generator.files.inputs import Inputs
from generator.pages.outline import Outline
from generator.pages.pages import page
from generator.pages.sources import Source
from tests.generator.languages import EN, THREE, TWO, ZH

HEAD = "---\ntitle: T\ndescription: D\norder: 1\n---\n"
TEXT = """\
## One {#one}

Text {cite}`a1; b2` and {value}`c.d`.[^n]

[^n]: Note.

:::{note}
Box.
:::

:::{simulator} nested
:::
"""


def outline(folder: str, text: str) -> Outline:
    return page(
        Source(f"{folder}/page.md", Address(folder, "page"), THREE.of(folder), text)
    ).outline


def told(english: str, chinese: str) -> list[str]:
    both = (outline("en", english), outline("zh", chinese))
    return [str(mistake) for mistake in differences({one.address: one for one in both}, TWO)]


def test_equal_skeletons_differ_in_nothing() -> None:
    assert told(HEAD + TEXT, HEAD + TEXT.replace("Text", "文字")) == []


def test_the_order_of_citations_in_a_section_may_differ() -> None:
    turned = TEXT.replace("{cite}`a1; b2` and {value}`c.d`", "{value}`c.d` {cite}`b2; a1`")
    assert told(HEAD + TEXT, HEAD + turned) == []


@pytest.mark.parametrize(
    ("change", "to", "message"),
    [
        (
            "{#one}",
            "{#uno}",
            "en/page.md:6: here stands heading ## one, but heading ## uno in zh/page.md:6",
        ),
        ("## One", "## One {#extra}\n\n### One", "here stands"),
        ("{note}", "{tip}", "en/page.md:12: here stands box note, but box tip in zh/page.md:12"),
        ("{simulator} nested", "{simulator} other", "simulator nested, but simulator other"),
        (
            ":::{simulator} nested\n:::\n",
            "",
            "zh/page.md:12: simulator nested is missing, which stands in en/page.md:16",
        ),
        (
            "a1; b2",
            "a1",
            "zh/page.md:6: section 'one' lacks citation a1; b2, which stands in en/page.md:8",
        ),
        (
            "{value}`c.d`",
            "5%",
            "zh/page.md:6: section 'one' lacks value c.d, which stands in en/page.md:8",
        ),
        (
            ".[^n]\n\n[^n]: Note.",
            ".",
            "zh/page.md:6: section 'one' lacks footnote 1, which stands in en/page.md:8",
        ),
        ("order: 1", "order: 2", "en/page.md:4: order is 1, but 2 in zh/page.md:4"),
    ],
)
def test_a_difference_names_both_places(change: str, to: str, message: str) -> None:
    changed = (HEAD + TEXT).replace(change, to, 1)
    assert any(message in mistake for mistake in told(HEAD + TEXT, changed))


def test_a_picture_of_one_language_only_is_a_mistake() -> None:
    [said] = told(f"{HEAD}![A mouse](mouse.png)", f"{HEAD}Text.")
    assert said.startswith("zh/page.md: the beginning lacks picture, which stands in en/page.md:6")


def test_only_the_first_difference_in_structure_is_told() -> None:
    changed = TEXT.replace("{note}", "{tip}").replace("nested", "other")
    assert len(told(HEAD + TEXT, HEAD + changed)) == 1


def test_a_page_of_one_language_only_is_a_mistake() -> None:
    one = page(Source("content/zh/page.md", Address("zh", "page"), ZH, HEAD + TEXT)).outline
    assert [str(mistake) for mistake in differences({one.address: one}, THREE)] == [
        f"content/zh/page.md: the page is missing in the language '{folder}'; "
        f"write content/{folder}/page.md"
        for folder in ("en", "ja")
    ]


def test_every_language_is_compared_with_the_default_one() -> None:
    texts = {
        "zh": TEXT.replace("{note}", "{tip}"),
        "en": TEXT,
        "ja": TEXT.replace("{value}`c.d`", "it"),
    }
    outlines = [outline(folder, HEAD + text) for folder, text in texts.items()]
    found = differences({one.address: one for one in outlines}, THREE)
    assert [str(mistake).partition(";")[0] for mistake in found] == [
        "en/page.md:12: here stands box note, but box tip in zh/page.md:12",
        "ja/page.md:6: section 'one' lacks value c.d, which stands in en/page.md:8",
    ]


def test_a_label_file_of_one_language_only_is_a_mistake() -> None:
    names = ("content/zh/widgets/a.toml", "content/en/widgets/a.toml", "content/zh/widgets/b.toml")
    found = missing_files(Inputs.of(dict.fromkeys(names, "")), "content", TWO, ())
    assert [str(mistake) for mistake in found] == [
        "content/en/widgets/b.toml: there is no such file; content/zh/widgets/b.toml is there"
    ]


def test_a_file_in_one_language_is_a_mistake_only_if_a_page_leads_to_it() -> None:
    inputs = Inputs.of(dict.fromkeys(("content/zh/notes.docx", "content/zh/a.png"), ""))
    found = missing_files(inputs, "content", TWO, {"zh/a.png"})
    assert [mistake.path for mistake in found] == ["content/en/a.png"]


def test_two_pages_in_the_same_place_are_a_mistake() -> None:
    sources = [Source(f"en/{name}.md", Address("en", name), EN, HEAD) for name in ("a", "a/index")]
    outlines = {one.address: one for one in (page(source).outline for source in sources)}
    assert [str(mistake) for mistake in same_places(outlines)] == [
        "en/a/index.md: it becomes en/a/index.html, as does en/a.md; rename one of the two"
    ]
