"""Twenty clinics in two arms, a square each, a hundred patients in every square."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from chapters.mixed_models.datasets.clinics import trial
from generator.authoring.drawing import Point, cloud, drawing, group, label

SIZE = (480, 442)
PER_ROW, SIDE, STEP = 5, 10, 7.2
WIDTH, PITCH_X, PITCH_Y = 84, 97, 92
LEFT = 4
ARMS = (34, 258)
"""Where the clinics of each arm begin."""


def figure(words: Mapping[str, str]) -> str:
    """Return the drawing as SVG text."""
    made = trial()
    parts: list[str] = []
    arms = (("usual", ~made.new, "arm-1"), ("new", made.new, "arm-2"))
    for top, (name, mine, colour) in zip(ARMS, arms, strict=True):
        parts.append(label((LEFT, top - 14), words[name], "title start"))
        clinics = [
            _clinic(place, top, int(recovered))
            for place, recovered in enumerate(made.recovered[mine].sum(axis=1))
        ]
        parts.append(group(colour, *clinics))
    return drawing("scenario-clinics", SIZE, words["alt"], parts)


def _clinic(place: int, top: float, recovered: int) -> str:
    row, column = divmod(place, PER_ROW)
    x, y = LEFT + column * PITCH_X, top + row * PITCH_Y
    margin = (WIDTH - (SIDE - 1) * STEP) / 2
    down, right = np.divmod(np.arange(SIDE * SIDE), SIDE)
    patients: list[Point] = [
        (x + margin + float(i) * STEP, y + WIDTH - margin - float(j) * STEP)
        for i, j in zip(right, down, strict=True)
    ]
    return (
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{WIDTH}" rx="6"/>'
        + cloud(patients[:recovered], "yes")
        + cloud(patients[recovered:], "no")
    )
