from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

CONTENT = Path(__file__).resolve().parents[3] / "content"
FIGURES = sorted(file.stem for file in (CONTENT / "en" / "figures").glob("*.toml"))

PHONE, SMALLEST = 354, 11
"""Pixels that a column has on a screen 390 wide, and the smallest text to be read there."""

SIZES = {"sixty-cells": 20}
OTHERS = 16
"""Size of the text in the units of a drawing, as drawings.css has it."""


def words(name: str, language: str) -> dict[str, str]:
    return tomllib.loads((CONTENT / language / "figures" / f"{name}.toml").read_text("utf-8"))


def drawn(name: str, language: str) -> ET.Element:
    module = import_module(f"chapters.mixed_models.figures.{name.replace('-', '_')}")
    return ET.fromstring(module.figure(words(name, language)))  # noqa: S314  our own


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_the_same_words_in_both_languages(name: str) -> None:
    assert list(words(name, "zh")) == list(words(name, "en"))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_figure_says_what_it_shows(name: str, language: str) -> None:
    svg = drawn(name, language)
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == words(name, language)["alt"]


@pytest.mark.parametrize("name", FIGURES)
def test_the_text_of_a_figure_can_be_read_on_a_phone(name: str) -> None:
    width = float(str(drawn(name, "en").get("viewBox")).split()[2])
    assert SIZES.get(name, OTHERS) * PHONE / width >= SMALLEST


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_of_a_figure_lies_outside_it(name: str) -> None:
    svg = drawn(name, "en")
    _, _, width, height = (float(part) for part in str(svg.get("viewBox")).split())
    for element in svg.iter():
        for attribute, end in (("x", width), ("cx", width), ("y", height), ("cy", height)):
            value = element.get(attribute)
            if value is not None:
                assert 0 <= float(value) <= end, (element.tag, element.attrib)
        for x, y in re.findall(r"[ML](-?[0-9.]+) (-?[0-9.]+)", element.get("d") or ""):
            assert 0 <= float(x) <= width, element.attrib
            assert 0 <= float(y) <= height, element.attrib
