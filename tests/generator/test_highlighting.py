from __future__ import annotations

import re

import pytest

from generator.assets.highlighting import PALETTE, style_sheet
from generator.highlighting import highlighted

PAPER = {"light": "#f3f3ef", "dark": "#22252b"}
"""A little darker, and a little lighter, than code stands on: what is readable here is there."""


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("kind", PALETTE)
def test_every_colour_can_be_read_in_light_and_dark(kind: str) -> None:
    light, dark = PALETTE[kind]
    assert contrast(light, PAPER["light"]) >= 4.5
    assert contrast(dark, PAPER["dark"]) >= 4.5


def test_what_stands_out_in_r_and_python_has_its_colour() -> None:
    rules = style_sheet()
    code = highlighted('f <- function(x) "a" # 1', "r") + highlighted("def f(): return 1", "python")
    used = set(re.findall(r'class="(\w+)"', code)) - {"n", "p", "w"}
    assert {name for name in used if f".highlight .{name}" not in rules} == set()
