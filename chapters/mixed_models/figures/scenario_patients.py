"""Fifty patients over twelve months, a line each, by treatment."""

from __future__ import annotations

from collections.abc import Mapping

from chapters.mixed_models.datasets.patients import MONTHS, sample, treated
from generator.authoring.drawing import Floats, Scale, drawing, group, label, line, upright

SIZE = (480, 290)
PANELS = ((64, 258), (278, 472))
TOP, BOTTOM = 34, 238
RANGE, TICKS = (5.0, 11.2), (6, 7, 8, 9, 10, 11)


def figure(words: Mapping[str, str]) -> str:
    """Return the drawing as SVG text."""
    hba1c = sample()
    y = Scale(RANGE, (BOTTOM, TOP))
    parts = [upright((18, (TOP + BOTTOM) / 2), words["y"])]
    parts += [label((PANELS[0][0] - 8, y(tick) + 5), f"{tick}", "end quiet") for tick in TICKS]
    arms = (("usual", ~treated(), "arm-1"), ("new", treated(), "arm-2"))
    for panel, (name, mine, colour) in zip(PANELS, arms, strict=True):
        x = Scale((0, MONTHS - 1), panel)
        middle = sum(panel) / 2
        parts += [
            label((middle, 18), words[name], "title"),
            f'<path class="axis" d="M{panel[0]} {TOP}V{BOTTOM}H{panel[1]}"/>',
            group(colour, *(_course(x, y, one, "patient") for one in hba1c[mine])),
            group(colour, _course(x, y, hba1c[mine].mean(axis=0), "average")),
            *(label((x(month), BOTTOM + 20), f"{month}", "quiet") for month in (0, 5, 10)),
        ]
    foot = (PANELS[0][0] + PANELS[1][1]) / 2
    parts.append(label((foot, BOTTOM + 44), words["x"], "quiet"))
    return drawing("scenario-patients", SIZE, words["alt"], parts)


def _course(x: Scale, y: Scale, values: Floats, class_: str) -> str:
    return line([(x(month), y(value)) for month, value in enumerate(values)], class_)
