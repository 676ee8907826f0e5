"""The text of a page by section, without what only looks or computes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from unicodedata import normalize

from generator.unicode_ranges import HAN, LATIN

if TYPE_CHECKING:
    from generator.rendering.rendered import Rendered

_SILENT = {
    *(
        "sim-widget",
        "svg",
        "script",
        "template",
        "style",
        "textarea",
        "select",
        "button",
        "noscript",
    ),
    *("a.heading-link", "a.note-number", "a.back", "pre.script-output", "sup.note-call"),
    *("details.quiz-answers", "ul.gallery"),
}
"""Panels and drawings, whose numbers and axes would be found for everything; outputs; signs; and
answers, which an excerpt would give away; and the gallery, whose words stand on the pages that it
lists."""

_PANEL = "simulator"
"""The class of every panel, of simulators and of instruments."""

_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_INLINE = {
    *("a", "abbr", "b", "cite", "code", "dfn", "em", "i", "kbd", "q", "s", "samp", "small"),
    *("span", "strong", "sub", "sup", "wbr"),
    *("math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded"),
    *("mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub"),
    *("msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover"),
}
"""Elements that part no words; those of formulas among them."""

_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_GAP = re.compile(rf"(?<=[{HAN}]) (?=[{LATIN}])|(?<=[{LATIN}]) (?=[{HAN}])")
"""A space between Chinese and Latin, which some texts have and readers may not type."""

_UNSEEN = re.compile("[\u00ad\u200b\u2060]")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text up to the next one; the first has neither id nor heading."""

    id: str
    heading: str
    text: str
    code: str = ""
    """Its code, which is found after all texts."""


def sections(page: Rendered) -> tuple[Section, ...]:
    """The sections of a page, the first beginning with its headline and lead."""
    title = page.front_matter.title
    headline = "" if plain(page.headline) == title else page.headline
    return split(f"<p>{headline}</p><p>{page.lead}</p>{page.body}")


def split(html: str) -> tuple[Section, ...]:
    """HTML as sections; what stands under no heading is the first one's."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(
        Section(one.id, _words(one.heading), _words(one.text), _words(one.code))
        for one in reader.sections
    )


def plain(html: str) -> str:
    """The words of a piece of HTML without headings, one space between blocks."""
    return split(html)[0].text


def _words(parts: list[str]) -> str:
    text = _UNSEEN.sub("", normalize("NFC", "".join(parts)))
    return _GAP.sub("", " ".join(text.split()))


@dataclass
class _Draft:
    """A section while it is read."""

    id: str = ""
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Gathers text by section: under headings, and under the terms of the glossary."""

    def __init__(self) -> None:
        super().__init__()
        self.sections = [_Draft()]
        self.heading = ""
        """The tag of the heading that is read now."""

        self.silent = 0
        """How many elements deep the parser is in one that is not searched."""

        self.id = ""
        """The id of a ``<div>`` that has just begun, which a term may follow."""

        self.in_code = False
        self.cells = 0
        """Cells of the table's row that have begun."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a section, or what is not searched, or a word."""
        given = {name: value or "" for name, value in attrs}
        if self.silent or _is_silent(tag, given):
            self.silent += tag not in _VOID
            return
        self._table(tag)
        self.in_code |= tag == "pre" and "highlight" in given.get("class", "").split()
        id_, self.id = self.id, given.get("id", "") if tag == "div" else ""
        name = given.get("id", "") if tag in _HEADINGS else id_ if tag == "dt" else ""
        if name:
            self.sections.append(_Draft(name))
            self.heading = tag
        else:
            self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a heading, or what is not searched, or a word."""
        if self.silent:
            self.silent -= tag not in _VOID
        elif tag == self.heading:
            self.heading = ""
        elif tag == "pre" and self.in_code:
            self.in_code = False
        else:
            self._part(tag)

    def handle_data(self, data: str) -> None:
        """Take text."""
        if not self.silent:
            self._parts.append(data)

    def _table(self, tag: str) -> None:
        """Part the cells of a row by a dot, so that they do not read as one word."""
        if tag == "tr":
            self.cells = 0
        elif tag in {"td", "th"}:
            self._parts.append(" · " if self.cells else " ")
            self.cells += 1

    def _part(self, tag: str) -> None:
        if tag not in _INLINE:
            self._parts.append(" ")

    @property
    def _parts(self) -> list[str]:
        last = self.sections[-1]
        if self.heading:
            return last.heading
        return last.code if self.in_code else last.text


def _is_silent(tag: str, given: dict[str, str]) -> bool:
    """Whether an element says nothing to who searches.

    The letters of a formula that stands alone are no words.
    """
    classes = given.get("class", "").split()
    names = {tag, *(f"{tag}.{name}" for name in classes)}
    return (
        _PANEL in classes
        or bool(names & _SILENT)
        or (tag == "math" and given.get("display") == "block")
    )
