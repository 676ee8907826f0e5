"""The Vega that prints first frames is the Vega that draws in the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from generator.simulators.charts import VEGA_LITE

ROOT = Path(__file__).parents[2]


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / name).read_text(encoding="utf-8"))
    return found


def test_the_page_gets_the_version_that_prints() -> None:
    assert read("package.json")["dependencies"]["vega"] == vl_convert.get_vega_version()


def test_the_page_gets_no_part_of_vega_twice_or_in_another_version() -> None:
    wanted = read("package.json")["overrides"]
    for place, package in read("package-lock.json")["packages"].items():
        name = place.rpartition("node_modules/")[2]
        if name in wanted:
            assert place == f"node_modules/{name}"
            assert package["version"] == wanted[name]


def test_charts_are_compiled_as_the_vega_lite_that_altair_writes() -> None:
    assert VEGA_LITE in vl_convert.get_vegalite_versions()
    assert alt.SCHEMA_VERSION.startswith(f"v{VEGA_LITE}.")
