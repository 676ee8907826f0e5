"""Elements of a drawing as SVG text, and the marks of its axis.

Colours are the page's custom properties, so that a drawing follows the theme. No text that a reader
brought becomes markup.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

INK, QUIET, HAIRLINE = "var(--ink)", "var(--ink-quiet)", "var(--hairline)"
PANEL, TINT = "var(--panel)", "var(--tint)"

STEPS = (1, 2, 5, 10)
HUES = (25, 255, 145, 310, 85, 195, 350, 230, 115, 285)
"""Hues of neighbours lie far apart; a shape tells them apart too."""

SHAPES = ("circle", "square", "diamond", "up", "down")

WIDE_CHARACTER = 0x2E80
"""From here on a character is as wide as it is high."""


def escape(text: str) -> str:
    """Text as it stands in markup and in attributes; the browser's Python has no ``html``."""
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return text


def element(tag: str, content: str = "", /, **attributes: object) -> str:
    """An element; ``content`` is markup, underscores in names are hyphens."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def _value(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def drawing(width: float, height: float, parts: Iterable[str]) -> str:
    """A drawing of this size in CSS pixels."""
    return element(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=float(width),
        height=float(height),
        aria_hidden="true",  # what it shows is said beside it
    )


def text(x: float, y: float, said: str, *, anchor: str = "middle", **attributes: object) -> str:
    """A line of text at its baseline."""
    given = {"fill": QUIET, "font_size": 13, **attributes}
    return element("text", escape(said), x=float(x), y=float(y), text_anchor=anchor, **given)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """A straight line."""
    return element("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), **attributes)


def colour(index: int) -> str:
    """The colour of a unit."""
    return f"oklch(var(--unit-lightness) var(--unit-chroma) {HUES[index % len(HUES)]})"


def mark(x: float, y: float, size: float, index: int) -> str:
    """The path of a unit's mark: one of a few shapes of equal weight."""
    shape, r = SHAPES[index % len(SHAPES)], size
    if shape == "circle":
        return f"M{x - r:.1f} {y:.1f}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z"
    if shape == "square":
        r *= 0.9
        return f"M{x - r:.1f} {y - r:.1f}h{2 * r:.1f}v{2 * r:.1f}h{-2 * r:.1f}z"
    if shape == "diamond":
        r *= 1.25
        return f"M{x:.1f} {y - r:.1f}l{r:.1f} {r:.1f}l{-r:.1f} {r:.1f}l{-r:.1f} {-r:.1f}z"
    r *= 1.15
    way = -1 if shape == "up" else 1
    return f"M{x:.1f} {y + way * r:.1f}l{r:.1f} {-way * 1.75 * r:.1f}h{-2 * r:.1f}z"


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Round numbers between two."""
    raw = (high - low) / count
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * one for one in STEPS if size * one >= raw)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 12) for i in range(first, math.floor(high / step + 1e-9) + 1)]


def logarithmic_ticks(low: float, high: float) -> list[float]:
    """Natural logarithms of round numbers between two logarithms."""
    span = (high - low) / math.log(10)
    steps = (1,) if span > 3 else (1, 3) if span > 1.5 else (1, 2, 5)  # noqa: PLR2004
    found = [
        math.log(one * 10.0**power)
        for power in range(math.floor(low / math.log(10)) - 1, math.ceil(high / math.log(10)) + 1)
        for one in steps
        if low <= math.log(one * 10.0**power) <= high
    ]
    return (
        found
        if len(found) > 1
        else [math.log(one) for one in ticks(math.exp(low), math.exp(high)) if one > 0]
    )


def number(value: float) -> str:
    """A number at an axis."""
    size = abs(value)
    written = f"{value:,.10g}" if size == 0 or 1e-4 <= size < 1e7 else f"{value:.0e}"  # noqa: PLR2004
    return written.replace("-", "\u2212")


def shortened(said: str, width: float, size: float = 13) -> str:
    """A text cut to a width in pixels, by the usual widths of letters."""
    room = width / size
    for end, character in enumerate(said):
        room -= 1.0 if ord(character) >= WIDE_CHARACTER else 0.53
        if room < 0:
            return said[: max(1, end - 1)] + "…"
    return said
