"""Families with a dispersion: their densities, derivatives and draws, and what they refuse."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import scipy.stats

from widgets.lmm import ModelError, anova, emmeans, glmer, glmmTMB, lmer
from widgets.lmm.distributions.polygamma import log_gamma
from widgets.lmm.glmm.dispersed import KINDS, dispersed

ETA = np.array([0.3, 1.1, 1.9, -0.4])
DISPERSION = np.array([0.4, 0.9, -0.3, 0.2])
COUNTS = np.array([1.0, 3.0, 7.0, 1.0])
RESPONSES: dict[str, Any] = {
    "gaussian": COUNTS,
    "Gamma": COUNTS,
    "beta": COUNTS / 10,
    "ordbeta": np.array([0.0, 0.3, 1.0, 0.6]),
    "tweedie": np.array([0.0, 3.0, 7.0, 0.2]),
}
EXTRA = {"tweedie": 1, "ordbeta": 2, "truncated_poisson": -1}


def further_of(family: str) -> list[Any]:
    """Values of the further predictors of a family."""
    return [DISPERSION, np.full(4, 0.5), np.full(4, 0.3)][: 1 + EXTRA.get(family, 0)]


@pytest.mark.parametrize("family", KINDS)
def test_derivatives_are_those_of_the_density(family: str) -> None:
    made, further, h = dispersed(family, RESPONSES.get(family, COUNTS)), further_of(family), 1e-5
    found = made.at(ETA, further)
    up, down = made.at(ETA + h, further), made.at(ETA - h, further)
    assert found.score == pytest.approx((up.loglik - down.loglik) / (2 * h), abs=2e-8)
    assert -found.observed == pytest.approx((up.score - down.score) / (2 * h), abs=2e-8)
    assert found.change == pytest.approx((up.weight - down.weight) / (2 * h), abs=2e-8)
    for k, one in enumerate(found.further):
        more, less = list(further), list(further)
        more[k], less[k] = further[k] + h, further[k] - h
        up, down = made.at(ETA, more), made.at(ETA, less)
        for mine, high, low in zip(
            one,
            (up.loglik, up.score, up.weight),
            (down.loglik, down.score, down.weight),
            strict=True,
        ):
            assert mine == pytest.approx((high - low) / (2 * h), abs=2e-8)


def density(family: str, y: Any, eta: float, further: list[float]) -> Any:  # noqa: ANN401
    y = np.asarray(y, dtype=float)
    values = [np.full(len(y), one) for one in further]
    return np.exp(dispersed(family, y).at(np.full(len(y), eta), values).loglik)


def test_densities_are_scipys() -> None:
    y, mu, s = np.array([1.0, 2.0, 6.0]), np.exp(0.7), np.exp(0.4)
    theirs = {
        "gaussian": scipy.stats.norm.pdf(y, 0.7, np.sqrt(s)),
        "Gamma": scipy.stats.gamma.pdf(y, s, scale=mu / s),
        "nbinom2": scipy.stats.nbinom.pmf(y, s, s / (s + mu)),
        "nbinom1": scipy.stats.nbinom.pmf(y, mu / s, 1 / (1 + s)),
    }
    for family, expected in theirs.items():
        assert density(family, y, 0.7, [0.4]) == pytest.approx(expected, rel=1e-10)
    m = 1 / (1 + np.exp(-0.7))
    expected = scipy.stats.beta.pdf(y / 10, m * s, (1 - m) * s)
    assert density("beta", y / 10, 0.7, [0.4]) == pytest.approx(expected, rel=1e-10)
    whole = scipy.stats.poisson.pmf(y, mu) / (1 - np.exp(-mu))
    assert density("truncated_poisson", y, 0.7, []) == pytest.approx(whole, rel=1e-10)
    assert density("compois", y, 0.7, [0.0]) == pytest.approx(scipy.stats.poisson.pmf(y, mu))


@pytest.mark.parametrize(
    "family", ["truncated_poisson", "truncated_nbinom2", "truncated_nbinom1", "compois", "nbinom1"]
)
def test_probabilities_of_counts_sum_to_one_around_their_mean(family: str) -> None:
    further = [0.6][: len(further_of(family))]
    j = np.arange(1.0 if family.startswith("truncated") else 0.0, 400)
    p = density(family, j, 1.2, further)
    assert p.sum() == pytest.approx(1, abs=1e-9)
    made = dispersed(family, j[:1])
    arrays = [np.array([one]) for one in further]
    mean = float(p @ j)
    assert made.mean(np.array([1.2]), arrays)[0] == pytest.approx(mean, rel=1e-8)
    assert made.variance(np.array([1.2]), arrays)[0] == pytest.approx(
        float(p @ j**2) - mean**2, rel=1e-7
    )


def test_the_parts_of_tweedie_and_of_ordered_beta_are_one() -> None:
    log_y = np.linspace(np.log(1e-9), np.log(60), 2_001)
    some = (np.exp(log_y) * density("tweedie", np.exp(log_y), 0.5, [0.2, 0.3])).sum()
    some *= log_y[1] - log_y[0]
    none = density("tweedie", [0.0], 0.5, [0.2, 0.3])[0]
    assert some + none == pytest.approx(1, abs=1e-5)
    further = [1.5, -1.0, 0.8]
    between = (np.arange(20_000) + 0.5) / 20_000
    inside = density("ordbeta", between, 0.2, further).mean()
    ends = density("ordbeta", [0.0, 1.0], 0.2, further)
    assert inside + ends.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("family", KINDS)
def test_draws_have_the_mean_and_the_variance(family: str) -> None:
    made, n = dispersed(family, RESPONSES.get(family, COUNTS)[:1]), 10_000
    further = [np.full(n, float(one[0])) for one in further_of(family)]
    eta = np.full(n, 0.8)
    drawn = made.draw(np.random.default_rng(1), eta, further)
    mean, variance = made.mean(eta, further)[0], made.variance(eta, further)[0]
    assert drawn.mean() == pytest.approx(mean, abs=5 * np.sqrt(variance / n))
    assert drawn.var() == pytest.approx(variance, rel=0.15)


def test_log_gamma_and_its_derivatives_are_scipys() -> None:
    x = np.array([1e-4, 0.1, 1, 1.5, 2, 9.99, 10, 33, 1e6])
    found = log_gamma(x)
    assert found.value == pytest.approx(scipy.special.gammaln(x), rel=1e-12, abs=1e-14)
    for order, mine in enumerate(found[1:]):
        assert mine == pytest.approx(scipy.special.polygamma(order, x), rel=1e-12)


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    rng = np.random.default_rng(12)
    g = np.repeat(np.arange(10), 12)
    x = rng.normal(size=120)
    eta = 0.5 + 0.4 * x + 0.5 * rng.normal(size=10)[g]
    y = 1000 * (eta + rng.normal(size=120))
    k = rng.poisson(np.exp(eta) * rng.gamma(1.5, size=120) / 1.5)
    n = rng.integers(2, 9, 120)
    return {"y": y, "x": x, "g": g, "k": k, "n": n, "s": rng.binomial(n, 0.4), "w": n / 4}


def test_gaussian_is_lmer_by_maximum_likelihood_whatever_the_unit(data: dict[str, Any]) -> None:
    for scale in (1.0, 1e-6):
        same = {**data, "y": scale * data["y"]}
        mine = glmmTMB("y ~ x + (1 + x | g)", same, "gaussian")
        other = lmer("y ~ x + (1 + x | g)", same, REML=False)
        assert mine.loglik == pytest.approx(other.loglik, abs=1e-6)
        assert mine.fixef == pytest.approx(other.fixef, rel=1e-5)
        assert np.exp(mine.disp_fixef["(Intercept)"] / 2) == pytest.approx(other.sigma, rel=1e-5)
        for one, theirs in zip(mine.varcorr, other.varcorr[:-1], strict=True):
            assert one.vcov == pytest.approx(theirs.vcov, rel=1e-3, abs=1e-9 * scale**2 * 1e6)
        level = mine.predict({"x": [0.5], "g": [3]})
        assert level == pytest.approx(other.predict({"x": [0.5], "g": [3]}), rel=1e-4)


def test_binomial_is_glmers(data: dict[str, Any]) -> None:
    formula = "cbind(s, n - s) ~ x + (1 | g)"
    mine, other = glmmTMB(formula, data, "binomial"), glmer(formula, data)
    assert mine.loglik == pytest.approx(other.loglik, abs=1e-6)
    share = glmmTMB("I(s / n) ~ x + (1 | g)", data, "binomial", weights="n")
    assert share.loglik == pytest.approx(other.loglik, abs=1e-6)


def test_a_dispersion_of_one_value_is_that_without_a_formula(data: dict[str, Any]) -> None:
    formula = "k ~ x + (1 | g)"
    plain = glmmTMB(formula, data, "nbinom2")
    same = glmmTMB(formula, data, "nbinom2", dispformula="~ 1")
    assert same.loglik == pytest.approx(plain.loglik)
    assert same.nbinom2_theta == pytest.approx(np.exp(plain.disp_fixef["(Intercept)"]))
    bent = glmmTMB(formula, data, "nbinom2", dispformula="~ x")
    assert list(bent.disp_fixef) == ["(Intercept)", "x"]
    assert bent.loglik >= plain.loglik - 1e-6
    assert bent.df == 5
    new = {"x": [0.0, 1.0], "g": [1, 2]}
    eta = np.asarray(bent.predict(new))
    assert bent.predict(new, type="response") == pytest.approx(np.exp(eta))


def test_conway_maxwell_counts_with_less_variance_than_poissons_are_seen(
    data: dict[str, Any],
) -> None:
    less = np.minimum(data["k"], 3) // 2 + 3
    rows = np.arange(120) < 60
    few = {name: values[rows] for name, values in {**data, "less": less}.items()}
    found = glmmTMB("less ~ 1 + (1 | g)", few, "compois")
    assert found.disp_fixef["(Intercept)"] < -1


def test_a_hurdle_is_a_logistic_model_and_one_of_positive_counts(data: dict[str, Any]) -> None:
    whole = glmmTMB("k ~ x + (1 | g)", data, "truncated_poisson", "~ x")
    some = {name: values[data["k"] > 0] for name, values in data.items()}
    positive = glmmTMB("k ~ x + (1 | g)", some, "truncated_poisson")
    assert whole.fixef == pytest.approx(positive.fixef, abs=2e-4)
    zeros = whole.loglik - positive.loglik
    p = 1 / (1 + np.exp(-(whole.zi_fixef["(Intercept)"] + whole.zi_fixef["x"] * data["x"])))
    assert zeros == pytest.approx(np.log(np.where(data["k"] == 0, p, 1 - p)).sum(), abs=1e-4)


def test_counts_of_poisson_have_no_finite_dispersion(data: dict[str, Any]) -> None:
    even = {**data, "even": np.full(120, 3) + (np.arange(120) % 2)}
    found = glmmTMB("even ~ x + (1 | g)", even, "nbinom1")
    assert found.disp_fixef["(Intercept)"] == -np.inf
    assert any("dispersion has no finite estimate" in one for one in found.messages)


def test_fits_of_new_families_can_be_compared_and_averaged(data: dict[str, Any]) -> None:
    positive = {**data, "a": np.exp(data["y"] / 2000)}
    null, full = (glmmTMB(f"a ~ {x} + (1 | g)", positive, "Gamma") for x in ("1", "x"))
    assert anova(null, full).df == 1
    assert emmeans(full, "x", type="response").rows[0].estimate > 0
    assert full.simulate(np.random.default_rng(1), 3).shape == (120, 3)
    with pytest.raises(ModelError, match="is not known here for 'Gamma'"):
        full.icc()
    assert "Gamma (log)" in full.summary()


@pytest.mark.parametrize(
    ("response", "arguments", "said"),
    [
        ("k", {"family": "poison"}, "family must be one of 'nbinom2', 'poisson'"),
        ("y", {"family": "nbinom1"}, "has counts"),
        (
            "k",
            {"family": "Gamma"},
            "has the value 0; a response of the family 'Gamma' has positive",
        ),
        ("k", {"family": "beta"}, "between 0 and 1"),
        ("y", {"family": "ordbeta"}, "has numbers from 0 to 1"),
        ("y", {"family": "tweedie"}, "has numbers from 0 on"),
        ("k", {"family": "truncated_poisson"}, "has counts from 1 on; with ziformula zeros are"),
        ("k", {"family": "binomial"}, "a binomial response is 0 or 1"),
        ("y", {"family": "gaussian", "ziformula": "~ 1"}, "ziformula is for the families nbinom2"),
        ("k", {"family": "poisson", "dispformula": "~ x"}, "'poisson' has none"),
        ("k", {"dispformula": "x"}, "dispformula is one-sided"),
        ("k", {"dispformula": "~ (1 | g)"}, "the dispersion can have fixed effects only"),
        ("k", {"weights": "x"}, "weights are positive numbers"),
    ],
)
def test_what_a_family_cannot_have_is_refused(
    data: dict[str, Any], response: str, arguments: dict[str, Any], said: str
) -> None:
    with pytest.raises(ModelError, match=re.escape(said)):
        glmmTMB(f"{response} ~ x + (1 | g)", data, **arguments)
