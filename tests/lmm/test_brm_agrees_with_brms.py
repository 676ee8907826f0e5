"""Long runs of brms 2.18.0: means, standard deviations and quantiles within Monte Carlo error."""

from __future__ import annotations

import re

import numpy as np
import pytest

from validation.cases import Case
from validation.differences import draws, monte_carlo_errors, quantity
from validation.fits import POSTERIORS, posterior

BRMS = pytest.mark.parametrize("case", POSTERIORS, ids=lambda case: case["id"])


def errors(case: Case) -> float:
    """Standard errors allowed: more where brms had divergent transitions near sd = 0."""
    return 6.0 if case["id"] == "dyestuff2" else 4.0


@BRMS
def test_means_are_those_of_brms(case: Case) -> None:
    errors_of_means = monte_carlo_errors(case)
    assert set(errors_of_means) == set(posterior(case["id"]).quantities)
    assert max(errors_of_means.values()) < errors(case)


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
