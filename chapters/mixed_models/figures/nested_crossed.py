"""Two arrangements of units: each cell in one mouse; every reader before every image."""

from __future__ import annotations

from collections.abc import Mapping

from generator.authoring.drawing import Point, dot, drawing, group, label, line

SIZE = (480, 236)
TITLE, TOP, BOTTOM, FOOT = 20, 78, 176, 222
LEFT, RIGHT = (44, 114, 184), (300, 370, 440)
SPREAD = (-22, 0, 22)
"""Where the cells of a mouse stand, seen from the mouse."""


def figure(words: Mapping[str, str]) -> str:
    """Return the drawing as SVG text."""
    return drawing(
        "nested-crossed",
        SIZE,
        words["alt"],
        (*_nested(), *_crossed(), *_words(words)),
    )


def _nested() -> list[str]:
    parts = []
    for mouse, x in enumerate(LEFT, start=1):
        cells: list[Point] = [(x + place, BOTTOM) for place in SPREAD]
        ties = [line([(x, TOP), cell], "tie") for cell in cells]
        parts.append(
            group(f"unit-{mouse}", *ties, dot((x, TOP), 14), *(dot(cell, 7) for cell in cells))
        )
    return parts


def _crossed() -> list[str]:
    parts = []
    for reader, x in enumerate(RIGHT, start=1):
        ties = [line([(x, TOP), (image, BOTTOM)], "tie") for image in RIGHT]
        parts.append(group(f"unit-{reader}", *ties, dot((x, TOP), 14)))
    side = 18
    parts += [
        f'<rect class="shared" x="{x - side / 2:g}" y="{BOTTOM - side / 2:g}" '
        f'width="{side}" height="{side}" rx="2"/>'
        for x in RIGHT
    ]
    return parts


def _words(words: Mapping[str, str]) -> list[str]:
    parts = [f'<path class="divide" d="M242 {TITLE + 14}V{FOOT}"/>']
    for side, xs in (("nested", LEFT), ("crossed", RIGHT)):
        x = xs[1]
        parts += [
            label((x, TITLE), words[side], "title"),
            label((x, TOP - 26), words[f"{side}_top"], "quiet"),
            label((x, FOOT), words[f"{side}_bottom"], "quiet"),
        ]
    return parts
