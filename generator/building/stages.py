"""The stages of a build, one after the other, for whatever is not as it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.assets.assets import joined
from generator.building import manifest as manifests
from generator.building.outputs import OutputRenderer, content_files
from generator.building.problems import Problems, found_problems, with_unmade
from generator.catalog import builder as catalog_builder
from generator.catalog.asset_builder import AssetBuilder
from generator.errors import MistakeError
from generator.files.cache import evict
from generator.files.imports import ImportGraph
from generator.files.inputs import Inputs
from generator.files.parts import OWN, PartCache
from generator.files.writing import mark, prune, write_if_different
from generator.offline.post_build import post_build
from generator.options import Options
from generator.pages.library import outlines, reading_code, tasks
from generator.pages.parse_cache import ParseCache
from generator.project import shown
from generator.rendering.renderer import Renderer
from generator.templates import templates

if TYPE_CHECKING:
    from pathlib import Path

    from generator.assets.assets import AssetPipeline, Assets
    from generator.building.manifest import InputScan, Manifest
    from generator.catalog.catalog import Catalog
    from generator.files.output import OutputFile

CACHED = ("builds", "bundle", "packs", "parts", "search")
"""Folders of the cache whose entries are named by the key of what they were made from."""


def run_stages(
    options: Options, before: Manifest, scan: InputScan, pipeline: AssetPipeline
) -> tuple[tuple[str, ...], tuple[str, ...], Problems]:
    """The paths written, those removed and what is wrong, after every stage has run."""
    inputs = Inputs.of({name: sha for name, (_, sha) in scan.inputs.items()})
    graph = ImportGraph(inputs, options.roots, options.cache / "imports.json")
    code = _code(graph, inputs)
    parts = PartCache(options.cache / "parts", inputs, options.roots, graph)
    outputs, assets, problems = _outputs(options, parts, pipeline, code)
    graph.save()
    mark(options.output)
    written = _write_all(options.output, outputs, before, scan)
    memory = manifests.folder(options) / "checksums.json"
    last = [*post_build(options, assets, [output.path for output in outputs], memory, code)]
    written += _write_all(options.output, last, before, scan)
    outputs += last
    made_before = {path for path, page in problems.pages.items() if page.unbuilt}
    removed = prune(options.output, {output.path for output in outputs} | made_before)
    problems.save(options)
    stamps = manifests.scan_output(options.output)
    made = {output.path: (stamps[output.path], output.key) for output in outputs}
    manifests.save(options, manifests.Manifest(scan.inputs, made))
    for name in CACHED:
        evict(options.cache / name)
    return written, tuple(removed), problems


def _write_all(
    folder: Path, outputs: list[OutputFile], before: Manifest, scan: InputScan
) -> tuple[str, ...]:
    """The paths of those files that had to be written."""
    return tuple(output.path for output in outputs if _write(folder, output, before, scan))


def _write(folder: Path, output: OutputFile, before: Manifest, scan: InputScan) -> bool:
    """Write a file unless it is there already; whether it was written."""
    stamp, key = before.outputs.get(output.path, (manifests.NEVER, ""))
    if key == output.key and scan.outputs.get(output.path) == stamp:
        return False
    return write_if_different(folder, output.path, output.make())


def _outputs(
    options: Options, parts: PartCache, pipeline: AssetPipeline, code: str
) -> tuple[list[OutputFile], Assets, Problems]:
    """Every file of the site but those made after all others, and the shared assets."""
    parse_cache = ParseCache(manifests.folder(options) / "pages")
    languages = catalog_builder.settings(options).languages
    todo = tasks(options, parts.inputs, languages, reading_code(parts.inputs, parts.graph))
    every, unreadable = outlines(options, parse_cache, todo)
    known = {
        one: its for one, its in every.items() if options.writing or not its.front_matter.draft
    }
    if unreadable and not options.writing:
        raise MistakeError(*unreadable)
    asset_builder = AssetBuilder(options, parts.inputs, parts)
    catalog, mistakes = catalog_builder.catalog(options, asset_builder, known)
    every_mistake = [*unreadable, *mistakes.every]
    fatal = {*unreadable, *mistakes.fatal}
    problems = found_problems(options, catalog, every_mistake, fatal)
    contexts, unmade = catalog_builder.page_contexts(catalog, asset_builder, problems.unbuilt)
    if unmade:
        problems = with_unmade(options, catalog, problems, contexts, unmade)
    runtime = any(context.needs_runtime for context in contexts.values())
    assets = joined(
        pipeline(options, parts, catalog.site, runtime=runtime),
        content_files(catalog, options),
    )
    renderer = _renderer(options, catalog, assets)
    every_task = {task.address: task for task in todo}
    outputs = OutputRenderer(options, parse_cache, renderer, catalog, contexts, every_task, code)
    ready = [task for task in todo if task.address in contexts]
    pages = [*outputs.pages(ready)]
    return [*pages, outputs.search(ready), *outputs.others()], assets, problems


def _code(graph: ImportGraph, inputs: Inputs) -> str:
    """A hash of the templates, and of all code that a build may run but authors'."""
    own = [name for name in graph.files(__name__) if name.startswith(OWN)]
    return inputs.fingerprint(*own, "templates/", "requirements/")


def _renderer(options: Options, catalog: Catalog, made: Assets) -> Renderer:
    return Renderer(
        templates(options.templates, shown(options.templates), options.cache / "templates"),
        catalog.site,
        catalog.words,
        made,
    )
