"""Page and PageContext -> Rendered: the page with every placeholder resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.rendering.reading_time import minutes
from generator.rendering.resolve import citation_counts, resolved
from generator.rendering.scripts import cell_data

if TYPE_CHECKING:
    from generator.addresses import Address
    from generator.catalog.interface import Words
    from generator.catalog.page_context import PageContext
    from generator.pages.front_matter import FrontMatter
    from generator.pages.pages import Page


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; ``html`` holds no links."""

    level: int
    id: str
    html: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page that needs nothing but its template."""

    address: Address
    front_matter: FrontMatter
    headline: str
    """Its title in HTML."""

    lead: str
    body: str
    contents: tuple[Entry, ...]
    minutes: int
    """How long it takes to read; 0 where there is hardly any text."""

    context: PageContext


def rendered(page: Page, context: PageContext, words: Words) -> Rendered:
    """The page as its template takes it."""
    outline = page.outline
    counts = citation_counts(outline.placeholders)
    contents = tuple(
        Entry(heading.level, heading.id, resolved(heading.body, context, words, counts).strip())
        for heading in outline.headings
    )
    return Rendered(
        address=outline.address,
        front_matter=outline.front_matter,
        headline=resolved(page.headline, context, words, counts).strip(),
        lead=resolved(page.lead, context, words, counts).strip(),
        body=resolved(page.body, context, words, counts) + cell_data(context.cells),
        contents=contents,
        minutes=minutes(page.prose, context.language),
        context=context,
    )
