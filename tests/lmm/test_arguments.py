"""Arguments that are not what they must be: told by name, rule and value."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from widgets.lmm import (
    DataError,
    FormulaError,
    MethodError,
    ModelError,
    TwoArms,
    bootstrap,
    brm,
    closed_form_power,
    design_effect,
    factor,
    geeglm,
    glmer,
    gls,
    icc,
    lm,
    lm_many,
    lme,
    lmer,
    power,
    refit,
    t_test,
    wilson,
)

rng = np.random.default_rng(5)
mouse = np.repeat(np.arange(6), 8)
y = rng.normal(size=6)[mouse] + rng.normal(size=48)
DATA = {"y": y, "x": rng.normal(size=48), "mouse": mouse, "died": rng.integers(0, 2, 48)}
MODEL = "y ~ x + (1 | mouse)"
PLAN = TwoArms(clusters=4, size=5, effect=1.0, sd_between=1.0, sd_within=1.0)


@pytest.mark.parametrize("level", [95, 1.0, 0.0, -0.5, "95%", None, float("nan")])
@pytest.mark.parametrize(
    "table",
    [
        lambda level: lmer(MODEL, DATA).coefficients(level=level),
        lambda level: lmer(MODEL, DATA).confint("wald", level),
        lambda level: lmer(MODEL, DATA).confint("profile", level),
        lambda level: bootstrap(lmer(MODEL, DATA), np.random.default_rng(1), 1, level),
        lambda level: glmer("died ~ x + (1 | mouse)", DATA).coefficients(level=level),
        lambda level: glmer("died ~ x + (1 | mouse)", DATA).confint("profile", level),
        lambda level: geeglm("y ~ x", DATA, "mouse").coefficients(level=level),
        lambda level: gls("y ~ x", DATA, "mouse").coefficients(level),
        lambda level: lm("y ~ x", DATA).coefficients(level),
        lambda level: lm("y ~ x", DATA).cluster_robust(mouse, level=level),
        lambda level: icc(y, mouse, level),
        lambda level: wilson(1, 3, level),
    ],
)
def test_a_level_is_a_share(table: Callable[[object], object], level: object) -> None:
    with pytest.raises(MethodError, match=r"level must lie between 0 and 1, not "):
        table(level)


@pytest.mark.parametrize("REML", ["no", "ML", None, 2])
@pytest.mark.parametrize(
    "fit",
    [
        lambda REML: lmer(MODEL, DATA, REML),
        lambda REML: lme(MODEL, DATA, REML=REML),
        lambda REML: gls("y ~ x", DATA, "mouse", REML=REML),
    ],
)
def test_a_family_or_a_word_is_not_taken_for_REML(
    fit: Callable[[object], object], REML: object
) -> None:
    with pytest.raises(MethodError, match="REML must be one of True, False, not"):
        fit(REML)


@pytest.mark.parametrize(
    "draw",
    [
        lambda seed: lmer(MODEL, DATA).simulate(seed),
        lambda seed: glmer("died ~ x + (1 | mouse)", DATA).simulate(seed),
        lambda seed: bootstrap(lmer(MODEL, DATA), seed, 2),
        lambda seed: power(PLAN, "OLS", 10, seed),
        PLAN.draw,
    ],
)
def test_a_seed_is_not_a_generator(draw: Callable[[object], object]) -> None:
    with pytest.raises(MethodError, match=r"rng must be a random generator.*default_rng.*not 7"):
        draw(7)


@pytest.mark.parametrize("n", [0, -1, 2.0, "many", True])
def test_a_number_of_draws_is_whole_and_positive(n: object) -> None:
    fit, generator = lmer(MODEL, DATA), np.random.default_rng(1)
    for draw in (fit.simulate, lambda rng, n: bootstrap(fit, rng, n)):
        with pytest.raises(MethodError, match="n must be a whole number and at least 1, not"):
            draw(generator, n)  # type: ignore[arg-type]
    with pytest.raises(MethodError, match="n_sim must be a whole number and at least 1, not"):
        power(PLAN, "OLS", n, generator)  # type: ignore[arg-type]


def test_the_size_of_a_test_is_a_share() -> None:
    with pytest.raises(MethodError, match="alpha must lie between 0 and 1, not 5"):
        closed_form_power(PLAN, alpha=5)
    with pytest.raises(MethodError, match="alpha must lie between 0 and 1, not 5"):
        power(PLAN, "OLS", 10, np.random.default_rng(1), alpha=5)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (lambda: t_test(["a", "b"]), r"x must hold numbers, not \['a', 'b'\]"),
        (lambda: t_test("y ~ x"), "x must hold numbers, not 'y ~ x'"),
        (lambda: t_test([1.0, np.nan]), "x must hold finite numbers in one row"),
        (lambda: t_test([[1.0, 2.0], [3.0, 4.0]]), "x must hold finite numbers in one row"),
        (lambda: t_test([1.0, 2.0], paired=True), "paired test needs y"),
        (lambda: design_effect("ten", 0.1), "m must hold numbers, not 'ten'"),
        (lambda: design_effect(10, np.nan), "icc must be between 0 and 1, not nan"),
        (lambda: design_effect([5, 9, 2], [0.1, 1.5, 0.2]), "between 0 and 1, not 1.5"),
        (lambda: design_effect([1, 2, 3], [0.1, 0.2]), r"shapes \(3,\), \(2,\) and \(\)"),
        (lambda: wilson("one", 3), "successes must be a whole number and at least 0, not 'one'"),  # type: ignore[arg-type]
        (lambda: wilson(5, 3), "5 successes of 3 trials are impossible"),
        (lambda: factor(["a", "b"], 2), "levels must be the categories in order, not 2"),  # type: ignore[arg-type]
        (lambda: factor(["a", "b"], "ab"), "levels must be the categories in order, not 'ab'"),
        (lambda: refit(lmer(MODEL, DATA), ["a"] * 48), "the response must hold numbers"),
        (lambda: refit(lm("y ~ x", DATA), y), r"refit\(\) takes a fit of lmer\(\) or lme\(\)"),  # type: ignore[arg-type]
        (lambda: lmer(MODEL, DATA).test("x"), "L must hold numbers, not 'x'"),
        (lambda: bootstrap(lm("y ~ x", DATA), rng, 2), r"bootstrap\(\) takes a fit of lmer\(\)"),  # type: ignore[arg-type]
        (lambda: lmer(MODEL, DATA).test([np.nan, 1]), "L must hold finite numbers"),
        (lambda: geeglm("y ~ x", DATA, "mouse").summary("md"), "bias must be one of None, 'MD'"),  # type: ignore[arg-type]
        (lambda: lmer(MODEL, DATA).test([0, 0]), "L must hold finite numbers, one of them not z"),
        (lambda: lm_many("y ~ x", DATA, [["a"]] * 48), "responses must hold numbers"),
        (lambda: brm(MODEL, DATA, 2.5), "prior must be text such as 'normal"),  # type: ignore[arg-type]
        (lambda: brm(MODEL, DATA).quantile("sd", "median"), "p must hold numbers"),
        (lambda: brm(MODEL, DATA).density("sd", "peak"), "grid must hold numbers"),
        (lambda: brm(MODEL, DATA).probability("sd", "low"), "low and high must hold numbers"),  # type: ignore[arg-type]
        (lambda: lm("y ~ x", DATA).cluster_robust(mouse, "HC3"), "one of 'CR0', 'CR1', not 'HC3'"),  # type: ignore[arg-type]
        (lambda: gls("y ~ x", DATA, "mouse", "ar1"), "correlation must be one of 'AR1', 'CAR1'"),  # type: ignore[arg-type]
    ],
)
def test_other_arguments_are_told_by_name_and_value(asked: Callable[[], object], says: str) -> None:
    with pytest.raises(ModelError, match=says):
        asked()


def test_data_in_the_place_of_the_formula_are_told_in_a_line() -> None:
    with pytest.raises(FormulaError, match=r"a formula is text .* not \{'y': array.*…$"):
        lmer(DATA, MODEL)  # type: ignore[arg-type]


def test_a_long_value_is_shown_by_its_beginning() -> None:
    with pytest.raises(DataError) as caught:
        t_test([f"mouse {i}" for i in range(1000)])
    assert str(caught.value).endswith("…")
    assert len(str(caught.value)) < 100


def test_welchs_test_of_two_constant_samples_has_degrees_of_freedom() -> None:
    found = t_test([1.0, 1.0], [2.0, 2.0, 2.0], var_equal=False)
    assert (found.estimate, found.se, found.df, found.p) == (-1.0, 0.0, 3.0, 0.0)
