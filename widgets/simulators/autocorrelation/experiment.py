"""Ten patients along time, their residuals an AR(1), and how often an interval misses the trend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.lmm.distributions import f as fisher
from widgets.lmm.distributions.quadratic_form import positive_probability
from widgets.lmm.linalg import cholesky_of_one, eigen

Floats = NDArray[np.float64]

PATIENTS = 10
ALPHA = 0.05
MOST_VISITS = 12
LEAST = 1e-12
"""Smaller weights are those of the directions that centring takes out."""


class Values(TypedDict):
    """What the reader sets."""

    model: str
    rho: float
    n_visits: int
    missed: float
    seed: int


@dataclass(frozen=True, slots=True)
class Visits:
    """Responses of all visits, shape (experiments, PATIENTS, n_visits), and which took place."""

    y: Floats
    seen: NDArray[np.bool_]

    @property
    def design(self) -> dict[str, Floats]:
        """Patient, visit and time from 0 to 1, one row a visit that took place."""
        patient, visit = np.nonzero(self.seen)
        last = self.seen.shape[1] - 1
        return {
            "patient": patient.astype(float),
            "visit": visit.astype(float),
            "time": visit / last,
        }

    @property
    def rows(self) -> Floats:
        """Responses of the visits that took place, shape (experiments, rows)."""
        return np.asarray(self.y[:, self.seen])


def draw(values: Values, rng: Generator, experiments: int) -> Visits:
    """Return visits without a trend, residuals of SD 1 and correlation ρ from visit to visit.

    The first and the last visit of a patient always take place.
    """
    visits, rho = values["n_visits"], values["rho"]
    chance = rng.random(size=(PATIENTS, MOST_VISITS))[:, :visits]
    seen = chance >= values["missed"]
    seen[:, [0, -1]] = True
    noise = rng.normal(size=(MOST_VISITS, experiments, PATIENTS))
    y = [noise[0]]
    for k in range(1, visits):
        y.append(rho * y[-1] + np.sqrt(1 - rho**2) * noise[k])
    return Visits(np.moveaxis(np.array(y), 0, 2), seen)


def miss_rate(rho: float, visits: int) -> float:
    """Return how often the interval of a random intercept misses the trend if no visit is missed.

    With P the centring of a patient's visits, s the unit vector of time and Σ the correlation, the
    trend is s'y summed over patients, the residual sum of squares y'Py less its square. Of the
    orthogonal combinations of patients the mean has both, the other nine the latter only, so the
    difference is a sum of weighted χ² (Imhof 1961, Biometrika 48:419). Rare samples that show no
    differences between patients are taken like the others.
    """
    times = np.arange(visits)
    factor = cholesky_of_one(rho ** np.abs(times[:, None] - times).astype(float))
    centring = np.eye(visits) - 1 / visits
    s = times - times.mean()
    trend = np.outer(s, s) / (s @ s)
    df = PATIENTS * (visits - 1) - 1
    bound = float(fisher.isf(ALPHA, 1, df)) / df
    mean = eigen(factor.T @ (trend - bound * (centring - trend)) @ factor)[0]
    others = -bound * eigen(factor.T @ centring @ factor)[0]
    weights = [*mean.tolist(), *others.tolist()]
    degrees = [1] * visits + [PATIENTS - 1] * visits
    kept = [k for k, weight in enumerate(weights) if abs(weight) > LEAST]
    return positive_probability(
        [weights[k] for k in kept], [degrees[k] for k in kept], [0] * len(kept)
    )
