"""Conditional and marginal: the curves of forty patients, and the flatter one of their average.

The log odds of patient i at dose x are b_i + β x, with b_i of the reader's standard deviation. The
share of successes over all patients is the average of their curves: it is less steep (Zeger, Liang
& Albert 1988, Biometrics 44:1049). Each patient is observed ten times at dose 0 and ten times at
dose 1; a GLMM estimates the odds ratio of a patient, a GEE that of the average.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Readout, Result, Seed, Slider, Table, Try, Widget
from widgets.lmm import geeglm, glmer

Floats = NDArray[np.float64]

PATIENTS, TIMES = 40, 10
WIDEST = 5.0
"""The curves are drawn between doses this far from 0."""

POINTS = 41
NODES = 48
"""Gauss-Hermite nodes of the average over all patients there could be."""

GLMM_NODES = 9
LONGEST = 3.0
"""The axis reaches at least to this log odds ratio."""

NEAR = 54
"""A seed whose two estimates lie near what they estimate at the opening setting."""


class Values(TypedDict):
    """What the reader sets."""

    sd_between: float
    log_or: float
    patient: int
    seed: int


@dataclass(frozen=True, slots=True)
class Observed:
    """Intercepts of the patients in rising order, and successes at doses 0 and 1, shape (40, 2)."""

    intercepts: Floats
    successes: NDArray[np.intp]

    @property
    def data(self) -> dict[str, NDArray[np.intp]]:
        """One row a patient and dose."""
        successes = self.successes.ravel()
        return {
            "patient": np.repeat(np.arange(1, PATIENTS + 1), 2),
            "dose": np.tile([0, 1], PATIENTS),
            "success": successes,
            "failure": TIMES - successes,
        }


def expit(x: Floats) -> Floats:
    """Return the probability of given log odds."""
    return np.asarray(1 / (1 + np.exp(-x)))


def draw(values: Values, rng: Generator) -> Observed:
    """Return the patients; the same random numbers at every setting."""
    intercepts = values["sd_between"] * np.sort(rng.normal(size=PATIENTS))
    chance = expit(intercepts[:, None] + values["log_or"] * np.arange(2))
    successes = (rng.random((PATIENTS, 2, TIMES)) < chance[:, :, None]).sum(axis=2)
    return Observed(intercepts, successes)


def average(dose: Floats, sd_between: float, log_or: float) -> Floats:
    """Return the share of successes over all patients there could be, at each dose."""
    nodes, weights = hermegauss(NODES)  # type: ignore[no-untyped-call]
    shares = expit(log_or * dose[:, None] + sd_between * nodes) @ weights
    return np.asarray(shares / weights.sum())


def odds_ratio(before: float, after: float) -> float:
    """Return the ratio of the odds of two probabilities."""
    return after / (1 - after) / (before / (1 - before))


def simulate(values: Values, rng: Generator) -> Result:
    """Return both odds ratios, true and estimated, and the curves."""
    sd_between, log_or = values["sd_between"], values["log_or"]
    observed = draw(values, rng)
    before, after = average(np.array([0.0, 1.0]), sd_between, log_or).tolist()
    true = {"glmm": math.exp(log_or), "gee": odds_ratio(before, after)}
    glmm = glmer("cbind(success, failure) ~ dose + (1 | patient)", observed.data, nAGQ=GLMM_NODES)
    gee = geeglm("cbind(success, failure) ~ dose", observed.data, "patient", "binomial")
    logs = {"glmm": glmm.coefficients()["dose"], "gee": gee.coefficients()["dose"]}
    own = expit(observed.intercepts[values["patient"] - 1] + log_or * np.arange(2.0))
    readouts: dict[str, float | None] = {}
    for name, log in logs.items():
        for column in ("estimate", "low", "high"):
            readouts[f"{name}.{column}"] = math.exp(getattr(log, column))
        readouts[f"{name}.true"] = true[name]
    readouts |= {
        "own.before": float(own[0]),
        "own.after": float(own[1]),
        "average.before": before,
        "average.after": after,
    }
    return Result(
        readouts=readouts,
        verdict=_verdict(values),
        tables=_curves(values, observed.intercepts) | _ratios(readouts),
    )


def _verdict(values: Values) -> str:
    if values["log_or"] == 0:
        return "no_effect"
    return "alike" if values["sd_between"] == 0 else "apart"


def _curves(values: Values, intercepts: Floats) -> dict[str, Table]:
    """Return the curves of all patients, of the reader's, and of the average."""
    dose = np.linspace(-WIDEST, WIDEST, POINTS)
    shares = expit(intercepts[:, None] + values["log_or"] * dose)
    mine = values["patient"] - 1
    mean = average(dose, values["sd_between"], values["log_or"])
    return {
        "patients": {
            "patient": np.repeat(np.arange(PATIENTS), POINTS).tolist(),
            "dose": np.tile(dose, PATIENTS).tolist(),
            "share": shares.ravel().tolist(),
        },
        "mine": {"dose": dose.tolist(), "share": shares[mine].tolist()},
        "average": {"dose": dose.tolist(), "share": mean.tolist()},
        "doses": {"dose": [0.0, 1.0]},
    }


def _ratios(readouts: dict[str, float | None]) -> dict[str, Table]:
    """Return log odds ratios with their intervals and the truths behind them."""
    names = ("glmm", "gee")
    logs = {
        column: [math.log(readouts[f"{name}.{column}"] or 1.0) for name in names]
        for column in ("estimate", "low", "high", "true")
    }
    ends = [abs(one) for column in logs.values() for one in column]
    return {
        "ratios": {"method": list(names), **logs},
        "ratio_frame": {"effect": [min(-0.5, *logs["low"]), max(LONGEST, *ends)]},
        "one": {"effect": [0.0]},
    }


def dataset(values: Values, rng: Generator) -> Table:
    """Return the sample behind the figure, one row a patient and dose."""
    return {name: column.tolist() for name, column in draw(values, rng).data.items()}


WIDGET = Widget[Values](
    name="marginal-conditional",
    controls=(
        Slider("sd_between", 0, 4, 2, step=0.1),
        Slider("log_or", 0, 3, 1, step=0.1),
        Slider("patient", 1, PATIENTS, 12),
        Seed(default=NEAR),
    ),
    readouts=(
        *(
            Readout(f"{method}.{column}")
            for method in ("glmm", "gee")
            for column in ("estimate", "low", "high", "true")
        ),
        Readout("own.before", "percent"),
        Readout("own.after", "percent"),
        Readout("average.before", "percent"),
        Readout("average.after", "percent"),
    ),
    verdicts=("apart", "alike", "no_effect"),
    comparison=("glmm", "gee"),
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("alike", {"sd_between": 0}),
        Try("different", {"sd_between": 4}),
        Try("strong", {"log_or": 2}),
        Try("no_effect", {"log_or": 0}),
    ),
)
