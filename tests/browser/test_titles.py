"""No title is torn where no line ends: within a word, or before the sign that closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 600, 768, 1024, 1060, 1280, 1920)
PAGES = (
    "index.html",
    "mixed-models/index.html",
    "mixed-models/plan/index.html",
    "mixed-models/analyse/index.html",
    "mixed-models/toolbox/index.html",
    "agreement/index.html",
    "glossary/index.html",
)

TORN = r"""() => {
  const words = /[\p{Script=Latin}\p{N}]+[?!.,:;)”’]*/gu;
  const torn = [];
  for (const title of document.querySelectorAll("h1, h2, h3, nav a, th, dt")) {
    const texts = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(words)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) torn.push(word[0]);
      }
    }
  }
  return torn;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_no_title_is_torn_within_a_word(name: str, reader: Reader, language: str) -> None:
    page = reader.open(f"{language}/{name}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(TORN) == [], width
