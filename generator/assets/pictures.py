"""The site's sign and its preview picture."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.assets.assets import Assets, Content, fingerprinted
from generator.authoring.modules import chapter_module
from generator.files.cache import cached, digest
from generator.project import PROJECT

if TYPE_CHECKING:
    from generator.catalog.site import Site
    from generator.files.inputs import Inputs
    from generator.options import Options

PREVIEW = "preview.py"
"""The module of a chapter that draws the picture: ``preview(name) -> bytes``, a PNG."""

ICON = PROJECT / "browser/icon.svg"


def icon() -> Assets:
    """The site's sign in the bar of a browser."""
    path = fingerprinted("icon.svg", ICON.read_bytes())
    return Assets(linked={"icon": path}, files={path: ICON})


def icons(cache: Path) -> Assets:
    """The site's sign on the screens of those who install it."""
    from generator.assets import icons as drawing  # noqa: PLC0415  brings Pillow

    svg = ICON.read_text(encoding="utf-8")
    code = Path(drawing.__file__).read_text(encoding="utf-8")
    places: dict[str, str] = {}
    files: dict[str, Content] = {}
    for name, (points, share) in drawing.SIZES.items():
        key = f"{digest(svg, code, name)[:16]}.png"
        content = cached(cache / "pictures", key, partial(drawing.icon, svg, points, share))
        places[name] = fingerprinted(f"icon-{name}.png", content)
        files[places[name]] = content
    return Assets(icons=places, files=files)


def preview(site: Site, inputs: Inputs, options: Options) -> Assets:
    """The picture that others show beside a link to the site, if a chapter draws one."""
    modules = [name for name in inputs.below("chapters/") if _is_preview(name)]
    if not modules:
        return Assets()
    name = site.titles[site.languages.default.folder].name
    chapter = modules[0].removesuffix(PREVIEW)
    key = digest(name, inputs.fingerprint(chapter, "widgets/", "generator/authoring/"))

    def draw() -> bytes:
        drawn: bytes = chapter_module(modules[0], options.chapters).preview(name)
        return drawn

    content = cached(options.cache / "pictures", f"{key[:16]}.png", draw)
    path = fingerprinted("preview.png", content)
    return Assets(pictures=dict.fromkeys(site.languages.folders, path), files={path: content})


def _is_preview(name: str) -> bool:
    """Whether an input is a chapter's preview module: ``chapters/<chapter>/preview.py``."""
    return name.count("/") == 2 and name.endswith(f"/{PREVIEW}")  # noqa: PLR2004
