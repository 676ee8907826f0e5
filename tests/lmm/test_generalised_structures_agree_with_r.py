"""Generalised models of every kind against lme4 and glmmTMB (``reference/generalised.json``).

Both programs leave their optimum where their optimiser stops, and lme4 takes the log-determinant
before its modes have converged: 3e-5 of the log-likelihood where there is a random effect for every
row. So these comparisons are looser than those of the polished cases.
"""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any

import pytest

from validation.cases import REFERENCE, Case, columns_of
from widgets.lmm import GeneralizedLinearMixedModel, factor, glmer, glmmTMB

CASES: list[Case] = json.loads((REFERENCE / "generalised.json").read_text("utf-8"))


def name(number: int) -> str:
    case = CASES[number]
    zeros = "" if case["ziformula"] is None else f", zeros {case['ziformula']}"
    return f"{case['formula']}, {case['family']} {case['link']}{zeros}, nAGQ {case['nAGQ']}"


structures = pytest.mark.parametrize("number", range(len(CASES)), ids=name)


@cache
def fit_of(number: int) -> GeneralizedLinearMixedModel:
    case = CASES[number]
    data: dict[str, Any] = dict(columns_of(case["data"]))
    for column in case["factors"]:
        data[column] = factor(data[column])
    if case["ziformula"] is not None:
        return glmmTMB(case["formula"], data, case["family"], case["ziformula"])
    return glmer(case["formula"], data, case["family"], case["link"], case["nAGQ"])


@structures
def test_the_optimum_is_that_of_r_or_better(number: int) -> None:
    fit, case = fit_of(number), CASES[number]
    assert fit.converged
    assert fit.loglik == pytest.approx(case["loglik"], abs=5e-5)
    assert fit.loglik >= case["loglik"] - 1e-7
    assert list(fit.fixef) == list(case["fixef"])
    for key, value in case["fixef"].items():
        assert abs(fit.fixef[key] - value) < 1e-3 * fit.se[key]
        # where a term is singular the Hessian of lme4 is taken across the boundary
        assert fit.se[key] == pytest.approx(case["se"][key], rel=3e-3)


@structures
def test_variances_are_those_of_r(number: int) -> None:
    fit, case = fit_of(number), CASES[number]
    if "theta" in case:
        assert list(dict.fromkeys(term.group for term in fit.data.terms)) == list(
            dict.fromkeys(group.split(".")[0] for group in case["groups"])
        )
        assert fit.theta == pytest.approx(case["theta"], abs=2e-4)
        assert fit.is_singular == case["singular"]
        return
    mine = {(v.group, v.term1): v.sdcor for v in fit.varcorr if v.term2 is None}
    theirs = {(group, term): sd for group, part in case["sd"].items() for term, sd in part.items()}
    assert mine == pytest.approx(theirs, rel=1e-3)


@structures
def test_zeros_and_dispersion_are_those_of_r(number: int) -> None:
    fit, case = fit_of(number), CASES[number]
    for key, value in (case.get("zi_fixef") or {}).items():
        # the search in R stops at a probability of 1e-7, where here there is none
        expected = -math.inf if value < -15 else pytest.approx(value, rel=1e-3)
        assert fit.zi_fixef[key] == expected
    if case["family"] == "nbinom2":
        assert fit.nbinom2_theta == pytest.approx(case["nbinom2_theta"], rel=1e-4)
