"""Plans of experiments against values made independently: R's integrals and simulated data.

``validation/reference/planner.json`` holds the settings, what must come out, and how near.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from widgets.lmm import (
    DesignError,
    MethodError,
    design_effect,
    optimal_allocation,
    plan,
    solve_plan,
)
from widgets.lmm.distributions import normal
from widgets.lmm.planning.allocation import best_plan
from widgets.lmm.planning.assumptions import assumptions
from widgets.lmm.planning.plan import power_of_means
from widgets.lmm.planning.power_map import power_map

CASES = json.loads(
    (Path(__file__).parents[2] / "validation" / "reference" / "planner.json").read_text("utf-8")
)
ATTRIBUTES = {
    "power.mixed": "power",
    "power.means": "power_means",
    "power.naive": "power_naive",
    "type1.naive": "type1_naive",
    "type1.mixed": "type1",
    "power.limit": "power_limit",
    "design_effect": "design_effect",
    "n_units": "n_units",
    "m": "m",
    "effect.detectable": "effect",
}


def agrees(value: float | None, wanted: dict[str, Any]) -> bool:
    """Whether a number is one of those accepted, as near as the case asks."""
    if value is None:
        return None in wanted["accept"]
    return any(
        abs(value - one) <= max(wanted["abs"], wanted["rel"] * abs(one))
        for one in wanted["accept"]
        if one is not None
    )


def of_kind(*kinds: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] in kinds]


@pytest.mark.parametrize("case", of_kind("power", "edge", "cv", "sizes", "glm"))
def test_a_plan_promises_what_was_computed_and_simulated_elsewhere(case: dict[str, Any]) -> None:
    given = dict(case["input"])
    if "sizes" in given:
        given["m"] = given.pop("sizes")
    made = plan(**given)
    for name, wanted in case["expected"].items():
        value = getattr(made, ATTRIBUTES[name])
        assert agrees(value, wanted), (name, value, wanted)


@pytest.mark.parametrize("case", of_kind("solve"))
def test_what_is_asked_for_is_found(case: dict[str, Any]) -> None:
    made = solve_plan(**case["input"])
    for name, wanted in case["expected"].items():
        assert agrees(getattr(made, ATTRIBUTES[name]), wanted), (name, made, wanted)


@pytest.mark.parametrize("case", of_kind("allocation", "budget"))
def test_money_is_spent_best(case: dict[str, Any]) -> None:
    given = case["input"]
    made = optimal_allocation(
        given["cost_unit"],
        given["cost_subunit"],
        given["icc"],
        given.get("budget"),
        effect=given["effect"],
        sd_total=given["sd_total"],
    )
    assert agrees(made.m_optimal, case["expected"]["m.optimal"])
    assert agrees(made.m, case["expected"]["m.optimal"])
    if "plan" in case["expected"]:
        assert [made.n_units, made.m] in case["expected"]["plan"]["accept"]
        assert made.power == pytest.approx(case["expected"]["plan"]["best_power"], abs=1e-6)


@pytest.mark.parametrize("case", of_kind("design-effect"))
def test_the_design_effect_is_that_of_the_formula(case: dict[str, Any]) -> None:
    wanted = case["expected"]["design_effect"]
    assert agrees(float(design_effect(**case["input"])), wanted)


TYPICAL = {"n_units": 6, "m": 20, "effect": 1, "sd_between": 1, "sd_within": 1}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n_units": 1}, "n_units must be whole and at least 2, not 1"),
        ({"n_units": 6.5}, "n_units must be whole and at least 2, not 6.5"),
        ({"m": 0}, "m must be at least 1, not 0"),
        ({"m": [5, 10]}, "m must have a size for each of the 6 / 2 units of an arm"),
        ({"effect": float("nan")}, "effect must be a finite number, not nan"),
        ({"sd_between": -1}, "sd_between must be a number and at least 0, not -1"),
        ({"icc": 0.3}, "give the variances as sd_between and sd_within, or as sd_total and icc"),
        ({"alpha": 5}, "alpha must lie between 0 and 1, not 5"),
        ({"lost_units": 1}, "lost_units must be a share from 0 to below 1, not 1"),
        ({"design": "crossover"}, "design must be one of 'between', 'within', 'blocked'"),
        ({"design": "blocked", "n_units": 7}, "n_units must be even"),
        ({"design": "within", "m": 1}, "m must be at least 2, one for each treatment, not 1"),
        ({"baseline": 0.3}, "baseline belongs to binary outcomes and counts; leave out 0.3"),
        ({"outcome": "binary"}, "takes sd_between on the link scale, not sd_within"),
    ],
)
def test_what_cannot_be_planned_is_told(change: dict[str, Any], message: str) -> None:
    with pytest.raises((DesignError, MethodError)) as error:
        plan(**(TYPICAL | change))
    assert message in str(error.value)


def test_an_icc_above_one_is_told() -> None:
    with pytest.raises(DesignError, match=r"icc must lie between 0 and 1, not 1\.2"):
        plan(n_units=6, m=20, effect=1, sd_total=1, icc=1.2)


def test_a_budget_below_three_units_is_told() -> None:
    with pytest.raises(DesignError, match=r"budget must pay for three units .*315, not 200"):
        optimal_allocation(100, 5, 0.3, 200, effect=1)


def test_sizes_that_are_all_alike_promise_what_one_size_does() -> None:
    listed, alike = plan(**(TYPICAL | {"m": [20, 20, 20]})), plan(**TYPICAL)
    assert listed.power == pytest.approx(alike.power, abs=1e-12)
    assert listed.power_naive == pytest.approx(alike.power_naive, abs=1e-9)


def test_more_cells_never_pass_the_limit() -> None:
    powers = [plan(**(TYPICAL | {"m": m})).power_means or 0.0 for m in (1, 10, 100, 10_000)]
    assert powers == sorted(powers)
    assert powers[0] > 0
    assert powers[-1] < (plan(**TYPICAL).power_limit or 0.0)


def test_what_is_found_is_the_smallest() -> None:
    found = solve_plan(solve="units", target_power=0.8, m=20, effect=1, sd_between=0.6, sd_within=1)
    assert found.n_units is not None
    fewer = plan(n_units=found.n_units - 1, m=20, effect=1, sd_between=0.6, sd_within=1)
    assert fewer.power is not None
    assert found.power is not None
    assert fewer.power < 0.8 <= found.power


SETTINGS: list[dict[str, Any]] = [
    {},
    {"sd_between": 0.1},
    {"cv": 0.4},
    {"design": "within"},
    {"design": "blocked"},
    {"lost_units": 0.2, "lost_subunits": 0.1},
]


@pytest.mark.parametrize("change", SETTINGS, ids=str)
def test_the_map_has_the_power_of_every_plan(change: dict[str, Any]) -> None:
    given = TYPICAL | change
    units, sizes = np.arange(2, 42, 2), np.array([2, 4, 10, 20, 60])
    drawn = power_map(assumptions(**given), units, sizes)
    for i, k in ((0, 3), (1, 1), (2, 4), (5, 2), (12, 0), (19, 3)):
        power = plan(**(given | {"n_units": int(units[i]), "m": int(sizes[k])})).power
        if power is None:
            assert np.isnan(drawn[i, k])
        else:
            assert drawn[i, k] == pytest.approx(power, abs=0.01)  # interpolated for the eye


def test_the_best_plan_is_affordable_and_no_other_is_better() -> None:
    changed: dict[str, Any] = TYPICAL | {"effect": 1.2}
    given = assumptions(**changed)
    best = best_plan(given, 120, 4, 3000)
    assert best is not None
    assert best.n_units * (120 + 4 * float(best.m)) <= 3000  # type: ignore[arg-type]
    others = [given.but(n_units=units, m=(3000 // units - 120) // 4) for units in range(4, 25)]
    powers = [power_of_means(other) or 0.0 for other in others]
    assert power_of_means(best) == pytest.approx(max(powers), abs=1e-6)


def test_the_tabulated_normal_is_as_near_as_it_says() -> None:
    z = np.linspace(-12, 12, 20_001)
    assert np.abs(normal.sf_tabulated(z) - normal.sf(z)).max() < 1e-11
