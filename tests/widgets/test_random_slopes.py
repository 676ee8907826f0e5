"""Random slopes: what two models say of the average, held against tests on patients' own slopes."""

from __future__ import annotations

import math
from typing import cast

import numpy as np
import pytest
from numpy.random import default_rng

from widgets.host import simulate
from widgets.lmm import lmer_many, t_test
from widgets.simulators import load
from widgets.simulators.random_slopes.model import MODELS, Values, draw, miss_rate

WIDGET = load("random-slopes")
EXPERIMENTS = 1500


def values(**changes: float | str) -> Values:
    return cast("Values", WIDGET.values(changes))


def test_random_slopes_judge_the_average_as_a_t_test_on_eight_slopes_does() -> None:
    """In a balanced design, and where the fit is not singular."""
    visits = draw(values(), default_rng(14))
    time = visits.time - visits.time.mean()
    slopes = visits.y @ time / (time**2).sum()
    expected = t_test(slopes)
    opening = simulate(WIDGET, {}).readouts
    assert opening["slopes.df"] == pytest.approx(7, abs=1e-4)
    for column in ("estimate", "se", "p"):
        assert opening[f"slopes.{column}"] == pytest.approx(getattr(expected, column), rel=1e-4)


@pytest.mark.parametrize(("sd_slopes", "n_visits"), [(0.0, 10), (1.0, 10), (2.0, 3), (1.0, 40)])
def test_intercepts_alone_miss_as_often_as_is_said(sd_slopes: float, n_visits: int) -> None:
    given = values(sd_slopes=sd_slopes, n_visits=n_visits)
    rng = default_rng(1)
    drawn = [draw(given, rng) for _ in range(EXPERIMENTS)]
    data = {name: drawn[0].data[name] for name in ("patient", "time")}
    fits = lmer_many(MODELS["intercepts"], data, np.array([one.y.ravel() for one in drawn]).T)
    rate = miss_rate(sd_slopes, n_visits)
    share = float((fits.p["time"] < 0.05).mean())
    assert share == pytest.approx(rate, abs=4 * math.sqrt(rate * (1 - rate) / EXPERIMENTS))


def test_it_opens_on_a_false_alarm_that_random_slopes_take_back() -> None:
    assert simulate(WIDGET, {}).verdict == "intercepts_miss"
    assert simulate(WIDGET, {"model": "slopes"}).verdict == "slopes_hold"


def test_more_visits_narrow_only_the_wrong_interval() -> None:
    few, many = (simulate(WIDGET, {"n_visits": n}).readouts for n in (10, 40))
    shares = {
        model: (many[f"{model}.se"] or 0) / (few[f"{model}.se"] or 1)
        for model in ("intercepts", "slopes")
    }
    assert shares["intercepts"] < 0.6
    assert shares["slopes"] > 0.9
