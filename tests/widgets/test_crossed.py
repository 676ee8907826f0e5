"""Crossed random effects: intervals against t-tests on means, misses against counted ones."""

from __future__ import annotations

import math
from typing import cast

import pytest
from numpy.random import default_rng

from widgets.host import simulate
from widgets.lmm import lm_many, lmer_many, t_test
from widgets.simulators import load
from widgets.simulators.crossed.model import FORMULAS, Values, draw, layout, miss_rates

WIDGET = load("crossed")
EXPERIMENTS = 2000


def values(**changes: float | str) -> Values:
    return cast("Values", WIDGET.values(changes))


def test_with_both_the_test_is_that_on_means_of_images() -> None:
    """Everybody sees everything, and the fit is not singular."""
    ratings = draw(values(), default_rng(WIDGET.defaults["seed"]))[0]
    means = ratings.mean(axis=0)
    expected = t_test(means[5:], means[:5])
    opening = simulate(WIDGET, {}).readouts
    for column in ("estimate", "se", "df", "p"):
        assert opening[f"both.{column}"] == pytest.approx(getattr(expected, column), rel=1e-4)


@pytest.mark.parametrize(("sd_image", "sd_reader"), [(0.5, 1.0), (0.0, 1.0), (0.2, 2.0)])
def test_intervals_that_forget_images_miss_as_often_as_is_said(
    sd_image: float, sd_reader: float
) -> None:
    given = values(sd_image=sd_image, sd_reader=sd_reader, n_readers=12)
    y = draw(given, default_rng(1), EXPERIMENTS).reshape(EXPERIMENTS, -1).T
    data = {name: column for name, column in layout(given).items() if name != "image"}
    fits = {
        "none": lm_many(FORMULAS["none"], data, y),
        "reader": lmer_many(FORMULAS["reader"], data, y),
    }
    for name, rate in miss_rates(given).items():
        share = float((fits[name].p["kind"] < 0.05).mean())
        error = math.sqrt(rate * (1 - rate) / EXPERIMENTS)
        assert share == pytest.approx(rate, abs=4 * error), name


def test_it_opens_on_a_false_alarm_that_images_take_back() -> None:
    assert simulate(WIDGET, {}).verdict == "reader_miss"
    assert simulate(WIDGET, {"terms": "both"}).verdict == "both_hold"


def test_plain_regression_is_timid_where_only_readers_differ() -> None:
    timid = simulate(WIDGET, {"terms": "none", "sd_image": 0.1, "sd_reader": 2})
    assert timid.verdict == "none_timid"
    assert (timid.readouts["none.miss"] or 1) < 0.05 < (timid.readouts["reader.miss"] or 0)
