from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from widgets.host import simulate
from widgets.simulators import load, names

CONTENT = Path(__file__).resolve().parents[3] / "content"
LINK = re.compile(r"\(\.\./mixed-models\.md\?([^)#\s]+)#([a-z-]+)\)")


def linked(language: str) -> list[tuple[str, str]]:
    return LINK.findall(
        (CONTENT / language / "mixed-models" / "toolbox.md").read_text(encoding="utf-8")
    )


def settings(query: str) -> dict[str, dict[str, float | str]]:
    """The settings in an address by simulator."""
    found: dict[str, dict[str, float | str]] = {}
    for name, value in parse_qsl(query, strict_parsing=True):
        widget, _, control = name.partition(".")
        text = not re.fullmatch(r"-?[0-9.]+", value)
        found.setdefault(widget, {})[control] = value if text else float(value)
    return found


def test_both_languages_link_to_the_same_settings() -> None:
    assert linked("zh")
    assert linked("zh") == linked("en")


@pytest.mark.parametrize(("query", "section"), sorted(set(linked("en"))))
def test_a_link_sets_controls_that_the_simulator_of_its_section_has(
    query: str, section: str
) -> None:
    (widget,) = settings(query)
    assert widget == section
    assert widget in names()
    given = settings(query)[widget]
    values = load(widget).values(given)
    assert {name: values[name] for name in given} == given


def test_the_sample_linked_as_a_singular_fit_is_one() -> None:
    (query,) = (query for query, _ in linked("en") if "sd_between=0.4" in query)
    assert "singular" in simulate(load("nested"), settings(query)["nested"]).notes
