"""Terms dropped one by one, the parametric bootstrap of a likelihood ratio, and influence."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from widgets.lmm import (
    DesignError,
    MethodError,
    anova,
    drop1,
    factor,
    glmer,
    gls,
    influence,
    lm,
    lme,
    lmer,
    pb_test,
)


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    rng = np.random.default_rng(6)
    g = np.repeat(np.arange(8), 6)
    a = np.array(["p", "q", "r"])[np.arange(48) % 3]
    x = rng.normal(size=48)
    y = x + rng.normal(size=8)[g] + rng.normal(size=48)
    z = (y > 0).astype(float)
    return {"y": y, "x": x, "a": a, "g": g, "z": z, "t": np.arange(48) % 6}


def test_a_term_that_another_contains_is_not_dropped(data: dict[str, Any]) -> None:
    fit = lmer("y ~ a * x + I(x^2) + (1 | g)", data)
    found = drop1(fit)
    assert set(found) == {"I(x^2)", "a:x"}
    whole = anova(fit, type=3)
    assert pytest.approx(whole["a:x"].F) == found["a:x"].F


def test_what_lm_drops_is_the_difference_of_two_fits(data: dict[str, Any]) -> None:
    full, less = lm("y ~ a + x", data), lm("y ~ x", data)
    rss = [float((fit.residuals**2).sum()) for fit in (less, full)]
    F = (rss[0] - rss[1]) / 2 / full.sigma**2
    assert pytest.approx(F) == drop1(full)["a"].F
    assert drop1(gls("y ~ a + x", data, "g"))["a"].numdf == 2
    weighted = lm("y ~ a + x", data, weights=np.arange(1.0, 49))
    less = lm("y ~ x", data, weights=np.arange(1.0, 49))
    w = np.arange(1.0, 49)
    rss = [float((w * fit.residuals**2).sum()) for fit in (less, weighted)]
    assert pytest.approx((rss[0] - rss[1]) / 2 / weighted.sigma**2) == drop1(weighted)["a"].F


def test_the_bootstrap_gives_equal_results_for_equal_states(data: dict[str, Any]) -> None:
    null, full = lmer("y ~ a + (1 | g)", data), lmer("y ~ a + x + (1 | g)", data)
    one, other = (
        pb_test(*pair, np.random.default_rng(1), 20) for pair in ((null, full), (full, null))
    )
    assert one.p == other.p
    assert one.df == 1
    assert one.chisq == pytest.approx(anova(null, full).chisq)
    assert one.p == (1 + np.sum(one.reference >= one.chisq)) / 21


def test_p_of_a_true_null_is_uniform_whatever_the_boundary(data: dict[str, Any]) -> None:
    null, full = lmer("y ~ x + (1 | g)", data), lmer("y ~ x + (1 + x || g)", data)
    found = pb_test(null, full, np.random.default_rng(2), 60)
    assert np.mean(found.reference < 1e-6) > 0.3  # the variance of slopes is zero in half of them


def test_without_a_group_is_the_fit_to_the_others(data: dict[str, Any]) -> None:
    for fit in (lmer("y ~ a + x + (1 | g)", data), lme("y ~ a + x + (1 | g)", data, "AR1", "t")):
        found = influence(fit, "g")
        kept = data["g"] != 3
        less = {name: values[kept] for name, values in data.items()}
        again = lmer("y ~ a + x + (1 | g)", less)
        if fit.phi is not None:
            again = lme("y ~ a + x + (1 | g)", less, "AR1", "t")
        assert found.fixef["3"] == pytest.approx(again.fixef, rel=1e-5)
        moved = np.array([again.fixef[name] - fit.fixef[name] for name in fit.fixef])
        distance = moved @ np.linalg.solve(fit.vcov, moved) / 4
        assert found.cooks_distance["3"] == pytest.approx(distance, rel=1e-4)


def test_a_coefficient_that_only_one_group_has_is_lost_without_it(data: dict[str, Any]) -> None:
    own = factor(np.where(data["g"] == 5, "own", "other"))
    fit = lmer("y ~ own + (1 | g)", {**data, "own": own})
    found = influence(fit)
    assert np.isnan(found.fixef["5"]["ownown"])
    assert np.isnan(found.cooks_distance["5"])
    assert np.isfinite(found.cooks_distance["4"])


def test_what_cannot_be_tested_is_refused(data: dict[str, Any]) -> None:
    rng = np.random.default_rng(1)
    one, two = lmer("y ~ x + (1 | g)", data), lmer("y ~ a + (1 | g)", data)
    fewer = lmer("y ~ 1 + (1 | g)", {name: values[:40] for name, values in data.items()})
    counts, plain = glmer("z ~ x + (1 | g)", data), lm("y ~ x", data)
    same = lmer("y ~ t + (1 | g)", data)
    for kind, call, said in (
        (MethodError, lambda: drop1(counts), "drop1() is for fits of lmer, lme, lm and gls"),
        (MethodError, lambda: drop1(plain, "Kenward-Roger"), "ddf is for mixed models"),
        (MethodError, lambda: pb_test(plain, one, rng, 9), "pb_test() takes a fit of lmer() or"),  # type: ignore[arg-type]
        (MethodError, lambda: pb_test(one, two, 1, 9), "rng must be a random generator"),  # type: ignore[arg-type]
        (MethodError, lambda: pb_test(one, two, rng, 0), "n must be a whole number and at least 1"),
        (DesignError, lambda: pb_test(fewer, one, rng, 9), "different rows or responses"),
        (DesignError, lambda: pb_test(one, same, rng, 9), "both models have 4 parameters"),
        (MethodError, lambda: influence(counts, "g"), "influence() takes a fit of lmer()"),  # type: ignore[arg-type]
        (MethodError, lambda: influence(one, "h"), "group must be one of 'g', not 'h'"),
    ):
        with pytest.raises(kind, match=re.escape(said)):
            call()
