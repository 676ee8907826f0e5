"""What one page takes from the rest of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from generator.addresses import Address, relative
from generator.catalog import scripts
from generator.catalog.simulator_places import Card, Ways, cards, gallery, own_page, ways
from generator.errors import error, nearest
from generator.markdown.placeholders import (
    Cell,
    Cite,
    Figure,
    Gallery,
    Glossary,
    Instrument,
    Link,
    Pages,
    PictureSize,
    References,
    Script,
    Simulator,
    Term,
    Value,
)

if TYPE_CHECKING:
    from generator.catalog.asset_builder import AssetBuilder
    from generator.catalog.catalog import Catalog
    from generator.catalog.citations import Reference
    from generator.catalog.glossary import Term as GlossaryEntry
    from generator.catalog.scripts import Script as ScriptFile
    from generator.catalog.series import Step
    from generator.languages import Language
    from generator.pages.outline import Outline


FEWEST, MOST = 3, 40
"""Pages of a language between which every page has a menu of them all: with fewer, links in the
text do; with more, the menus of all pages would outweigh their texts."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another page: its relative URL from here, and its title."""

    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in a list: its relative URL from here, its title and what it says of itself."""

    href: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The page in another language: that language, its relative URL from here, and its title."""

    language: Language
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands in its series: the how-manieth step, and all of them."""

    number: int
    steps: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything that a page's bytes take from elsewhere, the words of its language excepted.

    It decides whether a page is rendered again; so nothing may reach a page but through it.
    """

    language: Language

    links: Mapping[str, str]
    """URLs by the target that the author wrote."""

    sizes: Mapping[str, tuple[int, int]]
    """Width and height in CSS pixels of pictures, by the target that the author wrote."""

    references: Mapping[str, Reference]
    """Those that the page cites or lists, by key."""

    ways_back: Mapping[str, tuple[str, ...]]
    """URLs of the places where each reference that the page lists is cited."""

    listings: Mapping[str, str]
    """URL of the entry of each reference that the page cites, by key."""

    terms: Mapping[str, GlossaryEntry]
    glossary: str
    """URL of the page that explains the terms."""

    values: Mapping[str, str]
    """Computed values as text, by ``name.key``."""

    figures: Mapping[str, str]
    simulators: Mapping[str, str]
    ways: Mapping[str, Ways]
    """Where else each simulator stands."""

    own_simulator: str
    """The simulator whose own page it is."""

    cards: tuple[Card, ...]
    """What a list of simulators on this page holds."""

    gallery: str
    """URL of the page that lists all simulators; empty without one."""

    instruments: Mapping[str, str]
    scripts: Mapping[str, ScriptFile]
    """Scripts by name, cells among them."""

    cells: Mapping[str, str]
    """The data of the page's cells, as JSON, by the name of their file."""

    home: str
    previous: Neighbour | None
    following: Neighbour | None
    translations: tuple[Translation, ...]
    """The same page in every other language."""

    series: Place | None
    elsewhere: Mapping[str, tuple[str, ...]]
    """The ids that other pages of its series have and it has not, by the URL of these pages."""

    whole: tuple[str, ...]
    """URLs of the pages that stand on it, if it holds a whole series."""

    pages: tuple[Entry, ...]
    """What a list of pages on this page holds."""

    menu: tuple[Neighbour, ...]
    """All pages of the language, where they are few enough for a menu."""

    @property
    def needs_runtime(self) -> bool:
        """Whether anything on the page computes in the reader's browser."""
        return bool(self.simulators or self.instruments or self.cells)


def page_context(catalog: Catalog, asset_builder: AssetBuilder, outline: Outline) -> PageContext:
    """The context of a page."""
    address, nodes = outline.address, outline.placeholders
    links = {link.target for link in _of(nodes, Link)}
    cited = {key for cite in _of(nodes, Cite) for key in cite.keys}
    shown = [node.name for node in nodes if isinstance(node, Script | Cell)]
    ways_back = catalog.ways_back(address) if _of(nodes, References) else {}
    place = _place(catalog, address)
    return PageContext(
        language=catalog.site.languages.of(address.folder),
        links={target: catalog.href(address, target) or target for target in sorted(links)},
        sizes={one.target: catalog.size(address, one.target) for one in _of(nodes, PictureSize)},
        references={key: catalog.references[key] for key in sorted(cited | set(ways_back))},
        ways_back=ways_back,
        listings={key: catalog.listing(address, key) or "" for key in sorted(cited)},
        terms=_terms(catalog, outline),
        glossary=catalog.glossary(address) or "",
        values={
            f"{value.name}.{value.key}": _value(asset_builder, outline, value)
            for value in _of(nodes, Value)
        },
        figures={
            figure.name: asset_builder.figure(
                figure.name, catalog.site.languages.of(address.folder)
            )
            for figure in _of(nodes, Figure)
        },
        simulators={
            simulator.name: asset_builder.simulator(simulator.name, address.folder)
            for simulator in _of(nodes, Simulator)
        },
        ways={one.name: ways(catalog, address, one.name) for one in _of(nodes, Simulator)},
        own_simulator=_own_simulator(catalog, address, nodes),
        cards=cards(catalog, asset_builder, address) if _of(nodes, Gallery) else (),
        gallery=_gallery(catalog, address),
        instruments={
            one.name: asset_builder.instrument(one.name, address.folder)
            for one in _of(nodes, Instrument)
        },
        scripts={name: scripts.read(asset_builder.script(name)) for name in shown},
        cells={
            cell.data: scripts.columns(asset_builder.content / "data" / cell.data)
            for cell in _of(nodes, Cell)
        },
        home=relative(address.path, Address(address.folder, "index").path),
        previous=_beside(catalog, address, place, -1),
        following=_beside(catalog, address, place, +1),
        translations=_translations(catalog, address),
        series=place,
        elsewhere=_elsewhere(catalog, address),
        whole=tuple(relative(address.path, part.path) for part in catalog.wholes.get(address, ())),
        pages=_listed(catalog, address) if _of(nodes, Pages) else (),
        menu=_menu(catalog, address),
    )


def _own_simulator(catalog: Catalog, address: Address, nodes: Sequence[object]) -> str:
    names = (one.name for one in _of(nodes, Simulator))
    return next((one for one in names if own_page(catalog, address.folder, one) == address), "")


def _gallery(catalog: Catalog, address: Address) -> str:
    page = gallery(catalog, address.folder)
    return relative(address.path, page.path) if page else ""


T = TypeVar("T")


def _of(nodes: Iterable[object], kind: type[T]) -> list[T]:
    """The nodes of one kind."""
    return [node for node in nodes if isinstance(node, kind)]


def _terms(catalog: Catalog, outline: Outline) -> Mapping[str, GlossaryEntry]:
    """The terms that a page uses; all, if it lists them."""
    if _of(outline.placeholders, Glossary):
        return catalog.terms
    keys = {term.key for term in _of(outline.placeholders, Term)}
    return {key: catalog.terms[key] for key in sorted(keys)}


def neighbour(catalog: Catalog, here: Address, there: Address) -> Neighbour:
    """A page as another one links to it."""
    front_matter = catalog.outlines[there].front_matter
    return Neighbour(relative(here.path, there.path), front_matter.title)


def _translations(catalog: Catalog, address: Address) -> tuple[Translation, ...]:
    """The page in every other language."""
    found = []
    for language in catalog.site.languages.others(address.folder):
        if address.within(language.folder) not in catalog.outlines:  # not yet written
            continue
        there = neighbour(catalog, address, address.within(language.folder))
        found.append(Translation(language, there.href, there.title))
    return tuple(found)


def _place(catalog: Catalog, address: Address) -> Place | None:
    """Where a page stands in its series; None if it is a step of none."""
    for series in catalog.site.series:
        known = [one for one in series.steps if one.url or _has(catalog, address, one)]
        names = [step.page for step in known]
        if address.name in names:
            steps = tuple(_step(catalog, address, step) for step in known)
            return Place(names.index(address.name) + 1, steps)
    return None


def _elsewhere(catalog: Catalog, address: Address) -> Mapping[str, tuple[str, ...]]:
    """Where an id leads that once stood on this page, or that a reader takes to stand on it."""
    return {
        relative(address.path, other.path): (
            *sorted(catalog.ids[other] - catalog.ids[address]),
            *(f"ref-{key}" for key in sorted(catalog.listed[other])),
        )
        for other in catalog.series(address)
        if other != address
    }


def _has(catalog: Catalog, here: Address, step: Step) -> bool:
    """Whether the page of a step is there; while an author writes, it may not be."""
    return Address(here.folder, step.page) in catalog.outlines


def _step(catalog: Catalog, here: Address, step: Step) -> Neighbour:
    if step.titles:
        return Neighbour(step.url, step.titles[here.folder])
    return neighbour(catalog, here, Address(here.folder, step.page))


def _listed(catalog: Catalog, here: Address) -> tuple[Entry, ...]:
    """Every other page of the language but its home page, in reading order."""
    return tuple(
        Entry(relative(here.path, other.path), front_matter.title, front_matter.description)
        for other in catalog.order[here.folder]
        for front_matter in (catalog.outlines[other].front_matter,)
        if other != here and other.name != "index"
    )


def _menu(catalog: Catalog, here: Address) -> tuple[Neighbour, ...]:
    """Every page of the language in reading order; none, if there are too many for a menu."""
    row = catalog.order[here.folder]
    if not FEWEST <= len(row) <= MOST:
        return ()
    return tuple(neighbour(catalog, here, other) for other in row)


def _beside(catalog: Catalog, address: Address, place: Place | None, step: int) -> Neighbour | None:
    """The step before or after a page in its series; without a series, in the reading order."""
    if place:
        wanted = place.number - 1 + step
        return place.steps[wanted] if 0 <= wanted < len(place.steps) else None
    if address in catalog.wholes:
        return None
    other = catalog.neighbour(address, step)
    alone = other is None or "index" in {address.name, other.name}
    return None if other is None or alone else neighbour(catalog, address, other)


def _value(asset_builder: AssetBuilder, outline: Outline, value: Value) -> str:
    values = asset_builder.value(value.name)
    if value.key not in values:
        problem = f"{value.name!r} computes no value {value.key!r}"
        hint = nearest(value.key, values, what="its values are")
        raise error(outline.path, value.line, problem, hint)
    return values[value.key]
