"""Scripts, styles, fonts and the runtime: which files there are, and where pages find them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.assets.bundle import bundle
from generator.building.cache import digest, kept
from generator.languages import EN, LANGUAGES
from generator.offline.archive import ARCHIVE
from generator.offline.pack import pack
from generator.offline.service import SERVICE
from generator.options import PROJECT

if TYPE_CHECKING:
    from generator.assets.bundle import Bundle
    from generator.building.inputs import Inputs
    from generator.catalog.site import Site

Content = Path | bytes
"""A file kept elsewhere, or bytes."""


@dataclass(frozen=True, slots=True)
class Assets:
    """The files that pages share, by their place in the site."""

    linked: Mapping[str, str]
    """What templates may link to: ``style``, ``first``, ``site``, ``root``, ``icon``."""

    inlined: Mapping[str, str] = field(default_factory=dict)
    """What 404.html brings along, since it cannot know where it is shown."""

    runtime: Mapping[str, str] = field(default_factory=dict)
    """What a page with simulators needs: ``worker vega runtime models``, and ``disk`` for all of
    these but Vega when nothing can be fetched."""

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

    files: Mapping[str, Content] = field(default_factory=dict)
    """What to write, by its place in the site."""


FONT = PROJECT / (
    "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"
)
"""The font of the preview picture, which holds Latin letters only."""

ICON = PROJECT / "browser/icon.svg"

DRAWN_FROM = (
    "generator/datasets/",
    "generator/figures/",
    "generator/assets/social.py",
    "package-lock.json",
    "widgets/",
)
"""What the preview picture depends on besides the name of the site."""

LINKED = ("style", "first", "site", "root")
INLINED = ("not-found", "not-found-style")
LIVE = ("worker", "vega")
TEXT = 1.0
"""About so many MB are pages, pictures and fonts in the archive."""


def furnish(cache: Path, inputs: Inputs, site: Site, *, simulators: bool) -> Assets:
    """All files that the pages of a site share; those of the runtime only if it has simulators."""
    bundled = bundle(PROJECT, inputs, cache)
    parts = [shared(bundled), icon(), icons(cache), service(bundled), pictures(site, inputs, cache)]
    if simulators:
        parts.append(live(bundled, cache))
    return joined(*parts)


def shared(bundle: Bundle) -> Assets:
    """What every page needs."""
    places = {name: f"assets/{bundle.names[name]}" for name in LINKED if name in bundle.names}
    files: dict[str, Content] = {place: bundle.entries[name] for name, place in places.items()}
    files |= {f"assets/{name}": path for name, path in bundle.fonts.items()}
    inlined = {
        name: bundle.entries[name].read_text(encoding="utf-8").strip()
        for name in INLINED
        if name in bundle.entries
    }
    return Assets(linked=places, inlined=inlined, files=files)


def icon() -> Assets:
    """The site's sign in the bar of a browser."""
    place = f"assets/icon.{_sum(ICON.read_bytes())}.svg"
    return Assets(linked={"icon": place}, files={place: ICON})


def icons(cache: Path) -> Assets:
    """The site's sign on the screens of those who install it."""
    from generator.assets import icons as drawing  # noqa: PLC0415  brings Pillow

    svg = ICON.read_text(encoding="utf-8")
    code = Path(drawing.__file__).read_text(encoding="utf-8")
    places: dict[str, str] = {}
    files: dict[str, Content] = {}
    for name, (points, share) in drawing.SIZES.items():
        key = f"{digest(svg, code, name)[:16]}.png"
        content = kept(cache / "pictures", key, partial(drawing.icon, svg, points, share))
        places[name] = f"assets/icon-{name}.{_sum(content)}.png"
        files[places[name]] = content
    return Assets(linked={}, icons=places, files=files)


def service(bundle: Bundle) -> Assets:
    """What keeps the site in the reader's browser."""
    if "service-worker" not in bundle.entries:
        return Assets(linked={})
    script = bundle.entries["service-worker"]
    return Assets(linked={}, offline={"service": SERVICE}, late={"service-worker": script})


def live(bundle: Bundle, cache: Path) -> Assets:
    """What pages with simulators need besides."""
    from generator.runtime import models_zip, prepare  # noqa: PLC0415  only where there are some

    runtime, models = prepare(cache), models_zip(cache)
    places = {name: f"assets/{bundle.names[name]}" for name in LIVE if name in bundle.names}
    files: dict[str, Content] = {place: bundle.entries[name] for name, place in places.items()}
    places["runtime"] = f"runtime/{runtime.fingerprint}"
    places["models"] = f"assets/models.{_sum(models)}.zip.gz"
    files[places["models"]] = models
    offline: dict[str, str] = {}
    if "worker" in places:
        packed = pack(
            cache, runtime, bundle.entries["worker"], {Path(places["models"]).name: models}
        )
        places["disk"] = f"assets/disk.{_sum(packed.script)}.js"
        files[places["disk"]] = packed.script
        offline = _sizes(packed.size)
    files |= {f"{places['runtime']}/{name}": path for name, path in runtime.files.items()}
    return Assets(linked={}, runtime=places, offline=offline, files=files)


def _sizes(runtime: int) -> dict[str, str]:
    """How much there is to fetch: in MB where the reader is told before she does."""
    return {
        "archive": ARCHIVE,
        "bytes": str(runtime),
        "size": f"{runtime / 1e6:.0f}",
        "archive_size": f"{runtime / 1e6 + TEXT:.0f}",
    }


def pictures(site: Site, inputs: Inputs, cache: Path) -> Assets:
    """The picture that others show beside a link to the site."""
    key = digest(FONT.name, site.titles[EN.folder].name, inputs.fingerprint(*DRAWN_FROM))

    def draw() -> bytes:
        from generator.assets.social import picture  # noqa: PLC0415  only when it is drawn

        return picture(FONT, site.titles[EN.folder].name)

    content = kept(cache / "pictures", f"{key[:16]}.png", draw)
    place = f"assets/preview.{_sum(content)}.png"
    names = [language.folder for language in LANGUAGES]
    return Assets(linked={}, pictures=dict.fromkeys(names, place), files={place: content})


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def joined(*parts: Assets) -> Assets:
    """Several assets as one."""
    merged: dict[str, dict[str, object]] = {}
    for name in Assets.__dataclass_fields__:
        merged[name] = {key: value for part in parts for key, value in getattr(part, name).items()}
    return Assets(**merged)  # type: ignore[arg-type]
