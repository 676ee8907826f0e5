"""Convergence: why an optimiser stops on its way, and why centring and scaling heal it.

Twelve patients with six visits each, between day 10 and day 20. Given the variances, the deviance
of a random-intercept model is a quadratic in intercept and slope with the Hessian 2 X'V⁻¹X. Where
the days are far from zero, or their unit is small, its valley is long and narrow, and a plain
optimiser runs to and fro in it.
"""

from __future__ import annotations

from typing import TypedDict

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from widgets.contract import Choice, Readout, Result, Slider, Table, Try, Widget
from widgets.simulators.convergence.descent import TOLERANCE, Quadratic, steepest_descent

Floats = NDArray[np.float64]

PATIENTS = 12
DAYS = np.linspace(10, 20, 6)
SD_BETWEEN, SD_RESIDUAL = 1.0, 1.0
TRUE_INTERCEPT, TRUE_SLOPE = 2.0, 0.3
SEED = 5

UNITS = {"days": 1.0, "weeks": 7.0, "sd": float(DAYS.std())}
CONTOURS = (0.02, 0.1, 0.25, 0.5, 1.0)
"""Heights of the drawn contours, as shares of that of the start."""

TURN = 73
MARGIN = 1.12
WIDE = 10.0
"""From this condition number on the valley is called narrow."""


class Values(TypedDict):
    """What the reader sets."""

    centre: str
    unit: str
    start: str
    steps: int


def sample() -> Floats:
    """Return the responses, shape (PATIENTS, visits), always the same."""
    rng = default_rng(SEED)
    patients = SD_BETWEEN * rng.normal(size=(PATIENTS, 1))
    noise = SD_RESIDUAL * rng.normal(size=(PATIENTS, len(DAYS)))
    return np.asarray(TRUE_INTERCEPT + TRUE_SLOPE * DAYS + patients + noise)


def predictor(values: Values) -> Floats:
    """Return the visits in the unit chosen, from zero or from their mean."""
    origin = DAYS.mean() if values["centre"] == "mean" else 0.0
    return np.asarray((DAYS - origin) / UNITS[values["unit"]])


def criterion(x: Floats) -> Quadratic:
    """Return the deviance over intercept and slope, the variances at their true values.

    Of the visits of a patient V⁻¹ = (I - ω 11')/σ² with ω = τ²/(σ² + m τ²).
    """
    omega = SD_BETWEEN**2 / (SD_RESIDUAL**2 + len(x) * SD_BETWEEN**2)
    columns = np.column_stack([np.ones(len(x)), x])
    weighted = (columns - omega * columns.sum(axis=0)) / SD_RESIDUAL**2
    (a, b), (_, c) = products = PATIENTS * (weighted.T @ columns)
    u, v = weighted.T @ sample().sum(axis=0)
    top = np.array([c * u - b * v, a * v - b * u]) / (a * c - b * b)
    return Quadratic(2 * products, top)


def simulate(values: Values, _rng: Generator) -> Result:
    """Return the path of the optimiser and where it ends; nothing here is random."""
    x = predictor(values)
    surface = criterion(x)
    errors = _standard_errors(surface)
    intercept = float(sample().mean()) if values["start"] == "null" else 0.0
    start = np.array([intercept, 0.0])
    path = steepest_descent(surface, start, values["steps"])
    left = surface.scaled_gradient(path[-1])
    unit = UNITS[values["unit"]]
    return Result(
        readouts={
            "condition": surface.condition,
            "steps_taken": len(path) - 1,
            "gradient": left,
            "slope.reached": float(path[-1, 1] / unit),
            "slope.best": float(surface.top[1] / unit),
            "height": float(surface.height(path[-1])),
        },
        verdict=_verdict(surface.condition, arrived=left < TOLERANCE),
        tables=_landscape(surface, path, errors),
    )


def _standard_errors(surface: Quadratic) -> Floats:
    """Return the standard errors of intercept and slope: the deviance is 2 X'V⁻¹X in them."""
    (a, b), (_, c) = surface.hessian / 2
    return np.asarray(np.sqrt(np.array([c, a]) / (a * c - b * b)))


def _verdict(condition: float, *, arrived: bool) -> str:
    return f"{'arrived' if arrived else 'stopped'}_{'narrow' if condition >= WIDE else 'round'}"


def _landscape(surface: Quadratic, path: Floats, errors: Floats) -> dict[str, Table]:
    """Return contours, path and optimum, in standard errors from the optimum on both axes."""
    scale = np.diag(errors)
    inside = Quadratic(scale @ surface.hessian @ scale, np.zeros(2))
    steps = (path - surface.top) / errors
    top = float(surface.height(path[0]))
    reach = MARGIN * float(np.abs(steps).max())
    rows = [
        (k, *point) for k, share in enumerate(CONTOURS) for point in _ellipse(inside, share * top)
    ]
    turn = np.tile(np.arange(TURN), len(CONTOURS))
    return {
        "contours": {
            "level": [row[0] for row in rows],
            "turn": turn.tolist(),
            "x": [float(row[1]) for row in rows],
            "y": [float(row[2]) for row in rows],
        },
        "path": {
            "step": list(range(len(steps))),
            "x": steps[:, 0].tolist(),
            "y": steps[:, 1].tolist(),
        },
        "ends": {
            "x": [float(steps[0, 0]), float(steps[-1, 0])],
            "y": [float(steps[0, 1]), float(steps[-1, 1])],
            "end": [0, 1],
        },
        "best": {"x": [0.0], "y": [0.0]},
        "landscape_frame": {"x": [-reach, reach], "y": [-reach, reach]},
        "descent": {
            "step": list(range(len(steps))),
            "height": np.log10(np.maximum(surface.height(path), 1e-9)).tolist(),
        },
        "descent_frame": {"step": [0.0, float(max(10, len(steps) - 1))], "height": [-5.0, 2.5]},
    }


def _ellipse(surface: Quadratic, height: float) -> Floats:
    """Return points at one height around 0, shape (TURN, 2), by the Cholesky factor of H."""
    (a, b), (_, c) = surface.hessian
    angle = np.linspace(0, 2 * np.pi, TURN)
    y = np.sin(angle) / np.sqrt(c - b * b / a)
    x = (np.cos(angle) - b / np.sqrt(a) * y) / np.sqrt(a)
    return np.asarray(np.sqrt(2 * height) * np.column_stack([x, y]))


def dataset(values: Values, _rng: Generator) -> Table:
    """Return the sample behind the figure, one row a visit, x as the optimiser sees it."""
    return {
        "patient": np.repeat(np.arange(1, PATIENTS + 1), len(DAYS)).tolist(),
        "day": np.tile(DAYS, PATIENTS).tolist(),
        "x": np.tile(predictor(values), PATIENTS).tolist(),
        "y": sample().ravel().tolist(),
    }


WIDGET = Widget[Values](
    name="convergence",
    controls=(
        Choice("centre", ("zero", "mean"), "zero"),
        Choice("unit", tuple(UNITS), "days"),
        Slider("steps", 1, 120, 8),
        Choice("start", ("null", "origin"), "null"),
    ),
    readouts=(
        Readout("condition"),
        Readout("steps_taken", "count"),
        Readout("gradient"),
        Readout("slope.reached"),
        Readout("slope.best"),
        Readout("height"),
    ),
    verdicts=(
        "stopped_narrow",
        "stopped_round",
        "arrived_narrow",
        "arrived_round",
    ),
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("more_steps", {"steps": 120}),
        Try("centred", {"centre": "mean"}),
        Try("centred_days", {"centre": "mean", "start": "origin", "steps": 40}),
        Try("centred_weeks", {"centre": "mean", "start": "origin", "steps": 40, "unit": "weeks"}),
    ),
)
