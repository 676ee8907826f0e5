"""What must hold for every generalised mixed model, whatever the numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.lmm import GeneralizedLinearMixedModel, glmer, glmmTMB
from widgets.lmm.glmm.conditional import Conditional, binomial
from widgets.lmm.glmm.counts import negative_binomial, poisson
from widgets.lmm.glmm.tails import TAILS
from widgets.lmm.glmm.zero_inflation import ZeroInflated
from widgets.lmm.optimiser import hessian

Columns = dict[str, Any]

SLOW = settings(max_examples=8, deadline=None, derandomize=True)


@st.composite
def animals(draw: st.DrawFn) -> Columns:
    """Counts and yes/no answers of mice, from a drawn seed."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    J = draw(st.integers(6, 14))
    mouse = np.repeat(np.arange(J), rng.integers(8, 14, J))
    n = len(mouse)
    x, day = rng.normal(size=n), rng.integers(0, 4, n)
    eta = 0.3 + 0.6 * x + draw(st.sampled_from([0.0, 0.5, 1.2])) * rng.normal(size=J)[mouse]
    trials = rng.integers(1, 9, n)
    dead = rng.binomial(trials, 1 / (1 + np.exp(-eta)))
    spikes = rng.negative_binomial(3, 3 / (3 + np.exp(eta)))
    answer = rng.random(n) < 1 / (1 + np.exp(-eta))
    columns = {"dead": dead, "alive": trials - dead, "spikes": spikes, "answer": answer * 1}
    return {**columns, "x": x, "mouse": mouse, "day": day}


def fits(data: Columns) -> list[GeneralizedLinearMixedModel]:
    return [
        glmer("cbind(dead, alive) ~ x + (x | mouse)", data),
        glmer("answer ~ x + (1 | mouse)", data, link="probit", nAGQ=5),
        glmer("spikes ~ x + (1 | mouse) + (1 | day)", data, "poisson"),
        glmmTMB("spikes ~ x + (1 | mouse)", data, "nbinom2"),
    ]


def same(a: GeneralizedLinearMixedModel, b: GeneralizedLinearMixedModel) -> None:
    assert a.loglik == pytest.approx(b.loglik, abs=1e-7)
    assert list(a.fixef.values()) == pytest.approx(list(b.fixef.values()), rel=1e-4, abs=1e-5)
    assert list(a.se.values()) == pytest.approx(list(b.se.values()), rel=1e-3)
    assert a.theta == pytest.approx(b.theta, rel=1e-3, abs=1e-4)


@SLOW
@given(data=animals())
def test_the_order_of_rows_does_not_matter(data: Columns) -> None:
    order = np.random.default_rng(1).permutation(len(data["x"]))
    shuffled = {name: column[order] for name, column in data.items()}
    for one, other in zip(fits(data), fits(shuffled), strict=True):
        same(one, other)
        assert one.fitted[order] == pytest.approx(other.fitted, rel=1e-4, abs=1e-5)


@SLOW
@given(data=animals())
def test_the_names_of_groups_do_not_matter(data: Columns) -> None:
    names = np.array([f"m{(7 * code) % 17}" for code in range(17)])
    for one, other in zip(fits(data), fits({**data, "mouse": names[data["mouse"]]}), strict=True):
        same(one, other)


@SLOW
@given(data=animals(), scale=st.sampled_from([1e-3, 40.0]), shift=st.sampled_from([-20.0, 3.0]))
def test_a_covariate_in_other_units_leaves_the_likelihood(
    data: Columns, scale: float, shift: float
) -> None:
    moved = {**data, "x": scale * (data["x"] + shift)}
    for one, other in zip(fits(data), fits(moved), strict=True):
        assert other.loglik == pytest.approx(one.loglik, abs=1e-6)
        assert other.fixef["x"] * scale == pytest.approx(one.fixef["x"], rel=1e-3, abs=1e-4)


@SLOW
@given(data=animals())
def test_successes_and_failures_change_places_with_the_sign(data: Columns) -> None:
    for link in ("logit", "probit"):
        one = glmer("cbind(dead, alive) ~ x + (1 | mouse)", data, link=link)
        other = glmer("cbind(alive, dead) ~ x + (1 | mouse)", data, link=link)
        assert other.loglik == pytest.approx(one.loglik, abs=1e-8)
        assert other.fixef["x"] == pytest.approx(-one.fixef["x"], rel=1e-5, abs=1e-7)


@SLOW
@given(data=animals())
def test_rows_of_single_trials_have_the_estimates_of_counts(data: Columns) -> None:
    many = np.repeat(np.arange(len(data["x"])), data["dead"] + data["alive"])
    place = np.concatenate([np.arange(m) for m in data["dead"] + data["alive"]])
    single = {name: data[name][many] for name in ("x", "mouse")}
    single["y"] = (place < data["dead"][many]).astype(int)
    grouped = glmer("cbind(dead, alive) ~ x + (1 | mouse)", data)
    one = glmer("y ~ x + (1 | mouse)", single)
    assert dict(one.fixef) == pytest.approx(dict(grouped.fixef), rel=1e-5, abs=1e-6)
    assert dict(one.se) == pytest.approx(dict(grouped.se), rel=1e-5)
    assert one.theta == pytest.approx(grouped.theta, rel=1e-5, abs=1e-6)


@SLOW
@given(data=animals())
def test_quadrature_with_many_points_is_the_true_likelihood(data: Columns) -> None:
    fit = glmer("answer ~ x + (1 | mouse)", data, nAGQ=40)
    eta = fit.linear_predictor
    u = np.linspace(-12, 12, 4001)
    signs = np.where(data["answer"] == 1, 1.0, -1.0)
    by_row = -np.logaddexp(0.0, -signs[:, None] * (eta[:, None] + fit.theta[0] * u))
    total = 0.0
    for j in np.unique(data["mouse"]):
        log_f = by_row[data["mouse"] == j].sum(axis=0) - u * u / 2 - math.log(2 * math.pi) / 2
        total += math.log(np.exp(log_f).sum() * (u[1] - u[0]))
    assert fit.loglik == pytest.approx(total, abs=1e-8)


@SLOW
@given(data=animals())
def test_one_point_of_the_quadrature_is_laplaces_approximation(data: Columns) -> None:
    fit = glmer("answer ~ x + (1 | mouse)", data)
    eta, theta = fit.linear_predictor, fit.theta[0]
    b = np.array([one["(Intercept)"] for one in fit.ranef["mouse"].values()])
    variance = np.array([one["(Intercept)"] for one in fit.condvar["mouse"].values()])
    if theta == 0:
        return
    p = 1 / (1 + np.exp(-(eta + b[data["mouse"]])))
    loglik = float(np.log(np.where(data["answer"] == 1, p, 1 - p)).sum())
    by_hand = (
        loglik - float((b**2).sum() / 2 / theta**2) + 0.5 * float(np.log(variance / theta**2).sum())
    )
    assert fit.loglik == pytest.approx(by_hand, abs=1e-8)


@SLOW
@given(data=animals())
def test_standard_errors_are_those_of_the_likelihoods_curvature(data: Columns) -> None:
    """From values of the criterion alone, without its gradient."""
    for fit in fits(data):
        if fit.is_singular or math.isinf(fit.nbinom2_theta or 0.0):
            continue
        criterion, x = fit.ready.marginal, fit.optimum.theta

        def by_differences(point: np.ndarray[Any, Any], criterion: Any = criterion) -> Any:  # noqa: ANN401
            steps = 1e-4 * np.eye(len(point))
            ends = [[criterion.evaluate(point + s * h).value for s in (1, -1)] for h in steps]
            return 0.0, np.array([(up - down) / 2e-4 for up, down in ends])

        inverse = 2 * np.linalg.inv(hessian(by_differences, x))
        own = slice(len(fit.theta), len(fit.theta) + len(fit.fixef))
        vcov = fit.ready.basis @ inverse[own, own] @ fit.ready.basis.T
        assert np.sqrt(np.diagonal(vcov)) == pytest.approx(list(fit.se.values()), rel=1e-3)


@SLOW
@given(data=animals())
def test_a_random_term_never_lowers_the_likelihood(data: Columns) -> None:
    small = glmer("spikes ~ x + (1 | mouse)", data, "poisson")
    large = glmer("spikes ~ x + (1 | mouse) + (1 | day)", data, "poisson")
    assert large.loglik >= small.loglik - 1e-7
    assert glmmTMB("spikes ~ x + (1 | mouse)", data).loglik >= small.loglik - 1e-5
    same(small, glmmTMB("spikes ~ x + (1 | mouse)", data, "poisson"))


def distributions() -> dict[str, tuple[Conditional, int]]:
    """Distributions of twelve observations, and how many further predictors they have."""
    y = np.array([0, 0, 0, 1, 1, 2, 3, 4, 6, 9, 15, 40.0])
    found: dict[str, tuple[Conditional, int]] = {
        "Poisson": (poisson(y), 0),
        "negative binomial": (negative_binomial(y), 1),
        "zero-inflated Poisson": (ZeroInflated(poisson(y), y == 0), 1),
        "zero-inflated negative binomial": (ZeroInflated(negative_binomial(y), y == 0), 2),
    }
    for link, tails in TAILS.items():
        found[f"binomial {link}"] = binomial(np.minimum(y, 7), np.full(12, 9.0), tails), 0
    return found


@pytest.mark.parametrize("name", distributions())
def test_derivatives_are_those_of_the_density(name: str) -> None:
    conditional, size = distributions()[name]
    eta, h = np.linspace(-2.5, 1.5, 12), 1e-5
    further = [np.full(12, 0.4 + i) for i in range(size)]
    here = conditional.at(eta, further)
    up, down = conditional.at(eta + h, further), conditional.at(eta - h, further)
    assert here.score == pytest.approx((up.loglik - down.loglik) / 2 / h, rel=1e-6, abs=1e-8)
    assert here.observed == pytest.approx((down.score - up.score) / 2 / h, rel=1e-6, abs=1e-8)
    assert here.change == pytest.approx((up.weight - down.weight) / 2 / h, rel=1e-6, abs=1e-8)
    for i, one in enumerate(here.further):
        more, less = ([*further[:i], further[i] + s, *further[i + 1 :]] for s in (h, -h))
        high, low = conditional.at(eta, more), conditional.at(eta, less)
        for field in ("loglik", "score", "weight"):
            slope = (getattr(high, field) - getattr(low, field)) / 2 / h
            assert getattr(one, field) == pytest.approx(slope, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("name", distributions())
def test_far_out_every_density_and_derivative_stays_finite(name: str) -> None:
    conditional, size = distributions()[name]
    further = [np.zeros(12)] * size
    for eta in (-300.0, -40.0, 40.0, 300.0):
        found = conditional.at(np.full(12, eta), further)
        assert not any(np.any(np.isnan(part)) for part in found[:5])


@pytest.mark.parametrize("name", distributions())
def test_drawn_responses_have_the_mean_and_variance(name: str) -> None:
    conditional, size = distributions()[name]
    eta, further = np.linspace(-1.5, 1.2, 12), [np.full(12, 0.3 + i) for i in range(size)]
    rng = np.random.default_rng(3)
    drawn = np.array([conditional.draw(rng, eta, further) for _ in range(20_000)])
    if name.startswith("binomial"):
        drawn = drawn / 9
    # 20,000 draws: a mean is within five standard errors, a variance within 10 per cent
    assert drawn.mean(axis=0) == pytest.approx(
        conditional.mean(eta, further), abs=5 * float(drawn.std(axis=0).max()) / 141
    )
    assert drawn.var(axis=0) == pytest.approx(conditional.variance(eta, further), rel=0.1)
