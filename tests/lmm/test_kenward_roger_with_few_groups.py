"""Kenward-Roger where there are hardly any degrees of freedom, against pbkrtest."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from validation.cases import Case, read
from widgets.lmm import lmer

FEW = read("few_groups.json")
"""Five mice in three arms: the first balanced, the others with a few rows lost."""


@pytest.mark.parametrize("case", FEW, ids=["balanced", "near two", "near two", "near two"])
def test_the_f_test_of_five_mice_in_three_arms_is_that_of_pbkrtest(case: Case) -> None:
    row = lmer("y ~ arm + (1 | mouse)", case["data"]).anova("Kenward-Roger")["arm"]
    # pbkrtest starts from theta as bobyqa leaves it, good to about six digits
    assert row.dendf == pytest.approx(case["dendf"], rel=1e-5)
    assert pytest.approx(case["F"], rel=1e-5) == row.F
    assert row.p == pytest.approx(case["p"], rel=1e-5)


def test_near_two_degrees_of_freedom_f_is_not_scaled() -> None:
    near = [case for case in FEW if 1e-4 < abs(case["dendf"] - 2) < 1e-2]
    assert len(near) == 3
    assert all(case["scale"] == 1 for case in near)


def test_two_contrasts_within_four_mice_have_two_degrees_of_freedom() -> None:
    # 0/0 in the published expression, which rounding must not decide
    rng = np.random.default_rng(1)
    mouse, dose = np.repeat(np.arange(4), 9), np.tile(np.repeat(list("abc"), 3), 4)
    for _ in range(12):
        y = rng.normal(size=36) + rng.normal(size=(4, 3))[mouse, np.tile(np.arange(9) // 3, 4)]
        fit = lmer("y ~ dose + (dose | mouse)", {"y": y, "dose": dose, "mouse": mouse})
        if not fit.is_singular:
            assert fit.anova("Kenward-Roger")["dose"].dendf == pytest.approx(2, abs=1e-6)


def four_mice() -> dict[str, Any]:
    """A slope for each of three arms, and four mice: more hypotheses than the mice can carry."""
    rng = np.random.default_rng(18)
    mouse = np.repeat(np.arange(4), 9)
    x = rng.normal(size=36)
    y = rng.normal(size=36) + rng.normal(size=4)[mouse] * x
    return {"y": y, "x": x, "arm": np.array(list("abca"))[mouse], "mouse": mouse}


def test_no_degrees_of_freedom_are_none_rather_than_less() -> None:
    rows = lmer("y ~ arm * x + (x | mouse)", four_mice()).anova("Kenward-Roger")
    assert rows["arm:x"].dendf == 0
    assert math.isnan(rows["arm:x"].p)
