"""Counts: three families against R, and the intervals of the right one against many samples."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.random import default_rng

from widgets.host import simulate
from widgets.simulators import load
from widgets.simulators.counts.families import fit, probabilities
from widgets.simulators.counts.model import draw

WIDGET = load("counts")
EXPERIMENTS = 1000

BY_R = {
    "poisson": (0.045023686, 0.080213008, 0.0),
    "nbinom": (0.045024767, 0.182484503, 1.343322554),
    "zip": (0.077484491, 0.082106707, 0.323111742),
}
"""R 4.2, glmmTMB: ``glmmTMB(y ~ arm, family = poisson | nbinom2)`` and ``ziformula = ~1``: the
coefficient of arm, its standard error, and 1/sigma or plogis of the zeros, of the sample below."""


@pytest.mark.parametrize("family", BY_R)
def test_fits_are_those_of_glmmtmb(family: str) -> None:
    """R's optimiser stops at some 1e-6."""
    y = draw(WIDGET.values({"overdispersion": 0.5, "zeros": 0.2}), default_rng(7), 1)
    made = fit(y, family)
    log_ratio, se, extra = BY_R[family]
    assert made.log_ratio[0] == pytest.approx(log_ratio, abs=3e-6)
    assert made.se[0] == pytest.approx(se, rel=1e-5)
    assert made.extra[0] == pytest.approx(extra, rel=1e-5)


def test_probabilities_add_up_to_the_moments() -> None:
    shares = probabilities(4.0, 0.7, 0.2, 400)
    k = np.arange(401)
    mean = float(shares @ k)
    assert shares.sum() == pytest.approx(1)
    assert mean == pytest.approx(0.8 * 4)
    assert float(shares @ k**2) - mean**2 == pytest.approx(3.2 * (1 + 4 * (0.7 + 0.2)))


@pytest.mark.parametrize(
    ("family", "given"),
    [
        ("poisson", {"overdispersion": 0}),
        ("nbinom", {"overdispersion": 1}),
        ("zip", {"overdispersion": 0, "zeros": 0.3}),
    ],
)
def test_the_right_family_keeps_its_promise(family: str, given: dict[str, float]) -> None:
    """The intervals hold for large samples; two arms of a hundred may miss a little more."""
    low, high = fit(draw(WIDGET.values(given), default_rng(1), EXPERIMENTS), family).interval
    share = float(((low > 0) | (high < 0)).mean())
    assert share == pytest.approx(0.05, abs=4 * math.sqrt(0.05 * 0.95 / EXPERIMENTS))


def test_poisson_misses_as_its_variance_foretells() -> None:
    """The variance is 1 + μφ times the mean, so z is that much too large: 2 Φ(−1.96/√3.8)."""
    low, high = fit(draw(WIDGET.defaults, default_rng(2), EXPERIMENTS), "poisson").interval
    expected = math.erfc(1.959964 / math.sqrt(2 * 3.8))
    share = float(((low > 0) | (high < 0)).mean())
    assert share == pytest.approx(expected, abs=4 * math.sqrt(expected / EXPERIMENTS))


def test_it_opens_on_a_false_alarm_of_the_wrong_family() -> None:
    opening = simulate(WIDGET, {})
    assert opening.verdict == "poisson_miss"
    assert (opening.readouts["nbinom.p"] or 0) > 0.1
    assert (opening.readouts["pi"] or 0) > 0.1, "zeros that are not extra are called so"
