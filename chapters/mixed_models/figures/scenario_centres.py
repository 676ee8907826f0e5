"""Five centres, a thousand samples: both their level and their share of patients differ."""

from __future__ import annotations

from collections.abc import Mapping

from chapters.mixed_models.datasets.centres import CASES, CENTRES, disease, sample
from generator.authoring.drawing import (
    Floats,
    Scale,
    cloud,
    dot,
    drawing,
    group,
    label,
    spread,
    upright,
)

SIZE = (480, 322)
LEFT, PITCH, STRIP = 48, 85, 34
TOP, BOTTOM = 44, 272
RANGE, TICKS = (3.6, 11.0), (4, 6, 8, 10)
LEGEND = 20


def figure(words: Mapping[str, str]) -> str:
    """Return the drawing as SVG text."""
    y = Scale(RANGE, (BOTTOM, TOP))
    parts = [*_legend(words), upright((16, (TOP + BOTTOM) / 2), words["y"])]
    parts += [label((LEFT - 8, y(tick) + 5), f"{tick}", "end quiet") for tick in TICKS]
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{LEFT + CENTRES * PITCH - 6}"/>')
    ill, expression = disease(), sample()["expression"]
    for centre, share in enumerate(CASES):
        middle = LEFT + (centre + 0.5) * PITCH - 2
        mine = expression[centre]
        parts += [
            _strip(middle - 20, y, mine[~ill[centre]], "arm-1"),
            _strip(middle + 20, y, mine[ill[centre]], "arm-2"),
            label((middle, BOTTOM + 22), words["centre"].format(name="ABCDE"[centre])),
            label((middle, BOTTOM + 44), words["share"].format(share=f"{share:.0%}"), "quiet"),
        ]
    return drawing("scenario-centres", SIZE, words["alt"], parts)


def _strip(middle: float, y: Scale, values: Floats, class_: str) -> str:
    places = middle + spread(len(values)) * STRIP
    points = [(float(place), y(value)) for place, value in zip(places, values, strict=True)]
    mean = y(float(values.mean()))
    bar = f'<path class="mean" d="M{middle - STRIP / 2:.1f} {mean:.1f}h{STRIP}"/>'
    return group(class_, cloud(points, "samples"), bar)


def _legend(words: Mapping[str, str]) -> list[str]:
    return [
        group("arm-1", dot((LEFT + 8, LEGEND - 5), 5)),
        label((LEFT + 20, LEGEND), words["control"], "start"),
        group("arm-2", dot((LEFT + 148, LEGEND - 5), 5)),
        label((LEFT + 160, LEGEND), words["case"], "start"),
    ]
