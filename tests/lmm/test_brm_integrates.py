"""The quadrature of brm against dense integrals and finer rules, and what must always hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import integrate, stats

from validation.cases import columns_of
from widgets.lmm import Posterior, brm, factor, lm, lmer
from widgets.lmm.arrays import Floats
from widgets.lmm.bayes import densities, joint, marginal, quadrature
from widgets.lmm.bayes.likelihood import coefficients, given, sums_of
from widgets.lmm.bayes.priors import defaults_of

Columns = dict[str, Any]

MODEL = "y ~ treatment + (1 | mouse)"
PRIORS = (None, "normal(0, 1)", "exponential(1)", "inv_gamma(1, 0.1)", "student_t(3, 0, 50)")
P = np.array([0.005, 0.025, 0.25, 0.5, 0.75, 0.975, 0.995])


def mice(J: int = 6, m: int = 20, sd: float = 1.0, seed: int = 0) -> Columns:
    rng = np.random.default_rng(seed)
    mouse = np.repeat(np.arange(J), m)
    y = 5 + sd * rng.normal(size=J)[mouse] + rng.normal(size=J * m)
    return {"y": y, "mouse": mouse, "treatment": np.where(mouse < J // 2, "a", "b")}


UNBALANCED = columns_of("mice_unbalanced.csv")
DATA = {
    "unbalanced": UNBALANCED,
    "6 x 20": mice(),
    "no variance between": mice(sd=0.0),
    "4 x 3": mice(4, 3, 3.0),
    "200 x 3": mice(200, 3),
}


def dense(tau: float, sigma: float, slope_at: float | None = None) -> float:
    """Likelihood of the unbalanced mice, matrices and all, the intercept by adaptive quadrature.

    With ``slope_at`` times the density of the slope there.
    """
    y, drug = UNBALANCED["y"], (UNBALANCED["treatment"] == "drug").astype(float)
    mouse = UNBALANCED["mouse"]
    V = sigma**2 * np.eye(len(y)) + tau**2 * (mouse[:, None] == mouse)
    W, x, prior = np.linalg.inv(V), drug - drug.mean(), defaults_of(y)
    xWx, logdet = x @ W @ x, np.linalg.slogdet(V)[1]

    def at(a: float) -> float:
        r = y - a
        b = x @ W @ r / xWx
        e = r - b * x
        value = -0.5 * (logdet + np.log(xWx) + e @ W @ e)
        if slope_at is not None:
            value += stats.norm.logpdf(slope_at, b, xWx**-0.5)
        return float(value + stats.t.logpdf(a, 3, prior.location, prior.scale))

    top = at(6.7)
    found, _ = integrate.quad(
        lambda a: np.exp(at(a) - top), -60, 80, points=[5, 6, 7, 8], limit=500, epsrel=1e-11
    )
    return float(top + np.log(found))


TAU, SIGMA = np.array([0.01, 0.5, 2.0, 10.0]), np.array([1.5, 1.6, 1.7, 1.8])


def at_the_mice() -> tuple[Any, Any]:
    y, drug = UNBALANCED["y"], UNBALANCED["treatment"] == "drug"
    X = np.column_stack([np.ones(len(y)), drug]).astype(float)
    sums = sums_of(X, y, factor(UNBALANCED["mouse"]), defaults_of(y))
    return sums, given(sums, TAU, SIGMA)


def test_the_likelihood_is_the_dense_integral() -> None:
    _, at = at_the_mice()
    expected = np.array([dense(t, s) for t, s in zip(TAU, SIGMA, strict=True)])
    assert at.loglik - at.loglik[0] == pytest.approx(expected - expected[0], abs=1e-8)


@pytest.mark.parametrize("slope", [-1.0, 1.1, 3.0])
def test_the_slope_given_the_standard_deviations_is_the_dense_integral(slope: float) -> None:
    sums, at = at_the_mice()
    components = coefficients(sums, at)
    mine = (
        at.share
        * stats.norm.pdf(slope, components.mean[..., 1], components.variance[..., 1] ** 0.5)
    ).sum(axis=1)
    pairs = list(zip(TAU, SIGMA, strict=True))
    theirs = [np.exp(dense(t, s, slope) - dense(t, s)) for t, s in pairs]
    assert mine == pytest.approx(np.array(theirs), rel=1e-7)


@pytest.fixture
def finer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules of far more nodes on a larger box."""
    monkeypatch.setattr(quadrature, "DROP", 25.0)
    monkeypatch.setattr(joint, "POINTS", ((90, 50), (150, 90)))
    monkeypatch.setattr(marginal, "PANELS", 16)
    monkeypatch.setattr(densities, "WIDTH_OF_SD", 0.002)
    monkeypatch.setattr(densities, "WIDTH_OF_MEAN", 0.02)


USUAL = {(data, prior): brm(MODEL, DATA[data], prior) for data in DATA for prior in PRIORS}


@pytest.mark.usefixtures("finer")
@pytest.mark.parametrize("prior", PRIORS)
@pytest.mark.parametrize("data", DATA)
def test_a_finer_rule_says_the_same(data: str, prior: str | None) -> None:
    usual, fine = USUAL[data, prior], brm(MODEL, DATA[data], prior)
    assert usual.accuracy < joint.ACCURACY
    for name in fine.quantities:
        off = abs(usual.mean[name] - fine.mean[name]) / fine.sd[name]
        assert off < max(usual.accuracy, 1e-6)
        assert usual.sd[name] == pytest.approx(fine.sd[name], rel=1e-4)
        below = [usual.probability(name, high=q) for q in fine.quantile(name, P)]
        assert below == pytest.approx(P, abs=5e-5)


@pytest.mark.parametrize("name", ["(Intercept)", "treatmentb", "sd", "sigma", "icc"])
@pytest.mark.parametrize("data", ["6 x 20", "no variance between"])
def test_density_probability_quantile_and_moments_belong_together(data: str, name: str) -> None:
    fit = USUAL[data, None]
    low, high = fit.quantile(name, [0.1, 0.9])
    inside, _ = integrate.quad(lambda x: float(fit.density(name, x)), low, high, epsabs=1e-8)
    assert inside == pytest.approx(0.8, abs=1e-5)
    assert fit.probability(name, low, high) == pytest.approx(0.8, abs=1e-7)
    p = np.linspace(0.0005, 0.9995, 1000)
    assert fit.quantile(name, p).mean() == pytest.approx(fit.mean[name], abs=0.01 * fit.sd[name])


def test_a_density_is_zero_where_nothing_is_possible() -> None:
    fit = USUAL["6 x 20", None]
    for name, outside in (("sd", -1.0), ("sigma", 0.0), ("icc", 1.0), ("icc", -0.1)):
        assert fit.density(name, outside) == 0
    assert fit.density("sd", np.zeros((2, 3))).shape == (2, 3)
    assert fit.density("sd", 0.0) == pytest.approx(fit.density("sd", 1e-5), rel=1e-3)
    assert fit.probability("sd", high=0.0) == 0
    assert fit.probability("sd") == pytest.approx(1)


def test_the_order_of_rows_and_the_names_of_groups_do_not_matter() -> None:
    order = np.random.default_rng(1).permutation(len(UNBALANCED["y"]))
    mixed = {name: column[order] for name, column in UNBALANCED.items()}
    mixed["mouse"] = np.array([f"z{name[::-1]}" for name in mixed["mouse"]])
    one, other = brm(MODEL, UNBALANCED), brm(MODEL, mixed)
    assert other.mean == pytest.approx(one.mean, rel=1e-9)
    assert other.sd == pytest.approx(one.sd, rel=1e-9)


def test_a_predictor_in_other_units_has_the_same_posterior() -> None:
    data = {**UNBALANCED, "mm": UNBALANCED["depth"] / 1000 - 7}
    one, other = brm("y ~ depth + (1 | mouse)", data), brm("y ~ mm + (1 | mouse)", data)
    assert other.mean["mm"] == pytest.approx(1000 * one.mean["depth"], rel=1e-7)
    assert other.sd["mm"] == pytest.approx(1000 * one.sd["depth"], rel=1e-7)
    for name in ("sd", "sigma", "icc"):
        assert other.mean[name] == pytest.approx(one.mean[name], rel=1e-7)


def test_many_groups_leave_the_prior_nothing_to_say() -> None:
    data = mice(600, 10, sd=0.7)
    fit, reml = brm(MODEL, data), lmer(MODEL, data)
    for name, value in reml.fixef.items():
        assert fit.mean[name] == pytest.approx(value, abs=0.02 * fit.sd[name])
        assert fit.sd[name] == pytest.approx(reml.se[name], rel=0.01)
    assert fit.mean["sd"] == pytest.approx(reml.varcorr[0].sdcor, abs=0.1 * fit.sd["sd"])
    assert fit.mean["sigma"] == pytest.approx(reml.sigma, abs=0.1 * fit.sd["sigma"])


def test_groups_a_million_times_as_different_as_rows_leave_the_rows_their_variance() -> None:
    data = mice(8, 5)
    far = {**data, "y": data["y"] + 1e6 * np.random.default_rng(2).normal(size=8)[data["mouse"]]}
    fit = brm(MODEL, far)
    means = np.array([data["y"][data["mouse"] == j].mean() for j in range(8)])
    rss = ((data["y"] - means[data["mouse"]]) ** 2).sum()
    # sigma² given the data is nearly rss over chi-square: its prior is flat at this scale
    assert fit.quantile("sigma", 0.5) == pytest.approx(np.sqrt(rss / stats.chi2.ppf(0.5, 31)), 1e-5)
    assert fit.mean["icc"] == pytest.approx(1, abs=1e-10)


def test_a_prior_near_zero_takes_the_groups_away() -> None:
    data = mice()
    fit, plain = brm(MODEL, data, "exponential(1e6)"), lm("y ~ treatment", data)
    assert fit.mean["sd"] == pytest.approx(1e-6, rel=1e-3)
    assert fit.mean["treatmentb"] == pytest.approx(plain.fixef["treatmentb"], rel=1e-6)
    assert fit.sd["treatmentb"] == pytest.approx(plain.se["treatmentb"], rel=0.02)


def test_wider_priors_of_the_sd_make_wider_intervals() -> None:
    fits = [brm(MODEL, UNBALANCED, f"normal(0, {scale})") for scale in (0.1, 0.5, 2, 10)]
    for name in ("sd", "treatmentdrug"):
        widths = [np.ptp(fit.quantile(name, [0.025, 0.975])) for fit in fits]
        assert widths == sorted(widths)


def test_without_an_intercept_every_coefficient_is_flat() -> None:
    fit = brm("y ~ 0 + treatment + (1 | mouse)", mice(60, 10))
    reml = lmer("y ~ 0 + treatment + (1 | mouse)", mice(60, 10))
    assert "Intercept" not in fit.priors
    for name, value in reml.fixef.items():
        assert fit.mean[name] == pytest.approx(value, abs=0.01 * fit.sd[name])


def summarised(fit: Posterior) -> dict[str, Floats]:
    lines = [line.split() for line in fit.summary().splitlines()]
    return {
        cells[0]: np.array([float(cell) for cell in cells[1:]])
        for cells in lines
        if cells and cells[0] in fit.quantities and "~" not in cells
    }


def test_the_summary_shows_means_errors_and_intervals() -> None:
    fit = USUAL["unbalanced", None]
    shown = summarised(fit)
    assert set(shown) == set(fit.quantities)
    for name, cells in shown.items():
        ends = fit.quantile(name, [0.025, 0.975])
        assert cells == pytest.approx([fit.mean[name], fit.sd[name], *ends], rel=1e-3, abs=1e-5)
    assert "student_t(3, 0, 2.5)" in fit.summary()
    assert repr(fit) == f"<posterior of {MODEL!r}: 5 groups, sd {fit.mean['sd']:.4g}>"
