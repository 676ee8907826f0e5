"""Autocorrelation: the trend of ten patients under a random intercept and under an AR(1).

A random intercept makes all visits of a patient equally alike; in truth neighbours are more alike
than visits far apart, and a trend along time is known less well than that model says.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Choice, Readout, Result, Seed, Slider, Style, Table, Try, Widget
from widgets.lmm import gls, lmer
from widgets.lmm.coefficients import Coefficient
from widgets.simulators.autocorrelation.experiment import (
    MOST_VISITS,
    Values,
    Visits,
    draw,
    miss_rate,
)
from widgets.simulators.autocorrelation.repeats import MODELS, REPEATS

Floats = NDArray[np.float64]

COLUMNS = ("estimate", "se", "df", "p", "low", "high")
TRUTH = 0.0
LAGS = 6
STRIPS = 3
"""Patients whose residuals are drawn, a strip each."""

STRIP_REACH = 2.2
"""The SD that half a strip holds."""

WIDEST = 1.5
FALSE_ALARM = 7
"""A seed whose trend is found by the random intercept alone at the opening setting."""


def by_intercept(visits: Visits, y: Floats) -> Coefficient:
    """Return the coefficient of time with a random intercept; y of shape (rows,)."""
    fit = lmer("y ~ time + (1 | patient)", visits.design | {"y": y})
    return fit.coefficients("Kenward-Roger")["time"]


def by_ar1(visits: Visits, y: Floats) -> tuple[Coefficient, float]:
    """Return the coefficient of time with AR(1) residuals, and their correlation at one step."""
    fit = gls("y ~ time", visits.design | {"y": y}, group="patient", time="visit")
    return fit.coefficients()["time"], float(fit.phi or 0.0)


def simulate(values: Values, rng: Generator) -> Result:
    """Return the trend under both models, the residuals and their correlogram."""
    visits = draw(values, rng, 1)
    y = visits.rows[0]
    serial, rho = by_ar1(visits, y)
    made = {"intercept": by_intercept(visits, y), "ar1": serial}
    readouts: dict[str, float | None] = {
        f"{model}.{column}": float(getattr(effect, column))
        for model, effect in made.items()
        for column in COLUMNS
    }
    residual = np.where(visits.seen, visits.y[0] - y.mean(), np.nan)
    by_time, by_row = correlogram(residual), correlogram(_closed_up(residual))
    exact = values["missed"] == 0
    readouts |= {
        "rho.estimate": rho,
        "by_time": by_time[0],
        "by_row": by_row[0],
        "intercept.miss": miss_rate(values["rho"], values["n_visits"]) if exact else None,
    }
    chosen = made[values["model"]]
    return Result(
        readouts=readouts,
        verdict=_verdict(values, missed=chosen.low > TRUTH or chosen.high < TRUTH),
        notes=() if exact else ("gaps",),
        tables=_strips(residual)
        | _correlogram(values, by_time, by_row)
        | _intervals(readouts, values["model"]),
    )


def _verdict(values: Values, *, missed: bool) -> str:
    if values["rho"] == 0:
        return f"alike_{values['model']}"
    found = "miss" if missed else "hold"
    if values["model"] == "intercept" and values["missed"] > 0:
        return f"gaps_{found}"
    return f"{values['model']}_{found}"


def correlogram(residual: Floats) -> list[float | None]:
    """Return the correlation of residuals 1, 2, … columns apart; NaN is a visit that was missed."""
    variance = float(np.nanmean(residual**2))
    found: list[float | None] = []
    for lag in range(1, LAGS + 1):
        pairs = residual[:, lag:] * residual[:, :-lag]
        known = ~np.isnan(pairs)
        found.append(float(pairs[known].mean()) / variance if known.any() else None)
    return found


def _closed_up(residual: Floats) -> Floats:
    """Return the rows of each patient moved together, as if no visit had been missed."""
    closed = np.full(residual.shape, np.nan)
    for row, of_patient in enumerate(residual):
        seen = of_patient[~np.isnan(of_patient)]
        closed[row, : len(seen)] = seen
    return closed


def _strips(residual: Floats) -> dict[str, Table]:
    """Return the residuals of the first patients along time, a strip each."""
    patient, visit = np.nonzero(~np.isnan(residual[:STRIPS]))
    height = np.clip(residual[patient, visit] / STRIP_REACH, -1, 1) / 2
    strips = np.arange(STRIPS) + 0.5
    return {
        "residuals": {
            "patient": patient.tolist(),
            "visit": (visit + 1).tolist(),
            "y": (patient + 0.5 + height).tolist(),
            "zero": (patient + 0.5).tolist(),
            "hue": np.mod(250 + 137.508 * patient, 360).tolist(),
        },
        "strips": {"y": strips.tolist()},
        "strip_frame": {"visit": [1, residual.shape[1]], "y": [0.0, float(STRIPS)]},
    }


def _correlogram(
    values: Values, by_time: list[float | None], by_row: list[float | None]
) -> dict[str, Table]:
    """Return correlations by time, by row where they differ, and the true ones."""
    lags = [k for k in range(LAGS) if by_time[k] is not None]
    rows = [k for k in range(LAGS) if by_row[k] is not None and values["missed"] > 0]
    curve = np.linspace(0, LAGS, 61)
    true = values["rho"] ** curve if values["rho"] > 0 else np.zeros(61)
    return {
        "true_curve": {"lag": curve.tolist(), "r": true.tolist()},
        "by_time": {"lag": [k + 1 for k in lags], "r": [by_time[k] for k in lags]},
        "by_row": {"lag": [k + 1 for k in rows], "r": [by_row[k] for k in rows]},
        "correlogram_frame": {"lag": [0, LAGS], "r": [-0.5, 1.0]},
    }


def _intervals(readouts: Mapping[str, float | None], model: str) -> dict[str, Table]:
    """Return both intervals, the chosen one marked, the truth and the ends of the axis."""
    columns = {
        column: [readouts[f"{name}.{column}"] or 0.0 for name in MODELS]
        for column in ("estimate", "low", "high")
    }
    reach = max(WIDEST, *(abs(end) for end in (*columns["low"], *columns["high"])))
    return {
        "intervals": {
            "method": list(MODELS),
            **columns,
            "chosen": [int(name == model) for name in MODELS],
        },
        "effect_frame": {"effect": [-reach, reach]},
        "truth": {"effect": [TRUTH]},
    }


def dataset(values: Values, rng: Generator) -> Table:
    """Return the sample behind the figure, one row a visit that took place."""
    visits = draw(values, rng, 1)
    design = visits.design
    return {
        "patient": (design["patient"].astype(int) + 1).tolist(),
        "visit": (design["visit"].astype(int) + 1).tolist(),
        "time": design["time"].tolist(),
        "y": visits.rows[0].tolist(),
    }


STYLES: dict[str, Style] = {"df": "df", "p": "p"}

WIDGET = Widget[Values](
    name="autocorrelation",
    controls=(
        Choice("model", MODELS, "intercept"),
        Slider("rho", 0, 0.9, 0.6, step=0.1),
        Slider("n_visits", 7, MOST_VISITS, 10),
        Slider("missed", 0, 0.5, 0, step=0.1),
        Seed(default=FALSE_ALARM),
    ),
    readouts=(
        *(
            Readout(f"{model}.{column}", STYLES.get(column, "decimal"))
            for model in MODELS
            for column in COLUMNS
        ),
        Readout("rho.estimate"),
        Readout("by_time"),
        Readout("by_row"),
        Readout("intercept.miss", "percent"),
    ),
    verdicts=(
        "intercept_miss",
        "intercept_hold",
        "gaps_miss",
        "gaps_hold",
        "ar1_miss",
        "ar1_hold",
        "alike_intercept",
        "alike_ar1",
    ),
    notes=("gaps",),
    comparison=MODELS,
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("ar1", {"model": "ar1"}),
        Try("strong", {"rho": 0.9}),
        Try("gaps", {"missed": 0.5}),
        Try("independent", {"rho": 0}),
    ),
    repeats=REPEATS,
)
