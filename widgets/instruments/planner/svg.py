"""A few elements of SVG as text. Colours are the page's custom properties, fonts its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

INK, QUIET, HAIRLINE = "var(--ink)", "var(--ink-quiet)", "var(--hairline)"
ACCENT, PAPER, WARN = "var(--accent)", "var(--panel)", "var(--warn)"


def element(name: str, content: str = "", /, **given: str | float) -> str:
    """An element; ``stroke_width`` is written ``stroke-width``."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(_short(value))}"'
        for key, value in given.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(x: float, y: float, words: str, **given: str | float) -> str:
    """Words at a place; a size of 13 and quiet unless said otherwise."""
    style: dict[str, str | float] = {"font_size": 13, "fill": QUIET}
    return element("text", _escaped(words), x=x, y=y, **(style | given))


def halo(x: float, y: float, words: str, **given: str | float) -> str:
    """Words on a coloured ground, with the paper's colour around them."""
    around: dict[str, str | float] = {
        "stroke": PAPER,
        "stroke_width": 3.5,
        "stroke_linejoin": "round",
        "paint_order": "stroke",
    }
    return text(x, y, words, **(around | given))


def line(points: Iterable[tuple[float, float]], **given: str | float) -> str:
    """A line through points."""
    return element("path", d=path(points), fill="none", **given)


def path(points: Iterable[tuple[float, float]]) -> str:
    """The data of a path through points."""
    return "M" + "L".join(f"{_short(x)},{_short(y)}" for x, y in points)


def drawing(width: float, height: float, parts: Sequence[str], **given: str | float) -> str:
    """A whole drawing, of a size in CSS pixels."""
    return element(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_short(width)} {_short(height)}",
        width=width,
        height=height,
        aria_hidden="true",
        **given,
    )


def _escaped(words: str) -> str:
    """Words as SVG may hold them; the browser's Python is without ``html``."""
    for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        words = words.replace(sign, f"&{name};")
    return words


def _short(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 1):g}"
