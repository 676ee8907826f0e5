"""Few clusters: false alarms by formula against counted ones and against those of the text."""

from __future__ import annotations

import math
from typing import cast

import pytest
from numpy.random import default_rng

from chapters.mixed_models.values import sandwich as of_the_text
from widgets.host import simulate
from widgets.lmm import t_test
from widgets.simulators import load
from widgets.simulators.few_clusters.false_alarms import METHODS, sandwich, share
from widgets.simulators.few_clusters.model import Values, draw, run

WIDGET = load("few-clusters")
EXPERIMENTS = 6000


@pytest.mark.parametrize(("clusters", "icc"), [(4, 0.0), (10, 0.1), (20, 0.5)])
def test_false_alarms_by_formula_are_those_counted(clusters: int, icc: float) -> None:
    given = cast("Values", WIDGET.values({"n_clusters": clusters, "icc": icc}))
    tally = run(given, default_rng(2), EXPERIMENTS)
    for name in METHODS:
        rate = share(name, clusters, icc)
        error = math.sqrt(rate * (1 - rate) / EXPERIMENTS)
        assert tally[name][0] / EXPERIMENTS == pytest.approx(rate, abs=4 * error + 1e-3), name


@pytest.mark.parametrize("power", [0, 1, 2])
def test_the_formulas_are_those_behind_the_text(power: int) -> None:
    method = ("plain", "kc", "md")[power]
    assert sandwich(method, 10) == pytest.approx(of_the_text.share(5, power), rel=1e-6)


def test_corrected_by_kauermann_and_carroll_it_is_the_t_test_on_means() -> None:
    y = draw(WIDGET.defaults, default_rng(WIDGET.defaults["seed"]), 1)[0].mean(axis=1)
    expected = t_test(y[5:], y[:5])
    opening = simulate(WIDGET, {}).readouts
    for column in ("estimate", "se", "df", "p"):
        assert opening[f"kc.{column}"] == pytest.approx(getattr(expected, column), rel=1e-6)


def test_it_opens_on_a_false_alarm_that_a_correction_takes_back() -> None:
    opening = simulate(WIDGET, {}).readouts
    assert (opening["plain.p"] or 1) < 0.05 < (opening["kc.p"] or 0)
