"""What the text of a page is made of: HTML, and placeholders that the whole site resolves.

A page is parsed knowing nothing of the others. Where it needs them it leaves a placeholder, which
:mod:`generator.rendering.resolve` replaces by HTML. So a page is parsed again only when its own
text changes.

Thousands of these are cached between builds; they have no slots because pickle reads them back
several times faster without.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Word:
    """A word of the interface, e.g. ``boxes.note``."""

    key: str


@dataclass(frozen=True)
class Link:
    """The URL of another page or of a file beside the text."""

    target: str
    line: int


@dataclass(frozen=True)
class PictureSize:
    """The width or the height of a picture in CSS pixels, so that a page does not jump."""

    target: str
    side: Literal["width", "height"]
    other: int | None
    """The other side, if the author has given it: then the shape decides on this one."""


@dataclass(frozen=True)
class Cite:
    """References in the text; ``textual`` as part of the sentence, else in parentheses."""

    keys: tuple[str, ...]
    textual: bool
    line: int
    numbers: tuple[int, ...]
    """For each key, the how-manieth time the page cites it."""


@dataclass(frozen=True)
class Value:
    """A number that is computed: ``name`` says by what, ``key`` which of its numbers."""

    name: str
    key: str
    line: int


@dataclass(frozen=True)
class Simulator:
    """A simulator."""

    name: str
    line: int


@dataclass(frozen=True)
class Instrument:
    """An instrument."""

    name: str
    line: int


@dataclass(frozen=True)
class Figure:
    """A drawn figure."""

    name: str
    line: int


@dataclass(frozen=True)
class References:
    """The list of all that the page cites."""

    line: int


@dataclass(frozen=True)
class Script:
    """A script of a chapter with its output; or, without code, its output alone."""

    name: str
    line: int
    with_code: bool


@dataclass(frozen=True)
class Cell:
    """A script of a chapter that readers can change and run, with the data that it gets."""

    name: str
    data: str
    line: int


@dataclass(frozen=True)
class Term:
    """A term that the glossary explains; without ``text`` as the glossary writes it."""

    key: str
    text: str
    line: int


@dataclass(frozen=True)
class Glossary:
    """The list of all terms."""

    line: int


@dataclass(frozen=True)
class Pages:
    """The list of all other pages."""

    line: int


@dataclass(frozen=True)
class Gallery:
    """All simulators, each with its first frame."""

    line: int


@dataclass(frozen=True)
class Whole:
    """All pages of the series with this page, one after the other."""

    page: str
    line: int


Placeholder = (
    Word
    | Link
    | PictureSize
    | Cite
    | Value
    | Simulator
    | Instrument
    | Figure
    | References
    | Script
    | Cell
    | Term
    | Glossary
    | Pages
    | Gallery
    | Whole
)
Node = str | Placeholder
Body = tuple[Node, ...]
