"""What one page takes from the rest of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from generator.addresses import Address, relative
from generator.catalog import scripts
from generator.errors import error, nearest
from generator.markdown.placeholders import (
    Cell,
    Cite,
    Figure,
    Glossary,
    Link,
    PictureSize,
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
    from generator.languages import Language
    from generator.pages.outline import Outline


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another page: its relative URL from here, and its title."""

    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The page in another language: that language, its relative URL from here, and its title."""

    language: Language
    href: str
    title: str


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
    listings: Mapping[str, str]
    """URL of the entry of each reference that the page cites, by key."""

    terms: Mapping[str, GlossaryEntry]
    glossary: str
    """URL of the page that explains the terms."""

    values: Mapping[str, str]
    """Computed values as text, by ``name.key``."""

    figures: Mapping[str, str]
    simulators: Mapping[str, str]
    scripts: Mapping[str, ScriptFile]
    """Scripts by name, cells among them."""

    cells: Mapping[str, str]
    """The data of the page's cells, as JSON, by the name of their file."""

    home: str
    previous: Neighbour | None
    following: Neighbour | None
    translations: tuple[Translation, ...]
    """The same page in every other language."""

    @property
    def needs_runtime(self) -> bool:
        """Whether anything on the page computes in the reader's browser."""
        return bool(self.simulators or self.cells)


def page_context(catalog: Catalog, asset_builder: AssetBuilder, outline: Outline) -> PageContext:
    """The context of a page."""
    address, nodes = outline.address, outline.placeholders
    links = {link.target for link in _of(nodes, Link)}
    cited = {key for cite in _of(nodes, Cite) for key in cite.keys}
    shown = [node.name for node in nodes if isinstance(node, Script | Cell)]
    return PageContext(
        language=catalog.site.languages.of(address.folder),
        links={target: catalog.href(address, target) or target for target in sorted(links)},
        sizes={one.target: catalog.size(address, one.target) for one in _of(nodes, PictureSize)},
        references={key: catalog.references[key] for key in sorted(cited)},
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
        scripts={name: scripts.read(asset_builder.script(name)) for name in shown},
        cells={
            cell.data: scripts.columns(asset_builder.content / "data" / cell.data)
            for cell in _of(nodes, Cell)
        },
        home=relative(address.path, Address(address.folder, "index").path),
        previous=_beside(catalog, address, -1),
        following=_beside(catalog, address, +1),
        translations=_translations(catalog, address),
    )


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


def _beside(catalog: Catalog, address: Address, step: int) -> Neighbour | None:
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
