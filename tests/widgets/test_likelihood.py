"""The likelihood of the SD between mice: its top is the engine's estimate, its edge is counted."""

from __future__ import annotations

import math
from typing import cast

import numpy as np
import pytest
from numpy.random import default_rng

from widgets.host import simulate
from widgets.lmm import lmer
from widgets.simulators import load
from widgets.simulators.likelihood.model import Values, draw, edge_share, peak, profile, sums

WIDGET = load("likelihood")
REPLICATES = 4000


def values(**changes: float | str) -> Values:
    return cast("Values", WIDGET.values(changes))


@pytest.mark.parametrize("seed", [1, 2, 86])
@pytest.mark.parametrize("criterion", ["REML", "ML"])
def test_the_top_is_what_lmer_estimates(seed: int, criterion: str) -> None:
    y = draw(values(n_mice=7, sd_between=0.6), default_rng(seed))
    mouse = np.repeat([f"m{j}" for j in range(len(y))], y.shape[1])
    fit = lmer("y ~ 1 + (1 | mouse)", {"y": y.ravel(), "mouse": mouse}, REML=criterion == "REML")
    top = peak(sums(y), criterion)
    assert top == pytest.approx(fit.varcorr[0].sdcor, abs=2e-5)
    tau = np.linspace(0, 3, 601)
    assert tau[profile(sums(y), tau, criterion).argmax()] == pytest.approx(top, abs=0.01)


@pytest.mark.parametrize("criterion", ["REML", "ML"])
def test_tops_lie_at_the_edge_as_often_as_is_said(criterion: str) -> None:
    given = values(criterion=criterion)
    rng = default_rng(5)
    share = np.mean([peak(sums(draw(given, rng)), criterion) == 0 for _ in range(REPLICATES)])
    expected = edge_share(given)
    assert share == pytest.approx(expected, abs=4 * math.sqrt(expected / REPLICATES))


def test_it_opens_at_the_edge_and_a_weak_prior_leaves_it() -> None:
    assert simulate(WIDGET, {}).verdict == "edge"
    assert (simulate(WIDGET, {"prior": "weak"}).readouts["sd.estimate"] or 0) > 0
    assert simulate(WIDGET, {"n_mice": 30}).verdict == "inside_reml"
