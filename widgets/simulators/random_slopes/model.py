"""Random slopes: eight patients along time, and how well two models know their average.

Patient i at time t between 0 and 1 has b0_i + b1_i t + e, with independent b0 of SD 1, b1 of the
reader's SD and e of SD 1/2; on average nothing changes. A model with random intercepts alone
counts every visit as news of the average slope; the model with random slopes counts patients.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Choice, Readout, Result, Seed, Slider, Style, Table, Try, Widget
from widgets.lmm import LinearMixedModel, lmer
from widgets.lmm.distributions import f as fisher
from widgets.lmm.distributions.quadratic_form import positive_probability

Floats = NDArray[np.float64]

PATIENTS = 8
SD_INTERCEPTS, SD_RESIDUAL = 1.0, 0.5
TRUTH = 0.0
LEVEL = 0.95
MODELS = {"intercepts": "y ~ time + (1 | patient)", "slopes": "y ~ time + (1 + time | patient)"}
COLUMNS = ("estimate", "se", "df", "t", "p", "low", "high")
FRAME, WIDEST = 3.0, 2.0
"""The axes reach at least so far from 0, so that they rest while sliders move."""

BLURRED = 0.3
"""From here on, as a share of the variance between slopes, visits blur the slope of a patient."""

FALSE_ALARM = 14
"""A seed whose average, judged by intercepts alone, seems to change at the opening setting."""


class Values(TypedDict):
    """What the reader sets."""

    model: str
    sd_slopes: float
    n_visits: int
    seed: int


@dataclass(frozen=True, slots=True)
class Visits:
    """Times, shape (n_visits,), and responses, shape (PATIENTS, n_visits)."""

    time: Floats
    y: Floats

    @property
    def data(self) -> dict[str, Floats]:
        """One row a visit."""
        patients, visits = self.y.shape
        return {
            "patient": np.repeat(np.arange(1.0, patients + 1), visits),
            "time": np.tile(self.time, patients),
            "y": self.y.ravel(),
        }


def draw(values: Values, rng: Generator) -> Visits:
    """Return the visits; patients keep their random numbers at every setting."""
    intercepts = SD_INTERCEPTS * rng.normal(size=(PATIENTS, 1))
    slopes = TRUTH + values["sd_slopes"] * rng.normal(size=(PATIENTS, 1))
    time = np.linspace(0, 1, values["n_visits"])
    noise = SD_RESIDUAL * rng.normal(size=(PATIENTS, len(time)))
    return Visits(time, intercepts + slopes * time + noise)


def visit_noise(n_visits: int) -> float:
    """Return the variance that visits alone give the slope of one patient, σ² / Sₜₜ."""
    time = np.linspace(0, 1, n_visits)
    return SD_RESIDUAL**2 / float(((time - time.mean()) ** 2).sum())


def miss_rate(sd_slopes: float, n_visits: int) -> float:
    """Return how often the interval of random intercepts alone misses the average slope.

    Its residual sum of squares is that of the patients' slopes about their mean, λ χ²₇ with
    λ = σ² + SD² Sₜₜ, and σ² χ² with J (V - 2) degrees of freedom; the average slope has λ χ²₁. The
    interval misses where that exceeds F / df times their sum (Imhof 1961, Biometrika 48:419). The
    rare samples that show no differences between intercepts are taken like the others.
    """
    noise = SD_RESIDUAL**2
    of_slopes = noise * (1 + sd_slopes**2 / visit_noise(n_visits))
    within = PATIENTS * (n_visits - 2)
    df = within + PATIENTS - 1
    bound = float(fisher.isf(1 - LEVEL, 1, df)) / df
    return positive_probability(
        [of_slopes, -bound * of_slopes, -bound * noise], [1, PATIENTS - 1, within], [0] * 3
    )


def simulate(values: Values, rng: Generator) -> Result:
    """Return the average slope under both models, and the lines of the chosen one."""
    visits = draw(values, rng)
    fits = {name: lmer(formula, visits.data) for name, formula in MODELS.items()}
    slopes = {name: fit.coefficients("Kenward-Roger")["time"] for name, fit in fits.items()}
    chosen = slopes[values["model"]]
    missed = chosen.low > TRUTH or chosen.high < TRUTH
    readouts = {
        f"{name}.{column}": float(getattr(slope, column))
        for name, slope in slopes.items()
        for column in COLUMNS
    }
    return Result(
        readouts=readouts | {"miss_rate": miss_rate(values["sd_slopes"], values["n_visits"])},
        verdict=_verdict(values, missed=missed),
        notes=("singular",) if fits["slopes"].is_singular else (),
        tables=_lines(visits, fits[values["model"]], (chosen.low, chosen.high))
        | _intervals(readouts, values["model"]),
    )


def _verdict(values: Values, *, missed: bool) -> str:
    if values["sd_slopes"] == 0:
        return f"alike_{values['model']}"
    verdict = f"{values['model']}_{'miss' if missed else 'hold'}"
    blurred = visit_noise(values["n_visits"]) > BLURRED * values["sd_slopes"] ** 2
    return "slopes_blurred" if verdict == "slopes_hold" and blurred else verdict


def _lines(visits: Visits, fit: LinearMixedModel, ends: tuple[float, float]) -> dict[str, Table]:
    """Return visits, the fitted line of each patient, and the average with its slopes' band."""
    data = visits.data
    hue = np.mod(250 + 137.508 * np.arange(PATIENTS), 360)
    fitted = np.asarray(fit.fitted).reshape(visits.y.shape)[:, [0, -1]]
    reach = max(FRAME, float(np.ceil(np.abs(visits.y).max())))
    middle = fit.fixef["(Intercept)"] + 0.5 * fit.fixef["time"]
    return {
        "visits": {
            "time": data["time"].tolist(),
            "y": data["y"].tolist(),
            "hue": np.repeat(hue, len(visits.time)).tolist(),
        },
        "lines": {
            "start": [0.0] * PATIENTS,
            "end": [1.0] * PATIENTS,
            "y": fitted[:, 0].tolist(),
            "y2": fitted[:, 1].tolist(),
            "hue": hue.tolist(),
        },
        "average": {
            "time": [0.0, 0.5, 1.0],
            "y": [middle + fit.fixef["time"] * (t - 0.5) for t in (0, 0.5, 1)],
            "low": [middle + ends[0] * (t - 0.5) for t in (0, 0.5, 1)],
            "high": [middle + ends[1] * (t - 0.5) for t in (0, 0.5, 1)],
        },
        "frame": {"time": [0.0, 1.0], "y": [-reach, reach]},
    }


def _intervals(readouts: dict[str, float], model: str) -> dict[str, Table]:
    """Return both intervals, the chosen one marked, the truth and the ends of the axis."""
    ends = [abs(readouts[f"{name}.{end}"]) for name in MODELS for end in ("low", "high")]
    reach = max(WIDEST, float(np.ceil(max(ends))))
    return {
        "intervals": {
            "method": list(MODELS),
            **{
                column: [readouts[f"{name}.{column}"] for name in MODELS]
                for column in ("estimate", "low", "high")
            },
            "chosen": [int(name == model) for name in MODELS],
        },
        "effect_frame": {"effect": [-reach, reach]},
        "truth": {"effect": [TRUTH]},
    }


def dataset(values: Values, rng: Generator) -> Table:
    """Return the sample behind the figure, one row a visit."""
    data = draw(values, rng).data
    return {name: column.tolist() for name, column in data.items()} | {
        "patient": data["patient"].astype(int).tolist()
    }


STYLES: dict[str, Style] = {"df": "df", "p": "p"}

WIDGET = Widget[Values](
    name="random-slopes",
    controls=(
        Choice("model", tuple(MODELS), "intercepts"),
        Slider("sd_slopes", 0, 2, 1, step=0.1),
        Slider("n_visits", 3, 40, 10),
        Seed(default=FALSE_ALARM),
    ),
    readouts=(
        *(
            Readout(f"{model}.{column}", STYLES.get(column, "decimal"))
            for model in MODELS
            for column in COLUMNS
        ),
        Readout("miss_rate", "percent"),
    ),
    verdicts=(
        "alike_intercepts",
        "alike_slopes",
        "intercepts_miss",
        "intercepts_hold",
        "slopes_miss",
        "slopes_hold",
        "slopes_blurred",
    ),
    notes=("singular",),
    comparison=tuple(MODELS),
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("slopes", {"model": "slopes"}),
        Try("more_visits", {"n_visits": 40}),
        Try("more_visits_slopes", {"n_visits": 40, "model": "slopes"}),
        Try("parallel", {"sd_slopes": 0}),
    ),
)
