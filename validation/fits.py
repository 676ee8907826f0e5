"""The cases fitted by this engine, each once."""

from __future__ import annotations

from functools import cache

from validation.cases import Case, all_cases, columns_of, data_of, read
from widgets.lmm import (
    GeneralizedLinearMixedModel,
    LinearMixedModel,
    MarginalModel,
    Posterior,
    brm,
    geeglm,
    glmer,
    glmmTMB,
    lmer,
)

POSTERIORS = tuple(read("brm/brm_cases.json"))
"""Long runs of brms."""


def linear_fit(case: Case) -> LinearMixedModel:
    """The fit of a Gaussian mixed model."""
    return _linear(case["id"])


@cache
def _linear(name: str) -> LinearMixedModel:
    case = all_cases()[name]
    return lmer(case["formula"], data_of(case), REML=case["method"] == "REML")


def generalised_fit(case: Case) -> GeneralizedLinearMixedModel:
    """The fit of a generalised mixed model by whichever program R used."""
    return _generalised(case["id"])


@cache
def _generalised(name: str) -> GeneralizedLinearMixedModel:
    case = all_cases()[name]
    if "glmmTMB" in case["tool"]:
        return glmmTMB(case["formula"], data_of(case), case["family"], case["zi_formula"])
    return glmer(case["formula"], data_of(case), case["family"], case["link"], points(case))


def points(case: Case) -> int:
    """The number of quadrature points in ``laplace`` or ``aghq:9``."""
    return int(case["method"].partition(":")[2] or 1)


def marginal_fit(case: Case) -> MarginalModel:
    """The fit of a marginal model."""
    return geeglm(case["formula"], data_of(case), case["group"], case["family"], case["method"])


@cache
def posterior(name: str) -> Posterior:
    """The posterior of the model of that long run."""
    (case,) = [case for case in POSTERIORS if case["id"] == name]
    return brm(case["formula"], columns_of(case["data"]))
