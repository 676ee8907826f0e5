"""Random-intercept models: what lme4, lmerTest and pbkrtest give, one fit or many at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from widgets.lmm import NotEstimableError, lm_many, lmer, lmer_many, t_test
from widgets.lmm.many.lmer_many import Ddf

MODEL = "y ~ treatment + (1 | mouse)"


def nested(
    cells: list[int], rng: np.random.Generator, sd: float = 1.0
) -> dict[str, np.ndarray[Any, Any]]:
    mouse = np.repeat(np.arange(len(cells)), cells)
    treatment = np.where(mouse < len(cells) // 2, "ctrl", "drug")
    y = rng.normal(size=len(mouse)) + rng.normal(scale=sd, size=len(cells))[mouse]
    return {"mouse": mouse, "treatment": treatment, "y": y}


def test_a_balanced_kenward_roger_test_is_the_t_test_on_means() -> None:
    data = nested([7] * 6, np.random.default_rng(1))
    means = np.array([data["y"][data["mouse"] == j].mean() for j in range(6)])
    fitted = lmer(MODEL, data).coefficients()["treatmentdrug"]
    plain = t_test(means[3:], means[:3])
    assert fitted.p == pytest.approx(plain.p, rel=1e-9)
    assert fitted.df == pytest.approx(4, rel=1e-9)


@pytest.mark.parametrize("ddf", ["Kenward-Roger", "Satterthwaite", "z"])
def test_many_fits_at_once_equal_one_at_a_time(ddf: Ddf) -> None:
    rng = np.random.default_rng(2)
    data = nested([3, 9, 4, 12, 6], rng)
    responses = rng.normal(size=(34, 20)) + rng.normal(size=(5, 20))[data["mouse"]]
    many = lmer_many(MODEL, data, responses, ddf)
    for j in range(20):
        one = lmer(MODEL, {**data, "y": responses[:, j]}).coefficients(ddf)["treatmentdrug"]
        for field in ("estimate", "se", "df", "t", "p"):
            many_value = getattr(many, field)["treatmentdrug"][j]
            assert many_value == pytest.approx(getattr(one, field), rel=1e-8)


def test_two_mice_leave_nothing_between_mice() -> None:
    with pytest.raises(NotEstimableError, match="more levels of 'mouse' per condition"):
        lmer(MODEL, nested([5, 5], np.random.default_rng(3)))


def test_least_squares_on_many_responses_is_the_pooled_t_test() -> None:
    rng = np.random.default_rng(4)
    responses = rng.normal(size=(8, 3))
    fits = lm_many("y ~ x", {"x": ["a"] * 4 + ["b"] * 4}, responses)
    plain = t_test(responses[4:, 1], responses[:4, 1])
    assert fits.p["xb"][1] == pytest.approx(plain.p, rel=1e-10)


@pytest.mark.parametrize("sd", [0.0, 0.01, 30.0, 300.0])
def test_many_fits_find_any_ratio_of_variances(sd: float) -> None:
    rng = np.random.default_rng(9)
    data = nested([4, 8, 5, 9, 6, 7], rng)
    responses = rng.normal(size=(39, 6)) + sd * rng.normal(size=(6, 6))[data["mouse"]]
    many = lmer_many(MODEL, data, responses)
    for j in range(6):
        one = lmer(MODEL, {**data, "y": responses[:, j]})
        assert many.theta[j] == pytest.approx(one.theta[0], rel=1e-6)
        assert many.singular[j] == one.is_singular
        assert many.loglik[j] == pytest.approx(one.loglik, abs=1e-7)


def test_a_response_without_variance_is_refused() -> None:
    data = nested([4, 4, 4, 4], np.random.default_rng(1))
    with pytest.raises(NotEstimableError, match="exactly"):
        lmer_many(MODEL, data, np.ones((16, 2)))


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_difference_without_spread_has_an_infinite_t_of_its_own_sign(sign: int) -> None:
    row = t_test([sign * 2.0] * 3)
    assert row.t == sign * np.inf
    assert row.p == 0


@pytest.mark.parametrize("ddf", ["Kenward-Roger", "Satterthwaite"])
def test_the_sum_of_squares_of_a_dose_within_mice_is_the_classical_one(ddf: Ddf) -> None:
    doses, mice, cells = 3, 6, 4
    rng = np.random.default_rng(4)
    y = rng.normal(size=(mice, 1, 1)) + rng.normal(size=(mice, doses, cells))
    mouse, dose, _ = (index.ravel().astype(str) for index in np.indices(y.shape))
    fit = lmer("y ~ dose + (1 | mouse)", {"y": y.ravel(), "dose": dose, "mouse": mouse})
    squares = mice * cells * float(np.sum((y.mean((0, 2)) - y.mean()) ** 2))
    row = fit.anova(ddf)["dose"]
    assert not fit.is_singular
    assert row.sumsq == pytest.approx(squares, rel=1e-9)
    assert row.meansq == pytest.approx(squares / (doses - 1), rel=1e-9)
