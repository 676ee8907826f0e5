"""Serial correlation by time: visits that were missed, rows in any order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from widgets.lmm import DataError, MethodError, geeglm, gls, lme

PHI = 0.7


def visits() -> dict[str, Any]:
    """Forty patients with eight visits each, of which a third are missed; score NaN there."""
    rng = np.random.default_rng(11)
    patient, visit = (index.ravel() for index in np.indices((40, 8)))
    e = rng.normal(size=(40, 8))
    for t in range(1, 8):
        e[:, t] = PHI * e[:, t - 1] + np.sqrt(1 - PHI**2) * e[:, t]
    score = 1 + 0.2 * visit + 0.6 * rng.normal(size=40)[patient] + e.ravel()
    return {"score": score, "visit": visit, "patient": patient, "came": rng.random(320) > 1 / 3}


def missed(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"score": np.where(data["came"], data["score"], np.nan)}


FITS: dict[str, Any] = {
    "gls": lambda data, **more: gls("score ~ visit", data, "patient", **more),
    "lme": lambda data, **more: lme("score ~ visit + (1 | patient)", data, "AR1", **more),
    "geeglm": lambda data, **more: geeglm("score ~ visit", data, "patient", corstr="ar1", **more),
}


def correlation(fit: Any) -> float:  # noqa: ANN401  of any of three kinds
    return float(fit.alpha if hasattr(fit, "alpha") else fit.phi)


@pytest.mark.parametrize("function", FITS)
def test_with_all_visits_the_time_says_what_the_order_does(function: str) -> None:
    data = visits()
    by_order, by_time = FITS[function](data), FITS[function](data, time="visit")
    assert by_time.fixef == pytest.approx(by_order.fixef, rel=1e-9)
    assert by_time.se == pytest.approx(by_order.se, rel=1e-9)
    later = FITS[function](data, time=3 + data["visit"])
    assert correlation(later) == pytest.approx(correlation(by_order), rel=1e-9)


@pytest.mark.parametrize("function", FITS)
def test_the_order_of_rows_does_not_matter_with_a_time(function: str) -> None:
    data = missed(visits())
    shuffled = np.random.default_rng(2).permutation(320)
    mixed = {name: column[shuffled] for name, column in data.items()}
    one, other = (FITS[function](given, time="visit") for given in (data, mixed))
    assert one.fixef == pytest.approx(other.fixef, rel=1e-7)
    assert correlation(one) == pytest.approx(correlation(other), rel=1e-7)


@pytest.mark.parametrize("function", FITS)
def test_missed_visits_make_no_neighbours_with_a_time(function: str) -> None:
    data = visits()
    whole, with_time, without = (
        correlation(fit)
        for fit in (
            FITS[function](data, time="visit"),
            FITS[function](missed(data), time="visit"),
            FITS[function](missed(data)),
        )
    )
    # a third of the visits less: beside a random intercept phi has a standard error of 0.1
    assert abs(with_time - whole) < 0.2
    assert without < with_time - 0.01


@pytest.mark.parametrize("function", FITS)
def test_without_a_time_it_is_told_that_rows_became_neighbours(function: str) -> None:
    told = "without time= the rows before and after one that was left out count as neighbours"
    assert told in FITS[function](missed(visits())).messages
    assert told not in FITS[function](missed(visits()), time="visit").messages
    assert told not in FITS[function](visits()).messages


def test_simulated_residuals_have_the_correlation_of_their_times() -> None:
    data = missed(visits())
    fit = lme("score ~ visit + (1 | patient)", data, "AR1", time="visit")
    drawn = fit.simulate(np.random.default_rng(3), 4000) - fit.predict(random=False)[:, None]
    kept = data["came"]
    patient, visit = data["patient"][kept], data["visit"][kept]
    i = next(
        i
        for i in range(len(visit) - 1)
        if patient[i] == patient[i + 1] and visit[i + 1] == visit[i] + 2
    )
    between = fit.varcorr[0].vcov
    expected = between + fit.sigma**2 * correlation(fit) ** 2
    assert np.mean(drawn[i] * drawn[i + 1]) == pytest.approx(expected, abs=0.12)


@pytest.mark.parametrize("function", FITS)
@pytest.mark.parametrize(
    ("time", "says"),
    [
        (lambda data: data["visit"] / 2, r"'time' has the value 0.5; every row needs the whole"),
        (
            lambda data: np.where(data["visit"] == 3, 2, data["visit"]),
            "value 2 twice in the group '0'",
        ),
        (lambda data: np.where(data["visit"] == 3, np.nan, data["visit"]), "has a missing value"),
        (lambda _data: np.arange(7), "'time' has 7 values, the others have 320"),
        (lambda _data: ["first", "second"] * 160, "time='time' holds text such as 'first'"),
        (lambda _data: "day", "the data have no column 'day'"),
    ],
)
def test_times_that_cannot_be_are_told(function: str, time: Any, says: str) -> None:  # noqa: ANN401
    data = visits()
    with pytest.raises(DataError, match=says):
        FITS[function](data, time=time(data))


def test_a_time_without_serial_correlation_is_refused() -> None:
    data = visits()
    with pytest.raises(MethodError, match="goes correlation='AR1'"):
        lme("score ~ visit + (1 | patient)", data, time="visit")
    with pytest.raises(MethodError, match="'exchangeable' has no use for it"):
        geeglm("score ~ visit", data, "patient", time="visit")
