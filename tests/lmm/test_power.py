"""Power of the two-arm cluster design, by formula and by simulation."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from widgets.lmm import (
    DataError,
    DesignError,
    MethodError,
    NotEstimableError,
    TwoArms,
    closed_form_power,
    geeglm,
    lm,
    lmer,
    power,
    t_test,
    wilson,
)
from widgets.lmm.arrays import Floats
from widgets.lmm.distributions import noncentral_t
from widgets.lmm.planning import simulation
from widgets.lmm.planning.analyses import TESTS, Outcomes, Test

DESIGN = TwoArms(clusters=4, size=10, effect=1.0, sd_between=0.5, sd_within=1.0)
UNEQUAL = TwoArms(clusters=4, size=(3, 5, 12, 20), effect=1.0, sd_between=0.5, sd_within=1.0)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("df", [1, 2, 3.7, 10, 50, 500])
def test_the_noncentral_t_distribution_is_that_of_scipy(df: float) -> None:
    t, ncp = np.meshgrid(np.linspace(-6, 6, 13), [-2.0, 0.0, 0.5, 3.0, 8.0])
    expected = stats.nct.sf(t, df, ncp)
    assert noncentral_t.sf(t, df, ncp) == pytest.approx(expected, abs=1e-10)


def test_a_design_lays_out_clusters_of_both_arms() -> None:
    design = TwoArms(2, (1, 3), 0.0, 1.0, 1.0)
    assert design.cluster.tolist() == [0, 1, 1, 1, 2, 3, 3, 3]
    assert design.arm.codes.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert design.icc == 0.5
    # 1 + ((1 + cv²) m - 1) icc with m = 2 and cv = 1/2
    assert design.design_effect == pytest.approx(1.75)


def test_responses_have_the_moments_of_the_design() -> None:
    responses = np.stack([UNEQUAL.draw(one) for one in rng().spawn(20_000)])
    treated = UNEQUAL.arm.codes == 1
    assert responses.mean(axis=0) == pytest.approx(1.0 * treated, abs=0.04)
    expected = np.where(UNEQUAL.cluster[:, None] == UNEQUAL.cluster, 0.25, 0) + np.eye(80)
    assert np.cov(responses.T) == pytest.approx(expected, abs=0.06)


def test_the_closed_form_is_the_power_of_the_t_test_on_means() -> None:
    se = np.sqrt(2 / 4 * (0.5**2 + 1 / 10))
    critical = stats.t.isf(0.025, 6)
    expected = stats.nct.sf(critical, 6, 1 / se) + stats.nct.cdf(-critical, 6, 1 / se)
    assert closed_form_power(DESIGN) == pytest.approx(expected, abs=1e-9)


def test_without_an_effect_the_closed_form_is_the_size_of_the_test() -> None:
    nothing = TwoArms(3, 7, 0.0, 1.0, 1.0)
    for alpha in (0.001, 0.05, 0.5):
        assert closed_form_power(nothing, alpha) == pytest.approx(alpha, rel=1e-9)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    clusters=st.integers(2, 20),
    size=st.integers(1, 50),
    effect=st.floats(0.1, 2),
    between=st.floats(0, 2),
)
def test_power_grows_with_clusters_rows_and_effect_and_falls_with_variance(
    clusters: int, size: int, effect: float, between: float
) -> None:
    here = closed_form_power(TwoArms(clusters, size, effect, between, 1.0))
    assert 0.05 <= here <= 1 + 1e-9
    for more in (
        TwoArms(clusters + 1, size, effect, between, 1.0),
        TwoArms(clusters, size + 1, effect, between, 1.0),
        TwoArms(clusters, size, effect * 1.1, between, 1.0),
        TwoArms(clusters, size, effect, between, 0.9),
    ):
        assert closed_form_power(more) >= here - 1e-9


@pytest.mark.parametrize("test", ["means", "Kenward-Roger", "GEE-KC"])
def test_simulation_finds_the_closed_form_where_that_is_exact(test: Test) -> None:
    found = power(DESIGN, test, 2000 if test != "GEE-KC" else 600, rng())
    error = (found.high - found.low) / (2 * 1.96)
    assert abs(found.estimate - closed_form_power(DESIGN)) < 4 * error
    assert found.low < found.estimate < found.high
    assert found.failed == 0


def test_rows_as_independent_and_the_plain_sandwich_reject_too_often() -> None:
    nothing = TwoArms(4, 20, 0.0, 1.0, 1.0)
    wrong: tuple[Test, ...] = ("OLS", "GEE")
    right: tuple[Test, ...] = ("means", "Kenward-Roger", "GEE-KC", "GEE-MD")
    assert all(power(nothing, test, 300, rng()).low > 0.05 for test in wrong)
    assert all(power(nothing, test, 300, rng()).low < 0.05 for test in right)


@pytest.mark.parametrize("test", TESTS)
def test_every_test_is_that_of_its_function(test: Any) -> None:  # noqa: ANN401
    y = UNEQUAL.draw(rng(3))
    data = {"y": y, "arm": UNEQUAL.arm, "cluster": UNEQUAL.cluster}
    means = [y[UNEQUAL.cluster == j].mean() for j in range(8)]
    name = "armtreated"
    if test == "OLS":
        expected = lm("y ~ arm", data).coefficients()[name].p
    elif test == "means":
        expected = t_test(means[4:], means[:4]).p
    elif test.startswith("GEE"):
        fit = geeglm("y ~ arm", data, "cluster")
        expected = fit.coefficients(test[4:] or None)[name].p
    else:
        expected = lmer("y ~ arm + (1 | cluster)", data).coefficients(test)[name].p
    found = TESTS[test](UNEQUAL, np.column_stack([y, y]))
    assert found.p == pytest.approx([expected, expected], rel=1e-6)
    assert found.failed.tolist() == [False, False]


@contextmanager
def dask() -> Iterator[Executor]:
    """A Dask cluster of two processes on this machine."""
    from distributed import Client, LocalCluster  # noqa: PLC0415  takes a second

    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        yield client.get_executor()


def pool(workers: int) -> Executor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


@pytest.mark.parametrize("test", ["Kenward-Roger", "GEE-MD"])
def test_a_pool_of_processes_says_the_same_whatever_its_size(test: Test) -> None:
    here = power(UNEQUAL, test, 130, rng(7))
    for workers in (1, 2):
        with pool(workers) as executor:
            assert power(UNEQUAL, test, 130, rng(7), executor) == here


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_dask_cluster_says_the_same() -> None:
    with dask() as executor:
        there = power(UNEQUAL, "Satterthwaite", 130, rng(7), executor)
    assert there == power(UNEQUAL, "Satterthwaite", 130, rng(7))


def test_threads_say_the_same() -> None:
    with ThreadPoolExecutor(3) as executor:
        assert power(DESIGN, "means", 501, rng(2), executor) == power(DESIGN, "means", 501, rng(2))


def test_replicates_differ_between_calls_and_agree_between_seeds() -> None:
    one = rng(5)
    first, second = power(DESIGN, "means", 400, one), power(DESIGN, "means", 400, one)
    assert first.significant != second.significant
    assert first == power(DESIGN, "means", 400, rng(5))


def test_more_replicates_begin_with_the_same_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = rng(5).spawn(3), rng(5).spawn(9)
    for a, b in zip(few, many, strict=False):
        assert DESIGN.draw(a).tolist() == DESIGN.draw(b).tolist()
    monkeypatch.setattr(simulation, "BATCH", 7)
    small = power(DESIGN, "means", 100, rng(5))
    monkeypatch.setattr(simulation, "BATCH", 100)
    assert power(DESIGN, "means", 100, rng(5)) == small


def test_singular_fits_are_counted_and_count() -> None:
    alike = TwoArms(3, 4, 0.0, 0.0, 1.0)
    found = power(alike, "Kenward-Roger", 200, rng())
    assert 0 < found.singular < 200
    assert found.failed == 0
    assert found.estimate == found.significant / 200


def test_failed_fits_are_counted_and_left_out() -> None:
    # sizes so unequal that the working correlation is often impossible in the large clusters
    uneven = TwoArms(3, (2, 2, 40), 0.0, 0.0, 1.0)
    found = power(uneven, "GEE", 200, rng())
    assert 0 < found.failed < 200
    assert found.estimate == found.significant / (200 - found.failed)
    assert (found.n_sim, found.singular) == (200, 0)
    responses = [uneven.draw(one) for one in rng().spawn(200)]
    assert found.failed == sum(fails(uneven, y) for y in responses)


def fails(design: TwoArms, y: Floats) -> bool:
    try:
        geeglm("y ~ arm", {"y": y, "arm": design.arm, "cluster": design.cluster}, "cluster")
    except NotEstimableError:
        return True
    return False


def test_a_test_that_never_answers_has_no_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_design: TwoArms, responses: Floats) -> Outcomes:
        F = responses.shape[1]
        return Outcomes(np.full(F, np.nan), np.zeros(F, dtype=bool))

    monkeypatch.setitem(TESTS, "GEE-FG", silent)
    found = power(DESIGN, "GEE-FG", 20, rng())
    assert np.isnan(found.estimate)
    assert (found.low, found.high, found.failed) == (0.0, 1.0, 20)


def test_designs_without_an_answer_are_refused() -> None:
    with pytest.raises(DesignError, match="measure each level more often"):
        power(TwoArms(4, 1, 1.0, 1.0, 1.0), "Kenward-Roger", 10, rng())


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"clusters": 1}, "clusters must be at least 2 and whole, not 1"),
        ({"clusters": 6.5}, "clusters must be at least 2 and whole, not 6.5"),
        ({"clusters": "6"}, "clusters must be at least 2 and whole, not '6'"),
        ({"size": 5.0}, "size must be at least 1 and whole, not 5.0"),
        ({"effect": "large"}, "effect must be finite, not 'large'"),
        ({"size": 0}, "size must be at least 1"),
        ({"size": (3, 4)}, "size must have a number for each cluster of an arm"),
        ({"effect": np.inf}, "effect must be finite"),
        ({"sd_between": -1.0}, "sd_between must be at least 0"),
        ({"sd_within": 0.0}, "sd_within must be above 0"),
    ],
)
def test_impossible_designs_are_refused(changed: dict[str, Any], says: str) -> None:
    usual = {"clusters": 4, "size": 5, "effect": 1.0, "sd_between": 1.0, "sd_within": 1.0}
    with pytest.raises(DesignError, match=says):
        TwoArms(**{**usual, **changed})


def test_a_size_may_be_any_whole_number() -> None:
    design = TwoArms(clusters=4, size=np.int64(10), effect=1.0, sd_between=0.5, sd_within=1.0)  # type: ignore[arg-type]
    assert np.array_equal(design.sizes, DESIGN.sizes)


@pytest.mark.parametrize(
    ("test", "n_sim", "alpha"), [("anova", 10, 0.05), ("means", 0, 0.05), ("means", 10, 1.0)]
)
def test_impossible_requests_are_refused(test: Test, n_sim: int, alpha: float) -> None:
    with pytest.raises(MethodError, match=r"test must be|n_sim must be|alpha must lie"):
        power(DESIGN, test, n_sim, rng(), alpha=alpha)


def test_wilsons_interval_is_that_of_scipy() -> None:
    for successes, n in ((0, 10), (3, 10), (10, 10), (523, 1000)):
        expected = stats.binomtest(successes, n).proportion_ci(method="wilson")
        share, low, high = wilson(successes, n)
        assert share == successes / n
        assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-12)
    with pytest.raises(DataError, match="11 successes of 10 trials"):
        wilson(11, 10)


def test_the_ends_of_a_share_never_leave_zero_and_one() -> None:
    # unclamped, rounding puts some of these ends at -1e-18 or at 1 + 2e-16
    for n in range(1, 200):
        assert wilson(0, n)[1] >= 0
        assert wilson(n, n)[2] <= 1


@pytest.mark.parametrize("sizes", [(5, 10, 20, 40), (1, 1, 1, 60), (7, 7, 7, 7)])
def test_the_formula_takes_the_information_of_generalised_least_squares(
    sizes: tuple[int, ...],
) -> None:
    plan = TwoArms(clusters=4, size=sizes, effect=1.0, sd_between=0.6, sd_within=1.1)
    same = plan.cluster[:, None] == plan.cluster
    V = plan.sd_between**2 * same + plan.sd_within**2 * np.eye(len(same))
    X = np.column_stack([np.ones(len(same)), plan.arm.codes])
    se = float(np.sqrt(np.linalg.inv(X.T @ np.linalg.solve(V, X))[1, 1]))
    away, critical = plan.effect / se, stats.t.isf(0.025, 6)
    expected = stats.nct.sf(critical, 6, away) + stats.nct.cdf(-critical, 6, away)
    assert closed_form_power(plan) == pytest.approx(expected, rel=1e-9)


def test_with_unequal_clusters_the_formula_is_close_to_simulation() -> None:
    # weights that are estimated cost a little of the power that known ones have; by the variation
    # of the sizes, which the formula took before, it would be .27
    plan = TwoArms(4, (5, 10, 20, 40), effect=1.0, sd_between=0.7, sd_within=1.0)
    simulated = power(plan, "Kenward-Roger", 4000, rng()).estimate
    assert simulated == pytest.approx(closed_form_power(plan), abs=0.04)
