"""What the rest of the site may know of a page: its headings, its ids and its structure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.addresses import Address
    from generator.markdown.outline_items import OutlineItem
    from generator.markdown.placeholders import Body, Placeholder
    from generator.pages.front_matter import FrontMatter


@dataclass(frozen=True)
class Heading:
    """A heading of a page; ``body`` is what stands in it."""

    level: int
    id: str
    body: Body
    line: int


@dataclass(frozen=True)
class Outline:
    """A page without its text."""

    path: str
    address: Address
    front_matter: FrontMatter
    lines: dict[str, int]
    """Where each key of the front matter stands."""

    headings: tuple[Heading, ...]
    items: tuple[OutlineItem, ...]
    ids: tuple[tuple[str, int], ...]
    """Every id that a link can lead to, with its line."""

    placeholders: tuple[Placeholder, ...]
    """What it asks of the rest of the site."""
