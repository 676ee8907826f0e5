"""What the chapter's cells print is what R printed for the same model, as both are kept."""

from __future__ import annotations

import json
import math

import pytest

from generator.catalog.scripts import columns
from tests.chapters.mixed_models.scripts import CELLS, DATA, FOLDER
from widgets.lmm import Posterior, brm

PRINTED = 5e-4
"""Relative: R prints four digits of the smaller numbers, and lme4's standard errors, from a Hessian
by differences, are good to about 1e-4."""

SMALL = 0.01
"""Relative, of p-values near 1e-5 or 1e-7: an error of 1e-4 in z = 5 is one of z² times as much."""

EFFECTIVE_DRAWS = 1000
"""Of the 4000 that brms drew; mice this few mix slowly."""

ROUNDED = 0.05
"""The script prints one decimal."""


def row(script: str, name: str) -> list[float]:
    """The numbers of the first row of that name in what a script printed."""
    lines = (FOLDER / f"{script}.txt").read_text().splitlines()
    found = next(line.split() for line in lines if line.startswith(f"{name} ") and "~" not in line)
    return [float(word) for word in found[1:] if word not in {"***", "**", "*", "."}]


@pytest.mark.parametrize("name", ["(Intercept)", "armnew", "decade"])
@pytest.mark.parametrize("stem", ["binary_outcome", "population_average"])
def test_estimates_errors_statistics_and_p_are_those_of_r(stem: str, name: str) -> None:
    *ours, p = row(f"{stem}.cell", name)
    *theirs, p_in_r = row(f"{stem}.R", name)
    assert ours == pytest.approx(theirs, rel=PRINTED, abs=PRINTED)
    assert p == pytest.approx(p_in_r, rel=SMALL)


def test_the_variance_between_clinics_is_that_of_r() -> None:
    def variance(script: str) -> list[float]:
        words = (FOLDER / f"{script}.txt").read_text().split()
        at = words.index("(Intercept)")
        return [float(word) for word in words[at + 1 : at + 3]]

    assert variance("binary_outcome.cell") == pytest.approx(
        variance("binary_outcome.R"), rel=PRINTED
    )


def test_mancl_and_derouen_is_that_of_statsmodels() -> None:
    lines = (FOLDER / "population_average.cell.txt").read_text().splitlines()
    ours = next(line.split()[2] for line in lines if line.startswith("MD"))
    theirs = (FOLDER / "population_average.py.txt").read_text().splitlines()
    assert ours == [line.split()[2] for line in theirs if line.startswith("new")][-1]


@pytest.fixture(scope="module")
def posterior() -> Posterior:
    """The posterior of the first four mice."""
    data = json.loads(columns(DATA / CELLS["few_mice.cell"]))
    few = {name: values[:20] for name, values in data.items()}
    return brm("expr ~ treat + time + (1 | mouse)", few, prior="normal(0, 1)")


@pytest.mark.parametrize(
    ("quantity", "in_brms"),
    [("treatdrug", "b_treatdrug"), ("time", "b_time"), ("sd", "sd_mouse__Intercept")],
)
def test_the_posterior_is_that_of_brms_but_for_chance(
    quantity: str, in_brms: str, posterior: Posterior
) -> None:
    # Four errors of simulation: of a mean, of a normal's SD, of two quantiles.
    sd = posterior.sd[quantity] / math.sqrt(EFFECTIVE_DRAWS)
    ours, theirs = row("few_mice.cell", quantity), row("few_mice.R", in_brms)
    spread = math.sqrt(0.025 * 0.975 / EFFECTIVE_DRAWS)
    ends = [spread / float(posterior.density(quantity, [end])[0]) for end in ours[2:]]
    for mine, other, error in zip(ours, theirs, [sd, sd, *ends], strict=True):
        assert mine == pytest.approx(other, abs=ROUNDED + 4 * error)
