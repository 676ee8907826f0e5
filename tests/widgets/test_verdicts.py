"""What a simulator says of its numbers, held against the numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from widgets import simulators
from widgets.contract import Result
from widgets.lmm import design_effect

OFTEN, EVEN, SELDOM = [600] + [20] * 19, [50] * 20, [5] * 19 + [905]
"""Counts of p in twenty bins: nearly always below .05, as often as promised, hardly ever."""


def said(name: str, **values: float | str) -> Result:
    widget = simulators.load(name)
    known = widget.values(values)
    seed = known.get("seed", 0)
    result: Result = widget.simulate(known, np.random.default_rng(seed))
    return result


def width(result: Result, method: str) -> float:
    low, high = (result.readouts[f"{method}.{end}"] for end in ("low", "high"))
    assert low is not None
    assert high is not None
    return high - low


@pytest.mark.parametrize("sd_between", [0, 0.2, 1])
def test_ols_is_called_too_wide_only_where_it_is(sd_between: float) -> None:
    for seed in range(20):
        result = said("nested", design="within", beta=3, sd_between=sd_between, seed=seed)
        alike = width(result, "mixed") >= width(result, "ols")
        assert result.verdict == ("within_both_alike" if alike else "within_both")


def test_where_only_ols_reports_an_effect_within_mice_degrees_of_freedom_are_why() -> None:
    few: dict[str, Any] = {"n_mice": 2, "m_cells": 2, "sd_between": 0, "sd_within": 0.2}
    only_ols = [
        result.readouts
        for result in (said("nested", design="within", **few, seed=seed) for seed in range(1, 41))
        if result.verdict == "within_only_ols"
    ]
    assert len(only_ols) > 10, "with so few mice it is no rare sample"
    for readouts in only_ols:
        ols, mixed = readouts["ols.df"], readouts["mixed.df"]
        assert ols is not None
        assert mixed is not None
        assert mixed < ols
        assert readouts["mixed.estimate"] == pytest.approx(readouts["ols.estimate"])


@pytest.mark.parametrize(
    ("values", "explained"),
    [
        ({"design": "within"}, True),
        ({"design": "within", "sd_between": 0}, False),
        ({"design": "between"}, False),
    ],
)
def test_cells_worth_more_than_there_are_come_with_a_reason(
    values: dict[str, Any], *, explained: bool
) -> None:
    result = said("nested", **values)
    worth, counted = result.readouts["n_effective"], result.readouts["n_cells"]
    assert worth is not None
    assert counted is not None
    assert (worth > counted) is explained
    assert ("own_control" in result.notes) is explained


@pytest.mark.parametrize(
    ("ols", "mixed", "verdict"),
    [
        (EVEN, EVEN, "honest"),
        (SELDOM, EVEN, "timid"),
        (EVEN, SELDOM, "timid"),
        (OFTEN, SELDOM, "false_alarms"),
        (SELDOM, OFTEN, "false_alarms"),
    ],
)
def test_no_analysis_is_called_honest_that_alarms_too_often_or_too_seldom(
    ols: list[int], mixed: list[int], verdict: str
) -> None:
    widget = simulators.load("nested")
    assert widget.repeats
    tally = {"ols": ols, "mixed": mixed, "singular": [0]}
    assert widget.repeats.summarise(widget.values({"beta": 0}), tally).verdict == verdict


@pytest.mark.parametrize("larger", [1, 1000])
def test_unequal_clusters_cost_what_is_said_where_members_count_alike(larger: int) -> None:
    """The variance of a mean of all members, and of the best mean, which a mixed model finds."""
    icc, sizes = 0.05, larger * np.array([2, 4, 8, 16, 30, 60])
    cv = float(sizes.std() / sizes.mean())
    of_sums = sizes * (1 + (sizes - 1) * icc)
    alike = of_sums.sum() / sizes.sum()
    weighted = sizes.sum() / (sizes**2 / of_sums).sum()
    assert design_effect(float(sizes.mean()), icc, cv) == pytest.approx(alike)
    assert weighted < 0.9 * alike


@pytest.mark.parametrize("m", [20, 50, 100, 200])
def test_one_cluster_in_each_arm_is_no_trial(m: int) -> None:
    result = said("design-effect", n_independent=20, m=m)
    clusters = result.readouts["clusters_per_arm"]
    assert (result.verdict == "one_cluster") is (clusters == 1)


@pytest.mark.parametrize(("n_independent", "warned"), [(40, True), (80, False), (20, False)])
def test_few_clusters_are_warned_of(n_independent: int, *, warned: bool) -> None:
    result = said("design-effect", n_independent=n_independent)
    assert ("few_clusters" in result.notes) is warned
