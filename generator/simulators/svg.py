"""What Vega draws, made fit for the page: no fonts, no styles, nothing that only Vega needs.

Fonts are decided by the style sheet, and the page's security policy allows no ``style``.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
DROPPED = frozenset(
    {
        "aria-hidden",
        "aria-label",
        "aria-roledescription",
        "class",
        "font-family",
        "pointer-events",
        "role",
        "style",
        "version",
    }
)
DECIMALS = 2

_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_GEOMETRY = frozenset({"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height"})

ET.register_namespace("", SVG)


def for_page(drawn: str) -> str:
    """The drawing with what the page needs of it."""
    root = ET.fromstring(drawn)  # noqa: S314  drawn by ourselves a moment ago
    for element in root.iter():
        for name in DROPPED & set(element.attrib):
            del element.attrib[name]
        for name in _GEOMETRY & set(element.attrib):
            element.set(name, _NUMBER.sub(_rounded, element.attrib[name]))
    _prune(root)
    root.set("aria-hidden", "true")
    return ET.tostring(root, encoding="unicode")


def _prune(parent: ET.Element) -> None:
    for child in list(parent):
        _prune(child)
        if _draws_nothing(child):
            parent.remove(child)


def _draws_nothing(element: ET.Element) -> bool:
    kind = element.tag.removeprefix(f"{{{SVG}}}")
    if kind == "g":
        return len(element) == 0
    if element.get("display") == "none" or element.get("opacity") == "0":
        return True
    return kind == "path" and not ({"fill", "stroke"} & set(element.attrib))


def _rounded(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
