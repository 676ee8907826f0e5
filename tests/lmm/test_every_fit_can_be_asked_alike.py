"""One protocol for all fits: the same names, and answers that belong together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from widgets.lmm import Fit, MethodError, brm, geeglm, glmer, glmmTMB, gls, lm, lme, lmer


def rows() -> dict[str, Any]:
    rng = np.random.default_rng(7)
    mouse = np.repeat(np.arange(12), 5)
    x, group = rng.normal(size=60), np.repeat(list("abc"), 20)
    eta = 0.5 + 0.3 * x + 0.4 * rng.normal(size=12)[mouse]
    return {
        "y": eta + rng.normal(size=60),
        "count": rng.poisson(np.exp(eta)),
        "hit": (rng.random(60) < 1 / (1 + np.exp(-eta))).astype(int),
        "x": x,
        "group": group,
        "mouse": mouse,
    }


DATA = rows()
FITS: dict[str, Any] = {
    "lm": lm("y ~ x + group", DATA),
    "gls": gls("y ~ x + group", DATA, "mouse"),
    "lmer": lmer("y ~ x + group + (1 | mouse)", DATA),
    "lme": lme("y ~ x + group + (1 | mouse)", DATA, "AR1"),
    "glmer": glmer("hit ~ x + group + (1 | mouse)", DATA),
    "glmmTMB": glmmTMB("count ~ x + group + (1 | mouse)", DATA, "poisson"),
    "geeglm": geeglm("count ~ x + group", DATA, "mouse", family="poisson"),
}
each = pytest.mark.parametrize("fit", FITS.values(), ids=FITS)


@each
def test_every_fit_keeps_the_protocol(fit: Any) -> None:  # noqa: ANN401
    assert isinstance(fit, Fit)
    assert list(fit.fixef) == ["(Intercept)", "x", "groupb", "groupc"] == list(fit.coefficients())
    assert np.sqrt(np.diagonal(fit.vcov)) == pytest.approx(list(fit.se.values()))
    assert len(fit.fitted) == len(fit.residuals) == fit.nobs == 60
    assert fit.converged
    assert "groupb" in fit.summary()


@each
def test_a_test_of_one_coefficient_is_its_square(fit: Any) -> None:  # noqa: ANN401
    row, found = fit.coefficients()["x"], fit.test([0, 1, 0, 0])
    assert pytest.approx(row.t**2, rel=1e-9) == found.F
    assert found.dendf == pytest.approx(row.df, rel=1e-9)
    assert found.p == pytest.approx(row.p, rel=1e-9)


@each
def test_a_test_of_two_coefficients_counts_dependent_rows_once(fit: Any) -> None:  # noqa: ANN401
    one = fit.test([[0, 0, 1, 0], [0, 0, 0, 1]])
    other = fit.test([[0, 0, 1, 0], [0, 0, 1, -1], [0, 0, 2, 0]])
    assert one.numdf == other.numdf == 2
    assert pytest.approx(other.F, rel=1e-8) == one.F


@each
def test_a_hypothesis_that_cannot_be_is_told(fit: Any) -> None:  # noqa: ANN401
    for L, says in (([0, 1], "one column for each of"), ([0, 0, 0, 0], "one of them not zero")):
        with pytest.raises(MethodError, match=says):
            fit.test(L)


@each
def test_predictions_without_new_rows_are_those_of_the_old(fit: Any) -> None:  # noqa: ANN401
    assert fit.predict() == pytest.approx(fit.predict(DATA), rel=1e-10)


def test_predictions_are_on_the_scale_of_the_link_unless_asked_otherwise() -> None:
    for name in ("glmer", "glmmTMB", "geeglm"):
        fit = FITS[name]
        inverse = np.exp if name != "glmer" else lambda eta: 1 / (1 + np.exp(-eta))
        assert fit.predict(type="response") == pytest.approx(inverse(fit.predict()), rel=1e-10)
        assert fit.predict(type="response") == pytest.approx(fit.fitted, rel=1e-9)


@pytest.mark.parametrize("name", ["lm", "gls", "geeglm"])
def test_intervals_are_those_of_the_table(name: str) -> None:
    rows, found = FITS[name].coefficients(level=0.9), FITS[name].confint(level=0.9)
    assert {key: (one.low, one.high) for key, one in found.items()} == {
        key: (row.low, row.high) for key, row in rows.items()
    }


@pytest.mark.parametrize("name", ["lm", "gls", "lmer", "lme", "glmer", "glmmTMB"])
def test_new_responses_can_be_drawn_from_every_likelihood(name: str) -> None:
    drawn = FITS[name].simulate(np.random.default_rng(1), 3)
    assert drawn.shape == (60, 3)
    again = FITS[name].simulate(np.random.default_rng(1), 3)
    assert np.array_equal(drawn, again)


def test_responses_drawn_from_least_squares_have_its_variance_and_correlation() -> None:
    plain, serial = FITS["lm"], FITS["gls"]
    e = plain.simulate(np.random.default_rng(1), 4000) - plain.fitted[:, None]
    assert e.std() == pytest.approx(plain.sigma, rel=0.01)
    e = (serial.simulate(np.random.default_rng(1), 4000) - serial.fitted[:, None]) / serial.sigma
    assert np.mean(e[0] * e[1]) == pytest.approx(serial.phi, abs=0.06)
    assert np.mean(e[4] * e[5]) == pytest.approx(0, abs=0.06)  # two mice


def test_the_two_parts_of_r_squared_are_one_for_least_squares() -> None:
    assert FITS["lm"].r2().marginal == FITS["lm"].r2().conditional == FITS["lm"].r_squared


def test_a_posterior_has_a_table_of_coefficients_too() -> None:
    fit = brm("y ~ x + (1 | mouse)", DATA)
    row = fit.coefficients(level=0.9)["x"]
    assert (row.estimate, row.se) == (fit.mean["x"], fit.sd["x"])
    assert fit.probability("x", row.low, row.high) == pytest.approx(0.9, abs=1e-4)
    assert np.isnan(row.p)
    assert list(fit.fixef) == ["(Intercept)", "x"]
