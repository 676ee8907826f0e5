"""Outlines -> Catalog and PageContexts, with all mistakes of the site told at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.catalog import (
    citations,
    content_files,
    glossary,
    interface,
    redirects,
    series,
    translation_check,
    usage,
    whole,
)
from generator.catalog import site as site_settings
from generator.catalog.catalog import Catalog
from generator.catalog.page_context import page_context
from generator.errors import Mistake, MistakeError
from generator.project import shown
from generator.source_files import SourceFile

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from generator.addresses import Address
    from generator.catalog.asset_builder import AssetBuilder
    from generator.catalog.interface import Words
    from generator.catalog.page_context import PageContext
    from generator.catalog.site import Site
    from generator.languages import Languages
    from generator.options import Options
    from generator.pages.outline import Outline


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What is wrong with a site."""

    every: Sequence[Mistake]
    fatal: frozenset[Mistake]
    """Those with which a page, or the site if they are no page's, cannot be built."""


def catalog(
    options: Options, asset_builder: AssetBuilder, outlines: Mapping[Address, Outline]
) -> tuple[Catalog, Mistakes]:
    """What is known of the whole site, and what is wrong with it.

    Raises
    ------
    MistakeError
        Something is wrong with what all pages share.
    """
    content, name = options.content, shown(options.content)
    site, inputs = settings(options), asset_builder.inputs
    languages = site.languages
    files, broken = content_files.published(asset_builder, outlines)
    wholes = whole.found(outlines, site.series)
    made = Catalog(
        site=site,
        words=_words(options, languages),
        references=citations.read(SourceFile.at(content / citations.FILE), languages.default.tag),
        terms=glossary.read(SourceFile.at(content / glossary.FILE), languages),
        outlines={
            one: whole.outline(its, [outlines[part] for part in wholes[one]])
            if one in wholes
            else its
            for one, its in outlines.items()
        },
        wholes=wholes,
        redirects=redirects.read(SourceFile.at(content / redirects.FILE)),
        files=files,
        simulators=asset_builder.simulators,
        instruments=asset_builder.instruments,
        figures=asset_builder.figures,
        values=asset_builder.values,
        scripts=asset_builder.scripts,
        templates=asset_builder.templates,
    )
    drafts = {one.name for one, outline in outlines.items() if outline.front_matter.draft}
    finished = {one: outline for one, outline in outlines.items() if one.name not in drafts}
    wrong, twice = (
        [*made.mistakes(outlines), *whole.mistakes(outlines, wholes)],
        [*translation_check.same_places(outlines)],
    )
    mistakes = [
        *broken,
        *translation_check.missing_files(inputs, name, languages, files),
        *twice,
        *translation_check.differences(finished, languages),
        *wrong,
        *series.mistakes(site.series, frozenset(made.ids_of(languages.default.folder))),
        *redirects.mistakes(made.redirects, made.ids_of(languages.default.folder)),
        *usage.avoided(inputs, content, name, made.terms),
        *usage.orphans(inputs, name, made),
    ]
    return made, Mistakes(mistakes, frozenset((*broken, *wrong, *twice)))


def settings(options: Options) -> Site:
    """The settings of the site."""
    return site_settings.read(SourceFile.at(options.content / site_settings.FILE), options.url)


def _words(options: Options, languages: Languages) -> Mapping[str, Words]:
    files = {
        folder: SourceFile.at(options.content / folder / interface.FILE)
        for folder in languages.folders
    }
    found = {folder: interface.read(file) for folder, file in files.items()}
    names = {folder: file.name for folder, file in files.items()}
    different = interface.differences(found, names, languages)
    if different:
        raise MistakeError(*different)
    return found


def page_contexts(
    made: Catalog, asset_builder: AssetBuilder, without: Container[str]
) -> tuple[Mapping[Address, PageContext], list[Mistake]]:
    """What every page sees, and why some of what they ask for cannot be made.

    Pages whose path is in ``without`` have no context, nor have those with new mistakes and those
    on which one of these stands.
    """
    seen: dict[Address, PageContext] = {}
    mistakes: list[Mistake] = []
    for address, outline in sorted(made.outlines.items(), key=lambda one: one[0] in made.wholes):
        parts = made.wholes.get(address, ())
        if outline.path in without or any(part not in seen for part in parts):
            continue
        try:
            seen[address] = page_context(made, asset_builder, outline)
        except MistakeError as cause:
            mistakes.extend(cause.mistakes)
    return seen, [*dict.fromkeys(mistakes)]
