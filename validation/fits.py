"""The cases fitted by this engine, each once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from validation.cases import Case, all_cases, columns_of, data_of, read
from widgets.lmm import (
    GeneralizedLeastSquares,
    GeneralizedLinearMixedModel,
    LinearMixedModel,
    MarginalModel,
    Posterior,
    brm,
    geeglm,
    glmer,
    glmmTMB,
    gls,
    lme,
    lmer,
)
from widgets.lmm.results import Interval

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
    return _marginal(case["id"])


@cache
def _marginal(name: str) -> MarginalModel:
    case = all_cases()[name]
    return geeglm(case["formula"], data_of(case), case["group"], case["family"], case["method"])


def profile_intervals(case: Case) -> Mapping[str, Interval]:
    """The profile intervals of a Gaussian mixed model."""
    return _profile(case["id"])


@cache
def _profile(name: str) -> Mapping[str, Interval]:
    return _linear(name).confint("profile")


def serial_fit(case: Case) -> LinearMixedModel | GeneralizedLeastSquares:
    """The fit of a model with AR(1) errors, or of the one beside it without."""
    return _serial(case["id"])


@cache
def _serial(name: str) -> LinearMixedModel | GeneralizedLeastSquares:
    case = all_cases()[name]
    restricted = case["method"] == "REML"
    if case["random"] == "none":
        return gls(case["formula"], data_of(case), case["group"], REML=restricted)
    if case["correlation"] == "ar1":
        return lme(case["formula"], data_of(case), "AR1", REML=restricted)
    return lme(case["formula"], data_of(case), REML=restricted)


@cache
def posterior(name: str) -> Posterior:
    """The posterior of the model of that long run."""
    (case,) = [case for case in POSTERIORS if case["id"] == name]
    return brm(case["formula"], columns_of(case["data"]))
