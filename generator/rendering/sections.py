"""The text of a page by section, without what only looks or computes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from unicodedata import normalize

from generator.unicode_ranges import HAN, LATIN

if TYPE_CHECKING:
    from generator.rendering.rendered import Rendered

_SILENT = re.compile(
    r"<(sim-widget|svg|script|style|textarea|select|button|noscript)\b.*?</\1>"
    r'|<pre class="script-output".*?</pre>'
    r'|<math [^>]*\bdisplay="block".*?</math>'
    r'|<a class="(?:heading-link|note-number|back)\b.*?</a>'
    r"|<sup\b[^>]*\bnote-call\b.*?</sup>",
    re.DOTALL,
)
"""Panels and drawings, whose numbers and axes would be found for everything; outputs; formulas that
stand alone, whose letters in a row are no words; signs."""

_HEADING = re.compile(
    r'<(?:h[2-6]\b[^>]*?|div(?=[^>]*><dt>))\sid="([^"]*)"[^>]*>(?:<dt>)?(.*?)</(?:h[2-6]|dt)>',
    re.DOTALL,
)
"""What a text can be found under: headings, and the terms of the glossary."""

_INLINE = re.compile(
    r"</?(?:a|abbr|b|cite|code|dfn|em|i|kbd|m[a-z]+|q|s|samp|small|span|strong|sub|sup|wbr)\b[^>]*>"
)
"""Tags that part no words; those of formulas among them."""

_TAG = re.compile(r"<[^>]*>")
_GAP = re.compile(rf"(?<=[{HAN}]) (?=[{LATIN}])|(?<=[{LATIN}]) (?=[{HAN}])")
"""A space between Chinese and Latin, which some texts have and readers may not type."""

_UNSEEN = re.compile("[\u00ad\u200b\u2060]")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text up to the next one; the first has neither id nor heading."""

    id: str
    heading: str
    text: str


def sections(page: Rendered) -> tuple[Section, ...]:
    """The sections of a page, the first beginning with its headline and lead."""
    title = page.front_matter.title
    headline = "" if plain(page.headline) == title else page.headline
    return split(f"<p>{headline}</p><p>{page.lead}</p>{page.body}")


def split(html: str) -> tuple[Section, ...]:
    """HTML as sections; what stands under no heading is the first one's."""
    first, *rest = _HEADING.split(heard(html))
    named = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    others = (Section(unescape(id_), plain(head), plain(text)) for id_, head, text in named)
    return (Section("", "", plain(first)), *others)


def heard(html: str) -> str:
    """HTML without what says nothing when it is searched."""
    return _SILENT.sub("", html)


def plain(html: str) -> str:
    """The words of a piece of HTML, one space between blocks."""
    text = unescape(_TAG.sub(" ", _INLINE.sub("", html)))
    return _GAP.sub("", " ".join(_UNSEEN.sub("", normalize("NFC", text)).split()))
