"""The site's sign and its preview picture."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.assets.assets import Assets, Content, fingerprinted
from generator.files.cache import digest, kept
from generator.languages import EN, LANGUAGES
from generator.options import PROJECT

if TYPE_CHECKING:
    from generator.catalog.site import Site
    from generator.files.inputs import Inputs

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
        content = kept(cache / "pictures", key, partial(drawing.icon, svg, points, share))
        places[name] = fingerprinted(f"icon-{name}.png", content)
        files[places[name]] = content
    return Assets(icons=places, files=files)


def preview(site: Site, inputs: Inputs, cache: Path) -> Assets:
    """The picture that others show beside a link to the site."""
    key = digest(FONT.name, site.titles[EN.folder].name, inputs.fingerprint(*DRAWN_FROM))

    def draw() -> bytes:
        from generator.assets.social import picture  # noqa: PLC0415  only when it is drawn

        return picture(FONT, site.titles[EN.folder].name)

    content = kept(cache / "pictures", f"{key[:16]}.png", draw)
    path = fingerprinted("preview.png", content)
    names = [language.folder for language in LANGUAGES]
    return Assets(pictures=dict.fromkeys(names, path), files={path: content})
