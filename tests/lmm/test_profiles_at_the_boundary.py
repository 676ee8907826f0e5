"""Profile intervals where variances are zero, or where the search would divide by zero."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from widgets.lmm import lmer
from widgets.lmm.inference.constrained import Held, Shape, deviance_at


def cells(scale: float) -> dict[str, Any]:
    """Mice that differ by nothing, in units of any size."""
    rng = np.random.default_rng(4)
    mouse, x, y = np.repeat(np.arange(6), 5), rng.normal(size=30), rng.normal(size=30)
    return {"y": scale * y, "x": x, "mouse": mouse}


@pytest.mark.parametrize("scale", [2.0**-33, 2.0**30])
def test_an_interval_from_zero_is_in_units_of_the_response(scale: float) -> None:
    one, other = (lmer("y ~ x + (1 | mouse)", cells(s), REML=False) for s in (1.0, scale))
    assert one.is_singular
    ends, scaled = one.confint()["sd_(Intercept)|mouse"], other.confint()["sd_(Intercept)|mouse"]
    assert ends.low == scaled.low == 0
    assert scaled.high == pytest.approx(scale * ends.high, rel=1e-6)


def test_a_step_far_outside_is_only_a_bad_one() -> None:
    fit = lmer("y ~ x + (1 | mouse)", cells(1.0), REML=False)
    deviance = deviance_at(fit.problem, fit.data.terms, Held(0, Shape((0,), "deviation")), 0.5)
    for log_sigma in (-1e4, 1e4):
        value, _ = deviance(np.array([log_sigma]))
        assert value > 1e3
