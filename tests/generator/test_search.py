"""What is found of a page, and the script that it makes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.options import Options
from generator.rendering.search import SEARCH
from generator.rendering.sections import plain, split
from tests.generator import sites


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>假性<strong>重複</strong>不是</p>", "假性重複不是"),
        ("<p>A <em>p</em>-value</p><p>Next</p>", "A p-value Next"),
        ("<td>自由度</td>\n<td>2</td>", "自由度 · 2"),
        ("<math><mrow><mi>n</mi><mo>=</mo><mn>3</mn></mrow></math>", "n=3"),
        ("a &lt; b &amp;\n c", "a < b & c"),
        ("<p>看 <em>p</em> 值，以及 n</p><p>是三</p>", "看p值，以及n是三"),
        ("Satter\u00adthwaite", "Satterthwaite"),
    ],
)
def test_inline_tags_part_no_words_and_blocks_do(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.fixture
def tree(tmp_path: Path) -> Options:
    content = tmp_path / "content"
    for folder in ("zh", "en"):
        (content / folder).mkdir(parents=True)
    golden = sites.GOLDEN / "two-languages" / "content"
    for name in ("site.toml", "references.toml", "zh/interface.toml", "en/interface.toml"):
        (content / name).write_bytes((golden / name).read_bytes())
    write(content, "index", "Home", "Text.", 1)
    write(content, "mice", "Mice", "Before.\n\n## Why {#why}\n\nSixty *cells*[^a].\n\n[^a]: Note.")
    return sites.options(content, tmp_path)


def write(content: Path, name: str, title: str, text: str, order: int = 2) -> None:
    for folder in ("zh", "en"):
        head = f"---\ntitle: {title}\nlead: Lead.\ndescription: D.\norder: {order}\n---\n"
        (content / folder / f"{name}.md").write_text(f"{head}\n{text}\n")


def said(tree: Options) -> list[dict[str, Any]]:
    """The pages as the script gives them."""
    text, _ = script(tree)
    pages: list[dict[str, Any]] = json.loads(text.removeprefix("globalThis.siteText="))
    return pages


def script(tree: Options) -> tuple[str, str]:
    """The two parts of the script: the pages' text, and the variants of its characters."""
    text, _, variants = (tree.output / SEARCH).read_text().partition(";\nglobalThis.siteVariants=")
    return text, variants.removesuffix(";\n")


def test_characters_are_told_in_their_simplified_form_too(tree: Options) -> None:
    write(tree.content, "mice", "Mice", "隨機效應，隨機。")
    sites.make(tree)
    variants = json.loads(script(tree)[1])
    pairs = dict(zip(variants[1::2], variants[::2], strict=True))
    assert pairs["隨"] == "随"
    assert pairs["應"] == "应"
    assert "龍" not in pairs


def test_code_stands_apart_from_text(tree: Options) -> None:
    write(tree.content, "mice", "Mice", "Text.\n\n```python\nx = 1  # a comment\n```\n\nMore.")
    sites.make(tree)
    _, _, text, code = said(tree)[-1]["sections"][0]
    assert text == "Lead. Text. More."
    assert code == "x = 1 # a comment"


def test_every_page_is_there_by_section_in_reading_order(tree: Options) -> None:
    sites.make(tree)
    pages = said(tree)
    assert [page["path"] for page in pages] == [
        "zh/index.html",
        "zh/mice/index.html",
        "en/index.html",
        "en/mice/index.html",
    ]
    assert [page["language"] for page in pages] == ["zh-Hant-TW", "zh-Hant-TW", "en", "en"]
    first, why = pages[-1]["sections"]
    assert first == ["", "", "Lead. Before."]
    assert why[:2] == ["why", "Why"]
    assert why[2].startswith("Sixty cells.")
    assert "Note." in why[2]


def test_a_formula_is_heard_only_within_a_sentence(tree: Options) -> None:
    write(tree.content, "mice", "Mice", "Here $n = 3$:\n\n$$\\sigma^2 / n$$\n\nAfter.")
    sites.make(tree)
    assert said(tree)[-1]["sections"][0][2] == "Lead. Here n=3: After."


def test_a_changed_page_changes_its_own_entry_and_gives_the_bytes_of_a_clean_build(
    tree: Options, tmp_path: Path
) -> None:
    sites.make(tree)
    before = said(tree)
    write(tree.content, "mice", "Mice", "Before.\n\n## Why {#why}\n\nSeventy.")
    sites.make(tree)
    after = said(tree)
    assert [after[0], after[2]] == [before[0], before[2]]
    assert after[3]["sections"][1] == ["why", "Why", "Seventy."]
    fresh = sites.options(tree.content, tmp_path / "fresh")
    sites.make(fresh)
    assert (fresh.output / SEARCH).read_bytes() == (tree.output / SEARCH).read_bytes()


@pytest.mark.parametrize(
    "silent",
    [
        '<own-data class="simulator own-data"><h2 id="a">Panel</h2><p>.50</p></own-data>',
        '<ul class="gallery"><li><a href="x">Nested</a></li></ul>',
        '<sim-widget id="sim-x"><output data-value="0.5">.50</output></sim-widget>',
        "<svg><text>1.5</text></svg>",
        '<pre class="script-output" tabindex="0"><samp>1.5</samp></pre>',
        '<script type="application/json">{"a": 1}</script>',
        '<details class="quiz-answers"><summary>The answer</summary><p>It is b.</p></details>',
        '<a class="heading-link" href="#a" aria-label="Link">#</a>',
        '<svg><g><path d="M0,0"/></g><text>a > b</text></svg>',
        '<sim-widget><svg><text>1</text></svg><input value="2>1"><b>3</b></sim-widget>',
        '<script>document.write("</b>");</script>',
        '<sup class="note-call"><a id="note-call-1" href="#note-1">1</a></sup>',
    ],
)
def test_panels_drawings_outputs_and_signs_are_not_searched(silent: str) -> None:
    assert plain(f"<p>六十顆{silent}細胞</p>") == "六十顆細胞"


def test_a_term_of_the_glossary_is_a_place_of_its_own() -> None:
    html = '<p>a</p><div id="term-x"><dt>X</dt>\n<dd>b</dd></div><h3 id="y">Y</h3><p>c</p>'
    assert [(one.id, one.heading, one.text) for one in split(html)] == [
        ("", "", "a"),
        ("term-x", "X", "b"),
        ("y", "Y", "c"),
    ]
