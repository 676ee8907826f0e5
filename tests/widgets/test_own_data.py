"""The instrument for a reader's own table agrees with R and says what forbids a test."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from widgets.instruments.own_data import rows
from widgets.instruments.own_data.model import INSTRUMENT, READOUTS

FOLDER = Path(__file__).parents[1] / "own_data"
WORDS = {"units": "n = {n}", "log_scale": "log", "difference": "{arm} - {reference}", "ratio": "r"}
SCALES = {"decimal": 1.0, "thousands": 1000.0}
EFFECT = ("mixed.estimate", "mixed.se", "mixed.low", "mixed.high")


def table(name: str) -> dict[str, list[str]]:
    """The tidy table of a file, which R analysed."""
    with (FOLDER / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return {role: [line[role] for line in lines] for role in rows.ROLES}


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (FOLDER / "files" / f"{name}.expect.json").read_text("utf-8")
    )
    return found


def answered(columns: Mapping[str, list[Any]], **more: object) -> dict[str, Any]:
    roles = {role: role for role in rows.ROLES if any(columns.get(role, ()))}
    return dict(INSTRUMENT.answer({"columns": columns, "roles": roles, "words": WORDS, **more}))


def made(by_unit: Mapping[tuple[str, str], list[float]], **more: object) -> dict[str, Any]:
    """The answer to a table of rows by unit and arm."""
    lines = [(u, a, y) for (u, a), values in by_unit.items() for y in values]
    unit, arm, response = (list(column) for column in zip(*lines, strict=True))
    return answered({"unit": unit, "treatment": arm, "response": response}, **more)


def remarks(reply: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {one["name"]: one["values"] for one in reply["remarks"]}


CASES = [
    (path.name.removesuffix(".csv"), index)
    for path in sorted((FOLDER / "truth").glob("*.csv"))
    for index in range(len(expected(path.name.removesuffix(".csv"))["cases"]))
]


@pytest.mark.parametrize(("name", "index"), CASES)
def test_numbers_are_those_of_r(name: str, index: int) -> None:
    case = expected(name)["cases"][index]
    same = case["answers"].get("same-units") or ("same" if name == "mixed_design.csv" else None)
    paired = "within" in name or "wide" in name
    reply = answered(
        table(name), same_units=same, paired=paired, log=bool(expected(name).get("log"))
    )
    scale = SCALES.get(case["answers"].get("decimal-mark"), 1.0)
    numbers = dict(case["numbers"])
    tolerance = numbers.pop("tolerance", 1e-4)
    for absent in numbers.pop("absent", ()):
        assert reply["readouts"].get(absent) is None
    for readout, value in numbers.items():
        got = reply["readouts"].get(readout)
        wanted = value["any_of"] if isinstance(value, dict) else [value]
        if readout in EFFECT:
            wanted = [one / scale for one in wanted]
        assert any(
            got is one
            or (got is not None and one is not None and got == pytest.approx(one, rel=tolerance))
            for one in wanted
        ), (readout, got, wanted)
    icc = [reply["readouts"].get(f"icc.{end}") for end in ("low", "estimate", "high")]
    if None not in icc:
        assert icc == sorted(icc)


def test_every_number_of_an_answer_is_declared() -> None:
    reply = answered(table("plain.csv"))
    assert set(reply["readouts"]) <= {one.name for one in READOUTS}


def test_labels_in_both_arms_are_asked_about_and_nothing_is_tested_before() -> None:
    reply = answered(table("reused_labels.csv"))
    assert reply["state"] == "asking"
    assert (reply["design"]["n_same"], reply["design"]["n_renumbered"]) == (5, 10)
    assert reply["readouts"].get("naive.p") is None


def test_units_with_both_arms_among_units_with_one_are_named() -> None:
    reply = answered(table("mixed_design.csv"), same_units="same")
    assert remarks(reply)["stop_some_within"]["units"] == "fly03, fly06"
    assert answered(table("mixed_design.csv"), same_units="renumbered")["design"]["stop"] is None


def test_a_day_for_each_arm_cannot_be_told_from_the_treatment() -> None:
    reply = answered(table("day_is_arm.csv"))
    assert reply["design"]["stop"] == "confounded"
    assert remarks(reply)["stop_confounded"]["blocks"] == "Monday, Thursday"


def test_one_unit_in_an_arm_is_drawn_and_not_tested() -> None:
    reply = made({("a", "x"): [1.0, 2.0], ("b", "y"): [2.0, 3.0], ("c", "y"): [4.0, 2.5]})
    assert reply["design"]["stop"] == "one_in_arm"
    assert reply["figures"]["superplot"]["wide"].startswith("<svg")
    assert reply["figures"]["intervals"]["wide"] == ""


def test_two_units_in_an_arm_have_their_degrees_of_freedom_in_words() -> None:
    assert remarks(answered(table("units_in_cells.csv")))["few_units"] == {"n": "2", "df": "2"}


def test_a_singular_fit_keeps_the_model_and_says_so() -> None:
    assert remarks(answered(table("mac_micro.csv")))["singular"] == {"n": "8"}


def test_log_is_offered_where_the_spread_grows_with_the_mean_and_only_there() -> None:
    assert "offer_log" in remarks(answered(table("skewed_log.csv")))
    assert "offer_log" not in remarks(answered(table("plain.csv")))
    columns = table("commas_and_semicolons.csv")
    assert "log_impossible" in remarks(answered(columns, log=True))


def test_zeros_and_ones_and_counts_get_their_own_models() -> None:
    assert "zero_one" in remarks(answered(table("zero_one.csv")))
    assert "counts" in remarks(answered(table("gb18030_counts.csv")))


def test_missing_rows_are_counted_by_unit_and_never_zero() -> None:
    columns: dict[str, list[Any]] = {
        "unit": ["a", "a", "b", ""],
        "treatment": ["x"] * 4,
        "response": [1, None, 2, 3],
    }
    reply = answered(columns)
    assert reply["readouts"]["missing"] == 2
    assert reply["readouts"]["n_rows"] == 2
    assert remarks(reply)["missing"]["units"] == "a (1)"


def test_a_unit_left_out_is_named() -> None:
    columns = table("plain.csv")
    reply = answered(columns, left_out=["mouse 1"])
    assert reply["readouts"]["n_units"] == 7
    assert remarks(reply)["left_out"]["units"] == "mouse 1"


def test_an_effect_that_differs_between_units_is_not_sold_as_certain() -> None:
    rng = np.random.default_rng(5)
    shifts = {"a": 3.0, "b": 2.8, "c": -0.6, "d": 0.1}
    by_unit = {
        (unit, arm): list(10 + (arm == "y") * shift + 0.4 * rng.standard_normal(20))
        for unit, shift in shifts.items()
        for arm in ("x", "y")
    }
    reply = made(by_unit, same_units="same")
    assert reply["readouts"]["mixed.p"] < 0.001
    assert reply["readouts"]["slopes.p"] > 0.05
    assert reply["verdict"] == "within_slopes"


def test_three_arms_are_compared_with_the_reference_that_was_chosen() -> None:
    columns = table("excel_leftovers.csv")
    reply = answered(columns, order=["KO"])
    assert [one["arm"] for one in reply["comparisons"]] == ["WT", "Het"]
    assert all(one["p_holm"] >= one["p"] for one in reply["comparisons"])


def test_text_that_a_reader_brought_never_becomes_markup() -> None:
    label = "<script>alert(1)</script>"
    reply = made({(label + str(i), "<b>"[: 2 + i % 2]): [1.0 * i, 2.0, 3.5] for i in range(6)})
    assert "<script" not in reply["figures"]["superplot"]["wide"]


def test_many_rows_are_thinned_in_the_figure_and_it_is_said() -> None:
    rng = np.random.default_rng(2)
    by_unit = {(f"u{i}", "ab"[i % 2]): list(rng.standard_normal(500)) for i in range(8)}
    assert remarks(made(by_unit))["thinned"] == {"drawn": "1,334", "n": "4,000"}
