"""Long runs of brms 2.18.0: means, standard deviations and quantiles within Monte Carlo error."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import numpy as np
import pytest

from tests.lmm.reference import FOLDER, columns_of
from widgets.lmm import Posterior, brm

Case = dict[str, Any]

NAMES = {"sigma": "sigma", "icc": "icc", "b_Intercept": "(Intercept)"}

CASES = json.loads((FOLDER / "brm" / "brm_cases.json").read_text("utf-8"))
BRMS = pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])


@cache
def posterior(name: str) -> Posterior:
    (case,) = [case for case in CASES if case["id"] == name]
    return brm(case["formula"], columns_of(case["data"]))


def quantity(name: str) -> str:
    """The engine's name for a quantity of brms."""
    return NAMES.get(name, "sd" if name.startswith("sd_") else name.removeprefix("b_"))


def errors(case: Case) -> float:
    """Standard errors allowed: more where brms had divergent transitions near sd = 0."""
    return 6.0 if case["id"] == "dyestuff2" else 4.0


def draws(case: Case, name: str) -> float:
    """Effective sample size; brms gives none for the icc, which is a function of the sd."""
    (sd,) = [key for key in case["expected"] if key.startswith("sd_")]
    return float(case["expected"][name]["ess"] or case["expected"][sd]["ess"])


@BRMS
def test_means_are_those_of_brms(case: Case) -> None:
    fit = posterior(case["id"])
    assert set(fit.mean) == {quantity(name) for name in case["expected"]}
    for name, expected in case["expected"].items():
        error = expected["sd"] / np.sqrt(draws(case, name))
        assert abs(fit.mean[quantity(name)] - expected["mean"]) < errors(case) * error, name


@BRMS
def test_standard_deviations_are_those_of_brms(case: Case) -> None:
    # tails of three degrees of freedom: a run's sd is uncertain by a few per cent
    for name, expected in case["expected"].items():
        assert posterior(case["id"]).sd[quantity(name)] == pytest.approx(expected["sd"], rel=0.04)


@BRMS
def test_quantiles_are_those_of_brms(case: Case) -> None:
    fit = posterior(case["id"])
    for name, expected in case["expected"].items():
        p = np.array([float(percent) / 100 for percent in expected["q"]])
        theirs = np.array(list(expected["q"].values()))
        error = np.sqrt(p * (1 - p) / draws(case, name)) / fit.density(quantity(name), theirs)
        mine = fit.quantile(quantity(name), p)
        assert np.all(np.abs(mine - theirs) < errors(case) * error), name


@BRMS
def test_default_priors_are_those_of_brms(case: Case) -> None:
    # the first line of a class stands for all its parameters
    printed = [re.match(r"\s*(\w+\(.*\))\s+(\w+)", line) for line in reversed(case["priors"])]
    theirs = {found[2]: found[1] for found in printed if found}
    fit = posterior(case["id"])
    assert fit.priors == {name: theirs[name] for name in ("Intercept", "sd", "sigma")}
