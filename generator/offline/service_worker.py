"""The service worker: the bundled script, preceded by the checksums of this build's files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.assets.assets import PACKAGES
from generator.files.cache import digest

if TYPE_CHECKING:
    from pathlib import Path

    from generator.assets.assets import Assets

ONLINE_ONLY = ("robots.txt", "sitemap.xml", ".nojekyll")
"""Files that only machines ask for."""


@dataclass(frozen=True, slots=True)
class Precache:
    """The files that a browser caches: sha256 by path in the site."""

    text: Mapping[str, str]
    """Files that reading needs; cached for every reader."""

    live: Mapping[str, str]
    """Files that simulators need; cached for readers who use them or ask for them."""


def precache(checksums: Mapping[str, str], assets: Assets) -> Precache:
    """The files of a site that a browser caches."""
    left_out = {*ONLINE_ONLY, *assets.pictures.values(), assets.runtime.get("disk", "")}
    runtime = tuple(path + "/" * (name == "runtime") for name, path in assets.runtime.items())
    wanted = {
        path: sha
        for path, sha in checksums.items()
        if path not in left_out and not path.startswith(PACKAGES)
    }
    live = {path: sha for path, sha in wanted.items() if runtime and path.startswith(runtime)}
    return Precache({path: sha for path, sha in wanted.items() if path not in live}, live)


def service_worker(script: Path, files: Precache) -> bytes:
    """The script of a build's service worker, which differs between builds that differ."""
    text = script.read_text(encoding="utf-8")
    build = {
        "id": digest(text, repr(sorted(files.text.items())), repr(sorted(files.live.items())))[:16],
        "text": files.text,
        "live": files.live,
    }
    return f"self.siteBuild={json.dumps(build, sort_keys=True)};\n{text}".encode()
