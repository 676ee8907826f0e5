"""Long runs of brms, and the posteriors of the same models by quadrature."""

from __future__ import annotations

import json
from functools import cache

import numpy as np

from tests.lmm.reference import FOLDER, Case, columns_of
from widgets.lmm import Posterior, brm

NAMES = {"sigma": "sigma", "icc": "icc", "b_Intercept": "(Intercept)"}

CASES: list[Case] = json.loads((FOLDER / "brm" / "brm_cases.json").read_text("utf-8"))


@cache
def posterior(name: str) -> Posterior:
    (case,) = [case for case in CASES if case["id"] == name]
    return brm(case["formula"], columns_of(case["data"]))


def quantity(name: str) -> str:
    """The engine's name for a quantity of brms."""
    return NAMES.get(name, "sd" if name.startswith("sd_") else name.removeprefix("b_"))


def draws(case: Case, name: str) -> float:
    """Effective sample size; brms gives none for the icc, which is a function of the sd."""
    (sd,) = [key for key in case["expected"] if key.startswith("sd_")]
    return float(case["expected"][name]["ess"] or case["expected"][sd]["ess"])


def monte_carlo_errors(case: Case) -> dict[str, float]:
    """How far the means are from those of brms, by quantity, in its Monte Carlo standard errors."""
    fit, found = posterior(case["id"]), {}
    for name, expected in case["expected"].items():
        error = expected["sd"] / float(np.sqrt(draws(case, name)))
        found[quantity(name)] = abs(fit.mean[quantity(name)] - expected["mean"]) / error
    return found
