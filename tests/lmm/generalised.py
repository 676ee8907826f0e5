"""The reference cases of generalised mixed models, fitted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from tests.lmm.reference import Case, all_cases, data_of, largest
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


PROGRAMS = {
    "Laplace, lme4": "residual_deviance_conditional",
    "quadrature, lme4": "logLik_lme4_reported",
    "glmmTMB": "log_sd_and_corr_parameters",
}
"""Which field tells a case of each kind."""

UNFINISHED = 1e-4
"""Of lme4's Laplace fits: its log-determinant is one step behind, 3e-5 in ohio."""


def generalised_comparisons() -> Iterator[
    tuple[str, str, tuple[str, ...], str, float, Callable[[Case], float]]
]:
    """What, model, fields needed, measure, tolerance, difference."""
    for kind, mark in PROGRAMS.items():
        close = UNFINISHED if kind == "Laplace, lme4" else 1e-5
        yield (
            f"log-likelihood, {kind}",
            *("glmm", (mark,), "absolute", UNFINISHED if close == UNFINISHED else 2e-6),
            lambda c: abs(fit_of(c).loglik - c["expected"]["logLik"]),
        )
        yield f"fixed effects, {kind}", "glmm", (mark,), "relative", close, named("fixef")
        yield f"standard errors, {kind}", "glmm", (mark,), "relative", 1e-4, named("se")
    yield (
        "theta of generalised models",
        *("glmm", ("theta",), "relative", UNFINISHED),
        lambda c: largest(fit_of(c).theta, c["expected"]["theta"], floor=1e-3),
    )
    yield (
        "negative binomial theta",
        *("glmm", ("nbinom2_theta",), "relative", 1e-5),
        lambda c: largest(fit_of(c).nbinom2_theta, c["expected"]["nbinom2_theta"]),
    )
    yield "zero inflation", "glmm", ("zi_fixef",), "relative", 1e-5, named("zi_fixef")


def named(field: str) -> Callable[[Case], float]:
    """The relative difference of coefficients by name; the smallest are compared to 1e-3."""

    def difference(case: Case) -> float:
        mine, theirs = getattr(fit_of(case), field), case["expected"][field]
        return largest([mine[name] for name in theirs], list(theirs.values()), floor=1e-3)

    return difference
