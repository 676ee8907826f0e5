"""Where the simulators of a course stand: on a page of their own, in the text, in the gallery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import Address, relative
from generator.markdown.placeholders import Gallery, Simulator

if TYPE_CHECKING:
    from generator.catalog.asset_builder import AssetBuilder
    from generator.catalog.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Card:
    """A simulator in the gallery: where it leads, its title and its first frame as HTML."""

    href: str
    title: str
    frame: str
    about: str
    """What its own page says of it; empty, if it has none."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Where else a simulator of a page stands: relative URLs and titles, None if nowhere."""

    own: str | None
    """Its own page, on any other."""

    section: str | None
    """The place in the text, on its own page."""

    section_title: str = ""


def own_page(catalog: Catalog, folder: str, name: str) -> Address | None:
    """The page that is a simulator's own: it is named after it and shows it."""
    return next(
        (
            page
            for page in catalog.order[folder]
            if page.name.rpartition("/")[2] == name and name in _shown(catalog, page)
        ),
        None,
    )


def ways(catalog: Catalog, here: Address, name: str) -> Ways:
    """The ways from a simulator on a page to where else it stands."""
    own = own_page(catalog, here.folder, name)
    if own != here:
        return Ways(relative(here.path, own.path) if own else None, None)
    text = _in_text(catalog, here.folder, name, own)
    if text is None:
        return Ways(None, None)
    title = catalog.outlines[text].front_matter.title
    return Ways(None, f"{relative(here.path, text.path)}#sim-{name}", title)


def gallery(catalog: Catalog, folder: str) -> Address | None:
    """The first page that lists all simulators."""
    return next(
        (
            page
            for page in catalog.order[folder]
            if any(isinstance(node, Gallery) for node in catalog.outlines[page].placeholders)
        ),
        None,
    )


def cards(catalog: Catalog, asset_builder: AssetBuilder, here: Address) -> tuple[Card, ...]:
    """All simulators that stand on a page, those with one of their own in its reading order."""
    found: list[tuple[int, str, Card]] = []
    for name in catalog.simulators:
        own = own_page(catalog, here.folder, name)
        page = own or _in_text(catalog, here.folder, name, None)
        if page is None:
            continue
        title, frame = asset_builder.card(name, here.folder)
        href = relative(here.path, page.path) + ("" if own else f"#sim-{name}")
        about = catalog.outlines[own].front_matter.description if own else ""
        found.append((catalog.places[page], name, Card(href, title, frame, about)))
    return tuple(card for _, _, card in sorted(found, key=lambda one: one[:2]))


def _shown(catalog: Catalog, page: Address) -> frozenset[str]:
    return frozenset(
        node.name for node in catalog.outlines[page].placeholders if isinstance(node, Simulator)
    )


def _in_text(catalog: Catalog, folder: str, name: str, own: Address | None) -> Address | None:
    """The first page with the simulator, a page of its own and a home page last."""
    pages = [page for page in catalog.rows[folder] if page != own and name in _shown(catalog, page)]
    return min(pages, key=lambda page: page.name == "index", default=None)
