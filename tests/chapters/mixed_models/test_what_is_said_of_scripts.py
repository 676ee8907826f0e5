"""What the text says in words of numbers that the scripts print."""

from __future__ import annotations

import pandas as pd
import pytest
import statsmodels.formula.api as smf
from statsmodels.tools.sm_exceptions import ConvergenceWarning

from tests.chapters.mixed_models.scripts import DATA, FOLDER, numbers, output
from widgets.lmm import lmer


def row(script: str, name: str) -> list[float]:
    """The numbers of the first line that begins with a name."""
    lines = output(FOLDER / script).read_text(encoding="utf-8").splitlines()
    return numbers(next(line.removeprefix(name) for line in lines if line.startswith(name)))


def test_the_ratio_tests_p_is_half_of_kenward_and_rogers() -> None:
    chisq = row("likelihood_ratio.R", "full ")[-1]
    f = row("degrees_of_freedom.R", "Ftest")[-1]
    assert chisq / f == pytest.approx(0.5, abs=0.05)
    assert row("likelihood_ratio.py", "chi2")[-1] == pytest.approx(chisq, abs=1e-4)


def test_variational_bayes_is_less_than_half_as_uncertain_as_glmer() -> None:
    estimate, se, *_ = row("binary_outcome.R", "armnew")
    mean, sd = row("binary_outcome.py", "new")
    assert mean == pytest.approx(estimate, rel=0.05)
    assert sd < se / 2


@pytest.mark.filterwarnings("ignore:Retrying")
def test_statsmodels_left_to_itself_ends_short_of_the_optimum() -> None:
    mice = pd.read_csv(DATA / "mice.csv")
    model = smf.mixedlm("expr ~ time", mice, groups="mouse", re_formula="~time")
    with pytest.warns(ConvergenceWarning):
        left_to_itself = model.fit()
    assert left_to_itself.llf < model.fit(method="lbfgs").llf - 1e-3


def test_gee_is_a_little_nearer_to_one_than_glmer() -> None:
    within, over_all = (
        row("binary_outcome.R", "armnew")[0],
        row("population_average.R", "armnew")[0],
    )
    assert 0.9 * within < over_all < within


def test_drug_and_time_have_the_degrees_of_freedom_of_the_question() -> None:
    assert row("read_this.R", "treatdrug")[2] == 12 - 2
    assert row("read_this.R", "time")[2] == 60 - 12 - 1


def test_a_drug_switched_within_mice_shares_the_degrees_of_freedom_of_time() -> None:
    mice = pd.read_csv(DATA / "mice.csv")
    number = mice["mouse"].str.removeprefix("M").astype(int)
    mice["treat"] = (mice["time"] + number) % 2
    tests = lmer("expr ~ treat + time + (1 | mouse)", {**mice}).coefficients()
    assert [round(tests[name].df) for name in ("treat", "time")] == [60 - 12 - 2] * 2


def test_ar1_is_a_gain_only_without_random_slopes() -> None:
    names = ("levels", "levels_ar1", "slopes", "slopes_ar1")
    aic = {name: row("along_time.R", f"{name} ")[2] for name in names}
    assert aic["levels_ar1"] < aic["levels"] - 10
    assert aic["slopes_ar1"] > aic["slopes"]


def test_few_mice_leave_the_drug_far_to_either_side_of_zero() -> None:
    *_, low, high = row("few_mice.R", "b_treatdrug")
    assert low < -1
    assert high > 1


def test_counts_with_many_zeros_want_scatter_and_zeros() -> None:
    aic = {model: row("many_zeros.R", f"{model} ")[-1] for model in ("p", "nb", "zi")}
    assert aic["zi"] < aic["nb"] < aic["p"]
