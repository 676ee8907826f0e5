"""Outlines -> Catalog and PageContexts, with all mistakes of the site told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.catalog import (
    citations,
    content_files,
    glossary,
    interface,
    redirects,
    translation_check,
    usage,
)
from generator.catalog import site as site_settings
from generator.catalog.catalog import Catalog
from generator.catalog.page_context import page_context
from generator.errors import Mistake, MistakeError
from generator.project import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.addresses import Address
    from generator.catalog.asset_builder import AssetBuilder
    from generator.catalog.interface import Words
    from generator.catalog.page_context import PageContext
    from generator.catalog.site import Site
    from generator.languages import Languages
    from generator.options import Options
    from generator.pages.outline import Outline


def catalog(
    options: Options, asset_builder: AssetBuilder, outlines: Mapping[Address, Outline]
) -> Catalog:
    """What is known of the whole site, if nothing in it is wrong."""
    content, name = options.content, shown(options.content)
    site, inputs = settings(options), asset_builder.inputs
    languages = site.languages
    files, broken = content_files.published(asset_builder, outlines)
    made = Catalog(
        site=site,
        words=_words(options, languages),
        references=citations.read(
            content / citations.FILE, f"{name}/{citations.FILE}", languages.default.tag
        ),
        terms=glossary.read(content / glossary.FILE, f"{name}/{glossary.FILE}", languages),
        outlines=outlines,
        redirects=redirects.read(content / redirects.FILE, f"{name}/{redirects.FILE}"),
        files=files,
        simulators=asset_builder.simulators,
        figures=asset_builder.figures,
        values=asset_builder.values,
        scripts=asset_builder.scripts,
        templates=asset_builder.templates,
    )
    mistakes = [
        *broken,
        *translation_check.missing_files(inputs, name, languages, files),
        *translation_check.same_places(outlines),
        *translation_check.differences(outlines, languages),
        *made.mistakes(),
        *redirects.mistakes(made.redirects, made.ids_of(languages.default.folder)),
        *usage.avoided(inputs, content, name, made.terms),
        *usage.orphans(inputs, name, made.simulators, made.figures),
    ]
    if mistakes:
        raise MistakeError(*sorted(mistakes, key=_place))
    return made


def settings(options: Options) -> Site:
    """The settings of the site."""
    path = f"{shown(options.content)}/{site_settings.FILE}"
    return site_settings.read(options.content / site_settings.FILE, path, options.url)


def _words(options: Options, languages: Languages) -> Mapping[str, Words]:
    names = {
        folder: f"{shown(options.content)}/{folder}/{interface.FILE}"
        for folder in languages.folders
    }
    found = {
        folder: interface.read(options.content / folder / interface.FILE, name)
        for folder, name in names.items()
    }
    different = interface.differences(found, names, languages)
    if different:
        raise MistakeError(*different)
    return found


def _place(mistake: Mistake) -> tuple[str, int]:
    return mistake.path, mistake.line or 0


def page_contexts(made: Catalog, asset_builder: AssetBuilder) -> Mapping[Address, PageContext]:
    """What every page sees, unless something that a page asks for cannot be made."""
    seen: dict[Address, PageContext] = {}
    mistakes: list[Mistake] = []
    for address, outline in made.outlines.items():
        try:
            seen[address] = page_context(made, asset_builder, outline)
        except MistakeError as cause:
            mistakes.extend(cause.mistakes)
    if mistakes:
        raise MistakeError(*dict.fromkeys(mistakes))
    return seen
