"""Seven mice with baselines of their own, and with slopes of their own as well."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.random import default_rng

from generator.authoring.drawing import Floats, Scale, drawing, group, label, line, upright

SIZE = (480, 250)
SEED = 14
MICE = 7
BASELINE, SLOPE = 3.0, 0.5
SD_BASELINE, SD_SLOPE = 1.1, 0.35
TIMES = (0.0, 6.0)
PANELS = ((34, 232), (262, 460))
TOP, BOTTOM, FOOT = 34, 214, 242


def figure(words: Mapping[str, str]) -> str:
    """Return the drawing as SVG text."""
    rng = default_rng(SEED)
    starts = BASELINE + SD_BASELINE * _scattered(rng.normal(size=MICE))
    slopes = SLOPE + SD_SLOPE * _scattered(rng.normal(size=MICE))
    y = Scale((-0.2, 9.8), (BOTTOM, TOP))
    parts = [upright((16, (TOP + BOTTOM) / 2), words["y"])]
    shown = (("intercept", np.full(MICE, SLOPE)), ("slope", slopes))
    for panel, (name, own) in zip(PANELS, shown, strict=True):
        middle = sum(panel) / 2
        x = Scale(TIMES, panel)
        parts += [
            label((middle, 18), words[name], "title"),
            f'<path class="axis" d="M{panel[0]} {TOP}V{BOTTOM}H{panel[1]}"/>',
            group("mice", *(_course(x, y, a, b) for a, b in zip(starts, own, strict=True))),
            group("average", _course(x, y, BASELINE, SLOPE)),
            label((middle, FOOT), words["x"], "quiet"),
        ]
    return drawing("intercept-slope", SIZE, words["alt"], parts)


def _scattered(z: Floats) -> Floats:
    """The draws at mean 0 and SD 1, so that the average line is the average of the lines."""
    return np.asarray((z - z.mean()) / z.std())


def _course(x: Scale, y: Scale, start: float, slope: float) -> str:
    return line([(x(time), y(start + slope * time)) for time in TIMES])
