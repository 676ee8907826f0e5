"""The site's icon and its preview picture."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

from generator.assets.assets import Assets, Content, fingerprinted
from generator.authoring.modules import chapter_module
from generator.errors import authored
from generator.files.inputs import file_of
from generator.project import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from generator.catalog.site import Site
    from generator.files.parts import PartCache
    from generator.options import Options

PREVIEW = "preview.py"
"""The module of a chapter that draws the picture: ``preview(name) -> bytes``, a PNG."""

ICON = PROJECT / "browser/icon.svg"
"""The icon of a site that has none of its own."""

WIDTH, HEIGHT = 1200, 630
LAST_LETTER = "\u024f"
"""The last letter of the font of pictures; names beyond it are left out."""


def icon_file(site: Site, content: Path) -> Path:
    """The SVG of a site's icon."""
    return content / site.icon if site.icon else ICON


def icon(file: Path) -> Assets:
    """The site's icon in the bar of a browser."""
    path = fingerprinted("icon.svg", file.read_bytes())
    return Assets(linked={"icon": path}, files={path: file})


def icons(file: Path, parts: PartCache) -> Assets:
    """The site's icon on the screens of those who install it."""
    from generator.assets import icons as drawing  # noqa: PLC0415  only where a site is made

    places: dict[str, str] = {}
    files: dict[str, Content] = {}
    for name, (side, share) in drawing.SIZES.items():
        draw = partial(_icon, file, side, share)
        content = parts.made("icon", f"{file.name} {side} {share}", draw, file)
        places[name] = fingerprinted(f"icon-{name}.png", content)
        files[places[name]] = content
    return Assets(icons=places, files=files)


def _icon(file: Path, side: int, share: float) -> bytes:
    from generator.assets.icons import icon as drawn  # noqa: PLC0415  only where one is drawn

    return drawn(file.read_text(encoding="utf-8"), side, share)


def preview(site: Site, options: Options, parts: PartCache) -> Assets:
    """The picture that others show beside a link to the site: a chapter's, or a plain one."""
    name = site.titles[site.languages.default.folder].name
    modules = [module for module in parts.inputs.below("chapters/") if _is_preview(module)]
    sign = icon_file(site, options.content)
    place = file_of(modules[0], options.roots) if modules else sign

    def draw() -> bytes:
        if not modules:
            return plain_preview(name, sign.read_text(encoding="utf-8"))
        with authored(place):
            drawn: bytes = chapter_module(modules[0], options.chapters).preview(name)
        return drawn

    content = parts.made("preview", f"{modules} {sign.name} {name}", draw, place)
    path = fingerprinted("preview.png", content)
    return Assets(pictures=dict.fromkeys(site.languages.folders, path), files={path: content})


def _is_preview(name: str) -> bool:
    """Whether an input is a chapter's preview module: ``chapters/<chapter>/preview.py``."""
    return name.count("/") == 2 and name.endswith(f"/{PREVIEW}")  # noqa: PLR2004


def plain_preview(name: str, svg: str) -> bytes:
    """A PNG of 1200 × 630 pixels with the icon, and the name if it is in Latin letters."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415  slow, and rarely needed

    from generator.assets.icons import PAPER, icon  # noqa: PLC0415
    from generator.authoring.fonts import LATIN  # noqa: PLC0415

    lettered = max(name) <= LAST_LETTER
    side = 300 if lettered else 420
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    with Image.open(io.BytesIO(icon(svg, side, 1))) as drawn:
        picture.paste(drawn.convert("RGB"), ((WIDTH - side) // 2, 90 if lettered else 105))
    if lettered:
        face = ImageFont.truetype(str(LATIN), 72)
        face.set_variation_by_axes([650])
        size = min(72, int(72 * (WIDTH - 120) / face.getlength(name)))
        face = ImageFont.truetype(str(LATIN), size)
        face.set_variation_by_axes([650])
        pen = ImageDraw.Draw(picture)
        pen.text((WIDTH / 2, 490), name, font=face, fill="#14161f", anchor="mm")
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
