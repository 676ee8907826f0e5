"""Catalog -> View: what each page sees of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.addresses import Address, relative
from generator.catalog import transcripts
from generator.catalog.view import Neighbour, View
from generator.errors import nearest, refusal
from generator.markdown.pieces import (
    Cell,
    Cite,
    Claim,
    Figure,
    Glossary,
    Link,
    Script,
    Simulator,
    Term,
)
from generator.options import CODE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.catalog.catalog import Catalog
    from generator.catalog.glossary import Term as Entry
    from generator.catalog.workshop import Workshop
    from generator.pages.outline import Outline


def view(catalog: Catalog, workshop: Workshop, outline: Outline) -> View:
    """What a page sees."""
    address, holes = outline.address, outline.holes
    links = {hole.target for hole in holes if isinstance(hole, Link)}
    works = {key for hole in holes if isinstance(hole, Cite) for key in hole.keys}
    claims = [hole for hole in holes if isinstance(hole, Claim)]
    figures = [hole.name for hole in holes if isinstance(hole, Figure)]
    simulators = [hole.name for hole in holes if isinstance(hole, Simulator)]
    scripts = [hole.name for hole in holes if isinstance(hole, Script | Cell)]
    cells = [hole.data for hole in holes if isinstance(hole, Cell)]
    return View(
        folder=address.folder,
        links={target: catalog.href(address, target) or target for target in sorted(links)},
        works={key: catalog.works[key] for key in sorted(works)},
        listings={key: catalog.listing(address, key) or "" for key in sorted(works)},
        terms=_terms(catalog, outline),
        glossary=catalog.glossary(address) or "",
        claims={f"{hole.name}.{hole.key}": _number(workshop, outline, hole) for hole in claims},
        figures={name: workshop.figure(name, address.folder) for name in figures},
        simulators={name: workshop.simulator(name, address.folder) for name in simulators},
        scripts={name: transcripts.read(CODE, name) for name in scripts},
        cells={name: transcripts.columns(workshop.content / "data" / name) for name in cells},
        home=relative(address.path, Address(address.folder, "index").path),
        previous=_beside(catalog, address, -1),
        following=_beside(catalog, address, +1),
        twin=neighbour(catalog, address, address.twin),
    )


def _terms(catalog: Catalog, outline: Outline) -> Mapping[str, Entry]:
    """The terms that a page uses; all, if it lists them."""
    if any(isinstance(hole, Glossary) for hole in outline.holes):
        return catalog.terms
    keys = {hole.key for hole in outline.holes if isinstance(hole, Term)}
    return {key: catalog.terms[key] for key in sorted(keys)}


def neighbour(catalog: Catalog, here: Address, there: Address) -> Neighbour:
    """A page as another one sees it."""
    front_matter = catalog.outlines[there].front_matter
    return Neighbour(relative(here.path, there.path), front_matter.title)


def _beside(catalog: Catalog, address: Address, step: int) -> Neighbour | None:
    other = catalog.neighbour(address, step)
    alone = other is None or "index" in {address.name, other.name}
    return None if other is None or alone else neighbour(catalog, address, other)


def _number(workshop: Workshop, outline: Outline, hole: Claim) -> str:
    numbers = workshop.claim(hole.name)
    if hole.key not in numbers:
        wrong = f"the claim {hole.name!r} has no number {hole.key!r}"
        advice = nearest(hole.key, numbers, what="its numbers are")
        raise refusal(outline.path, hole.line, wrong, advice)
    return numbers[hole.key]
