"""Estimated means and slopes: what cannot be asked, and what must hold whatever the data."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import scipy.stats

from widgets.lmm import MethodError, ModelError, emmeans, emtrends, geeglm, glmer, lm, lmer
from widgets.lmm.distributions import studentised_range
from widgets.lmm.means.adjust import Adjust


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    rng = np.random.default_rng(3)
    g = np.repeat(np.arange(12), 6)
    drug = np.array(["high", "low", "none"])[g % 3]
    sex = np.array(["f", "m"])[rng.integers(0, 2, 72)]
    x = rng.uniform(1, 5, 72)
    y = 2 + (drug == "low") + 0.3 * x + rng.normal(size=12)[g] + rng.normal(size=72)
    return {"y": y, "drug": drug, "sex": sex, "x": x, "g": g, "z": (y > 3.5).astype(float)}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"specs": "dose"}, "specs: 'dose' is no variable of the fixed effects, which have drug"),
        ({"specs": []}, "specs must name at least one variable"),
        ({"specs": 3}, "specs must be a variable or a list of them, not 3"),
        ({"specs": "drug", "by": "g"}, "by: 'g' is no variable"),
        ({"specs": "drug", "at": {"dose": 1}}, "at: 'dose' is no variable"),
        ({"specs": "drug", "at": [1]}, "at must give values by column"),
        ({"specs": "drug", "at": {"x": "much"}}, "at: the values of 'x' must hold numbers"),
        ({"specs": "drug", "at": {"x": [np.nan]}}, "must be at least one, and finite"),
        ({"specs": "drug", "at": {"sex": "q"}}, "at: 'sex' has no level 'q'; it has f, m"),
        ({"specs": "drug", "type": "odds"}, "type must be one of 'link', 'response'"),
        ({"specs": "drug", "ddf": "containment"}, "ddf must be one of"),
        ({"specs": "drug", "level": 95}, "level must lie between 0 and 1"),
    ],
)
def test_what_no_mean_has_is_refused(
    data: dict[str, Any], arguments: dict[str, Any], said: str
) -> None:
    fit = lmer("y ~ drug + sex + x + (1 | g)", data)
    with pytest.raises(ModelError, match=re.escape(said)):
        emmeans(fit, **arguments)


def test_what_no_contrast_is_is_refused(data: dict[str, Any]) -> None:
    means = emmeans(lm("y ~ drug * sex", data), "drug")
    for call, said in (
        (lambda: means.pairs("scheffe"), "adjust must be one of"),  # type: ignore[arg-type]
        (lambda: means.contrast("dunnett"), "method must be one of"),
        (lambda: means.contrast(ref="some"), "ref must be one of the means, high, low, none"),
        (lambda: means.contrast(adjust="tukey"), "adjust='tukey' is for all pairs"),
        (lambda: means.contrast("eff", ref="low"), "ref is for 'trt.vs.ctrl'"),
        (lambda: means.contrast({"a": [1, -1]}), "needs 3 finite weights"),
        (lambda: emmeans(lm("y ~ drug", data), "drug", at={"drug": "low"}).pairs(), "only one"),
        (lambda: emmeans("fit", "drug"), "a fit of lm, gls, lmer"),
        (lambda: emtrends(lm("y ~ drug * x", data), "drug", "sex"), "var: 'sex' is no variable"),
        (lambda: emtrends(lm("y ~ drug * sex", data), "drug", "sex"), "there is no slope"),
    ):
        with pytest.raises(MethodError, match=re.escape(said)):
            call()


def test_means_of_one_factor_are_its_cells_means(data: dict[str, Any]) -> None:
    rows = emmeans(lm("y ~ drug", data), "drug").rows
    for row in rows:
        assert row.estimate == pytest.approx(data["y"][data["drug"] == row.levels["drug"]].mean())


def test_means_do_not_depend_on_the_contrasts(data: dict[str, Any]) -> None:
    formula = "y ~ drug * sex + log(x) + (1 | g)"
    usual = emmeans(lmer(formula, data), "drug").pairs()
    coded = lmer(formula, data, contrasts={"drug": "helmert", "sex": "sum"})
    for one, other in zip(usual, emmeans(coded, "drug").pairs(), strict=True):
        assert one.estimate == pytest.approx(other.estimate, abs=1e-8)
        assert one.p == pytest.approx(other.p, rel=1e-6)


def test_a_covariate_stands_at_its_mean_before_its_logarithm_is_taken(
    data: dict[str, Any],
) -> None:
    fit = lm("y ~ drug + log(x)", data)
    given = emmeans(fit, "drug", at={"x": float(data["x"].mean())})
    assert emmeans(fit, "drug").rows == given.rows
    slope = emtrends(fit, "drug", "x", at={"x": 2.0}).rows[0]
    assert slope.estimate == pytest.approx(fit.fixef["log(x)"] / 2, rel=1e-6)


def test_a_mean_of_cells_that_do_not_occur_has_no_number(data: dict[str, Any]) -> None:
    kept = ~((data["drug"] == "low") & (data["sex"] == "m"))
    some = {name: values[kept] for name, values in data.items()}
    rows = {one.levels["drug"]: one for one in emmeans(lm("y ~ drug * sex", some), "drug").rows}
    assert np.isnan(rows["low"].estimate)
    assert np.isfinite(rows["high"].estimate)
    drug, se = rows["high"], rows["none"].se
    assert drug.se > 0
    assert se > 0


def test_ratios_are_the_exponentials_of_differences(data: dict[str, Any]) -> None:
    for fit in (
        glmer("z ~ drug + (1 | g)", data),
        geeglm("z ~ drug", data, "g", family="binomial"),
        lm("log(y + 5) ~ drug", data),
    ):
        link = emmeans(fit, "drug").contrast(ref="none", adjust="none")
        ratios = emmeans(fit, "drug", type="response").contrast(ref="none", adjust="none")
        for one, other in zip(link, ratios, strict=True):
            assert other.estimate == pytest.approx(np.exp(one.estimate))
            assert other.high == pytest.approx(np.exp(one.high))
            assert other.p == one.p
            assert "/" in other.contrast


@pytest.mark.parametrize("adjust", ["tukey", "sidak", "bonferroni", "dunnettx"])
def test_an_adjusted_interval_ends_at_zero_where_the_adjusted_p_is_its_level(
    data: dict[str, Any], adjust: Adjust
) -> None:
    fit = lmer("y ~ drug + (1 | g)", data)
    p = emmeans(fit, "drug").pairs(adjust)[0].p
    found = emmeans(fit, "drug", level=1 - p).pairs(adjust)[0]
    assert min(abs(found.low), abs(found.high)) == pytest.approx(0, abs=1e-6)


def test_the_studentised_range_is_scipys() -> None:
    theirs = scipy.stats.studentized_range
    for q, k, df in ((3.5, 3, 10.0), (12, 4, 3.3), (60, 3, 2.1), (3, 40, 50), (1, 3, 1.0)):
        assert studentised_range.sf(q, k, df) == pytest.approx(theirs.sf(q, k, df), rel=1e-9)
    assert studentised_range.isf(0.05, 3, 23) == pytest.approx(3.5416665, abs=1e-7)
    for p in (1e-9, 0.05, 0.9):
        q = studentised_range.isf(p, 3.7, 11.5)
        assert studentised_range.sf(q, 3.7, 11.5) == pytest.approx(p, rel=1e-9)
        assert studentised_range.ppf(1 - p, 3.7, 11.5) == pytest.approx(q, rel=1e-6)
    # two means have Student's t
    t = scipy.stats.t.sf(2.0, 7) * 2
    assert studentised_range.sf(2 * np.sqrt(2), 2, 7) == pytest.approx(t, rel=1e-9)
    assert studentised_range.sf(4.0, 3, np.inf) == pytest.approx(theirs.sf(4.0, 3, np.inf))
    assert np.isnan(studentised_range.sf(1.0, 3, -1.0))
