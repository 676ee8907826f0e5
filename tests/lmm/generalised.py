"""The reference cases of generalised mixed models, fitted."""

from __future__ import annotations

from functools import cache

from tests.lmm.reference import Case, all_cases, data_of
from widgets.lmm import GeneralizedLinearMixedModel, glmer, glmmTMB


def fit_of(case: Case) -> GeneralizedLinearMixedModel:
    return _fit(case["id"])


@cache
def _fit(name: str) -> GeneralizedLinearMixedModel:
    case = all_cases()[name]
    if "glmmTMB" in case["tool"]:
        return glmmTMB(case["formula"], data_of(case), case["family"], case["zi_formula"])
    return glmer(case["formula"], data_of(case), case["family"], case["link"], points(case))


def points(case: Case) -> int:
    """The number of points in ``laplace`` or ``aghq:9``."""
    return int(case["method"].partition(":")[2] or 1)
