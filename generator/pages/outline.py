"""What the rest of the site may know of a page: its headings, its ids and its skeleton."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.addresses import Address
    from generator.pages.front_matter import FrontMatter
    from generator.pages.pieces import Body, Hole


@dataclass(frozen=True)
class Mark:
    """A part of a page that both languages must have: what it is, which one, and where."""

    kind: str
    name: str
    line: int

    inline: bool = False
    """Whether it stands in running text, where the order may differ between languages."""

    def __str__(self) -> str:
        """How it is named to the author."""
        return f"{self.kind} {self.name}".rstrip()


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
    marks: tuple[Mark, ...]
    ids: tuple[tuple[str, int], ...]
    """Every id that a link can lead to, with its line."""

    holes: tuple[Hole, ...]
    """What it asks of the rest of the site."""
