"""What one page sees of the rest of the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.catalog.citations import Reference
    from generator.catalog.glossary import Term
    from generator.catalog.transcripts import Transcript


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another page: where it is from here, and what it is called."""

    href: str
    title: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a page's bytes take from elsewhere, the words of its language excepted.

    It is what decides whether a page is printed again; so nothing may reach a page but through it.
    """

    folder: str
    """The language of the page."""

    links: Mapping[str, str]
    """URLs by the target that the author wrote."""

    works: Mapping[str, Reference]
    listings: Mapping[str, str]
    """Where each work that the page cites is listed."""

    terms: Mapping[str, Term]
    glossary: str
    """Where the terms are explained."""

    claims: Mapping[str, str]
    figures: Mapping[str, str]
    simulators: Mapping[str, str]
    scripts: Mapping[str, Transcript]
    """Scripts by name, cells among them."""

    cells: Mapping[str, str]
    """The data of the page's cells, as JSON, by the name of their file."""

    home: str
    previous: Neighbour | None
    following: Neighbour | None
    twin: Neighbour

    @property
    def needs_runtime(self) -> bool:
        """Whether anything on the page computes in the reader's browser."""
        return bool(self.simulators or self.cells)
