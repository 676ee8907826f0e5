"""Five rats, thirty-two channels in each, two hundred units on every channel."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from chapters.mixed_models.datasets.electrodes import RATS, UNITS, spikes
from generator.authoring.drawing import Floats, Point, cloud, drawing, group, label, line

SIZE = (480, 356)
COLUMNS, SIDE, STEP = 4, 11, 15
PITCH, TOP = 96, 34
MIDDLES = tuple(48 + PITCH * rat for rat in range(RATS))
LENS = (MIDDLES[2] - 130, 206, 260, 118)
"""Left, top, width and height of the channel seen close."""

ENLARGED = (2, 29)
"""The rat and the channel that is."""


def figure(words: Mapping[str, str]) -> str:
    """Return the drawing as SVG text."""
    parts = []
    for rat, levels in enumerate(_levels()):
        channels = [_channel(rat, number, level) for number, level in enumerate(levels)]
        name = words["rat"].format(number=rat + 1)
        parts += [
            label((MIDDLES[rat], 20), name, "title"),
            group(f"unit-{rat + 1}", *channels),
        ]
    return drawing("scenario-electrodes", SIZE, words["alt"], [*parts, *_lens(words["units"])])


def _levels() -> Floats:
    """How busy each channel is, from 0 to 1, shape (RATS, CHANNELS)."""
    mean = np.log(spikes().mean(axis=(2, 3)))
    return np.asarray((mean - mean.min()) / (mean.max() - mean.min()))


def _corner(rat: int, channel: int) -> Point:
    row, column = divmod(channel, COLUMNS)
    left = MIDDLES[rat] - ((COLUMNS - 1) * STEP + SIDE) / 2
    return left + column * STEP, TOP + row * STEP


def _channel(rat: int, number: int, level: float) -> str:
    x, y = _corner(rat, number)
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{SIDE}" height="{SIDE}" rx="2" '
        f'fill-opacity="{0.25 + 0.75 * level:.2f}"/>'
    )


def _lens(words: str) -> list[str]:
    left, top, width, height = LENS
    x, y = _corner(*ENLARGED)
    per_row = 20
    step = width / (per_row + 1)
    row, column = np.divmod(np.arange(UNITS), per_row)
    units: list[Point] = [
        (left + step * (float(i) + 1), top + 12 + float(j) * (height - 24) / (UNITS / per_row - 1))
        for i, j in zip(column, row, strict=True)
    ]
    return [
        line([(x, y + SIDE), (left, top)], "tie"),
        line([(x + SIDE, y + SIDE), (left + width, top)], "tie"),
        f'<rect class="lens" x="{left}" y="{top}" width="{width}" height="{height}" rx="6"/>',
        group(f"unit-{ENLARGED[0] + 1}", cloud(units, "units")),
        label((left + width / 2, top + height + 24), words, "quiet"),
    ]
