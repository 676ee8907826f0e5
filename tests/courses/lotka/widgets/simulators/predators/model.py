"""Hares and lynx: the equations of Lotka (1925) and Volterra (1926), solved step by step."""

from __future__ import annotations

from typing import TypedDict

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Readout, Result, Slider, Table, Try, Widget

CATCH = 0.1
"""Hares that one lynx takes a year, as a share of all hares."""

DEATH = 1.5
"""Share of the lynx that would die in a year without hares."""

GAIN = 0.075
"""Lynx that one hare feeds in a year, as a share of all lynx."""

YEARS, STEPS, SHOWN = 20, 1000, 5
CALM = 1.5
"""How many times as many hares there may be at most as at least in a calm year."""


class Values(TypedDict):
    """What the reader sets."""

    hares: int
    lynx: int
    growth: float


def equilibrium(growth: float) -> tuple[float, float]:
    """Return the numbers of hares and lynx that stay as they are."""
    return DEATH / GAIN, growth / CATCH


def course(hares: float, lynx: float, growth: float) -> NDArray[np.float64]:
    """Return years, hares and lynx, shape (3, STEPS + 1), by Runge and Kutta's fourth order.

    The logarithms are what is solved, so that no number becomes negative.
    """
    step = YEARS / STEPS
    state = np.log([hares, lynx])
    states = [state]
    for _ in range(STEPS):
        one = _slope(state, growth)
        two = _slope(state + step / 2 * one, growth)
        three = _slope(state + step / 2 * two, growth)
        four = _slope(state + step * three, growth)
        state = state + step / 6 * (one + 2 * two + 2 * three + four)
        states.append(state)
    return np.vstack([np.linspace(0, YEARS, STEPS + 1), np.exp(np.transpose(states))])


def _slope(state: NDArray[np.float64], growth: float) -> NDArray[np.float64]:
    hares, lynx = np.exp(state)
    return np.array([growth - CATCH * lynx, GAIN * hares - DEATH])


def simulate(values: Values, rng: Generator) -> Result:
    """Return how many there are at most, and how long a cycle takes."""
    del rng
    years, hares, lynx = course(values["hares"], values["lynx"], values["growth"])
    calm = hares.max() <= CALM * hares.min()
    return Result(
        readouts={
            "hares": float(hares.max()),
            "lynx": float(lynx.max()),
            "period": None if calm else _period(years, hares),
        },
        verdict="calm" if calm else "cycles",
        tables={
            "hares": {"year": years[::SHOWN].tolist(), "number": hares[::SHOWN].tolist()},
            "lynx": {"year": years[::SHOWN].tolist(), "number": lynx[::SHOWN].tolist()},
        },
    )


def _period(years: NDArray[np.float64], hares: NDArray[np.float64]) -> float | None:
    """Return the mean time between two peaks; None if there are not two."""
    peaks = years[1:-1][(hares[1:-1] > hares[:-2]) & (hares[1:-1] >= hares[2:])]
    return float(np.diff(peaks).mean()) if len(peaks) > 1 else None


def dataset(values: Values, rng: Generator) -> Table:
    """Return both numbers over the years."""
    del rng
    years, hares, lynx = course(values["hares"], values["lynx"], values["growth"])[:, ::SHOWN]
    return {"year": years.tolist(), "hares": hares.tolist(), "lynx": lynx.tolist()}


WIDGET = Widget[Values](
    name="predators",
    controls=(
        Slider("hares", 10, 60, 40),
        Slider("lynx", 4, 24, 9),
        Slider("growth", 0.5, 1.5, 1, step=0.1),
    ),
    readouts=(Readout("hares", "count"), Readout("lynx", "count"), Readout("period")),
    verdicts=("calm", "cycles"),
    simulate=simulate,
    dataset=dataset,
    tries=(Try("calm", {"hares": 20, "lynx": 10, "growth": 1}), Try("many", {"lynx": 24})),
)
