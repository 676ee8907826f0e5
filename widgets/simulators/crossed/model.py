"""Crossed random effects: thirty readers of the same ten images are not three hundred judgements.

Reader r rates image i as a_r + b_i + e, with the reader's and the image's standard deviations and
e of SD 1; half of the images are of one kind, half of the other, which makes no difference. The
effect of kind varies from image to image, so images are what it has to be judged by (Clark 1973, J.
Verbal Learning Verbal Behav. 12:335; Baayen, Davidson & Bates 2008, J. Mem. Lang. 59:390).
"""

from __future__ import annotations

from typing import TypedDict

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import Choice, Readout, Result, Seed, Slider, Style, Table, Try, Widget
from widgets.lmm import lm, lmer
from widgets.lmm.distributions import f as fisher
from widgets.lmm.distributions.quadratic_form import positive_probability

Floats = NDArray[np.float64]

TRUTH = 0.0
ALPHA = 0.05
FORMULAS = {
    "none": "rating ~ kind",
    "reader": "rating ~ kind + (1 | reader)",
    "both": "rating ~ kind + (1 | reader) + (1 | image)",
}
COLUMNS = ("estimate", "se", "df", "t", "p", "low", "high")
PALEST, DARKEST = 6.0, 94.0
"""Shares of the accent colour, in percent, of the lowest and the highest rating."""

FARTHEST = 2.2
"""The rating, in standard deviations of all ratings, that has the darkest colour."""

GAP = 0.6
"""Between the ratings and the means at their margins, in rows and columns."""

BLURRED = 0.3
"""From here on, as a share of the variance between images, ratings blur the mean of an image."""

WIDEST = 1.5
"""The axis of the effect reaches at least this far from 0."""

FALSE_ALARM = 4
"""A seed on which the model with readers alone finds a difference at the opening setting."""


class Values(TypedDict):
    """What the reader sets."""

    terms: str
    sd_image: float
    sd_reader: float
    n_readers: int
    n_images: int
    seed: int


def draw(values: Values, rng: Generator, experiments: int = 1) -> Floats:
    """Return ratings, shape (experiments, n_readers, n_images), images of the first kind first."""
    readers, images = values["n_readers"], values["n_images"]
    of_image = values["sd_image"] * rng.normal(size=(experiments, 1, images))
    of_reader = values["sd_reader"] * rng.normal(size=(experiments, readers, 1))
    return np.asarray(of_image + of_reader + rng.normal(size=(experiments, readers, images)))


def layout(values: Values) -> dict[str, NDArray[np.intp]]:
    """Return reader, image and kind (0 or 1) of each rating."""
    reader, image = np.divmod(
        np.arange(values["n_readers"] * values["n_images"]), values["n_images"]
    )
    return {"reader": reader, "image": image, "kind": (image >= values["n_images"] // 2) * 1}


def miss_rates(values: Values) -> dict[str, float]:
    """Return how often the intervals that forget images miss the truth.

    The sum of squares of kind is λ χ²₁ with λ = 1 + R τ²; that of images of a kind λ χ² with I - 2
    degrees of freedom, of readers (1 + I ω²) χ² with R - 1, of the rest χ² with (R - 1)(I - 1). The
    interval misses where the first exceeds F / df times those that its model takes for error. Rare
    samples that show no differences between readers are taken like the others.
    """
    readers, images = values["n_readers"], values["n_images"]
    of_image = 1 + readers * values["sd_image"] ** 2
    of_reader = 1 + images * values["sd_reader"] ** 2
    rest = (readers - 1) * (images - 1)
    rates = {}
    for name, reader_df in (("none", readers - 1), ("reader", 0)):
        df = images - 2 + rest + reader_df
        bound = float(fisher.isf(ALPHA, 1, df)) / df
        rates[name] = positive_probability(
            [of_image, -bound * of_image, -bound, -bound * of_reader],
            [1, images - 2, rest, reader_df],
            [0] * 4,
        )
    return rates


def simulate(values: Values, rng: Generator) -> Result:
    """Return the difference between kinds under three models, and the ratings."""
    ratings = draw(values, rng)[0]
    data = layout(values) | {"rating": ratings.ravel()}
    effects = {"none": lm(FORMULAS["none"], data).coefficients()["kind"]}
    for name in ("reader", "both"):
        effects[name] = lmer(FORMULAS[name], data).coefficients("Kenward-Roger")["kind"]
    chosen = effects[values["terms"]]
    rates = miss_rates(values)
    readouts: dict[str, float | None] = {
        f"{name}.{column}": float(getattr(effect, column))
        for name, effect in effects.items()
        for column in COLUMNS
    }
    readouts |= {"n_ratings": ratings.size} | {f"{name}.miss": rate for name, rate in rates.items()}
    missed = chosen.low > TRUTH or chosen.high < TRUTH
    return Result(
        readouts=readouts,
        verdict=_verdict(values, rates, missed=missed),
        tables=_heat_map(ratings) | _intervals(readouts, values["terms"]),
    )


def _verdict(values: Values, rates: dict[str, float], *, missed: bool) -> str:
    terms = values["terms"]
    if values["sd_image"] == 0:
        return f"alike_{terms}"
    if terms == "none" and rates["none"] < ALPHA:
        return "none_timid"
    blurred = 1 / values["n_readers"] > BLURRED * values["sd_image"] ** 2
    if terms == "both" and not missed and blurred:
        return "both_blurred"
    return f"{terms}_{'miss' if missed else 'hold'}"


def _heat_map(ratings: Floats) -> dict[str, Table]:
    """Return a rectangle for each rating, and for the mean of each image and each reader."""
    readers, images = ratings.shape
    row, column = np.divmod(np.arange(ratings.size), images)
    x = np.concatenate([column, np.arange(images), np.full(readers, images + GAP)])
    y = np.concatenate([row, np.full(images, readers + GAP), np.arange(readers)])
    level = np.concatenate([ratings.ravel(), ratings.mean(axis=0), ratings.mean(axis=1)])
    depth = np.clip((level - ratings.mean()) / (FARTHEST * ratings.std()), -1, 1)
    shade = PALEST + (DARKEST - PALEST) * (depth + 1) / 2
    return {
        "ratings": {
            "x": x.tolist(),
            "x2": (x + 1).tolist(),
            "y": y.tolist(),
            "y2": (y + 1).tolist(),
            "shade": np.round(shade, 1).tolist(),
        },
        "heat_frame": {"x": [0.0, images + 1 + GAP], "y": [0.0, readers + 1 + GAP]},
        "kinds": {"x": [images / 4, 3 * images / 4], "kind": [0, 1]},
        "halves": {"x": [images / 2]},
    }


def _intervals(readouts: dict[str, float | None], terms: str) -> dict[str, Table]:
    """Return the three intervals, the chosen one marked, the truth and the ends of the axis."""
    columns = {
        column: [readouts[f"{name}.{column}"] or 0.0 for name in FORMULAS]
        for column in ("estimate", "low", "high")
    }
    reach = max(WIDEST, *(abs(end) for end in (*columns["low"], *columns["high"])))
    return {
        "intervals": {
            "method": list(FORMULAS),
            **columns,
            "chosen": [int(name == terms) for name in FORMULAS],
        },
        "effect_frame": {"effect": [-reach, reach]},
        "truth": {"effect": [TRUTH]},
    }


def dataset(values: Values, rng: Generator) -> Table:
    """Return the sample behind the figure, one row a rating."""
    design = layout(values)
    return {
        "reader": (design["reader"] + 1).tolist(),
        "image": (design["image"] + 1).tolist(),
        "kind": design["kind"].tolist(),
        "rating": draw(values, rng).ravel().tolist(),
    }


STYLES: dict[str, Style] = {"df": "df", "p": "p"}

WIDGET = Widget[Values](
    name="crossed",
    controls=(
        Choice("terms", tuple(FORMULAS), "reader"),
        Slider("sd_image", 0, 2, 0.5, step=0.1),
        Slider("sd_reader", 0, 2, 1, step=0.1),
        Slider("n_readers", 3, 40, 30),
        Slider("n_images", 4, 24, 10, step=2),
        Seed(default=FALSE_ALARM),
    ),
    readouts=(
        *(
            Readout(f"{name}.{column}", STYLES.get(column, "decimal"))
            for name in FORMULAS
            for column in COLUMNS
        ),
        Readout("n_ratings", "count"),
        Readout("none.miss", "percent"),
        Readout("reader.miss", "percent"),
    ),
    verdicts=(
        *(f"alike_{name}" for name in FORMULAS),
        "none_timid",
        "both_blurred",
        *(f"{name}_{found}" for name in FORMULAS for found in ("miss", "hold")),
    ),
    comparison=tuple(FORMULAS),
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("both", {"terms": "both"}),
        Try("none", {"terms": "none"}),
        Try("more_images", {"n_images": 24}),
        Try("images_alike", {"sd_image": 0}),
    ),
)
