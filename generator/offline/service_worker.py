"""The service worker: the bundled script, and before it what this build is made of."""

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
"""What only machines ask for."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What a browser keeps: sums by place in the site."""

    text: Mapping[str, str]
    """What reading needs; kept for every reader."""

    live: Mapping[str, str]
    """What simulators need; kept for those who use them or ask for it."""


def stock(checksums: Mapping[str, str], assets: Assets) -> Stock:
    """What a browser keeps of a site."""
    left_out = {*ONLINE_ONLY, *assets.pictures.values(), assets.runtime.get("disk", "")}
    runtime = tuple(place + "/" * (name == "runtime") for name, place in assets.runtime.items())
    kept = {
        path: sha
        for path, sha in checksums.items()
        if path not in left_out and not path.startswith(PACKAGES)
    }
    live = {path: sha for path, sha in kept.items() if runtime and path.startswith(runtime)}
    return Stock({path: sha for path, sha in kept.items() if path not in live}, live)


def service(script: Path, kept: Stock) -> bytes:
    """The service worker of a build; another build's differs, so that browsers notice."""
    text = script.read_text(encoding="utf-8")
    build = {
        "id": digest(text, repr(sorted(kept.text.items())), repr(sorted(kept.live.items())))[:16],
        "text": kept.text,
        "live": kept.live,
    }
    return f"self.siteBuild={json.dumps(build, sort_keys=True)};\n{text}".encode()
