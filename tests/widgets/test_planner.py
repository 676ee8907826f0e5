"""The planner as its page asks it: numbers made elsewhere, bad input, figures and scripts."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import pytest

from generator.project import PROJECT
from widgets import host
from widgets.instruments.planner import verdict
from widgets.instruments.planner.figure import crossing, surface
from widgets.instruments.planner.frame import Ranges
from widgets.instruments.planner.inputs import Reason, number_of, read
from widgets.lmm import plan
from widgets.lmm.planning.plan import power_of_mixed_model

CASES = json.loads(
    (Path(__file__).parents[2] / "validation" / "reference" / "planner.json").read_text("utf-8")
)


def asked(values: dict[str, Any], ask: str = "plan", **more: object) -> dict[str, Any]:
    request = {
        "call": "answer",
        "instrument": "planner",
        "input": {"ask": ask, "values": values, **more},
    }
    reply: dict[str, Any] = json.loads(host.answer(json.dumps(request)))
    return reply


def typed(given: dict[str, Any]) -> dict[str, Any]:
    """The settings of a case as a reader types them; what they leave out is as on the page."""
    fields = dict(given)
    if "sizes" in fields:
        fields["m"] = ", ".join(map(str, fields.pop("sizes")))
    return {name: str(value) for name, value in fields.items()}


def agrees(value: float | None, wanted: dict[str, Any]) -> bool:
    if value is None:
        return None in wanted["accept"]
    return any(
        abs(value - one) <= max(wanted["abs"], wanted["rel"] * abs(one))
        for one in wanted["accept"]
        if one is not None
    )


@pytest.mark.parametrize(
    "case",
    [pytest.param(one, id=one["id"]) for one in CASES if one["kind"] != "design-effect"],
)
def test_the_page_shows_what_was_computed_and_simulated_elsewhere(case: dict[str, Any]) -> None:
    reply = asked(typed(case["input"]))
    assert "problems" not in reply
    for name, wanted in case["expected"].items():
        if name == "plan":
            shown = [reply["readouts"][f"best.{one}"]["value"] for one in ("n_units", "m")]
            assert shown in wanted["accept"]
        else:
            value = reply["readouts"][name]["value"]
            assert agrees(value, wanted), (name, value, wanted)


OPENING = {"n_units": "8", "m": "20", "effect": "1.2", "sd_between": "0.9", "sd_within": "1.1"}
WORDS = {
    "unit": "mouse",
    "units": "mice & <men>",
    "units_in_all": "{units} in all",
    "subunits_each": "cells",
    "best": "best: {plan}",
    "present": "yours: {plan}",
    "endless": "endless",
    "formula": "formula",
    "script_title": "Title",
    "script_engine": "engine",
    "script_formula": "formula",
    "script_simulation": "simulation",
    "script_left": "left",
}


@pytest.mark.parametrize(
    ("changes", "field", "reason", "bound"),
    [
        ({"sd_between": "-1"}, "sd_between", "least", "0"),
        ({"icc": "1.2", "sd_total": "1"}, "icc", "most", "1"),
        ({"budget": "100"}, "budget", "poor", "124"),
        ({"effect": "large"}, "effect", "number", ""),
        ({"effect": " "}, "effect", "missing", ""),
        ({"effect": "1e999"}, "effect", "number", ""),
        ({"n_units": "1"}, "n_units", "least", "2"),
        ({"n_units": "7.5"}, "n_units", "whole", ""),
        ({"n_units": "7", "design": "blocked"}, "n_units", "even", ""),
        ({"m": "1", "design": "within"}, "m", "least", "2"),
        ({"m": "5, x, 7, 8"}, "m", "list", ""),
        ({"m": "5, 6, 7"}, "m", "list", ""),
        ({"alpha": "0"}, "alpha", "low", "0"),
        ({"lost_units": "100%"}, "lost_units", "high", "1"),
        ({"target_power": "0.01"}, "target_power", "low", "0.05"),
        ({"effect": "0", "solve": "units"}, "effect", "zero", ""),
        ({"outcome": "binary", "baseline": "1"}, "baseline", "high", "1"),
        ({"sd_between": "0", "sd_within": "0"}, "sd_within", "low", "0"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(
    changes: dict[str, str], field: str, reason: str, bound: str
) -> None:
    reply = asked(OPENING | changes)
    assert {"field": field, "reason": reason, "bound": bound} in reply["problems"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.8", 0.8),
        ("80%", 0.8),
        ("0,8", 0.8),
        ("1,200", 1200),
        ("1,200.5", 1200.5),
        ("−3", -3),
        ("１２", 12),
        (".5", 0.5),
        ("1e-3", 0.001),
        ("nan", None),
        ("inf", None),
        ("1.2.3", None),
        ("0x10", None),
        ("", None),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, number: float | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"n_units": "2"},
        {"n_units": "100000", "m": "100000"},
        {"m": "1"},
        {"icc": "0", "sd_total": "1"},
        {"icc": "1", "sd_total": "1"},
        {"effect": "0"},
        {"effect": "-1.2"},
        {"design": "within"},
        {"design": "blocked", "n_units": "2"},
        {"m": "5, 10, 20, 40"},
        {"lost_units": "0.9"},
        {"solve": "units", "effect": "0.00001"},
        {"solve": "subunits"},
        {"solve": "effect"},
        {"budget": "130"},
        {"budget": "1000000000"},
        {"cost_unit": "0.001", "cost_subunit": "1000"},
        {"outcome": "counts", "baseline": "5", "effect": "0.7", "sd_between": "0.4"},
    ],
    ids=str,
)
def test_every_corner_gives_finite_numbers_a_sentence_and_figures(changes: dict[str, str]) -> None:
    reply = asked(OPENING | changes, words=WORDS)
    assert "problems" not in reply
    assert reply["verdict"]
    drawings = [frame for sizes in reply["figures"].values() for frame in sizes.values()]
    for drawing in (*drawings, reply["strip"]):
        ET.fromstring(drawing)  # noqa: S314  drawn by ourselves
        assert "nan" not in drawing
        assert "inf" not in drawing.replace("var(--", "")


def test_the_dot_stands_where_the_axes_say() -> None:
    reply = asked(OPENING, words=WORDS, sizes=["wide"])
    svg = ET.fromstring(reply["figures"]["map"]["wide"])  # noqa: S314  drawn by ourselves
    low, high = map(float, svg.attrib["data-units"].split())
    few, many = map(float, svg.attrib["data-sizes"].split())
    left, right, top, bottom = (
        float(svg.attrib[f"data-{side}"]) for side in ("left", "right", "top", "bottom")
    )
    dot = svg.find(".//{*}g[@class='planner-handle']/{*}circle")
    assert dot is not None
    across = left + (8 - low) / (high - low) * (right - left)
    up = bottom - math.log(20 / few) / math.log(many / few) * (bottom - top)
    assert float(dot.attrib["cx"]) == pytest.approx(across, abs=0.1)
    assert float(dot.attrib["cy"]) == pytest.approx(up, abs=0.1)


def test_a_map_that_is_being_used_keeps_its_ends() -> None:
    held = {"units": [2, 20], "sizes": [1, 100]}
    reply = asked(OPENING | {"n_units": "60"}, words=WORDS, sizes=["wide"], held=held)
    svg = ET.fromstring(reply["figures"]["map"]["wide"])  # noqa: S314  drawn by ourselves
    assert svg.attrib["data-units"] == "2 20"
    assert svg.attrib["data-sizes"] == "1 100"


def test_the_contour_is_where_the_power_is() -> None:
    settings, _ = read(OPENING)
    assert settings is not None
    shown = Ranges((2.0, 40.0), (1.0, 40.0))
    line = crossing(surface(settings.given, shown), 0.8, shown.units)
    for units, size in line[::7]:
        if 6 < units < 39:
            below, above = (2 * math.floor(units / 2), 2 * math.ceil(units / 2))
            powers = [
                power_of_mixed_model(settings.given.but(n_units=n, m=size)) or 0
                for n in (below, above)
            ]
            assert powers[0] - 0.01 < 0.8 < powers[1] + 0.01


def test_the_simulation_agrees_with_the_formula_and_adds_up() -> None:
    formula = asked(OPENING)["readouts"]["power.mixed"]["value"]
    reply: dict[str, Any] = {"done": 0, "tally": []}
    for _ in range(10):
        reply = asked(OPENING, "simulate", done=reply["done"], count=400, tally=reply["tally"])
    shown = {name: one["value"] for name, one in reply["readouts"].items()}
    assert shown["sim.n"] == 4000
    assert shown["sim.failed"] == 0
    assert shown["sim.low"] - 0.01 < formula < shown["sim.high"] + 0.01
    assert shown["sim.power"] == reply["tally"][1] / 4000


@pytest.mark.parametrize(
    "changes",
    [
        {"design": "within", "effect": "0.5"},
        {"design": "blocked"},
        {"n_units": "9", "cv": "0.4"},
        {"m": "1"},
        {"outcome": "binary", "baseline": "0.3", "sd_between": "0.5", "n_units": "12"},
    ],
    ids=str,
)
def test_every_design_is_simulated_as_it_is_computed(changes: dict[str, str]) -> None:
    formula = asked(OPENING | changes)["readouts"]["power.mixed"]["value"]
    reply = asked(OPENING | changes, "simulate", done=0, count=4000)
    power = reply["readouts"]["sim.power"]["value"]
    error = math.sqrt(formula * (1 - formula) / 4000)
    assert abs(power - formula) < 4 * error + 0.01  # .01: unequal sizes are approximate


def test_a_chunk_has_the_same_experiments_whoever_draws_it() -> None:
    one, two = (asked(OPENING, "simulate", done=300, count=100)["tally"] for _ in range(2))
    other = asked(OPENING | {"seed": "2"}, "simulate", done=300, count=100)["tally"]
    assert one == two
    assert one != other


def test_money_buys_three_other_plans_within_the_budget() -> None:
    reply = asked(OPENING)
    names = [one["name"] for one in reply["others"]]
    assert names == ["present", "best", "fewer", "more"]
    costs = [float(one["cost"].replace(",", "")) for one in reply["others"][1:]]
    assert all(2400 < cost <= 3000 for cost in costs)


def test_the_map_is_a_table_of_whole_plans() -> None:
    columns = asked(OPENING, "map")["columns"]
    assert len({len(column) for column in columns.values()}) == 1
    rows = list(zip(columns["n_units"], columns["m"], columns["power"], strict=True))
    power = next(power for units, m, power in rows if (units, m) == (20, 7))
    own = asked(OPENING | {"n_units": "20", "m": "7"})["readouts"]["power.mixed"]["value"]
    assert power == pytest.approx(own, abs=0.005)


def test_the_python_script_states_the_plan_that_is_shown() -> None:
    scripts = asked(OPENING | {"lost_units": "0.2"}, "scripts", words=WORDS)
    stated: dict[str, Any] = tomllib.loads(scripts["toml"])["plan"]
    shown = asked(OPENING | {"lost_units": "0.2"})["readouts"]["power.mixed"]["value"]
    assert plan(**stated).power == pytest.approx(shown, abs=1e-9)
    assert "lost_units=0.2" in scripts["python"]
    compile(scripts["python"], "plan.py", "exec")


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize(
    "changes", [{}, {"design": "within"}, {"design": "blocked"}, {"m": "5, 10, 20, 40"}], ids=str
)
def test_the_r_script_finds_the_same_power(changes: dict[str, str], tmp_path: Path) -> None:
    script = asked(OPENING | changes, "scripts", words=WORDS)["r"]
    by_formula = script.partition("# simulation")[0]
    (tmp_path / "plan.R").write_text(by_formula, encoding="utf-8")
    printed = subprocess.run(
        ["Rscript", "plan.R"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    power = float(printed.split("\n")[1].split()[0])
    shown = asked(OPENING | changes)["readouts"]["power.mixed"]["value"]
    assert power == pytest.approx(shown, abs=0.002)  # R's script has the t test on means


def test_both_languages_have_the_same_words() -> None:
    texts = [
        tomllib.loads((PROJECT / "content" / folder / "instruments" / "planner.toml").read_text())
        for folder in ("en", "zh")
    ]
    english, chinese = (set(keys(text)) for text in texts)
    own = {"units_capital", "subunits_capital", "count_unit", "count_subunit"}
    assert {key for key in english ^ chinese if key.rpartition(".")[2] not in own} == set()


def keys(section: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, value in section.items():
        if isinstance(value, dict):
            yield from keys(value, f"{before}{name}.")
        else:
            yield before + name


def test_every_sentence_that_the_planner_names_is_there() -> None:
    text = tomllib.loads((PROJECT / "content" / "zh" / "instruments" / "planner.toml").read_text())
    assert set(verdict.VERDICTS) == set(text["verdicts"])
    assert set(get_args(Reason)) <= set(text["problems"])
