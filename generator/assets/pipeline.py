"""The files that pages share: scripts, styles, fonts, pictures and the runtime."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generator.assets.assets import (
    PACKAGES,
    SERVICE,
    Assets,
    Content,
    archive_name,
    fingerprinted,
    joined,
)
from generator.assets.bundle import bundle
from generator.assets.licences import FILE, Component, listed, npm_components, runtime_components
from generator.assets.pack import pack
from generator.assets.pictures import icon, icon_file, icons, preview
from generator.files.inputs import file_of, hash_of
from generator.options import SIMULATORS
from generator.project import PROJECT

if TYPE_CHECKING:
    from generator.assets.bundle import Bundle
    from generator.catalog.site import Site
    from generator.files.inputs import Inputs
    from generator.files.parts import PartCache
    from generator.options import Options

LINKED = ("style", "first", "site", "root", "moved")
INLINED = ("not-found", "not-found-style")
LIVE = ("worker", "vega")
INSTRUMENTS = ("own-data", "own-data-workbook")
"""Scripts of instruments, which the course of this project has."""

DEPTH = 2
"""Slashes in the input name of a file that lies directly in a chapter."""

PAGES_MB = 1.0
"""Approximate size in MB of the pages, pictures and fonts in the archive."""


def run_asset_pipeline(options: Options, parts: PartCache, site: Site, *, runtime: bool) -> Assets:
    """All files that the pages of a site share; those of the runtime only if a page computes."""
    bundled = bundle(PROJECT, parts, options.cache, course_styles(parts.inputs, options))
    sign = icon_file(site, options.content)
    made = [
        shared(bundled),
        icon(sign),
        icons(sign, parts),
        service(bundled),
        preview(site, options, parts),
    ]
    if runtime:
        made.append(live(bundled, site, options, parts))
    return with_licences(joined(*made))


def with_licences(assets: Assets) -> Assets:
    """The same assets, and the file that lists what others wrote of them."""
    text = listed(assets.licences)
    return joined(assets, Assets(files={FILE: text}))


def packages(bundle: Bundle, *entries: str) -> dict[str, Component]:
    """The npm packages that these entries of the bundle contain."""
    names = {name for entry in entries for name in bundle.packages.get(entry, ())}
    return {one.name: one for one in npm_components(dict.fromkeys(names))}


def course_styles(inputs: Inputs, options: Options) -> str:
    """The style sheets of a course's chapters: ``chapters/<chapter>/style.css``."""
    names = [name for name in inputs.below("chapters/") if name.endswith("/style.css")]
    files = [file_of(name, options.roots) for name in names if name.count("/") == DEPTH]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def shared(bundle: Bundle) -> Assets:
    """The scripts, styles and fonts of every page."""
    places = {name: f"assets/{bundle.names[name]}" for name in LINKED}
    files: dict[str, Content] = {place: bundle.entries[name] for name, place in places.items()}
    files |= {f"assets/{name}": path for name, path in bundle.fonts.items()}
    inlined = {name: bundle.entries[name].read_text(encoding="utf-8").strip() for name in INLINED}
    licences = packages(bundle, *LINKED, *INLINED, "service-worker", "fonts")
    return Assets(linked=places, inlined=inlined, licences=licences, files=files)


def service(bundle: Bundle) -> Assets:
    """The script of the service worker, which is completed after all other files."""
    script = bundle.entries["service-worker"]
    return Assets(offline={"service": SERVICE}, late={"service-worker": script})


def live(bundle: Bundle, site: Site, options: Options, parts: PartCache) -> Assets:
    """The runtime, the models and the worker, which pages with simulators or cells need."""
    from generator.runtime import (  # noqa: PLC0415  only where something is computed
        models_zip,
        needs_engine,
        package_files,
        prepare,
    )

    cache, simulators = options.cache, options.simulators
    scripts = sorted(options.chapters.glob("*/scripts/*.cell"))
    names = LIVE + (INSTRUMENTS if simulators == SIMULATORS else ())
    runtime = prepare(cache)
    models = models_zip(cache, simulators=simulators, scripts=scripts, compiled=not options.writing)
    places = {name: f"assets/{bundle.names[name]}" for name in names}
    files: dict[str, Content] = {place: bundle.entries[name] for name, place in places.items()}
    places["runtime"] = f"runtime/{runtime.fingerprint}"
    places["models"] = fingerprinted("models.zip.bin", models)
    files[places["models"]] = models
    carried = {Path(places["models"]).name: models}
    packed = pack(cache, runtime, bundle.entries["worker"], carried, parts.graph)
    places["disk"] = fingerprinted("disk.js", packed.script)
    files[places["disk"]] = packed.script
    files |= {f"{places['runtime']}/{name}": path for name, path in runtime.files.items()}
    checksums = _checksums(files, {places["disk"]})
    engine = needs_engine(simulators, scripts)
    offered = package_files(cache, site.url + PACKAGES) if engine else {}
    files |= {PACKAGES + name: path for name, path in offered.items()}
    licences = {one.name: one for one in runtime_components(runtime)} | packages(bundle, *names)
    sizes = _sizes(site, packed.size)
    return Assets(
        runtime=places, checksums=checksums, offline=sizes, licences=licences, files=files
    )


def _checksums(files: Mapping[str, Content], left_out: set[str]) -> dict[str, str]:
    """SHA-256 by file name of what is fetched, so that a page knows damaged files."""
    return {
        Path(place).name: (
            hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else hash_of(content)
        )
        for place, content in sorted(files.items())
        if place not in left_out
    }


def _sizes(site: Site, runtime: int) -> dict[str, str]:
    """The size of what is downloaded: bytes of the runtime, and MB as pages state them."""
    return {
        "archive": archive_name(site.slug),
        "bytes": str(runtime),
        "size": f"{runtime / 1e6:.0f}",
        "archive_size": f"{runtime / 1e6 + PAGES_MB:.0f}",
    }
