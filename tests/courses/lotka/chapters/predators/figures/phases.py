"""Hares against lynx: closed curves around the equilibrium."""

from __future__ import annotations

from collections.abc import Mapping

from widgets.simulators.predators.model import course

from generator.authoring.drawing import drawing

WIDTH, HEIGHT = 480, 300
HARES, LYNX = 80, 30
EVERY = 10


def figure(words: Mapping[str, str]) -> str:
    """Return the drawing as SVG, with the words of one language."""
    curves = (_curve(hares) for hares in (26, 34, 42))
    return drawing("phases", (WIDTH, HEIGHT), words["alt"], curves)


def _curve(start: float) -> str:
    _, hares, lynx = course(start, 10, 1)[:, ::EVERY]
    points = zip(hares / HARES * WIDTH, HEIGHT - lynx / LYNX * HEIGHT, strict=True)
    return f'<path d="M{"L".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
