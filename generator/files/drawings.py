"""Authors' drawings (SVG) without what could run or reach elsewhere.

An SVG file that is opened by itself is a document: its scripts run with the rights of the site.
So a drawing is parsed as XML and only what is listed here goes into the site; what editors keep for
themselves (layers, guides, metadata) goes too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers import expat

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

_ELEMENTS = """
a circle clipPath defs desc ellipse filter g image line linearGradient marker mask path pattern
polygon polyline radialGradient rect stop style svg switch symbol text textPath title tspan use view
animate animateMotion animateTransform mpath set
feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
feTurbulence
"""
ELEMENTS = frozenset(_ELEMENTS.split())
"""The elements of SVG 1.1 and 2 that draw, describe or move; not ``script``, ``foreignObject`` …"""

REFERENCES = frozenset(("href", f"{{{XLINK}}}href"))
FOREIGN_ATTRIBUTES = frozenset((f"{{{XML}}}space", f"{{{XML}}}lang", *REFERENCES))
"""Attributes of other namespaces that may stay."""

UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
"""CSS pixels in a length of 1."""

_LENGTH = re.compile(r"\s*(\d*\.?\d+(?:e[+-]?\d+)?)(px|pt|pc|mm|cm|in|)\s*", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*")
_IMPORT = re.compile(r"@import[^;]*;?", re.IGNORECASE)
_URL = re.compile(
    r"url\(\s*(?![\"']?\s*#)[^)]*\)?|(?:image-set|image|src)\([^)]*\)?", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?(\*/|$)", re.DOTALL)

ET.register_namespace("", SVG)
ET.register_namespace("xlink", XLINK)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing fit for the site; its size in CSS pixels."""

    width: float
    height: float
    content: bytes


class DrawingError(ValueError):
    """A drawing that cannot be shown: in which line, what is wrong, what would be right."""

    def __init__(self, line: int | None, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.hint = line, problem, hint


def cleaned(content: bytes) -> Drawing:
    """A drawing without scripts, event handlers and references to anything outside itself.

    Raises
    ------
    DrawingError
        It is no XML, no SVG, says no size, or defines entities.
    """
    _refuse_entities(content)
    try:
        root = ET.fromstring(content)  # noqa: S314  entities were refused above
    except ET.ParseError as cause:
        line = cause.position[0]
        hint = "save it again with the program that made it"
        raise DrawingError(line, f"this is no XML ({cause.msg})", hint) from None
    if root.tag != f"{{{SVG}}}svg":
        hint = f'begin it with <svg xmlns="{SVG}"'
        raise DrawingError(None, "this is no SVG drawing", hint)
    width, height = _size(root)
    try:
        _clean(root)
        content = ET.tostring(root, encoding="unicode").encode()
    except RecursionError:
        hint = "draw it with fewer groups inside groups"
        raise DrawingError(None, "the drawing is nested too deeply", hint) from None
    return Drawing(width, height, content + b"\n")


def _refuse_entities(content: bytes) -> None:
    parser = expat.ParserCreate()

    def refuse(name: str, *_: object) -> None:
        problem = f"the drawing defines the entity {name!r}"
        hint = "save it as plain SVG, without a document type"
        raise DrawingError(parser.CurrentLineNumber, problem, hint)

    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003  expat takes it by position
    except expat.ExpatError:
        return  # told by the parser that reads it


def _size(root: ET.Element) -> tuple[float, float]:
    """Width and height in CSS pixels, from what the drawing says of them or from its viewBox."""
    width, height = (_length(root.get(name, "")) for name in ("width", "height"))
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        _, _, box_width, box_height = map(float, box)
    except ValueError:
        box_width = box_height = 0.0
    if not (width and height) and box_width > 0 and box_height > 0:
        shape = box_width / box_height
        width = width or (height * shape if height else box_width)
        height = height or width / shape
    if not (width and height):
        hint = 'give its first element a viewBox, as in viewBox="0 0 400 300"'
        raise DrawingError(None, "the drawing does not say how large it is", hint)
    return width, height


def _length(text: str) -> float | None:
    """A length in CSS pixels; None for what is none, such as ``100%``."""
    found = _LENGTH.fullmatch(text)
    return (float(found[1]) * UNITS[found[2].lower()] or None) if found else None


def _clean(element: ET.Element) -> None:
    for name, value in list(element.attrib.items()):
        kept = _attribute(name, value)
        if kept is None:
            del element.attrib[name]
        else:
            element.set(name, kept)
    if element.tag == f"{{{SVG}}}style":
        element.text = _style("".join(element.itertext()))
        element[:] = []
    for child in list(element):
        if _may_stay(child):
            _clean(child)
        else:
            _remove(element, child)


def _may_stay(element: ET.Element) -> bool:
    space, _, name = str(element.tag)[1:].partition("}")
    if space != SVG or name not in ELEMENTS:
        return False
    moved = element.get("attributeName", "").rpartition(":")[2].strip().lower()
    return moved != "href" and not moved.startswith("on")


def _remove(parent: ET.Element, child: ET.Element) -> None:
    """Remove an element but not the text that follows it."""
    place = list(parent).index(child)
    if child.tail:
        if place:
            before = parent[place - 1]
            before.tail = (before.tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _attribute(name: str, value: str) -> str | None:
    """The value that an attribute may have, or nothing if it has to go."""
    if name.startswith("{") and name not in FOREIGN_ATTRIBUTES:
        return None
    if name.lower().startswith("on"):
        return None
    if name in REFERENCES:
        within = value.strip().startswith("#") or _EMBEDDED.fullmatch(value.strip())
        return value if within else None
    return _style(value) if "(" in value or "\\" in value else value


def _style(css: str) -> str:
    """Style rules that reach nothing outside the drawing.

    With escapes anything can be written so that nobody sees it: rules that have some go as a whole.
    """
    plain = _COMMENT.sub(" ", css)
    return "" if "\\" in plain else _URL.sub(" none ", _IMPORT.sub(" ", plain)).strip()
