"""Page and View -> Rendered: the page with every hole filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.printing.filling import citation_counts, filled
from generator.printing.reading_time import minutes
from generator.printing.transcripts import cell_data

if TYPE_CHECKING:
    from generator.addresses import Address
    from generator.catalog.view import View
    from generator.catalog.words import Words
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

    view: View


def rendered(page: Page, view: View, words: Words) -> Rendered:
    """The page as its template takes it."""
    outline = page.outline
    counts = citation_counts(outline.holes)
    contents = tuple(
        Entry(heading.level, heading.id, filled(heading.body, view, words, counts).strip())
        for heading in outline.headings
    )
    return Rendered(
        address=outline.address,
        front_matter=outline.front_matter,
        headline=filled(page.headline, view, words, counts).strip(),
        lead=filled(page.lead, view, words, counts).strip(),
        body=filled(page.body, view, words, counts) + cell_data(view.cells),
        contents=contents,
        minutes=minutes(page.body),
        view=view,
    )
