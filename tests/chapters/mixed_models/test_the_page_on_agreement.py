"""Readers who run the R of the page find the simulator's numbers."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from chapters.mixed_models.values.agreement import difference, values
from tests.chapters.mixed_models.scripts import FOLDER, numbers, output
from widgets.host import simulate
from widgets.simulators import load

CONTENT = Path(__file__).parents[3] / "content"
R = {
    line.split()[0]: numbers(line.removeprefix(line.split()[0]))
    for line in output(FOLDER / "nested.R").read_text().splitlines()
    if line.split()
}


@pytest.fixture(scope="module")
def readouts() -> dict[str, float | None]:
    return dict(simulate(load("nested"), {}).readouts)


def test_r_prints_the_mixed_models_row(readouts: dict[str, float | None]) -> None:
    row = [readouts[f"mixed.{name}"] for name in ("estimate", "se", "df", "t", "p")]
    assert R["treatmenttreated"] == pytest.approx(row, rel=1e-6)


def test_r_prints_the_standard_deviations(readouts: dict[str, float | None]) -> None:
    assert R["mouse"] == pytest.approx([readouts["sd_between.estimated"]], rel=1e-4)
    assert R["Residual"] == pytest.approx([readouts["sd_within.estimated"]], rel=1e-4)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_names_the_button_as_it_is_written(language: str) -> None:
    words = tomllib.loads((CONTENT / language / "interface.toml").read_text("utf-8"))
    page = (CONTENT / language / "agreement.md").read_text("utf-8")
    assert words["simulator"]["download_csv"] in page


def test_the_models_of_the_tables_add_up_to_those_that_the_page_counts() -> None:
    told = values()
    linear = ("lmer.loglik", "lm.se", "ar1.loglik")
    others = ("laplace.loglik", "quadrature.loglik", "glmmtmb.loglik", "gee.coefficients")
    assert sum(int(told[f"{kind}.models"]) for kind in linear + others) == int(told["models"])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3e-13, "<\u00a010⁻⁹"),
        (1.2e-9, "2\u00a0×\u00a010⁻⁹"),
        (9.6e-9, "1\u00a0×\u00a010⁻⁸"),
        (3.4e-4, "4\u00a0×\u00a010⁻⁴"),
        (1.78, "1.8"),
    ],
)
def test_a_difference_is_rounded_up(value: float, written: str) -> None:
    assert difference(value) == written
