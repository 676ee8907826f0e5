"""What is made last, from all other files of the site: the service worker and the archive."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from generator.assets.assets import SERVICE, archive_folder
from generator.files.cache import digest
from generator.files.output import OutputFile
from generator.offline.archive import archive, chosen
from generator.offline.checksums import checksums
from generator.offline.service_worker import precache, service_worker

if TYPE_CHECKING:
    from pathlib import Path

    from generator.assets.assets import Assets
    from generator.options import Options


def post_build(
    options: Options, assets: Assets, paths: list[str], memory: Path, code: str
) -> Iterator[OutputFile]:
    """The service worker and the archive of a site whose other files ``code`` wrote."""
    if not assets.late:
        return
    known = checksums(options.output, paths, memory)
    script = assets.late["service-worker"]
    worker = service_worker(script, precache(known, assets))
    yield OutputFile(SERVICE, digest(worker.decode()), lambda: worker)
    if "disk" in assets.runtime:
        files = chosen(known, assets)
        place = assets.offline["archive"]
        make = partial(archive, options.output, files, options.cache, archive_folder(place), code)
        yield OutputFile(place, digest(place, code, repr(files)), make)
