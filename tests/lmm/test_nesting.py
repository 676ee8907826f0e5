"""Likelihood ratios are for models of which one is a special case of the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from widgets.lmm import DesignError, MethodError, anova, glmmTMB, gls, lm, lme, lmer


def rows() -> dict[str, Any]:
    rng = np.random.default_rng(0)
    found: dict[str, Any] = {name: rng.normal(size=60) for name in ("y", "x", "z", "w")}
    found |= {"g": np.repeat(np.arange(10), 6), "h": np.tile(np.arange(6), 10)}
    return found | {"f": list("abc") * 20, "count": rng.poisson(3.0, 60) * rng.integers(0, 2, 60)}


ROWS = rows()


@pytest.mark.parametrize(
    ("small", "large", "lacks"),
    [
        ("y ~ x + (1 | g)", "y ~ z + w + (1 | g)", "no fixed effect x"),
        ("y ~ f + (1 | g)", "y ~ x * z + (1 | g)", "no fixed effect fb"),
        ("y ~ x + (1 | g)", "y ~ x + f + (1 | h)", r"no random effect \(Intercept\) of g"),
        ("y ~ x + (0 + x | g)", "y ~ x + z + w + (1 | g)", "no random effect x of g"),
    ],
)
def test_models_that_are_not_nested_are_told_apart(small: str, large: str, lacks: str) -> None:
    fits = [lmer(formula, ROWS, REML=False) for formula in (small, large)]
    for pair in (fits, fits[::-1]):
        with pytest.raises(DesignError, match=f"is not nested in .*, which has {lacks}; .* AIC"):
            anova(*pair)


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("y ~ x + (1 | g)", "y ~ x * f + (1 | g)"),
        ("y ~ 0 + f + (1 | g)", "y ~ f + x + (1 | g)"),
        ("y ~ I(x + z) + (1 | g)", "y ~ x + z + (1 | g)"),
        ("y ~ x + (1 | g)", "y ~ x + (x | g)"),
        ("y ~ x + (x || g)", "y ~ x + (x | g)"),
        ("y ~ x + (1 | g)", "y ~ x + (0 + f | g)"),
        ("y ~ x + (1 | g)", "y ~ x + (1 | h) + (1 | g)"),
    ],
)
def test_other_codings_of_a_special_case_are_nested(small: str, large: str) -> None:
    found = anova(lmer(small, ROWS, REML=False), lmer(large, ROWS, REML=False))
    assert found.df > 0
    assert 0 <= found.p <= 1


def test_models_without_random_effects_and_with_serial_correlation_are_nested_too() -> None:
    assert anova(lm("y ~ x", ROWS), lmer("y ~ x + (1 | g)", ROWS)).df == 1
    assert anova(lm("y ~ x", ROWS), gls("y ~ x", ROWS, "g")).df == 1
    assert anova(gls("y ~ x", ROWS, "g"), lme("y ~ x + (1 | g)", ROWS, "AR1")).df == 1
    with pytest.raises(DesignError, match="has no correlation of neighbouring residuals"):
        anova(gls("y ~ x", ROWS, "g"), lmer("y ~ x + f + (1 | g)", ROWS))


def test_the_family_and_the_zeros_of_counts_belong_to_the_model() -> None:
    plain = glmmTMB("count ~ x + (1 | g)", ROWS, "poisson")
    zeros = glmmTMB("count ~ x + (1 | g)", ROWS, "poisson", ziformula="~ 1")
    assert anova(plain, zeros).df == 1
    with pytest.raises(DesignError, match="has no added zeros"):
        anova(zeros, glmmTMB("count ~ x * f + (1 | g)", ROWS, "poisson"))
    with pytest.raises(DesignError, match="has no dispersion of its own"):
        anova(
            glmmTMB("count ~ x + (1 | g)", ROWS, "nbinom2"),
            glmmTMB("count ~ x * f + (1 | g)", ROWS, "poisson"),
        )


def test_three_models_are_compared_one_after_the_other_in_any_order() -> None:
    formulas = ("y ~ x + (1 | g)", "y ~ x + z + (1 | g)", "y ~ x + z * f + (1 | g)")
    small, middle, large = (lmer(formula, ROWS, REML=False) for formula in formulas)
    found = anova(large, small, middle)
    assert found == (anova(small, middle), anova(middle, large))
    with pytest.raises(DesignError, match="has no fixed effect w"):
        anova(small, lmer("y ~ x + w + (1 | g)", ROWS, REML=False), large)


def test_the_type_of_tests_is_one_of_two_and_for_one_model() -> None:
    fit = lmer("y ~ x + f + (1 | g)", ROWS)
    assert anova(fit, type=2).keys() == anova(fit).keys()
    with pytest.raises(MethodError, match="type must be one of 2, 3, not 1"):
        anova(fit, type=1)  # type: ignore[call-overload]
    with pytest.raises(MethodError, match="type is for the F tests of one model"):
        anova(fit, fit, type=2)  # type: ignore[call-overload]
