"""Standard errors and intervals of predictions."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from widgets.lmm import MethodError, Prediction, geeglm, glmer, gls, lm, lmer


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    rng = np.random.default_rng(4)
    g = np.repeat(np.arange(10), 8)
    x = rng.normal(size=80)
    y = 1 + x + rng.normal(size=10)[g] + rng.normal(size=80)
    return {"y": y, "x": x, "g": g, "z": (y > 1).astype(float)}


def test_the_error_at_zero_is_that_of_the_intercept(data: dict[str, Any]) -> None:
    at = {"x": [0.0]}
    for fit in (lm("y ~ x", data), gls("y ~ x", data, "g"), geeglm("y ~ x", data, "g")):
        found = fit.predict(at, se=True)
        assert isinstance(found, Prediction)
        assert found.se[0] == pytest.approx(fit.se["(Intercept)"])
        assert found.low is None
    for mixed in (lmer("y ~ x + (1 | g)", data), glmer("z ~ x + (1 | g)", data)):
        found = mixed.predict(at, random=False, se=True)
        assert isinstance(found, Prediction)
        assert found.se[0] == pytest.approx(mixed.se["(Intercept)"])


def test_intervals_of_lm_are_students(data: dict[str, Any]) -> None:
    fit = lm("y ~ x", data)
    row = fit.coefficients()["(Intercept)"]
    found = fit.predict({"x": [0.0]}, interval="confidence")
    assert found.low is not None
    assert found.low[0] == pytest.approx(row.low)
    wide = fit.predict({"x": [0.0]}, interval="prediction", level=0.9)
    assert wide.low is not None
    margin = 1.6646246 * np.hypot(row.se, fit.sigma)  # t of 78 df
    assert wide.estimate[0] - wide.low[0] == pytest.approx(margin, rel=1e-6)


def test_nine_in_ten_new_observations_of_new_groups_lie_in_their_interval(
    data: dict[str, Any],
) -> None:
    fit = lmer("y ~ x + (1 + x | g)", data)
    found = fit.predict(random=False, interval="prediction", level=0.9)
    assert found.low is not None
    assert found.high is not None
    new = fit.simulate(np.random.default_rng(1), 400)
    inside = np.mean((new > found.low[:, None]) & (new < found.high[:, None]))
    assert 0.88 < inside < 0.95  # wider by the error of the coefficients


def test_intervals_of_responses_are_those_of_the_link_taken_back(data: dict[str, Any]) -> None:
    mixed, marginal = glmer("z ~ x + (1 | g)", data), geeglm("z ~ x", data, "g", family="binomial")
    for link, response in (
        (
            mixed.predict(random=False, interval="confidence"),
            mixed.predict(random=False, interval="confidence", type="response"),
        ),
        (
            marginal.predict(interval="confidence"),
            marginal.predict(interval="confidence", type="response"),
        ),
    ):
        assert isinstance(link, Prediction)
        assert isinstance(response, Prediction)
        p = 1 / (1 + np.exp(-link.estimate))
        assert response.estimate == pytest.approx(p)
        assert response.se == pytest.approx(p * (1 - p) * link.se)
        assert response.high == pytest.approx(1 / (1 + np.exp(-np.asarray(link.high))))


def test_what_has_no_error_is_refused(data: dict[str, Any]) -> None:
    mixed, counts = lmer("y ~ x + (1 | g)", data), glmer("z ~ x + (1 | g)", data)
    for call, said in (
        (lambda: mixed.predict(se=True), "ask for them with random=False"),
        (lambda: mixed.predict(random=["g"], interval="confidence"), "random=False"),
        (lambda: mixed.predict(random=False, interval="both"), "interval must be one of None"),  # type: ignore[call-overload]
        (lambda: counts.predict(random=False, interval="prediction"), "'confidence', not"),  # type: ignore[call-overload]
        (lambda: mixed.predict(random=False, se=True, level=95), "level must lie between"),
        (lambda: mixed.predict(random=False, se="yes"), "se must be one of True, False"),  # type: ignore[call-overload]
        (lambda: mixed.predict(random=["h"]), "random must be True, False or some of g, not 'h'"),
    ):
        with pytest.raises(MethodError, match=re.escape(said)):
            call()
