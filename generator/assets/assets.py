"""The files that pages share, by their paths in the site."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from generator.assets.licences import Component
    from generator.catalog.site import Site
    from generator.files.parts import PartCache
    from generator.options import Options

SERVICE = "sw.js"
"""The place of the service worker, which is made from all other files."""

_ARCHIVE = "-offline.zip"

PACKAGES = "python/"
"""The folder of the packages that other sites load; no page of this one asks for them."""

Content = Path | bytes
"""A file kept elsewhere, or bytes."""


def archive_name(slug: str) -> str:
    """The place of the site to take away, which is made last."""
    return slug + _ARCHIVE


def archive_folder(name: str) -> str:
    """The folder that all files of an archive lie in."""
    return name.removesuffix(_ARCHIVE) + "/"


@dataclass(frozen=True, slots=True)
class Assets:
    """The files that pages share, by their place in the site."""

    linked: Mapping[str, str] = field(default_factory=dict)
    """What templates may link to: ``style first site root moved icon``."""

    inlined: Mapping[str, str] = field(default_factory=dict)
    """What 404.html brings along, since it cannot know where it is shown."""

    runtime: Mapping[str, str] = field(default_factory=dict)
    """What a page that computes needs: ``worker vega runtime models``, and ``disk`` for all of
    these but Vega when nothing can be fetched."""

    checksums: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 in hexadecimal of the files that a page fetches to compute, by file name."""

    pictures: Mapping[str, str] = field(default_factory=dict)
    """The preview picture of each language."""

    icons: Mapping[str, str] = field(default_factory=dict)
    """Pictures for those who install the site."""

    offline: Mapping[str, str] = field(default_factory=dict)
    """What pages say of reading offline: ``service``, ``archive``; ``size`` in MB of the runtime,
    ``archive_size`` of the archive, which is about so large; the runtime's ``bytes``, for the bar
    that shows how much of it has come."""

    late: Mapping[str, Path] = field(default_factory=dict)
    """What waits for all other files: the script of the ``service-worker``."""

    licences: Mapping[str, Component] = field(default_factory=dict)
    """What others wrote of it, by name."""

    files: Mapping[str, Content] = field(default_factory=dict)
    """What to write, by its place in the site."""


class AssetPipeline(Protocol):
    """What makes the files that pages share; tests bring one that needs no Node."""

    def __call__(self, options: Options, parts: PartCache, site: Site, *, runtime: bool) -> Assets:
        """The shared files of a site."""


def joined(*parts: Assets) -> Assets:
    """Several assets as one."""
    merged: dict[str, dict[str, object]] = {}
    for name in Assets.__dataclass_fields__:
        merged[name] = {key: value for part in parts for key, value in getattr(part, name).items()}
    return Assets(**merged)  # type: ignore[arg-type]


def fingerprinted(name: str, content: bytes) -> str:
    """Where a file lies whose place says what is in it, so that browsers may keep it for ever."""
    stem, _, ending = name.partition(".")
    return f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{ending}"
