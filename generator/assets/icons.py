"""The site's icon as PNGs, for the screens of those who install the site."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

PAPER = "#fdfcf7"
_SVG = "http://www.w3.org/2000/svg"

SIZES: Mapping[str, tuple[int, float]] = {
    "192": (192, 0.84),
    "512": (512, 0.84),
    "maskable": (512, 0.58),
}
"""Side of each picture in pixels, and what share of it the icon takes: a mask may cut off a tenth
on every side."""


def icon(svg: str, side: int, share: float) -> bytes:
    """The icon as a square PNG on paper.

    Parameters
    ----------
    svg
        The icon, any SVG.
    side
        Width and height in pixels.
    share
        Of the side that the icon takes, from 0 to 1; it stands in the middle.
    """
    import vl_convert  # noqa: PLC0415  slow, and only needed for a new icon

    return bytes(vl_convert.svg_to_png(_framed(svg, side, share)))


def _framed(svg: str, side: int, share: float) -> str:
    """An SVG with the icon in the middle of a square of paper."""
    ET.register_namespace("", _SVG)
    drawing = ET.fromstring(svg)  # noqa: S314  the author's own file
    size = side * share
    if "viewBox" not in drawing.attrib:
        sides = (drawing.get(name, "32").removesuffix("px") for name in ("width", "height"))
        drawing.set("viewBox", f"0 0 {' '.join(sides)}")
    for name, value in {"x": (side - size) / 2, "y": (side - size) / 2, "width": size}.items():
        drawing.set(name, f"{value:g}")
    drawing.set("height", f"{size:g}")
    paper = ET.Element(f"{{{_SVG}}}svg", {"width": str(side), "height": str(side)})
    ET.SubElement(paper, f"{{{_SVG}}}rect", {"width": "100%", "height": "100%", "fill": PAPER})
    paper.append(drawing)
    return ET.tostring(paper, encoding="unicode")
