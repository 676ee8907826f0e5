"""Page and PageContext -> Rendered: the page with every placeholder resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.catalog.citations import works
from generator.rendering.reading_time import minutes
from generator.rendering.resolve import resolved
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
    contents = tuple(
        Entry(heading.level, heading.id, resolved(heading.body, context, words).strip())
        for heading in outline.headings
    )
    return Rendered(
        address=outline.address,
        front_matter=outline.front_matter,
        headline=resolved(page.headline, context, words).strip(),
        lead=resolved(page.lead, context, words).strip(),
        body=resolved(page.body, context, words) + cell_data(context.cells) + _works(context),
        contents=contents,
        minutes=minutes(page.prose, context.language),
        context=context,
    )


def _works(context: PageContext) -> str:
    """The references that the page cites and does not list."""
    return works([one for key, one in context.references.items() if key not in context.ways_back])
