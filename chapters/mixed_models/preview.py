"""The picture that other sites show beside a link: sixty cells, and the three mice they came from.

Drawn twice as large and scaled down, which smooths the edges alike on every machine.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from chapters.mixed_models.figures.sixty_cells import CELLS, GOLDEN, MICE, sample
from generator.authoring.fonts import LATIN

WIDTH, HEIGHT = 1200, 630
SCALE = 2
PAPER, INK, QUIET, CROWD = "#fdfcf7", "#14161f", "#5c6069", "#a3a5ab"
MOUSE_COLOURS = ("#2f7fd0", "#d8731c", "#1f9d6b")
TOP, BOTTOM = 110, 410
DOT = 10
CLOUD = (90, 470)
COLUMNS = ((770, 120), (920, 120), (1070, 120))
"""Middle and width of each mouse's column."""

ARROW = ((545, 260), (655, 260))
LABEL_Y, NAME_Y = 480, 580
WEIGHT = 650


def preview(name: str) -> bytes:
    """Return a PNG of 1200 × 630 points with the site's name."""
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
    pen = ImageDraw.Draw(image)
    heights, mice = sample()
    y = BOTTOM - heights * (BOTTOM - TOP)
    spread = np.mod(np.arange(1, MICE * CELLS + 1) * GOLDEN, 1)
    _dots(pen, CLOUD[0] + spread * (CLOUD[1] - CLOUD[0]), y, CROWD)
    _arrow(pen)
    for mouse, (middle, width) in enumerate(COLUMNS):
        mine = y[mice == mouse]
        _dots(pen, middle + (spread[:CELLS] - 0.5) * width * 0.8, mine, MOUSE_COLOURS[mouse])
        _bar(pen, middle, width, float(mine.mean()), MOUSE_COLOURS[mouse])
    _text(pen, 56, (sum(CLOUD) / 2, LABEL_Y), "n = 60?", QUIET)
    _text(pen, 56, (COLUMNS[1][0], LABEL_Y), "n = 3", INK)
    _text(pen, 34, (WIDTH / 2, NAME_Y), name, QUIET)
    file = io.BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _dots(pen: ImageDraw.ImageDraw, xs: Iterable[float], ys: Iterable[float], colour: str) -> None:
    for x, y in zip(xs, ys, strict=True):
        pen.circle((x * SCALE, y * SCALE), DOT * SCALE, fill=colour)


def _bar(pen: ImageDraw.ImageDraw, middle: float, width: float, y: float, colour: str) -> None:
    ends = ((middle - width / 2) * SCALE, y * SCALE, (middle + width / 2) * SCALE, y * SCALE)
    pen.line(ends, fill=colour, width=8 * SCALE)


def _arrow(pen: ImageDraw.ImageDraw) -> None:
    tip = ARROW[1]
    head = ((tip[0] - 18, tip[1] - 14), tip, (tip[0] - 18, tip[1] + 14))
    for start, end in (ARROW, *pairwise(head)):
        pen.line([(x * SCALE, y * SCALE) for x, y in (start, end)], fill=QUIET, width=4 * SCALE)


def _text(
    pen: ImageDraw.ImageDraw,
    size: int,
    middle: tuple[float, float],
    words: str,
    colour: str,
) -> None:
    face = ImageFont.truetype(str(LATIN), size * SCALE)
    face.set_variation_by_axes([WEIGHT])
    pen.text((middle[0] * SCALE, middle[1] * SCALE), words, font=face, fill=colour, anchor="mm")
