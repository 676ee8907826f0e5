"""Mice and cells: the same data as 120 independent cells, and as 6 mice."""

from __future__ import annotations

import math

from numpy.random import Generator

from widgets.contract import Choice, Readout, Result, Seed, Slider, Style, Table, Try, Widget
from widgets.simulators.nested import figure
from widgets.simulators.nested.analyses import (
    COLUMNS,
    METHODS,
    Analysis,
    Answer,
    analyse,
    icc,
    sds,
)
from widgets.simulators.nested.experiment import Floats, Values, draw, layout
from widgets.simulators.nested.repeats import REPEATS

ALPHA = 0.05

TYPICAL = 205
"""Of the seeds 1 to 300, the one whose sample at the defaults lies nearest the medians of the two
p-values, the estimate, its standard error and the ICC: the first picture is nobody's lucky draw."""


def simulate(values: Values, rng: Generator) -> Result:
    """Return one experiment with its three analyses."""
    design = layout(values)
    y = draw(values, rng, experiments=1)[:, 0]
    analysis = analyse(values, design, y)
    return Result(
        readouts=_readouts(values, analysis),
        verdict=_verdict(values, analysis),
        notes=_notes(values, analysis),
        tables=figure.superplot(values, design, y)
        | figure.intervals(analysis.answers, values["beta"]),
    )


def _readouts(values: Values, analysis: Analysis) -> dict[str, float | None]:
    readouts = {
        f"{method}.{column}": analysis.answers[method][column]
        for method in METHODS
        for column in COLUMNS
    }
    true = icc(values["sd_between"], values["sd_within"]) or 0.0
    between, within = sds(analysis.model)
    n_cells = values["n_mice"] * values["m_cells"]
    de = _design_effect(values, true)
    return readouts | {
        "icc.true": true,
        "icc.estimated": icc(between, within),
        "design_effect": de,
        "n_cells": n_cells,
        "n_effective": n_cells / de,
        "sd_between.estimated": between,
        "sd_within.estimated": within,
    }


def _design_effect(values: Values, true_icc: float) -> float:
    """Return the variance of the treatment effect over its variance with as many independent cells.

    Between mice it is 1 + (m - 1) ICC (Donner & Klar 2000, ch. 5). Within mice the mouse cancels
    in every difference, which leaves 1 - ICC: there a cell is worth more than an independent one.
    """
    if values["design"] == "within":
        return 1 - true_icc
    return 1 + (values["m_cells"] - 1) * true_icc


def _verdict(values: Values, analysis: Analysis) -> str:
    ols, mixed = analysis.answers["ols"]["p"], analysis.answers["mixed"]["p"]
    if ols is None or mixed is None:
        return "not_estimable"
    found = {(True, True): "both", (True, False): "only_ols", (False, True): "only_mixed"}
    verdict = f"{values['design']}_{found.get((ols < ALPHA, mixed < ALPHA), 'neither')}"
    narrower = _width(analysis.answers["mixed"]) < _width(analysis.answers["ols"])
    return "within_both_alike" if verdict == "within_both" and not narrower else verdict


def _width(answer: Answer) -> float:
    """Return how wide the interval of an answer is; infinite if it has none."""
    low, high = answer["low"], answer["high"]
    return math.inf if low is None or high is None else high - low


def _notes(values: Values, analysis: Analysis) -> tuple[str, ...]:
    applies = {
        "singular": analysis.model is not None and analysis.model.is_singular,
        "own_control": values["design"] == "within" and values["sd_between"] > 0,
        "unequal_arms": values["design"] == "between" and values["n_mice"] % 2 == 1,
        "not_all_drawn": figure.drawn_cells(values) < values["m_cells"],
    }
    return tuple(note for note, does in applies.items() if does)


def dataset(values: Values, rng: Generator) -> Table:
    """Return the sample behind the figure, one row a cell."""
    design = layout(values)
    y: Floats = draw(values, rng, experiments=1)[:, 0]
    return {
        "mouse": (design.mouse + 1).tolist(),
        "treatment": design.treatment,
        "y": y.tolist(),
    }


STYLES: dict[str, Style] = {"df": "df", "p": "p"}

WIDGET = Widget[Values](
    name="nested",
    controls=(
        Choice("design", ("between", "within"), "between"),
        Slider("n_mice", 2, 40, 6),
        Slider("m_cells", 2, 200, 20),
        Slider("beta", 0, 3, 1, step=0.1),
        Slider("sd_between", 0, 3, 1, step=0.1),
        Slider("sd_within", 0.2, 3, 1, step=0.1),
        Seed(default=TYPICAL),
    ),
    readouts=(
        *(
            Readout(f"{method}.{column}", STYLES.get(column, "decimal"))
            for method in METHODS
            for column in COLUMNS
        ),
        Readout("icc.true"),
        Readout("icc.estimated"),
        Readout("design_effect"),
        Readout("n_cells", "count"),
        Readout("n_effective", "effective"),
        Readout("sd_between.estimated"),
        Readout("sd_within.estimated"),
    ),
    verdicts=(
        "not_estimable",
        *(
            f"{design}_{found}"
            for design in ("between", "within")
            for found in ("both", "only_ols", "only_mixed", "neither")
        ),
        "within_both_alike",
    ),
    notes=("singular", "own_control", "unequal_arms", "not_all_drawn"),
    comparison=METHODS,
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("calm_mice", {"sd_between": 0.2}),
        Try("different_mice", {"sd_between": 2.5}),
        Try("three_mice", {"n_mice": 3, "m_cells": 100}),
        Try("no_effect", {"beta": 0}, repeat=True),
        Try("within_mice", {"design": "within"}),
    ),
    repeats=REPEATS,
)
