"""The site's sign as pictures, for the screens of those who install it.

The same dots and bars as ``browser/icon.svg``, which is read for them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

from PIL import Image, ImageDraw

PAPER = "#fdfcf7"
SCALE = 4
SIDE = 32
"""Of the drawing; its points are then scaled to the picture."""

SIZES: Mapping[str, tuple[int, float]] = {
    "192": (192, 0.84),
    "512": (512, 0.84),
    "maskable": (512, 0.58),
}
"""Points of each picture, and what share of it the sign takes: a mask may cut off a tenth."""

_GROUP = re.compile(r'<g fill="([^"]+)">(.*?)</g>', re.DOTALL)
_DOT = re.compile(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/>')
_BAR = re.compile(
    r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="([\d.]+)"/>'
)


def icon(svg: str, points: int, share: float) -> bytes:
    """The sign as a PNG, on paper."""
    side = points * SCALE
    image = Image.new("RGB", (side, side), PAPER)
    pen = ImageDraw.Draw(image)
    unit = side * share / SIDE
    edge = side * (1 - share) / 2
    for colour, shapes in _GROUP.findall(svg):
        for found in _DOT.findall(shapes):
            x, y, radius = map(float, found)
            pen.circle((edge + x * unit, edge + y * unit), radius * unit, fill=colour)
        for found in _BAR.findall(shapes):
            x, y, width, height, radius = map(float, found)
            ends = (x, y, x + width, y + height)
            box = tuple(edge + end * unit for end in ends)
            pen.rounded_rectangle((box[0], box[1], box[2], box[3]), radius * unit, fill=colour)
    file = io.BytesIO()
    image.resize((points, points), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()
