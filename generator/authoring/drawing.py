"""Strokes that the drawn figures share: SVG elements as text, their looks in drawings.css."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = tuple[float, float]

GOLDEN = (5**0.5 - 1) / 2


def drawing(name: str, size: tuple[int, int], alt: str, parts: Iterable[str]) -> str:
    """The figure ``name`` with its text alternative."""
    width, height = size
    return (
        f'<svg class="drawing {name}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(alt)}">{"".join(parts)}</svg>'
    )


def group(class_: str, *parts: str) -> str:
    """Elements that look alike."""
    return f'<g class="{class_}">{"".join(parts)}</g>'


def label(at: Point, words: str, class_: str = "") -> str:
    """Words whose baseline is at a point: in its middle, or as ``start`` or ``end`` says."""
    attribute = f' class="{class_}"' if class_ else ""
    return f'<text{attribute} x="{at[0]:.1f}" y="{at[1]:.1f}">{escape(words)}</text>'


def upright(at: Point, words: str, class_: str = "quiet") -> str:
    """Words that run upwards around a point."""
    x, y = at
    turn = f"rotate(-90 {x:.1f} {y:.1f})"
    return (
        f'<text class="{class_}" transform="{turn}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'
    )


def dot(at: Point, radius: float, class_: str = "") -> str:
    """A circle."""
    attribute = f' class="{class_}"' if class_ else ""
    return f'<circle{attribute} cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}"/>'


def line(points: Iterable[Point], class_: str = "") -> str:
    """A line through points."""
    attribute = f' class="{class_}"' if class_ else ""
    return f'<path{attribute} d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in points)}"/>'


def cloud(points: Iterable[Point], class_: str) -> str:
    """Many dots of one kind in a single element; their size is the width of the stroke."""
    return f'<path class="{class_}" d="{"".join(f"M{x:.1f} {y:.1f}h0" for x, y in points)}"/>'


def spread(count: int) -> Floats:
    """Even but unordered places between -0.5 and 0.5, so that dots do not cover one another."""
    return np.asarray(np.mod(np.arange(1, count + 1) * GOLDEN, 1) - 0.5)


class Scale:
    """A linear scale from numbers to places in the drawing."""

    def __init__(self, numbers: tuple[float, float], places: tuple[float, float]) -> None:
        self._from, self._to = numbers, places

    def __call__(self, number: float) -> float:
        """The place of a number."""
        share = (number - self._from[0]) / (self._from[1] - self._from[0])
        return self._to[0] + share * (self._to[1] - self._to[0])
