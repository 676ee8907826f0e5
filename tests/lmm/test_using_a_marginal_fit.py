"""What a marginal fit can be asked."""

from __future__ import annotations

import numpy as np
import pytest

from validation.cases import all_cases, data_of
from validation.fits import marginal_fit
from widgets.lmm import geeglm

OHIO = all_cases()["ohio-gee-exchangeable"]


def test_the_summary_shows_what_geepack_shows() -> None:
    text = marginal_fit(OHIO).summary()
    expected = OHIO["expected"]
    for name in expected["coef_names"]:
        (line,) = [line for line in text.splitlines() if line.startswith(f"{name} ")]
        cells = line.split()
        assert float(cells[1]) == pytest.approx(expected["coef"][name], rel=1e-4)
        assert float(cells[2]) == pytest.approx(expected["se_robust"][name], rel=1e-4)
        assert float(cells[3]) == pytest.approx(expected["wald_chisq"][name], abs=5e-4)
    assert "Correlation structure: exchangeable" in text
    assert f"Estimated correlation: {expected['alpha']:.5f}" in text
    assert "Number of clusters: 537, maximum cluster size: 4" in text


def test_a_corrected_summary_names_the_correction_and_its_degrees_of_freedom() -> None:
    text = marginal_fit(OHIO).summary("KC")
    assert "Kauermann and Carroll's correction" in text
    assert " 533.0000 " in text


def test_predictions_of_the_same_rows_are_the_fitted_values() -> None:
    case = all_cases()["respiratory-gee-ar1"]
    fit = marginal_fit(case)
    assert fit.predict(data_of(case), type="response") == pytest.approx(fit.fitted, rel=1e-12)


def test_predictions_add_the_offset() -> None:
    rng = np.random.default_rng(3)
    data = {"y": rng.poisson(4, 30), "t": rng.uniform(1, 3, 30), "g": np.arange(30) // 3}
    fit = geeglm("y ~ offset(log(t))", data, "g", "poisson")
    assert fit.predict({"t": [2.0, 4.0]}, type="response") == pytest.approx(
        np.exp(fit.fixef["(Intercept)"]) * np.array([2, 4])
    )


def test_the_reference_can_be_chosen() -> None:
    fit = marginal_fit(OHIO)
    plain, student = fit.coefficients(), fit.coefficients(reference="t")
    assert {row.df for row in student.values()} == {533.0}
    for name, row in plain.items():
        assert student[name].se == row.se
        assert student[name].p > row.p


def test_intervals_are_those_of_the_coefficients() -> None:
    fit = marginal_fit(OHIO)
    for name, row in fit.coefficients("KC", level=0.9).items():
        interval = fit.confint("KC", level=0.9)[name]
        assert (interval.low, interval.high) == (row.low, row.high)


def test_clusters_may_be_given_as_values() -> None:
    data = data_of(OHIO)
    fit = geeglm(OHIO["formula"], data, data["id"], OHIO["family"])  # type: ignore[arg-type]
    assert fit.fixef == marginal_fit(OHIO).fixef
    assert fit.ngroups == {"id": 537}


def test_a_fit_says_in_one_line_what_it_is() -> None:
    assert repr(marginal_fit(OHIO)) == "<fit of 'resp ~ age * smoke': 537 clusters, exchangeable>"
