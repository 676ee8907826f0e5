"""Outlines -> Catalog and Views: what all pages have in common, with all mistakes told at once."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.catalog import (
    citations,
    glossary,
    parity,
    redirects,
    site,
    transcripts,
    usage,
    words,
)
from generator.catalog.catalog import Catalog
from generator.catalog.views import view
from generator.errors import Mistake, MistakeError
from generator.languages import LANGUAGES
from generator.options import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.addresses import Address
    from generator.catalog.site import Site
    from generator.catalog.view import View
    from generator.catalog.words import Words
    from generator.catalog.workshop import Workshop
    from generator.files.inputs import Inputs
    from generator.options import Options
    from generator.pages.outline import Outline

SOURCES = (".md", ".toml")
"""Endings of what pages are made from; any other file of the content can be linked to."""


def catalog(options: Options, workshop: Workshop, outlines: Mapping[Address, Outline]) -> Catalog:
    """What is known of the whole site, if nothing in it is wrong."""
    content, name = options.content, shown(options.content)
    made = Catalog(
        site=settings(options),
        words=_words(options),
        works=citations.read(content / citations.FILE, f"{name}/{citations.FILE}"),
        terms=glossary.read(content / glossary.FILE, f"{name}/{glossary.FILE}"),
        outlines=outlines,
        redirects=redirects.read(content / redirects.FILE, f"{name}/{redirects.FILE}"),
        files=files(workshop.inputs),
        simulators=workshop.simulators,
        figures=workshop.figures,
        claims=workshop.claims,
        scripts=transcripts.names(workshop.inputs),
        templates=workshop.templates,
    )
    mistakes = [
        *parity.missing_files(workshop.inputs, name),
        *parity.same_places(outlines),
        *parity.differences(outlines),
        *made.mistakes(),
        *redirects.mistakes(made.redirects, made.ids),
        *usage.avoided(workshop.inputs, content, name, made.terms),
    ]
    if mistakes:
        raise MistakeError(*sorted(mistakes, key=_place))
    return made


def settings(options: Options) -> Site:
    """The settings of the site."""
    path = f"{shown(options.content)}/{site.FILE}"
    return site.read(options.content / site.FILE, path, options.url)


def _words(options: Options) -> Mapping[str, Words]:
    names = {
        language.folder: f"{shown(options.content)}/{language.folder}/{words.FILE}"
        for language in LANGUAGES
    }
    found = {
        folder: words.read(options.content / folder / words.FILE, name)
        for folder, name in names.items()
    }
    different = words.differences(found, names)
    if different:
        raise MistakeError(*different)
    return found


def _place(mistake: Mistake) -> tuple[str, int]:
    return mistake.path, mistake.line or 0


def files(inputs: Inputs) -> Mapping[str, str]:
    """The place in the site of every file that pages may link to, by its name in the content."""
    found = {}
    for name in inputs.below("content/"):
        if not name.endswith(SOURCES):
            path = PurePosixPath(name.removeprefix("content/"))
            sha = str(inputs.hash(name))[:8]
            found[str(path)] = f"assets/{path.stem}.{sha}{path.suffix}"
    return found


def views(made: Catalog, workshop: Workshop) -> Mapping[Address, View]:
    """What every page sees, unless something that a page asks for cannot be made."""
    seen: dict[Address, View] = {}
    mistakes: list[Mistake] = []
    for address, outline in made.outlines.items():
        try:
            seen[address] = view(made, workshop, outline)
        except MistakeError as error:
            mistakes.extend(error.mistakes)
    if mistakes:
        raise MistakeError(*dict.fromkeys(mistakes))
    return seen
