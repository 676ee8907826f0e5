"""What must hold for every data set, whatever the numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from widgets.lmm import LinearMixedModel, lm, lmer, t_test

Columns = dict[str, Any]

SLOW = settings(max_examples=15, deadline=None, derandomize=True)


@st.composite
def nested(draw: st.DrawFn, *, balanced: bool = False) -> Columns:
    """Mice in two treatments with a covariate, from a drawn seed."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    J = 2 * draw(st.integers(2, 6))
    cells = np.full(J, draw(st.integers(3, 8))) if balanced else rng.integers(2, 9, J)
    mouse = np.repeat(np.arange(J), cells)
    sd = draw(st.sampled_from([0.0, 0.3, 1.0, 3.0]))
    x = rng.normal(size=len(mouse))
    y = 5 + x + sd * rng.normal(size=J)[mouse] + rng.normal(size=len(mouse))
    treatment = np.where(mouse < J // 2, "ctrl", "drug")
    batch = rng.integers(0, 3, len(mouse))
    return {"y": y, "x": x, "mouse": mouse, "treatment": treatment, "batch": batch}


MODELS = (
    "y ~ treatment + x + (1 | mouse)",
    "y ~ x + (1 + x | mouse)",
    "y ~ x + (1 | mouse) + (1 | batch)",
)


def same(a: LinearMixedModel, b: LinearMixedModel) -> None:
    assert a.loglik == pytest.approx(b.loglik, abs=1e-7)
    assert list(a.fixef.values()) == pytest.approx(list(b.fixef.values()), rel=1e-5, abs=1e-6)
    assert list(a.se.values()) == pytest.approx(list(b.se.values()), rel=1e-4, abs=1e-6)
    assert a.sigma == pytest.approx(b.sigma, rel=1e-5)


@SLOW
@given(data=nested(), model=st.sampled_from(MODELS))
def test_the_order_of_rows_does_not_matter(data: Columns, model: str) -> None:
    assume(len(set(data["batch"])) > 1)
    order = np.random.default_rng(1).permutation(len(data["y"]))
    shuffled = {name: column[order] for name, column in data.items()}
    one, other = lmer(model, data), lmer(model, shuffled)
    same(one, other)
    assert one.fitted[order] == pytest.approx(other.fitted, abs=1e-4)


@SLOW
@given(data=nested(), model=st.sampled_from(MODELS))
def test_the_names_of_groups_do_not_matter(data: Columns, model: str) -> None:
    assume(len(set(data["batch"])) > 1)
    names = np.array([f"m{(7 * code) % 13}" for code in range(13)])
    same(lmer(model, data), lmer(model, {**data, "mouse": names[data["mouse"]]}))


@SLOW
@given(data=nested(), scale=st.sampled_from([1e-6, 0.5, 1e6]), shift=st.sampled_from([-1e3, 7.0]))
def test_a_response_in_other_units_has_the_same_tests(
    data: Columns, scale: float, shift: float
) -> None:
    one = lmer(MODELS[0], data)
    other = lmer(MODELS[0], {**data, "y": scale * (data["y"] + shift)})
    assert other.theta == pytest.approx(one.theta, rel=1e-4, abs=1e-6)
    for ddf in ("Kenward-Roger", "Satterthwaite"):
        a, b = one.coefficients(ddf), other.coefficients(ddf)
        for name in ("treatmentdrug", "x"):
            assert b[name].estimate == pytest.approx(scale * a[name].estimate, rel=1e-4)
            assert b[name].p == pytest.approx(a[name].p, rel=1e-3, abs=1e-9)
    assert other.fixef["(Intercept)"] == pytest.approx(
        scale * (one.fixef["(Intercept)"] + shift), rel=1e-5, abs=scale * 1e-4
    )


@SLOW
@given(data=nested(), scale=st.sampled_from([1e-4, 30.0]), shift=st.sampled_from([-50.0, 3.0]))
def test_a_covariate_in_other_units_leaves_the_likelihood(
    data: Columns, scale: float, shift: float
) -> None:
    moved = {**data, "x": scale * (data["x"] + shift)}
    one = lmer(MODELS[1], data, REML=False)
    other = lmer(MODELS[1], moved, REML=False)
    assert other.loglik == pytest.approx(one.loglik, abs=1e-5)
    assert other.fixef["x"] * scale == pytest.approx(one.fixef["x"], rel=1e-3, abs=1e-4)


@SLOW
@given(data=nested(), model=st.sampled_from(MODELS))
def test_fitted_values_and_residuals_add_up_to_the_response(data: Columns, model: str) -> None:
    assume(len(set(data["batch"])) > 1)
    fit = lmer(model, data)
    assert fit.fitted + fit.residuals == pytest.approx(data["y"], abs=1e-9)


@SLOW
@given(data=nested(balanced=True))
def test_balanced_reml_is_the_analysis_of_variance_where_that_is_positive(data: Columns) -> None:
    fit = lmer("y ~ 1 + (1 | mouse)", data)
    mouse, y = data["mouse"], data["y"]
    means = np.array([y[mouse == j].mean() for j in np.unique(mouse)])
    m = len(y) // len(means)
    within = float(((y - means[mouse]) ** 2).sum()) / (len(y) - len(means))
    between = m * float(means.var(ddof=1))
    if between > within * (1 + 1e-9):
        assert fit.sigma**2 == pytest.approx(within, rel=1e-6)
        assert fit.varcorr[0].vcov == pytest.approx((between - within) / m, rel=1e-5, abs=1e-9)
    else:
        assert fit.is_singular
        assert fit.varcorr[0].vcov == 0


@SLOW
@given(data=nested(balanced=True))
def test_balanced_kenward_roger_is_the_t_test_on_means(data: Columns) -> None:
    fit = lmer("y ~ treatment + (1 | mouse)", data)
    assume(not fit.is_singular)
    mouse, y = data["mouse"], data["y"]
    means = np.array([y[mouse == j].mean() for j in np.unique(mouse)])
    J = len(means)
    plain = t_test(means[J // 2 :], means[: J // 2])
    table = fit.coefficients("Kenward-Roger")["treatmentdrug"]
    assert table.df == pytest.approx(J - 2, rel=1e-6)
    assert table.t == pytest.approx(plain.t, rel=1e-6)
    assert table.p == pytest.approx(plain.p, rel=1e-5)


@SLOW
@given(data=nested())
def test_the_order_of_random_terms_does_not_matter(data: Columns) -> None:
    assume(len(set(data["batch"])) > 1)
    one = lmer("y ~ x + (1 | mouse) + (1 | batch)", data)
    other = lmer("y ~ x + (1 | batch) + (1 | mouse)", data)
    same(one, other)
    variances = [{v.group: v.vcov for v in fit.varcorr} for fit in (one, other)]
    for group, value in variances[0].items():
        assert variances[1][group] == pytest.approx(value, rel=1e-4, abs=1e-7)


@SLOW
@given(data=nested(), REML=st.booleans())
def test_a_random_term_never_lowers_the_likelihood(data: Columns, *, REML: bool) -> None:
    assume(len(set(data["batch"])) > 1)
    full = lmer("y ~ x + (x | mouse) + (1 | batch)", data, REML=REML)
    for smaller in (
        "y ~ x + (x | mouse)",
        "y ~ x + (1 | mouse) + (1 | batch)",
        "y ~ x + (x || mouse) + (1 | batch)",
    ):
        assert full.loglik >= lmer(smaller, data, REML=REML).loglik - 1e-7


@SLOW
@given(data=nested())
def test_a_fit_on_the_boundary_is_that_without_the_component(data: Columns) -> None:
    rng = np.random.default_rng(3)
    residual = rng.normal(size=len(data["y"]))
    mouse = data["mouse"]
    for j in np.unique(mouse):
        residual[mouse == j] -= residual[mouse == j].mean()
    flat = {**data, "y": residual + 0.2 * data["x"]}
    fit = lmer("y ~ 1 + (1 | mouse)", flat, REML=False)
    assume(fit.is_singular)
    assert fit.theta[0] == 0
    assert any("variance of (Intercept)" in message for message in fit.messages)
    assert fit.loglik == pytest.approx(lm("y ~ 1", flat).loglik, abs=1e-9)
